"""A member who sees only assigned assessments sees nothing of the others, by whatever row they come."""

import pytest
from django.apps import apps

from assessments.models import Answer, Assignment
from stakeholders.models import MemberRole
from tests import factories

pytestmark = pytest.mark.django_db


def models_of_an_assessment():
    return [m for m in apps.get_models() if getattr(m._default_manager.all(), "assessment_path", "")]


@pytest.fixture
def narrow(organisation):
    return factories.make_membership(organisation, MemberRole.LEAD, only_assigned=True)


def test_every_row_that_belongs_to_an_assessment_knows_the_way():
    names = {m.__name__ for m in models_of_an_assessment()}
    assert names >= {
        "Interview",
        "Answer",
        "AnswerRevision",
        "Evidence",
        "Disclosure",
        "Finding",
        "Scope",
        "ScopeItem",
        "ScoreSnapshot",
        "Report",
    }


@pytest.mark.parametrize("model", models_of_an_assessment(), ids=lambda m: m.__name__)
def test_rows_of_other_assessments_are_out_of_reach(narrow, model):
    assert "assignments" not in str(model._default_manager.for_member(factories.Membership(organisation=narrow.organisation)).query).lower()
    assert "assignment" in str(model._default_manager.for_member(narrow).query).lower()


def test_interview_of_an_unassigned_assessment_is_out_of_reach(narrow, interview):
    answer = Answer.objects.create(interview=interview, item_code="LAB-01", kind="level", level=2)
    assert list(Answer.objects.for_member(narrow)) == []
    Assignment.objects.create(assessment=interview.assessment, membership=narrow)
    assert list(Answer.objects.for_member(narrow)) == [answer]
