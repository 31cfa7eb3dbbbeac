"""Keep what the vendor says of its own readiness for one deal, item by item, with who said it when."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.models import Assessment, AssessmentState, InstrumentVersion, ItemProductType, Kind, Part, Scope, SelfAuditAnswer
from assessments.models.items import ItemQuerySet
from stakeholders.models import User
from stakeholders.services.audit import record_event

CHANGED = ("level", "evidence_reference", "note")
OVER = (AssessmentState.SIGNED, AssessmentState.LOST)


class SelfAuditOverError(Exception):
    """The deal is signed or lost: what the vendor said of itself before is kept as it was."""


class NotInSelfAuditError(LookupError):
    """The question bank of this assessment does not ask the vendor this."""


@dataclass(frozen=True, slots=True)
class AuditGiven:
    """What the vendor answers to one item: a level 0–4 or None for not known, where the evidence can be seen, a note."""

    level: int | None
    evidence_reference: str = ""
    note: str = ""


def takes_self_audit(assessment: Assessment) -> bool:
    """Tell whether the vendor may still answer about itself: before the scope is frozen, too, but never after the deal."""
    return assessment.state not in OVER


def audit_version(assessment: Assessment) -> InstrumentVersion:
    """Return the version of the question bank that asks the vendor: the scope's, the product's before it is frozen."""
    scope = Scope.objects.filter(assessment=assessment).select_related("version").order_by("-number").first()
    return scope.version if scope else assessment.product.version


def audit_items(assessment: Assessment, version: InstrumentVersion) -> ItemQuerySet:
    """Return what the vendor is asked about itself for the product and its add-on modules, in the bank's order."""
    product = assessment.product
    of_type = Q(product_type=product.product_type) | Q(product_type__in=product.modules.values("product_type"))
    asked = ItemProductType.objects.filter(of_type).values("item")
    return version.items.of_part(Part.SELF_AUDIT).filter(kind=Kind.LEVEL, pk__in=asked)


@transaction.atomic
def answer_self_audit(*, assessment: Assessment, actor: User | None, answers: Mapping[str, AuditGiven]) -> list[SelfAuditAnswer]:
    """Save several answers of the vendor about itself, by item code; all of them or none, as `answer_audit_item`."""
    return [answer_audit_item(assessment=assessment, code=code, given=given, actor=actor) for code, given in answers.items()]


@transaction.atomic
def answer_audit_item(
    *, assessment: Assessment, code: str, given: AuditGiven, actor: User | None, seen: int | None = None
) -> SelfAuditAnswer:
    """Save what the vendor says of one item, and return the current row. Saving the same again changes nothing.

    `seen` is the version that the page showed, 0 where it showed no answer (None: no page). Raises SavedMeanwhileError when
    a colleague has saved since, NotInSelfAuditError, and SelfAuditOverError once the deal is signed or lost.
    """
    # The lock is on the assessment, because two may give the first answer at once.
    locked = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if not takes_self_audit(locked):
        raise SelfAuditOverError
    if not audit_items(assessment, audit_version(assessment)).filter(code=code).exists():
        raise NotInSelfAuditError(code)
    row = SelfAuditAnswer.objects.filter(assessment=assessment, item_code=code).first()
    if row is None:
        return _save(SelfAuditAnswer(assessment=assessment, item_code=code), given, actor)
    if AuditGiven(row.level, row.evidence_reference, row.note) == given:
        return row
    row.raise_version(seen, CHANGED)
    return _save(row, given, actor)


def _save(row: SelfAuditAnswer, given: AuditGiven, actor: User | None) -> SelfAuditAnswer:
    row.level, row.evidence_reference, row.note = given.level, given.evidence_reference, given.note
    row.answered_by, row.answered_at = actor, timezone.now()
    row._history_user = actor  # type: ignore[attr-defined]
    row.save()
    assessment = row.assessment
    record_event(organisation=assessment.organisation, verb="self_audit.answered", subject=row, actor=actor, assessment_id=assessment.pk)
    return row
