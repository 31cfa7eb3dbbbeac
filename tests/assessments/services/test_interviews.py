import pytest

from assessments.given_answers import GivenAnswer, UnfitAnswerError
from assessments.models import AssessmentState, Interview, ScoreSnapshot
from assessments.services.answers import InterviewClosedError, save_answer
from assessments.services.interviews import (
    NothingAnsweredError,
    decline_interview,
    reopen_interview,
    start_interview,
    submit_interview,
)
from stakeholders.models import AccessLink, AuditEvent
from stakeholders.services.links import issue_link
from tests import factories


def link_to(interview) -> AccessLink:
    return issue_link(organisation=interview.assessment.organisation, purpose="interview", subject_id=interview.pk)[0]


def stored(interview) -> Interview:
    return Interview.objects.get(pk=interview.pk)


def close(assessment) -> None:
    assessment.state = AssessmentState.CLOSED
    assessment.save(update_fields=["state"])


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))


@pytest.fixture
def answered(interview):
    """The lab director's interview with one answer."""
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 2))
    return interview


def test_start_copies_who_will_see_what(assessment):
    assessment.visibility_vendor, assessment.visibility_health_system = "figures_only", "named"
    assessment.save()
    interview = factories.make_interview(assessment)
    start_interview(interview=interview, link=link_to(interview))
    now = stored(interview)
    assert (now.state, now.visibility_vendor, now.visibility_health_system) == ("opened", "figures_only", "named")
    assert now.opened_at is not None


def test_start_marks_the_link_and_the_event(assessment):
    interview = factories.make_interview(assessment)
    link = link_to(interview)
    start_interview(interview=interview, link=link)
    assert AccessLink.objects.get().first_used_at is not None
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_kind, event.actor_id) == ("interview.opened", "stakeholder", interview.stakeholder_id)
    assert (event.subject_id, event.assessment_id) == (str(interview.pk), assessment.pk)


def test_start_again_changes_nothing(answered):
    before = stored(answered)
    link = link_to(answered)
    start_interview(interview=answered, link=link)
    used_at = AccessLink.objects.get().first_used_at
    assert start_interview(interview=answered, link=AccessLink.objects.get()).state == "in_progress"
    assert stored(answered).__dict__.items() >= {k: v for k, v in before.__dict__.items() if k != "_state"}.items()
    assert AccessLink.objects.get().first_used_at == used_at
    assert verbs() == []


def test_start_later_keeps_the_visibility_of_the_first_time(assessment):
    interview = factories.make_interview(assessment, state="declined", visibility_vendor="figures_only", visibility_health_system="role")
    start_interview(interview=interview, link=link_to(interview))
    assert stored(interview).visibility_vendor == "figures_only"


@pytest.mark.parametrize(("answers", "state"), [(0, "opened"), (1, "in_progress")])
def test_start_after_declining_goes_on_where_it_was(interview, answers, state):
    for _ in range(answers):
        save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 2))
    decline_interview(interview=interview, reason="No time")
    start_interview(interview=interview, link=link_to(interview))
    assert (stored(interview).state, stored(interview).decline_reason) == (state, "")


