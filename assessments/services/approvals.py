"""The host's say: nobody is invited before the named co-owner at the health system has approved people, questions and terms."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from django.db import transaction
from django.utils import timezone

from assessments.host_state import HostState, host_state
from assessments.models import Assessment, AssessmentState, HostApproval, HostDecision, Interview, Scope
from assessments.services.invitations import refuse_flood, send_invitation
from assessments.services.lifecycle import open_assessment
from assessments.services.outline import current_scope, proposal_differs, propose_scope
from assessments.services.people import withdraw_interview
from assessments.services.setup import TERMS, NotInThisStateError, record
from stakeholders.models import STRICTNESS, Message, MessageKind, User, Visibility
from stakeholders.services.mail import queue_message


class CannotAskError(Exception):
    """Something that the host must be shown is missing; the exception's text is its code: `host`, `people` or `scope`."""


class NotAskedError(Exception):
    """The questions are not (or no longer) those that the host was asked about."""


class NobodyLeftError(Exception):
    """Approving would invite nobody: everybody was struck, or everybody was decided on already."""


@dataclass(frozen=True)
class HostTerms:
    """What the host decides beside the people: who sees what, uploads, retention in months, and a comment."""

    visibility_vendor: str
    visibility_health_system: str
    uploads_allowed: bool
    retention_months: int
    comment: str = ""

    @classmethod
    def proposed(cls, assessment: Assessment) -> Self:
        """Return the terms as the assessment proposes them."""
        return cls(**{name: getattr(assessment, name) for name in TERMS})


@dataclass(frozen=True)
class HostStatus:
    """Where the host's approval stands: the state, when they were last asked, what they last decided, who waits for them."""

    state: HostState
    asked: Message | None
    decision: HostApproval | None
    waiting: int


def waiting_for_host(assessment: Assessment) -> list[Interview]:
    """Return the interviews that wait for the host, with person and place, in the order of roles."""
    return list(assessment.interviews.waiting_for_host().select_related("stakeholder", "site", "service_line"))


def host_status(assessment: Assessment) -> HostStatus:
    """Return where the host's approval stands, in three queries."""
    asked = Message.objects.filter(subject_id=assessment.pk, kind=MessageKind.HOST_APPROVAL).order_by("-created_at").first()
    decision = assessment.approvals.select_related("host").order_by("-at").first()
    waiting = assessment.interviews.waiting_for_host().count()
    state = host_state(
        asked_at=asked.created_at if asked else None,
        decided_at=decision.at if decision else None,
        returned=decision is not None and decision.decision == HostDecision.RETURNED,
        waiting=waiting,
        opened=assessment.state != AssessmentState.DRAFT,
    )
    return HostStatus(state, asked, decision, waiting)


@transaction.atomic
def ask_host(*, assessment: Assessment, actor: User | None = None) -> Message:
    """Freeze what is asked and mail the host a link to approve it; asking again sends another mail.

    The scope gets revision 1, or the next one when the profile or the left-out domains have changed since. Raises
    CannotAskError when host, people or questions are missing, NotInThisStateError once the assessment is closed,
    TooManyMailsError when the host got ten mails within the hour.
    """
    # The lock comes before the comparison, so that two who ask at once do not write the same revision twice.
    assessment = _locked(assessment)
    if assessment.host is None:
        raise CannotAskError("host")
    if not waiting_for_host(assessment):
        raise CannotAskError("people")
    refuse_flood(assessment.host.email)
    try:
        propose_scope(assessment=assessment, author=actor, reason="Asked the host to approve")
    except ValueError as error:
        raise CannotAskError("scope") from error
    message = queue_message(
        organisation=assessment.organisation,
        kind=MessageKind.HOST_APPROVAL,
        subject_id=assessment.pk,
        to_email=assessment.host.email,
    )
    record(assessment, "assessment.host_asked", actor)
    return message


