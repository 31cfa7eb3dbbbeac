"""Mails to the people asked: invitation, reminder, new link. Nobody is written to whom the host has not approved."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, AssessmentState, Interview, InterviewState
from stakeholders.models import LinkPurpose, Message, MessageKind, User
from stakeholders.services.audit import record_event
from stakeholders.services.links import revoke_links
from stakeholders.services.mail import NO_LONGER_NEEDED, queue_message

TO_STAKEHOLDER = (MessageKind.INVITATION, MessageKind.REMINDER, MessageKind.NEW_LINK, MessageKind.MORE_QUESTIONS)
NOT_ANSWERED = (InterviewState.INVITED, InterviewState.OPENED, InterviewState.IN_PROGRESS)
MAILS_AN_HOUR = 10  # per address, so that nobody can be flooded
BETWEEN_REMINDERS = timedelta(days=1)


class NotApprovedError(Exception):
    """The host has not approved the person, who is therefore not written to."""


class NotReachableError(Exception):
    """The person is not to be written to: withdrawn, answered, without an address, or the assessment is not open."""


class TooManyMailsError(Exception):
    """The address got ten mails within the hour."""


def may_be_written_to(interview: Interview) -> bool:
    """Tell whether the person is approved, still to answer, and has an address (reads assessment and stakeholder)."""
    is_open = interview.assessment.state == AssessmentState.OPEN
    return is_open and interview.host_approved_at is not None and interview.state in NOT_ANSWERED and bool(interview.stakeholder.email)


def _queue(interview: Interview, kind: str, actor: User | None) -> Message:
    if interview.host_approved_at is None:
        raise NotApprovedError(interview.pk)
    if not may_be_written_to(interview):
        raise NotReachableError(interview.pk)
    assessment = interview.assessment
    message = queue_message(organisation=assessment.organisation, kind=kind, subject_id=interview.pk, to_email=interview.stakeholder.email)
    verb = f"interview.{kind}_sent"
    record_event(organisation=assessment.organisation, verb=verb, subject=interview, actor=actor, assessment_id=assessment.pk)
    return message


@transaction.atomic
def send_invitation(*, interview: Interview, actor: User | None = None) -> Message:
    """Invite a person whom the host approved: NotApprovedError without the host, NotReachableError when there is nothing left to ask."""
    message = _queue(interview, MessageKind.INVITATION, actor)
    interview.invited_at = timezone.now()
    interview.save(update_fields=["invited_at"])
    return message


@transaction.atomic
def send_reminder(*, interview: Interview, actor: User | None = None) -> Message:
    """Remind somebody who was invited and has not answered; at most ten mails an hour to one address."""
    refuse_flood(interview.stakeholder.email)
    return _queue(interview, MessageKind.REMINDER, actor)


@transaction.atomic
def send_new_link(*, interview: Interview, actor: User | None = None) -> Message:
    """Close a person's links and mail a new one; at most ten mails an hour to one address."""
    refuse_flood(interview.stakeholder.email)
    message = _queue(interview, MessageKind.NEW_LINK, actor)
    revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    return message


def refuse_flood(email: str) -> None:
    """Raise TooManyMailsError when the address got ten mails within the hour."""
    since = timezone.now() - timedelta(hours=1)
    if Message.objects.filter(to_email__iexact=email, created_at__gt=since).count() >= MAILS_AN_HOUR:
        raise TooManyMailsError


@transaction.atomic
def close_links(*, interview: Interview, actor: User | None = None) -> int:
    """Close a person's links at once; returns how many there were."""
    assessment = interview.assessment
    closed = revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    verb = "interview.links_closed"
    record_event(organisation=assessment.organisation, verb=verb, subject=interview, actor=actor, assessment_id=assessment.pk)
    return closed


@transaction.atomic
def remind_everybody(*, assessment: Assessment, actor: User | None = None) -> int:
    """Remind everybody who was invited, has not answered and got no mail within a day; returns how many."""
    related = ("stakeholder", "assessment__organisation")
    rows = assessment.interviews.filter(state__in=NOT_ANSWERED, invited_at__isnull=False).select_related(*related)
    interviews = [interview for interview in rows if may_be_written_to(interview)]
    latest = latest_mails([interview.pk for interview in interviews])
    before = timezone.now() - BETWEEN_REMINDERS
    due = [i for i in interviews if i.pk not in latest or latest[i.pk].created_at < before]
    for interview in due:
        _queue(interview, MessageKind.REMINDER, actor)
    return len(due)


def latest_mails(interview_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Message]:
    """Return the latest mail to each interview, in one query; mails that were never meant to leave do not count."""
    rows = Message.objects.filter(subject_id__in=interview_ids, kind__in=TO_STAKEHOLDER).exclude(error=NO_LONGER_NEEDED)
    return {message.subject_id: message for message in rows.order_by("created_at")}
