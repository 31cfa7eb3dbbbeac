"""Who has more questions since they submitted, and the one mail that each of them gets."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assessments.models import Interview
from assessments.services.interviews import reopen_interview, submit_interview
from assessments.services.lifecycle import close_assessment
from assessments.services.more_questions import mail_more_questions, more_for, more_questions
from assessments.services.scope_revisions import revise_scope
from assessments.services.scopes import current_plan
from stakeholders.models import AuditEvent, Message, MessageKind
from tests import factories
from tests.assessments.deeper_bank import CHECKS, LAB, give, make_deeper_assessment, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


@pytest.fixture
def done(asked):
    """The laboratory's interview, handed in before anything was opened."""
    return submitted(asked, answers={"LAB-01": 1})


def open_items(assessment, *codes, seen=1):
    plan = replace(current_plan(assessment), opened=frozenset(codes))
    return revise_scope(assessment=assessment, plan=plan, reason="Closer look", author=None, seen=seen)


def found(assessment):
    return {more.interview.pk: more.codes for more in more_questions(assessment)}


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def press(assessment):
        with django_capture_on_commit_callbacks(execute=True):
            return mail_more_questions(assessment=assessment)

    return press


def test_nobody_has_more_questions_before_a_revision(asked, done):
    assert found(asked) == {}


def test_question_that_was_skipped_is_not_a_new_one(asked, done):
    open_items(asked, "LAB-07")
    assert found(asked) == {done.pk: ("LAB-07",)}


def test_only_whoever_submitted_is_listed(asked):
    factories.make_interview(asked, state="in_progress")
    open_items(asked, "LAB-07")
    assert found(asked) == {}


def test_role_that_is_newly_asked_a_question_has_more(asked):
    checks = submitted(asked, CHECKS)
    open_items(asked, "LAB-01")
    assert found(asked) == {checks.pk: ("LAB-01",)}


def test_whoever_submitted_after_the_revision_has_nothing_more(asked):
    open_items(asked, "LAB-07")
    submitted(asked)
    assert found(asked) == {}


def test_answer_from_an_earlier_revision_counts(asked, done):
    give(done, "LAB-07", 2)
    open_items(asked, "LAB-07")
    assert found(asked) == {}


def test_colleague_who_was_handed_other_items_is_asked_nothing_more(asked):
    submitted(asked, limited_to=["LAB-02"])
    open_items(asked, "LAB-07")
    assert found(asked) == {}


def test_handing_in_again_ends_it(asked, done):
    open_items(asked, "LAB-07")
    reopen_interview(interview=done)
    submit_interview(interview=done)
    assert more_for(Interview.objects.get(pk=done.pk)) is None


def test_several_revisions_add_up(asked, done):
    open_items(asked, "LAB-07")
    open_items(asked, seen=2)
    assert found(asked) == {}
    open_items(asked, "LAB-07", seen=3)
    assert found(asked) == {done.pk: ("LAB-07",)}


def test_mail_says_how_many_and_how_long_and_that_answers_are_kept(asked, done, send):
    open_items(asked, "LAB-07")
    assert send(asked) == 1
    letter = mail.outbox[-1]
    assert letter.to == [done.stakeholder.email]
    assert letter.subject.startswith("A few more questions, about 1 minute")
    assert "1 more question for “Laboratory”" in letter.body
    assert "Your answers so far are kept" in letter.body
    assert AuditEvent.objects.filter(verb="interview.more_questions_sent").count() == 1


def test_pressing_twice_mails_once(asked, done, send):
    open_items(asked, "LAB-07")
    assert (send(asked), send(asked)) == (1, 0)


def test_the_next_day_they_can_be_told_again(asked, done, send):
    open_items(asked, "LAB-07")
    send(asked)
    Message.objects.filter(kind=MessageKind.MORE_QUESTIONS).update(created_at=timezone.now() - timedelta(hours=25))
    assert send(asked) == 1


def test_another_revision_is_told_at_once(asked, done, send):
    open_items(asked, "LAB-07")
    send(asked)
    plan = replace(current_plan(asked), left_out_domains=frozenset({"SEC"}))
    revise_scope(assessment=asked, plan=plan, reason="Not affected", author=None, seen=2)
    assert send(asked) == 1


@pytest.mark.parametrize("field", ["host_approved_at", "email"])
def test_nobody_is_written_to_without_approval_or_address(asked, done, send, field):
    if field == "email":
        type(done.stakeholder).objects.filter(pk=done.stakeholder_id).update(email="")
    else:
        Interview.objects.filter(pk=done.pk).update(host_approved_at=None)
    open_items(asked, "LAB-07")
    assert send(asked) == 0


def test_nobody_is_written_to_once_it_is_closed(asked, done, send):
    open_items(asked, "LAB-07")
    close_assessment(assessment=asked)
    assert send(type(asked).objects.get(pk=asked.pk)) == 0


def test_nobody_is_flooded(asked, done, send):
    for n in range(10):
        Message.objects.create(
            organisation=asked.organisation,
            kind=MessageKind.REMINDER,
            subject_id=done.pk,
            to_email=done.stakeholder.email,
            message_id=f"m{n}",
        )
    open_items(asked, "LAB-07")
    assert send(asked) == 0


def test_mail_that_is_no_longer_needed_is_not_sent(asked, done, django_capture_on_commit_callbacks):
    open_items(asked, "LAB-07")
    with django_capture_on_commit_callbacks(execute=True):
        mail_more_questions(assessment=asked)
        give(done, "LAB-07", 3)
    assert [m.to for m in mail.outbox] == []


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_a_fixed_number_of_queries(asked, django_assert_num_queries, number):
    for _ in range(number):
        submitted(asked, LAB, answers={"LAB-01": 1})
    open_items(asked, "LAB-07")
    more_questions(asked)
    with django_assert_num_queries(5):
        assert len(more_questions(asked)) == number