def _locked(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("organisation", "health_system", "product", "host")
    locked = rows.get(pk=assessment.pk)
    if locked.state not in (AssessmentState.DRAFT, AssessmentState.OPEN):
        raise NotInThisStateError(locked.state)
    return locked


@transaction.atomic
def approve(
    *,
    assessment: Assessment,
    terms: HostTerms,
    struck: Mapping[uuid.UUID, str] | None = None,
    shown: Collection[uuid.UUID] | None = None,
) -> HostApproval:
    """Write the host's approval, open the assessment and only then invite, in both names.

    `struck` maps interviews to the reason why that person is not to be asked; `shown` are the interviews that the host
    saw (default: all that wait), so that somebody added meanwhile goes on waiting. Visibility may only become stricter
    (ValueError). Raises NotAskedError when the draft's questions have changed since, NobodyLeftError, NotInThisStateError.
    """
    assessment, struck = _locked(assessment), struck or {}
    if changed_since_asked(assessment):
        raise NotAskedError
    waiting = [i for i in waiting_for_host(assessment) if shown is None or i.pk in shown]
    kept = [interview for interview in waiting if interview.pk not in struck]
    if not kept:
        raise NobodyLeftError
    _require_stricter(assessment, terms)
    gone = [interview for interview in waiting if interview.pk in struck]
    for interview in gone:
        withdraw_interview(interview=interview, actor=assessment.host)
    approval = _write(assessment, HostDecision.APPROVED, terms, _with_struck(terms.comment, gone, struck))
    for name in TERMS:
        setattr(assessment, name, getattr(terms, name))
    assessment.save(update_fields=list(TERMS))
    if assessment.state == AssessmentState.DRAFT:
        open_assessment(assessment=assessment, actor=assessment.host)
    _invite(assessment, kept, approval)
    return approval


def changed_since_asked(assessment: Assessment) -> bool:
    """Tell whether a draft's questions are other than those of the scope that the host was last asked about."""
    return assessment.state == AssessmentState.DRAFT and proposal_differs(assessment, current_scope(assessment))


def _invite(assessment: Assessment, interviews: Collection[Interview], approval: HostApproval) -> None:
    for interview in interviews:
        interview.assessment = assessment
        interview.host_approved_at = approval.at
        interview.save(update_fields=["host_approved_at"])
        if interview.stakeholder.email:
            send_invitation(interview=interview)


def _require_stricter(assessment: Assessment, terms: HostTerms) -> None:
    for name in ("visibility_vendor", "visibility_health_system"):
        if STRICTNESS[Visibility(getattr(terms, name))] < STRICTNESS[Visibility(getattr(assessment, name))]:
            raise ValueError("Visibility may only become stricter.")


def _with_struck(comment: str, gone: Collection[Interview], struck: Mapping[uuid.UUID, str]) -> str:
    """Return the comment with a line per struck person: role, place and reason, never the name."""
    lines = [f"{i.get_role_display()}{f', {i.site}' if i.site else ''}: {struck[i.pk]}" for i in gone]
    return "\n".join(line for line in (comment, *lines) if line)


def _write(assessment: Assessment, decision: str, terms: HostTerms, comment: str) -> HostApproval:
    if assessment.host is None:
        raise CannotAskError("host")
    values = {name: getattr(terms, name) for name in TERMS}
    approval = HostApproval.objects.create(
        assessment=assessment,
        host=assessment.host,
        scope=Scope.objects.current(assessment),
        decision=decision,
        comment=comment,
        at=timezone.now(),
        **values,
    )
    record(assessment, f"assessment.host_{decision}", assessment.host)
    return approval


@transaction.atomic
def ask_for_changes(*, assessment: Assessment, comment: str) -> HostApproval:
    """Write that the host asks for changes, with what they are (required); nobody is invited."""
    assessment = _locked(assessment)
    if not comment.strip():
        raise ValueError("Asking for changes needs a comment.")
    return _write(assessment, HostDecision.RETURNED, HostTerms.proposed(assessment), comment.strip())
