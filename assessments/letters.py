"""What is written to stakeholders and hosts; each letter makes its link when it is sent, so that the token is nowhere else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from assessments.models import Assessment, AssessmentState, Interview, Scope
from assessments.questionnaire import STANCE, progress_of
from assessments.services.approvals import waiting_for_host
from assessments.services.invitations import may_be_written_to
from assessments.services.more_questions import may_be_told, more_for
from assessments.services.own_answers import asked_now
from assessments.services.parties import parties, vendor_lead
from assessments.services.scope_history import names_in, revisions
from assessments.services.visibility import HEALTH_SYSTEM, VENDOR, is_only_one_asked, visibility_sentence
from assessments.shown.scope_words import change_lines
from stakeholders.models import LinkPurpose, Message, MessageKind, User
from stakeholders.services.links import issue_link
from stakeholders.services.mail import LETTERS, Letter, NoLongerNeededError


def register_letters() -> None:
    """Tell the mail service how to write each kind of letter."""
    LETTERS[MessageKind.INVITATION] = stakeholder_letter
    LETTERS[MessageKind.REMINDER] = stakeholder_letter
    LETTERS[MessageKind.NEW_LINK] = stakeholder_letter
    LETTERS[MessageKind.HOST_APPROVAL] = host_letter
    LETTERS[MessageKind.MORE_QUESTIONS] = more_questions_letter
    LETTERS[MessageKind.SCOPE_REVISED] = scope_letter


def stakeholder_letter(message: Message) -> Letter:
    """Write an invitation, a reminder or a new link to the person of an interview, in both names and the person's language.

    Raises NoLongerNeededError when the person was withdrawn, has answered, or is not (or no longer) approved by the host.
    """
    interview = _interview(message)
    if interview is None or not may_be_written_to(interview):
        raise NoLongerNeededError
    return _to_stakeholder(message, interview, _questions)


def more_questions_letter(message: Message) -> Letter:
    """Tell somebody who has submitted that a few more questions came, how many minutes they take, and that what was said stays.

    Raises NoLongerNeededError once there is nothing more to answer, or the person may not be written to.
    """
    interview = _interview(message)
    more = more_for(interview) if interview is not None and may_be_told(interview) else None
    if interview is None or more is None:
        raise NoLongerNeededError
    return _to_stakeholder(message, interview, lambda _: {"count": len(more.codes), "minutes": more.minutes})


def _interview(message: Message) -> Interview | None:
    related = ("stakeholder__health_system", "stakeholder__site", "assessment__organisation", "assessment__health_system")
    more = ("assessment__product", "assessment__host", "assessment__created_by")
    return Interview.objects.select_related(*related, *more).filter(pk=message.subject_id).first()


def _to_stakeholder(message: Message, interview: Interview, figures: Callable[[Interview], dict[str, Any]]) -> Letter:
    """Return a letter to the person of an interview, in both names and the person's language, with the figures that it tells."""
    assessment, stakeholder = interview.assessment, interview.stakeholder
    lead = vendor_lead(assessment)
    with translation.override(stakeholder.language):
        context = {
            "interview": interview,
            "person": stakeholder,
            **figures(interview),
            **_who_sees(interview),
            **_link(message, LinkPurpose.INTERVIEW, "landing", stakeholder.zone),
            **_names(assessment, lead),
        }
        sender = parties(assessment, lead)
    return Letter(context, stakeholder.language, sender=sender, reply_to=lead.email if lead else "")


def _questions(interview: Interview) -> dict[str, Any]:
    """Return how many questions are asked first, how many of them are answered, the minutes left, and how many more there are."""
    asked = asked_now(interview)
    answered = set(interview.answers.values_list("item_code", flat=True)) | ({STANCE} if interview.stance is not None else set())
    progress = progress_of(asked, answered)
    return {"progress": progress, "more": len(asked) - progress.total}


def _who_sees(interview: Interview) -> dict[str, str]:
    alone = is_only_one_asked(interview)
    return {
        "vendor_sees": visibility_sentence(interview=interview, viewer=VENDOR, alone=alone),
        "health_system_sees": visibility_sentence(interview=interview, viewer=HEALTH_SYSTEM, alone=alone),
    }


def host_letter(message: Message) -> Letter:
    """Ask the host to approve people, questions and terms. Raises NoLongerNeededError once there is nothing to decide."""
    related = ("organisation", "health_system", "product", "host", "created_by")
    assessment = Assessment.objects.select_related(*related).filter(pk=message.subject_id).first()
    is_theirs = assessment is not None and assessment.host is not None and assessment.host.email == message.to_email
    if assessment is None or not is_theirs or assessment.state not in (AssessmentState.DRAFT, AssessmentState.OPEN):
        raise NoLongerNeededError
    lead = vendor_lead(assessment)
    context = {
        "people": len(waiting_for_host(assessment)),
        "is_first": assessment.state == AssessmentState.DRAFT,
        **_link(message, LinkPurpose.HOST, "host-landing", assessment.health_system.time_zone),
        **_names(assessment, lead),
    }
    return _to_host(assessment, lead, context)


def scope_letter(message: Message) -> Letter:
    """Tell the host that the questions changed: what was switched off or added, and why.

    Raises NoLongerNeededError when the host is another one by now.
    """
    related = ("organisation", "health_system", "product", "host", "created_by")
    scope = Scope.objects.select_related(*(f"assessment__{name}" for name in related)).filter(pk=message.subject_id).first()
    host = scope.assessment.host if scope else None
    if scope is None or host is None or host.email != message.to_email:
        raise NoLongerNeededError
    assessment, found = scope.assessment, revisions(scope.assessment, until=scope.number)
    names = names_in({revision.scope.version_id for revision in found})
    lead = vendor_lead(assessment)
    context = {
        "number": scope.number,
        "reason": scope.reason,
        "lines": [line.sentence for line in change_lines(found[-1].changes, names)],
        "questions": len(found[-1].items),
        **_link(message, LinkPurpose.HOST, "host-landing", assessment.health_system.time_zone, subject=assessment.pk),
        **_names(assessment, lead),
    }
    return _to_host(assessment, lead, context)


def _to_host(assessment: Assessment, lead: User | None, context: dict[str, Any]) -> Letter:
    sender = f"{lead} ({assessment.organisation})" if lead else str(assessment.organisation)
    return Letter(context, sender=sender, reply_to=lead.email if lead else "")


def _names(assessment: Assessment, lead: User | None) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "vendor": assessment.organisation.name,
        "health_system": assessment.health_system.name,
        "product": assessment.product.name,
        "host": assessment.host,
        "lead": lead,
    }


def _link(message: Message, purpose: str, url_name: str, zone: str, *, subject: UUID | None = None) -> dict[str, Any]:
    link, token = issue_link(organisation=message.organisation, purpose=purpose, subject_id=subject or message.subject_id)
    return {
        "link": settings.BASE_URL.rstrip("/") + reverse(url_name, args=[token]),
        "until": link.expires_at.astimezone(ZoneInfo(zone)),
        "zone": zone,
    }
