from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assessments.models import Interview, InterviewState
from assessments.services.invitations import (
    MAILS_AN_HOUR,
    NotApprovedError,
    NotReachableError,
    TooManyMailsError,
    close_links,
    latest_mails,
    remind_everybody,
    send_invitation,
    send_new_link,
    send_reminder,
)
from assessments.services.lifecycle import close_assessment
from stakeholders.models import LinkPurpose, Message, MessageKind, MessageState
from stakeholders.services.links import issue_link
from stakeholders.services.mail import deliver_message
from tests import factories

SENDERS = [send_invitation, send_reminder, send_new_link]


def link_to(interview):
    return issue_link(organisation=interview.assessment.organisation, purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)[0]


@pytest.fixture
def invited(assessment):
    return factories.make_interview(assessment, invited_at=timezone.now())


@pytest.mark.parametrize("send", SENDERS)
def test_nobody_is_written_to_without_the_hosts_approval(assessment, send):
    interview = factories.make_interview(assessment, host_approved_at=None)
    with pytest.raises(NotApprovedError):
        send(interview=interview)
    assert Message.objects.count() == 0


def test_queued_invitation_is_not_sent_once_the_approval_is_gone(invited):
    message = send_invitation(interview=invited)
    Interview.objects.filter(pk=invited.pk).update(host_approved_at=None)
    deliver_message.call(str(message.pk))
    message.refresh_from_db()
    assert (mail.outbox, message.state, message.error) == ([], MessageState.FAILED, "no longer needed")


@pytest.mark.parametrize("send", SENDERS)
@pytest.mark.parametrize("state", [InterviewState.SUBMITTED, InterviewState.DECLINED, InterviewState.WITHDRAWN])
def test_nobody_is_written_to_who_has_answered_declined_or_left(assessment, send, state):
    with pytest.raises(NotReachableError):
        send(interview=factories.make_interview(assessment, state=state))


def test_nobody_is_written_to_once_closed(assessment, invited):
    close_assessment(assessment=assessment)
    invited.assessment.refresh_from_db()
    with pytest.raises(NotReachableError):
        send_reminder(interview=invited)


def test_invitation_is_sent_once_and_dated(invited, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = send_invitation(interview=invited)
    deliver_message.call(str(message.pk))
    invited.refresh_from_db()
    assert ([m.to for m in mail.outbox], invited.invited_at is not None) == ([[invited.stakeholder.email]], True)


def test_new_link_closes_the_former_ones(invited):
    former = link_to(invited)
    send_new_link(interview=invited)
    former.refresh_from_db()
    assert not former.is_valid


def test_link_mailed_by_a_new_link_works(invited, django_capture_on_commit_callbacks):
    from stakeholders.models import AccessLink

    with django_capture_on_commit_callbacks(execute=True):
        send_new_link(interview=invited)
    assert AccessLink.objects.valid().of(LinkPurpose.INTERVIEW, invited.pk).count() == 1


def test_reminder_leaves_former_links_open(invited):
    former = link_to(invited)
    send_reminder(interview=invited)
    former.refresh_from_db()
    assert former.is_valid


def test_links_are_closed_at_once(invited):
    link_to(invited)
    link_to(invited)
    assert close_links(interview=invited) == 2


@pytest.mark.parametrize("send", [send_reminder, send_new_link])
def test_no_address_gets_more_than_ten_mails_an_hour(invited, send):
    for _ in range(MAILS_AN_HOUR):
        send(interview=invited)
    with pytest.raises(TooManyMailsError):
        send(interview=invited)


def test_limit_counts_the_last_hour_only(invited):
    for _ in range(MAILS_AN_HOUR):
        send_reminder(interview=invited)
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert send_reminder(interview=invited).kind == MessageKind.REMINDER


def test_everybody_silent_is_reminded_but_not_twice_a_day(assessment, invited):
    for state in (InterviewState.OPENED, InterviewState.SUBMITTED, InterviewState.DECLINED):
        factories.make_interview(assessment, role="clinician", state=state, invited_at=timezone.now())
    factories.make_interview(assessment, role="executive_sponsor", host_approved_at=None)
    assert remind_everybody(assessment=assessment) == 2
    assert remind_everybody(assessment=assessment) == 0


def test_everybody_is_reminded_again_after_a_day(assessment, invited):
    remind_everybody(assessment=assessment)
    Message.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert remind_everybody(assessment=assessment) == 1


def test_latest_mail_is_the_newest_that_was_meant_to_leave(invited):
    send_invitation(interview=invited)
    newest = send_reminder(interview=invited)
    stale = send_reminder(interview=invited)
    Message.objects.filter(pk=stale.pk).update(error="no longer needed")
    assert latest_mails([invited.pk]) == {invited.pk: newest}
