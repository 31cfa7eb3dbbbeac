"""Start, decline, submit and reopen an interview."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.given_answers import refuse_texts
from assessments.models import Assessment, Interview, InterviewState
from assessments.services.answers import InterviewClosedError
from assessments.services.climate import cut_loose, show_what_may_show
from assessments.services.disclosures import erase_links
from assessments.services.nominations import request_nominated_findings
from assessments.services.scores import request_score
from stakeholders.models import AccessLink
from stakeholders.services.audit import record_event
from stakeholders.services.links import mark_link_used
from stakeholders.validators import clean_text

STARTED = (InterviewState.OPENED, InterviewState.IN_PROGRESS)
CAN_DECLINE = (InterviewState.INVITED, *STARTED)


class NothingAnsweredError(Exception):
    """An interview without a single answer cannot be submitted; declining is the honest way."""


def lock_interview(interview: Interview) -> Interview:
    """Lock the assessment and then the interview until the transaction ends, and return the interview as it is now."""
    assessment = Assessment.objects.select_for_update(no_key=True).get(pk=interview.assessment_id)
    locked = Interview.objects.select_for_update(no_key=True).get(pk=interview.pk)
    locked.assessment = assessment
    return locked


@transaction.atomic
def start_interview(*, interview: Interview, link: AccessLink) -> Interview:
    """Open the interview: who will see what is copied now, from here on it can only become stricter.

    An interview that was started before stays as it is; a declined one starts again. Raises InterviewClosedError when it
    was withdrawn, or when the assessment takes no answers and nothing was submitted.
    """
    locked = lock_interview(interview)
    if locked.state == InterviewState.WITHDRAWN or not (locked.assessment.takes_answers or locked.submitted_at):
        raise InterviewClosedError
    mark_link_used(link=link)
    if locked.state not in (InterviewState.INVITED, InterviewState.DECLINED):
        return locked
    locked.state = InterviewState.IN_PROGRESS if locked.answers.exists() else InterviewState.OPENED
    locked.opened_at = locked.opened_at or timezone.now()
    locked.visibility_vendor = locked.visibility_vendor or locked.assessment.visibility_vendor
    locked.visibility_health_system = locked.visibility_health_system or locked.assessment.visibility_health_system
    locked.decline_reason = ""
    locked.save(update_fields=["state", "opened_at", "visibility_vendor", "visibility_health_system", "decline_reason"])
    _record(locked, "interview.opened")
    return locked


@transaction.atomic
def decline_interview(*, interview: Interview, reason: str = "") -> Interview:
    """Note that the person would rather not answer, with their reason if they give one; answers so far are kept.

    Declining again changes nothing. Raises InterviewClosedError once it is submitted, withdrawn or the assessment is not
    open, and UnfitAnswerError for a reason that cannot be stored.
    """
    refuse_texts({"reason": reason})
    locked = lock_interview(interview)
    if locked.state == InterviewState.DECLINED:
        return locked
    if locked.state not in CAN_DECLINE or not locked.assessment.takes_answers:
        raise InterviewClosedError
    locked.state, locked.decline_reason = InterviewState.DECLINED, clean_text(reason).strip()
    locked.save(update_fields=["state", "decline_reason"])
    _record(locked, "interview.declined")
    show_what_may_show(assessment=locked.assessment)
    return locked


@transaction.atomic
def submit_interview(*, interview: Interview) -> Interview:
    """Hand the answers in, so that they count; unlinks protected entries and anonymous answers from the interview for good.

    Submitting again changes nothing. Raises InterviewClosedError, or NothingAnsweredError when there is no answer.
    """
    locked = lock_interview(interview)
    if locked.state == InterviewState.SUBMITTED:
        return locked
    if not locked.can_be_answered:
        raise InterviewClosedError
    if locked.stance is None and not locked.answers.exists():
        raise NothingAnsweredError(_("Nothing is answered yet."))
    erase_links(interview=locked)
    locked.state, locked.submitted_at = InterviewState.SUBMITTED, timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    cut_loose(interview=locked)
    _record(locked, "interview.submitted")
    request_score(assessment=locked.assessment, reason="submitted")
    request_nominated_findings(assessment_pk=locked.assessment_id)
    return locked


@transaction.atomic
def reopen_interview(*, interview: Interview) -> Interview:
    """Take a submitted interview back to change it, as long as the assessment is open; until it is handed in again, its
    answers do not count.

    Raises InterviewClosedError otherwise; reopening an open interview changes nothing.
    """
    locked = lock_interview(interview)
    if locked.can_be_answered:
        return locked
    if locked.state != InterviewState.SUBMITTED or not locked.assessment.takes_answers:
        raise InterviewClosedError
    locked.state, locked.submitted_at = InterviewState.IN_PROGRESS, None
    locked.save(update_fields=["state", "submitted_at"])
    _record(locked, "interview.reopened")
    request_score(assessment=locked.assessment, reason="reopened")
    request_nominated_findings(assessment_pk=locked.assessment_id)
    return locked


def _record(interview: Interview, verb: str) -> None:
    record_event(
        organisation=interview.assessment.organisation,
        verb=verb,
        subject=interview,
        actor=interview.stakeholder,
        assessment_id=interview.assessment_id,
    )
