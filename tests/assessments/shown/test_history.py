from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import AnswerRevision, Reconciliation
from assessments.shown.history import happenings
from assessments.shown.items import shown_items
from stakeholders.services.audit import record_event
from tests import factories
from tests.assessments.answering import handed_in, scored

START = timezone.now() - timedelta(days=3)


def told(assessment, *, singly=True):
    assessment = scored(assessment)
    return [(h.what, h.who) for h in happenings(assessment, shown_items(assessment).items["LAB-01"], singly=singly)]


def revise(interview, level, hours):
    AnswerRevision.objects.create(interview=interview, item_code="LAB-01", kind="level", level=level, at=START + timedelta(hours=hours))


def submit(interview, hours):
    event = record_event(
        organisation=interview.assessment.organisation,
        verb="interview.submitted",
        subject=interview,
        assessment_id=interview.assessment_id,
    )
    type(event).objects.filter(pk=event.pk)._raw_delete("default")
    event.at, event.pk, event._state.adding = START + timedelta(hours=hours), None, True
    event.save()


@pytest.fixture
def director(assessment):
    return handed_in(assessment, "lab_director", {"LAB-01": 2})


def test_first_answer_stays_visible_after_it_was_handed_in_again(assessment, director):
    revise(director, 1, 1)
    submit(director, 2)
    revise(director, 3, 3)
    submit(director, 4)
    assert told(assessment) == [("Answered: 3 (in place)", "Laboratory"), ("Answered: 1 (informal)", "Laboratory")]


def test_what_was_typed_in_between_is_nobodys_business(assessment, director):
    revise(director, 0, 0)
    revise(director, 1, 1)
    submit(director, 2)
    revise(director, 4, 3)
    assert told(assessment) == [("Answered: 1 (informal)", "Laboratory")]


def test_handing_in_the_same_again_is_not_told(assessment, director):
    revise(director, 1, 1)
    submit(director, 2)
    submit(director, 4)
    assert len(told(assessment)) == 1


def test_answers_for_figures_only_are_not_told(assessment):
    interview = handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="figures_only")
    revise(interview, 1, 1)
    submit(interview, 2)
    assert told(assessment) == []


def test_answers_are_not_told_to_those_who_see_means_only(assessment, director):
    revise(director, 1, 1)
    submit(director, 2)
    assert told(assessment, singly=False) == []


def test_settlement_and_its_confirmation_are_told(assessment, director, lead):
    Reconciliation.objects.create(
        assessment=assessment,
        item_code="LAB-01",
        value=2,
        evidence="minutes",
        recorded_by=lead.user,
        recorded_at=START,
        confirmed_at=timezone.now(),
    )
    assert told(assessment) == [
        ("2 (partial) confirmed by the accountable role", ""),
        ("Settled on 2 (partial)", lead.user.email),
    ]


def test_change_of_scope_says_from_what_to_what(assessment, director, lead):
    from assessments.models import ProductRequirement
    from assessments.services.scopes import freeze_scope

    ProductRequirement.objects.create(product=assessment.product, item_code="LAB-01", weight=2, gate=False)
    freeze_scope(assessment=assessment, reason="not a gate here", author=lead.user)
    assert told(assessment) == [("Scope 2 (not a gate here): weight: 5 → 2, gate: yes → no", lead.user.email)]


def test_change_of_scope_elsewhere_is_not_told(assessment, director):
    factories.make_scope(assessment)
    assert told(assessment) == []


def test_floor_that_falls_away_is_told_as_a_dash(assessment, director, lead):
    row = assessment.scopes.get().items.get(code="LAB-01").copy_unsaved()
    scope = assessment.scopes.get().copy_unsaved()
    scope.number, scope.reason = 2, "less"
    scope.save()
    row.scope, row.floor, row.gate = scope, None, False
    row.save()
    assert told(assessment)[0][0] == "Scope 2 (less): floor: 2 → –, gate: yes → no"


@pytest.mark.parametrize(("kind", "words"), [("unknown", "I don't know"), ("not_applicable", "does not apply here")])
def test_answer_without_value_is_told_in_words(assessment, director, kind, words):
    AnswerRevision.objects.create(interview=director, item_code="LAB-01", kind=kind, at=START)
    submit(director, 1)
    assert told(assessment) == [(f"Answered: {words}", "Laboratory")]
