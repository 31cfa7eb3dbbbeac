"""Erasing an organisation leaves nothing of it, and nothing else is ever touched."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from assessments.models import Answer, AnswerRevision, Assessment, Evidence, Finding
from assessments.services.erasure import erase_organisation
from stakeholders.models import Organisation
from stakeholders.services.audit import record_event
from tests import factories

CANARY = "canary-7f3a"


def rows_of_everything():
    """Count the rows of every table of ours and of the history."""
    ours = [m for m in apps.get_models() if m._meta.app_label in ("stakeholders", "assessments")]
    return {m._meta.db_table: models.QuerySet(m).count() for m in ours}


@pytest.fixture
def full(organisation, lead):
    """An organisation with a row in most tables, files and many-to-many rows among them."""
    assessment = factories.make_open_assessment(organisation)
    interview = factories.make_interview(assessment, state="opened")
    answer = Answer.objects.create(interview=interview, item_code="LAB-01", kind="level", level=2, note=CANARY)
    AnswerRevision.objects.create(interview=interview, item_code="LAB-01", kind="level", level=2, note=CANARY)
    evidence = Evidence(answer=answer, name="a.pdf", content_type="application/pdf", size=3, sha256="0" * 64)
    evidence.file.save("a.pdf", ContentFile(b"abc"))
    evidence.save()
    Finding.objects.create(assessment=assessment, rule="shortfall", code="LAB-01", severity="major")
    record_event(organisation=organisation, verb="test", subject=assessment, actor=lead.user)
    return organisation


def test_erasure_leaves_no_row_of_the_organisation(full, outsider, django_capture_on_commit_callbacks):
    other = rows_of_everything()
    before_full = Organisation.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        erase_organisation(organisation=full)
    left = {table: count for table, count in rows_of_everything().items() if count}
    assert Organisation.objects.count() == before_full - 1
    assert left.keys() < other.keys()
    bank = {t for t in left if t.startswith("assessments_") and t.split("_", 1)[1] in BANK_TABLES}
    assert set(left) - bank == OUTSIDER_TABLES


BANK_TABLES = {
    "instrument",
    "instrumentversion",
    "domain",
    "item",
    "itemrole",
    "itemproducttype",
    "itemtext",
    "itemeffort",
    "itemdependency",
}
# What the outsider's organisation has of its own: it is untouched.
OUTSIDER_TABLES = {
    "stakeholders_user",
    "stakeholders_organisation",
    "stakeholders_historicalorganisation",
    "stakeholders_membership",
    "stakeholders_historicalmembership",
}


def test_erasure_deletes_the_files(full, django_capture_on_commit_callbacks):
    file = Evidence.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        erase_organisation(organisation=full)
    assert not file.storage.exists(file.name)


def test_erasure_keeps_a_user_who_belongs_elsewhere(full, lead, outsider):
    factories.Membership.objects.create(user=lead.user, organisation=outsider.organisation, role="lead")
    erase_organisation(organisation=full)
    assert outsider.organisation.memberships.filter(user=lead.user).exists()


def test_erasure_of_one_keeps_the_assessments_of_another(full, outsider):
    kept = factories.make_open_assessment(outsider.organisation)
    erase_organisation(organisation=full)
    assert list(Assessment.objects.all()) == [kept]
