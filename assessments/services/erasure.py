"""Erase an organisation for good: the only way in which written-once rows are ever deleted."""

from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction

from assessments.models import (
    AgreedPlan,
    Answer,
    AnswerRevision,
    Assessment,
    Assignment,
    ClimateAnswer,
    Disclosure,
    Domain,
    Evidence,
    Finding,
    HostApproval,
    Instrument,
    InstrumentVersion,
    Interview,
    Item,
    ItemDependency,
    ItemEffort,
    ItemProductType,
    ItemRole,
    ItemText,
    Nomination,
    Product,
    ProductRequirement,
    Promise,
    Reconciliation,
    Report,
    ReportFile,
    RequirementRecord,
    Scope,
    ScopeItem,
    ScoreSnapshot,
    SelfAuditAnswer,
    Wave,
)
from stakeholders.models import (
    AccessLink,
    AuditEvent,
    HealthSystem,
    Host,
    Membership,
    Message,
    Organisation,
    ServiceLine,
    Site,
    Stakeholder,
    User,
)

# Children before parents: each model with the way to its organisation.
ORDER: list[tuple[type[models.Model], str]] = [
    (ReportFile, "report__assessment__organisation"),
    (Report, "assessment__organisation"),
    (Evidence, "answer__interview__assessment__organisation"),
    (AnswerRevision, "interview__assessment__organisation"),
    (Answer, "interview__assessment__organisation"),
    (Disclosure, "assessment__organisation"),
    (ClimateAnswer, "assessment__organisation"),
    (Nomination, "assessment__organisation"),
    (SelfAuditAnswer, "assessment__organisation"),
    (AgreedPlan, "assessment__organisation"),
    (Reconciliation, "assessment__organisation"),
    (Finding, "assessment__organisation"),
    (HostApproval, "assessment__organisation"),
    (ScoreSnapshot, "assessment__organisation"),
    (ScopeItem, "scope__assessment__organisation"),
    (Scope, "assessment__organisation"),
    (Interview, "assessment__organisation"),
    (Wave, "assessment__organisation"),
    (Promise, "assessment__organisation"),
    (Assignment, "assessment__organisation"),
    (Assessment, "organisation"),
    (RequirementRecord, "product__organisation"),
    (ProductRequirement, "product__organisation"),
    (Product, "organisation"),
    (ItemText, "item__version__instrument__organisation"),
    (ItemDependency, "item__version__instrument__organisation"),
    (ItemEffort, "item__version__instrument__organisation"),
    (ItemProductType, "item__version__instrument__organisation"),
    (ItemRole, "item__version__instrument__organisation"),
    (Item, "version__instrument__organisation"),
    (Domain, "version__instrument__organisation"),
    (InstrumentVersion, "instrument__organisation"),
    (Instrument, "organisation"),
    (Host, "health_system__organisation"),
    (Stakeholder, "health_system__organisation"),
    (ServiceLine, "health_system__organisation"),
    (Site, "health_system__organisation"),
    (HealthSystem, "organisation"),
    (Message, "organisation"),
    (AccessLink, "organisation"),
    (AuditEvent, "organisation"),
    (Membership, "organisation"),
]


@transaction.atomic
def erase_organisation(*, organisation: Organisation) -> dict[str, int]:
    """Delete an organisation with all that it owns: rows, history, files, and users who belong to nobody else.

    Returns the number of rows per model. Files go after the transaction, so that a failure loses none.
    """
    Assessment.objects.filter(organisation=organisation).update(latest_snapshot=None)
    Interview.objects.filter(assessment__organisation=organisation).update(handed_over_by=None)
    users = list(User.objects.filter(memberships__organisation=organisation).values_list("pk", flat=True))
    erased: dict[str, int] = {}
    for model, path in ORDER:
        erased[model.__name__] = _erase_rows(model, path, organisation)
    User.objects.filter(pk__in=users, memberships=None, is_staff=False).delete()
    _erase_history(Organisation, [organisation.pk])
    models.QuerySet(Organisation).filter(pk=organisation.pk).delete()
    return erased


def _erase_rows(model: type[models.Model], path: str, organisation: Organisation) -> int:
    """Erase one model's rows with their history, many-to-many rows and files."""
    rows: models.QuerySet[Any] = models.QuerySet(model).filter(**{path: organisation})
    keys = list(rows.values_list("pk", flat=True))
    _forget_files(model, keys)
    _erase_history(model, keys)
    for relation in model._meta.many_to_many:
        through: Any = getattr(model, relation.name).through
        models.QuerySet(through).filter(**{f"{relation.m2m_field_name()}__in": keys}).delete()
    return sum(_in_blocks(model, keys))


def _in_blocks(model: type[models.Model], keys: list[Any]) -> list[int]:
    """Delete by key, bypassing guards, a block at a time because databases limit the number of parameters."""
    blocks = [keys[start : start + 500] for start in range(0, len(keys), 500)]
    return [models.QuerySet(model).filter(pk__in=block)._raw_delete("default") for block in blocks]


def _erase_history(model: type[models.Model], keys: list[Any]) -> None:
    """Erase the rows that the history keeps of a model's rows."""
    name = f"Historical{model.__name__}"
    try:
        history = apps.get_model(model._meta.app_label, name)
    except LookupError:
        return
    for start in range(0, len(keys), 500):
        models.QuerySet(history).filter(**{f"{model._meta.pk.name}__in": keys[start : start + 500]}).delete()


def _forget_files(model: type[models.Model], keys: list[Any]) -> None:
    """Delete the files of rows once the transaction is committed."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            for start in range(0, len(keys), 500):
                rows: models.QuerySet[Any] = models.QuerySet(model).filter(pk__in=keys[start : start + 500])
                _delete_after_commit(field.storage, list(rows.values_list(field.name, flat=True)))


def _delete_after_commit(storage: Storage, names: list[str]) -> None:
    def delete() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(delete)
