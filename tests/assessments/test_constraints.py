"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from assessments.models import AgreedPlan, AnswerRevision, Finding, Reconciliation, Wave
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("columns", [{}, {"level": 2, "text": "two"}, {"text": "two"}])
def test_answer_revision_says_exactly_one_thing(interview, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerRevision.objects.create(interview=interview, item_code="LAB-01", kind="level", **columns)
    assert AnswerRevision.objects.count() == 0


def test_finding_has_a_known_state(assessment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(assessment=assessment, rule="shortfall", code="LAB-01", severity="major", state="lost")


def test_wave_has_a_known_stage(organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.create(assessment=factories.make_assessment(organisation), code="first", title="First", stage="some")


@pytest.mark.parametrize("model", [Reconciliation, AgreedPlan])
def test_agreement_starts_at_version_1(model):
    assert model().version == 1
