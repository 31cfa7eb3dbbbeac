from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.models import Audience
from assessments.services.coverage import coverage_board
from assessments.services.scope_revisions import revise_scope
from assessments.services.scopes import current_plan
from readiness.pages.next_steps import Standing, next_steps
from readiness.reports.content import report_content
from readiness.reports.subject import Subject
from stakeholders.models import Message, MessageState
from tests import factories
from tests.assessments.answering import contested, handed_in, scored
from tests.assessments.deeper_bank import IT, make_deeper_assessment, submitted
from tests.assessments.setups import make_approved, make_draft


def told(assessment, blockers=0):
    """Return what is to be done, in words."""
    subject = Subject(report_content(assessment), Audience.DEAL_REVIEW) if assessment.latest_snapshot else None
    return [step.what for step in next_steps(Standing(assessment, coverage_board(assessment), subject, blockers))]


def test_draft_without_people_names_them_and_goes_on(lead):
    assert told(make_draft(lead)) == ["Name the people to ask.", "Finish the set-up."]


def test_while_nobody_has_answered_there_is_waiting_or_reminding(lead):
    assessment = scored(make_approved(lead))
    assert "Wait for 3 people, or remind them." in told(assessment)


def test_draft_with_people_goes_on_with_the_set_up(lead):
    draft = make_draft(lead)
    factories.make_interview(draft, host_approved_at=None)
    assert told(draft) == ["Finish the set-up."]


def test_invitation_that_came_back_is_mended_first(lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assessment = make_approved(lead)
    Message.objects.filter(subject_id=assessment.interviews.first().pk).update(state=MessageState.BOUNCED)
    assert told(scored(assessment))[0] == "Mend 1 address."


def test_roles_that_nobody_is_asked_in_are_to_be_found(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 3})
    assert told(scored(assessment))[0] == "Find somebody from IT and integration and Clinician."


def test_service_without_champion_is_to_be_talked_to(assessment):
    line = assessment.service_lines.get()
    handed_in(assessment, "clinician", {"CHG-01": 3}, service_line=line, front_line=True, stance=0)
    assert "Talk to oncology." in told(scored(assessment))


def deeper_step(assessment):
    subject = Subject(report_content(assessment), Audience.DEAL_REVIEW)
    steps = next_steps(Standing(assessment, coverage_board(assessment), subject))
    return next((step for step in steps if "deeper" in step.what), None)


def test_deeper_questions_are_to_be_asked_where_the_core_is_short(organisation):
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, answers={"LAB-01": 1})
    step = deeper_step(scored(assessment))
    assert (step.what, step.why) == ("Ask 2 deeper questions.", "The core is short or contested in Lab.")
    assert step.url == reverse("scope", args=[assessment.pk])


def test_deeper_question_is_to_be_asked_because_of_the_place(organisation):
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, IT, answers={"CTX-01": "meditech", "INT-01": 3})
    step = deeper_step(scored(assessment))
    assert (step.what, step.why) == ("Ask 1 deeper question.", "What is known about the place calls for it.")


def test_nothing_deeper_is_to_be_asked_once_it_was_opened(organisation):
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, answers={"LAB-01": 1})
    plan = replace(current_plan(assessment), opened=frozenset({"LAB-01", "LAB-07"}))
    revise_scope(assessment=assessment, plan=plan, reason="Asked in depth", author=None, seen=1)
    assert deeper_step(scored(assessment)) is None


def test_contested_gates_are_to_be_settled_with_the_gravest_named(assessment):
    assessment = contested(assessment)
    subject = Subject(report_content(assessment), Audience.DEAL_REVIEW)
    steps = next_steps(Standing(assessment, coverage_board(assessment), subject))
    step = next(step for step in steps if step.what == "Settle 1 contested gate.")
    assert step.why.startswith("LAB-01: Compliance, privacy, security says 3 (in place), Laboratory says 1 (informal).")
    assert step.url.endswith("/answers/?gate=any&contested=1")


def test_only_gate_that_is_unknown_is_named_with_whom_to_ask(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 3})
    handed_in(assessment, "it_integration_lead", {"INT-01": "unknown"})
    assert "Ask IT and integration for INT-01." in told(scored(assessment))


def test_several_unknown_gates_are_counted(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": "unknown"})
    assert "Find who can answer 2 gates." in told(scored(assessment))


def test_silent_service_and_role_are_to_be_heard(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 3})
    handed_in(assessment, "it_integration_lead", {"INT-01": 3})
    factories.make_interview(assessment, "clinician", state="invited")
    words = told(scored(assessment))
    assert "Hear a front-line clinician of oncology." in words
    assert "Remind Clinician." in words


def test_blockers_nobody_looked_at_are_counted(assessment):
    assert "Confirm or dismiss 2 blockers." in told(contested(assessment), blockers=2)


def test_ready_assessment_goes_to_the_deal_review(assessment):
    assessment.service_lines.clear()
    for role, levels in {
        "lab_director": {"LAB-01": 3, "LAB-02": 3},
        "it_integration_lead": {"INT-01": 3, "INT-02": 3},
        "clinician": {"CHG-01": 3},
    }.items():
        handed_in(assessment, role, levels)
    assert told(scored(assessment)) == ["Issue the report."]


@pytest.mark.parametrize("state", ["signed", "lost"])
def test_deal_that_is_over_has_nothing_to_do(assessment, state):
    assessment = contested(assessment)
    assessment.state = state
    assert told(assessment, blockers=2) == []


def test_closed_assessment_reminds_nobody(assessment):
    factories.make_interview(assessment, "clinician", state="invited")
    assessment = contested(assessment)
    assessment.state = "closed"
    assert not [words for words in told(assessment) if words.startswith(("Remind", "Wait", "Find somebody"))]


def test_never_more_than_five_things(assessment):
    assert len(told(contested(assessment), blockers=9)) == 5
