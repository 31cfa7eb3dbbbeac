"""What an assessment waits for, one test per reason and per way out of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.models import Assessment, AssessmentState, HostApproval, HostDecision, ScoreSnapshot, Verdict
from readiness.pages.needs import NEEDS, need_of, waiting
from stakeholders.models import Message, MessageKind, MessageState
from stakeholders.services.mail import queue_message
from tests import factories

TODAY = date(2026, 12, 1)
DATES = {"America/Chicago": TODAY}


@pytest.fixture
def quiet(organisation):
    """An open assessment that waits for nothing: somebody is invited, and the contract is far away."""
    assessment = factories.make_open_assessment(organisation, contract_date=TODAY + timedelta(days=100))
    factories.make_interview(assessment, invited_at=timezone.now())
    return assessment


def reason(assessment, dates=DATES):
    """Return the key of what the assessment waits for, None for nothing."""
    found = [need_of(a) for a in waiting(Assessment.objects.filter(pk=assessment.pk), dates)]
    return next((name for name, need in NEEDS.items() if [need] == found), None)


def put(assessment, **fields):
    Assessment.objects.filter(pk=assessment.pk).update(**fields)


def score(assessment, verdict, unknown=0):
    snapshot = ScoreSnapshot.objects.create(
        assessment=assessment,
        scope=assessment.scopes.get(),
        reason="submitted",
        scoring_version=1,
        verdict=verdict,
        coverage=1,
        gates_failed=0,
        gates_unknown=unknown,
        gates_total=2,
        bundle_sha256="0" * 64,
        result={},
    )
    put(assessment, latest_snapshot=snapshot)


def decide(assessment, decision, at):
    HostApproval.objects.create(
        assessment=assessment,
        host=assessment.host,
        scope=assessment.scopes.get(),
        decision=decision,
        comment="Please fewer questions.",
        visibility_vendor="role",
        visibility_health_system="role",
        uploads_allowed=True,
        retention_months=24,
        at=at,
    )


def ask_host(assessment, at):
    message = queue_message(
        organisation=assessment.organisation, kind=MessageKind.HOST_APPROVAL, subject_id=assessment.pk, to_email="host@valley.example"
    )
    Message.objects.filter(pk=message.pk).update(created_at=at)


def test_quiet_assessment_waits_for_nothing(quiet):
    assert reason(quiet) is None


@pytest.mark.parametrize(
    ("days", "need"), [(-1, "contract_passed"), (0, "contract_soon"), (14, "contract_soon"), (15, None), (-400, "contract_passed")]
)
def test_contract_date_is_close_or_gone(quiet, days, need):
    put(quiet, contract_date=TODAY + timedelta(days=days))
    assert reason(quiet) == need


@pytest.mark.parametrize("verdict", [Verdict.READY, Verdict.READY_WITH_CONDITIONS])
def test_contract_that_is_close_and_ready_waits_for_nothing(quiet, verdict):
    put(quiet, contract_date=TODAY + timedelta(days=3))
    score(quiet, verdict)
    assert reason(quiet) is None


@pytest.mark.parametrize("verdict", [Verdict.NOT_READY, Verdict.INSUFFICIENT_EVIDENCE])
def test_contract_that_is_close_and_not_ready_waits(quiet, verdict):
    put(quiet, contract_date=TODAY + timedelta(days=3))
    score(quiet, verdict)
    assert reason(quiet) == "contract_soon"


@pytest.mark.parametrize(("today", "need"), [(TODAY, "contract_soon"), (TODAY + timedelta(days=1), "contract_passed")])
def test_contract_day_is_that_of_the_health_systems_zone(quiet, today, need):
    put(quiet, contract_date=TODAY)
    assert reason(quiet, {"America/Chicago": today, "Pacific/Honolulu": TODAY - timedelta(days=1)}) == need


@pytest.mark.parametrize("state", [AssessmentState.SIGNED, AssessmentState.LOST])
def test_deal_that_is_over_waits_for_nothing(quiet, state):
    put(quiet, state=state, contract_date=TODAY - timedelta(days=5))
    score(quiet, Verdict.NOT_READY, unknown=3)
    assert reason(quiet) is None


def test_assessment_without_a_contract_date_is_not_late(quiet):
    put(quiet, contract_date=None)
    assert reason(quiet) is None


@pytest.mark.parametrize("state", [AssessmentState.DRAFT, AssessmentState.OPEN])
def test_nobody_invited(organisation, state):
    assessment = factories.make_open_assessment(organisation, contract_date=None)
    put(assessment, state=state)
    assert reason(assessment) == "nobody_invited"


def test_withdrawn_people_do_not_count_as_invited(quiet):
    quiet.interviews.update(state="withdrawn")
    assert reason(quiet) == "nobody_invited"


def test_host_has_asked_for_changes(quiet):
    decide(quiet, HostDecision.RETURNED, timezone.now())
    assert reason(quiet) == "host_returned"


def test_host_who_was_asked_again_is_the_one_to_act(quiet):
    now = timezone.now()
    decide(quiet, HostDecision.RETURNED, now - timedelta(days=1))
    ask_host(quiet, now)
    assert reason(quiet) is None


def test_host_who_returned_it_after_the_last_mail_waits(quiet):
    now = timezone.now()
    ask_host(quiet, now - timedelta(days=1))
    decide(quiet, HostDecision.RETURNED, now)
    assert reason(quiet) == "host_returned"


def test_host_who_approved_in_the_end_waits_for_nothing(quiet):
    now = timezone.now()
    decide(quiet, HostDecision.RETURNED, now - timedelta(days=1))
    decide(quiet, HostDecision.APPROVED, now)
    assert reason(quiet) is None


def test_host_was_never_asked_about_people_who_wait(quiet):
    factories.make_interview(quiet, role="clinician", host_approved_at=None)
    assert reason(quiet) == "host_not_asked"


def test_host_who_was_asked_about_people_is_the_one_to_act(quiet):
    factories.make_interview(quiet, role="clinician", host_approved_at=None)
    ask_host(quiet, timezone.now())
    assert reason(quiet) is None


def test_approved_people_without_an_invitation(quiet):
    factories.make_interview(quiet, role="clinician", invited_at=None)
    assert reason(quiet) == "not_sent"


def mail_to(interview, state, minutes=0):
    message = queue_message(
        organisation=interview.assessment.organisation, kind=MessageKind.INVITATION, subject_id=interview.pk, to_email="x@valley.example"
    )
    Message.objects.filter(pk=message.pk).update(state=state, created_at=timezone.now() + timedelta(minutes=minutes))


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.BOUNCED])
def test_mail_that_could_not_be_delivered(quiet, state):
    mail_to(quiet.interviews.get(), state)
    assert reason(quiet) == "mail_failed"


def test_mail_that_arrived_at_the_second_try(quiet):
    interview = quiet.interviews.get()
    mail_to(interview, MessageState.BOUNCED)
    mail_to(interview, MessageState.SENT, minutes=5)
    assert reason(quiet) is None


def test_mail_to_somebody_who_opened_the_link_anyway(quiet):
    interview = quiet.interviews.get()
    mail_to(interview, MessageState.BOUNCED)
    quiet.interviews.update(state="opened")
    assert reason(quiet) is None


@pytest.mark.parametrize("state", [AssessmentState.OPEN, AssessmentState.CLOSED])
def test_gates_are_unknown(quiet, state):
    score(quiet, Verdict.INSUFFICIENT_EVIDENCE, unknown=1)
    put(quiet, state=state)
    assert reason(quiet) == "gates_unknown"


def test_most_urgent_reason_is_said_and_comes_first(organisation, quiet):
    score(quiet, Verdict.INSUFFICIENT_EVIDENCE, unknown=1)
    late = factories.make_open_assessment(organisation, contract_date=TODAY - timedelta(days=1))
    alone = factories.make_open_assessment(organisation, contract_date=None)
    found = list(waiting(Assessment.objects.all(), DATES))
    assert [a.pk for a in found] == [late.pk, alone.pk, quiet.pk]


def test_nearer_contract_comes_first(organisation):
    far, near, never = (
        factories.make_open_assessment(organisation, contract_date=TODAY + timedelta(days=n) if n else None) for n in (60, 30, 0)
    )
    assert [a.pk for a in waiting(Assessment.objects.all(), DATES)] == [near.pk, far.pk, never.pk]


def test_no_zone_at_all_is_no_error(db):
    assert list(waiting(Assessment.objects.all(), {})) == []


def test_assessment_of_another_list_has_no_need(assessment):
    assert need_of(assessment) is None