@pytest.mark.parametrize("state", ["invited", "opened", "declined"])
def test_start_under_a_closed_assessment_is_refused(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    link = link_to(interview)
    close(assessment)
    with pytest.raises(InterviewClosedError):
        start_interview(interview=interview, link=link)
    assert AccessLink.objects.get().first_used_at is None


def test_start_of_a_withdrawn_interview_is_refused(assessment):
    interview = factories.make_interview(assessment, state="withdrawn")
    with pytest.raises(InterviewClosedError):
        start_interview(interview=interview, link=link_to(interview))


def test_start_of_a_submitted_interview_opens_it_to_be_read(assessment):
    interview = factories.make_interview(assessment, state="submitted")
    close(assessment)
    assert start_interview(interview=interview, link=link_to(interview)).state == "submitted"


@pytest.mark.parametrize("state", ["invited", "opened", "in_progress"])
def test_decline_keeps_the_reason(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    decline_interview(interview=interview, reason=" I have\x07 left. ")
    assert (stored(interview).state, stored(interview).decline_reason) == ("declined", "I have left.")
    assert verbs() == ["interview.declined"]


def test_decline_again_keeps_the_first_reason(interview):
    decline_interview(interview=interview, reason="No time")
    decline_interview(interview=interview, reason="Really")
    assert stored(interview).decline_reason == "No time"
    assert verbs() == ["interview.declined"]


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
def test_decline_too_late_is_refused(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    with pytest.raises(InterviewClosedError):
        decline_interview(interview=interview)


def test_decline_under_a_closed_assessment_is_refused(assessment, interview):
    close(assessment)
    with pytest.raises(InterviewClosedError):
        decline_interview(interview=interview)


@pytest.mark.parametrize("reason", ["x" * 501, "a\x00b"])
def test_decline_with_a_reason_that_cannot_be_kept_is_refused(interview, reason):
    with pytest.raises(UnfitAnswerError):
        decline_interview(interview=interview, reason=reason)
    assert stored(interview).state == "opened"


def test_submit_stamps_and_records(answered):
    submit_interview(interview=answered)
    now = stored(answered)
    assert (now.state, now.submitted_at is not None) == ("submitted", True)
    assert verbs() == ["interview.submitted"]


def test_submit_twice_counts_once(answered):
    first = submit_interview(interview=answered).submitted_at
    assert submit_interview(interview=answered).submitted_at == first
    assert verbs() == ["interview.submitted"]


def test_submit_without_an_answer_is_refused(interview):
    with pytest.raises(NothingAnsweredError):
        submit_interview(interview=interview)
    assert stored(interview).state == "opened"


def test_submit_of_a_stance_alone_counts(assessment):
    clinician = factories.make_interview(assessment, role="clinician", state="opened", stance=1)
    assert submit_interview(interview=clinician).state == "submitted"


def test_submit_under_a_closed_assessment_is_refused(assessment, answered):
    close(assessment)
    with pytest.raises(InterviewClosedError):
        submit_interview(interview=answered)


@pytest.mark.parametrize("state", ["invited", "declined", "withdrawn"])
def test_submit_of_an_interview_that_is_not_open_is_refused(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    with pytest.raises(InterviewClosedError):
        submit_interview(interview=interview)


def test_reopen_takes_the_interview_back(answered):
    submit_interview(interview=answered)
    reopen_interview(interview=answered)
    assert (stored(answered).state, stored(answered).submitted_at) == ("in_progress", None)
    assert verbs() == ["interview.submitted", "interview.reopened"]


def test_reopen_of_an_open_interview_changes_nothing(answered):
    assert reopen_interview(interview=answered).state == "in_progress"
    assert verbs() == []


def test_reopen_after_the_lead_closed_is_refused(assessment, answered):
    submit_interview(interview=answered)
    close(assessment)
    with pytest.raises(InterviewClosedError):
        reopen_interview(interview=answered)
    assert stored(answered).state == "submitted"


@pytest.mark.parametrize("state", ["invited", "declined", "withdrawn"])
def test_reopen_of_what_was_never_submitted_is_refused(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    with pytest.raises(InterviewClosedError):
        reopen_interview(interview=interview)


def test_submit_asks_for_a_score(answered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit_interview(interview=answered)
    assert ScoreSnapshot.objects.get().reason == "submitted"


def test_reopen_asks_for_a_score(assessment, django_capture_on_commit_callbacks):
    interview = factories.make_interview(assessment, state="submitted")
    with django_capture_on_commit_callbacks(execute=True):
        reopen_interview(interview=interview)
    assert ScoreSnapshot.objects.get().reason == "reopened"
