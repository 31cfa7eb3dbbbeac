"""Rows that are written once refuse every way through the ORM, for each model that is one."""

import uuid

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from assessments.models import Answer, AnswerRevision, HostApproval, HostDecision, Report, ReportFile, ScopeItem, ScoreSnapshot
from stakeholders.models import ActorKind, AuditEvent, Organisation, WrittenOnce, WrittenOnceError
from tests import factories


def make_event(assessment):
    return AuditEvent.objects.create(
        organisation=assessment.organisation, actor_kind=ActorKind.SYSTEM, verb="tested", subject_type="Assessment", subject_id="1"
    )


def make_approval(assessment):
    return HostApproval.objects.create(
        assessment=assessment,
        host=assessment.host,
        scope=assessment.scopes.get(),
        decision=HostDecision.APPROVED,
        visibility_vendor="role",
        visibility_health_system="role",
        uploads_allowed=True,
        retention_months=24,
    )


def make_snapshot(assessment):
    return ScoreSnapshot.objects.create(
        assessment=assessment,
        scope=assessment.scopes.get(),
        reason="submitted",
        scoring_version=1,
        verdict="not_ready",
        coverage=0.5,
        gates_failed=1,
        gates_unknown=0,
        gates_total=2,
        bundle_sha256="0" * 64,
        result={},
    )


def make_report(assessment):
    return Report.objects.create(assessment=assessment, number=1, snapshot=make_snapshot(assessment), content={}, fingerprint="0" * 64)


def make_file(assessment):
    return ReportFile.objects.create(
        report=make_report(assessment), audience="deal_review", file="reports/x.pdf", sha256="0" * 64, size=1, pages=1
    )


def make_revision(assessment):
    interview = factories.make_interview(assessment, state="opened")
    return AnswerRevision.objects.create(interview=interview, item_code="LAB-01", kind="level", level=2)


MAKERS = {
    "AuditEvent": make_event,
    "HostApproval": make_approval,
    "Scope": lambda assessment: assessment.scopes.get(),
    "ScopeItem": lambda assessment: assessment.scopes.get().items.first(),
    "ScoreSnapshot": make_snapshot,
    "Report": make_report,
    "ReportFile": make_file,
    "AnswerRevision": make_revision,
}


def a_field(row):
    """Return a plain field of the row that an update could name."""
    return next(f.name for f in row._meta.concrete_fields if not f.primary_key and not f.is_relation)


WAYS = {
    "save": lambda row, field: row.save(),
    "save of one field": lambda row, field: row.save(update_fields=[field]),
    "delete": lambda row, field: row.delete(),
    "update": lambda row, field: type(row).objects.filter(pk=row.pk).update(**{field: getattr(row, field)}),
    "queryset delete": lambda row, field: type(row).objects.filter(pk=row.pk).delete(),
    "bulk_update": lambda row, field: type(row).objects.bulk_update([row], [field]),
    "bulk_create over it": lambda row, field: type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[field]
    ),
    "update_or_create": lambda row, field: type(row).objects.update_or_create(pk=row.pk, defaults={field: getattr(row, field)}),
    "base manager update": lambda row, field: type(row)._base_manager.filter(pk=row.pk).update(**{field: getattr(row, field)}),
    "default manager delete": lambda row, field: type(row)._default_manager.filter(pk=row.pk).delete(),
}


def test_every_written_once_model_is_tested_here():
    models = {m.__name__ for m in apps.get_models() if issubclass(m, WrittenOnce) and m._meta.app_label in ("stakeholders", "assessments")}
    assert models == set(MAKERS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", MAKERS)
def test_row_refuses_change(assessment, model, way):
    row = MAKERS[model](assessment)
    before = type(row).objects.filter(pk=row.pk).values().get()
    with pytest.raises(WrittenOnceError):
        WAYS[way](row, a_field(row))
    assert type(row).objects.filter(pk=row.pk).values().get() == before


def test_related_manager_refuses_change(assessment):
    with pytest.raises(WrittenOnceError):
        assessment.scopes.update(reason="other")
    with pytest.raises(WrittenOnceError):
        assessment.scopes.get().items.all().delete()


@pytest.mark.parametrize("model", MAKERS)
def test_parent_is_protected(assessment, model):
    row = MAKERS[model](assessment)
    parent = row.organisation if model == "AuditEvent" else next(getattr(row, f.name) for f in row._meta.fields if f.is_relation)
    with pytest.raises((ProtectedError, WrittenOnceError)):
        parent.delete()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_organisation_with_events_is_not_deleted_by_a_queryset(assessment):
    make_event(assessment)
    with pytest.raises(ProtectedError):
        Organisation.objects.filter(pk=assessment.organisation_id).delete()


def test_second_row_with_the_key_of_a_first_is_refused(assessment):
    event = make_event(assessment)
    copy = AuditEvent(**AuditEvent.objects.filter(pk=event.pk).values().get())
    with pytest.raises(Exception, match=r"(?i)unique"):
        copy.save()


def test_bulk_create_inserts(assessment):
    scope = assessment.scopes.get()
    events = [make_event(assessment).copy_unsaved() for _number in range(2)]
    for event in events:
        event.pk = uuid.uuid4()
    AuditEvent.objects.bulk_create(events)
    assert AuditEvent.objects.count() == 4
    assert scope.items.count() == 5


def test_copy_is_a_new_row(assessment):
    first = assessment.scopes.get()
    copy = first.copy_unsaved()
    copy.number = 2
    copy.save()
    assert assessment.scopes.count() == 2


def test_erasing_is_the_one_way_to_delete(assessment):
    event = make_event(assessment)
    assert AuditEvent.objects.filter(pk=event.pk).erase() == 1
    assert not AuditEvent.objects.exists()


def test_answers_change_while_their_revisions_do_not(assessment):
    interview = factories.make_interview(assessment, state="opened")
    Answer.objects.create(interview=interview, item_code="LAB-01", kind="level", level=1)
    assert Answer.objects.update(level=2) == 1
    assert ScopeItem.objects.count() == 5
