import pytest

from assessments.models import Assessment, AssessmentState
from assessments.services.lifecycle import close_assessment, mark_lost, mark_signed, open_assessment, reopen_assessment
from assessments.services.setup import NotInThisStateError
from stakeholders.models import AuditEvent
from tests import factories

STEPS = {
    "open": lambda a: open_assessment(assessment=a),
    "close": lambda a: close_assessment(assessment=a),
    "sign": lambda a: mark_signed(assessment=a),
    "lose": lambda a: mark_lost(assessment=a),
    "reopen": lambda a: reopen_assessment(assessment=a, reason="A new site"),
}
ALLOWED = {
    ("draft", "open"), ("draft", "lose"), ("open", "close"), ("open", "sign"), ("open", "lose"), ("closed", "sign"),
    ("closed", "lose"), ("closed", "reopen"), ("signed", "reopen"), ("lost", "reopen"),
}  # fmt: skip
CASES = [(state, step) for state in AssessmentState.values for step in STEPS]


def in_state(assessment, state):
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    assessment.refresh_from_db()
    return assessment


@pytest.mark.parametrize(("state", "step"), sorted(ALLOWED))
def test_step_is_taken_and_logged(assessment, state, step):
    STEPS[step](in_state(assessment, state))
    verbs = {"open": "opened", "close": "closed", "sign": "signed", "lose": "lost", "reopen": "reopened"}
    assert AuditEvent.objects.get().verb == f"assessment.{verbs[step]}"


@pytest.mark.parametrize(("state", "step"), [case for case in CASES if case not in ALLOWED])
def test_other_step_is_refused_and_changes_nothing(assessment, state, step):
    with pytest.raises(NotInThisStateError):
        STEPS[step](in_state(assessment, state))
    assessment.refresh_from_db()
    assert (assessment.state, AuditEvent.objects.count()) == (state, 0)


def test_draft_without_a_frozen_scope_is_not_opened(organisation):
    with pytest.raises(NotInThisStateError):
        open_assessment(assessment=factories.make_assessment(organisation))


def test_closing_takes_no_more_answers_and_is_dated(assessment):
    close_assessment(assessment=assessment)
    assessment.refresh_from_db()
    assert (assessment.takes_answers, assessment.closed_at is not None) == (False, True)


def test_reopening_takes_answers_again_and_keeps_when_it_was_opened_first(assessment):
    opened_at = assessment.opened_at
    close_assessment(assessment=assessment)
    reopen_assessment(assessment=assessment, reason="A new site")
    assessment.refresh_from_db()
    assert (assessment.takes_answers, assessment.closed_at, assessment.opened_at) == (True, None, opened_at)


def test_reason_of_reopening_is_in_the_history(assessment):
    close_assessment(assessment=assessment)
    reopen_assessment(assessment=assessment, reason="  A new site  ")
    assert assessment.history.first().history_change_reason == "A new site"


def test_reopening_needs_a_reason(assessment):
    close_assessment(assessment=assessment)
    with pytest.raises(ValueError, match="reason"):
        reopen_assessment(assessment=assessment, reason=" ")


def test_reopening_is_scored_again(assessment, django_capture_on_commit_callbacks):
    close_assessment(assessment=assessment)
    with django_capture_on_commit_callbacks(execute=True):
        reopen_assessment(assessment=assessment, reason="A new site")
    assert assessment.snapshots.get().reason == "reopened"


def test_signing_after_closing_keeps_when_it_was_closed(assessment):
    close_assessment(assessment=assessment)
    closed_at = assessment.closed_at
    mark_signed(assessment=assessment)
    assessment.refresh_from_db()
    assert assessment.closed_at == closed_at
