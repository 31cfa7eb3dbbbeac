"""The life of an assessment: draft, open, closed, signed or lost; every step is logged."""

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, AssessmentState, Scope
from assessments.services.climate import show_what_may_show
from assessments.services.scores import request_score
from assessments.services.setup import NotInThisStateError, record
from stakeholders.models import Host, User

DRAFT, OPEN, CLOSED, SIGNED, LOST = (
    AssessmentState.DRAFT,
    AssessmentState.OPEN,
    AssessmentState.CLOSED,
    AssessmentState.SIGNED,
    AssessmentState.LOST,
)
# From which states each step may be taken.
MAY_FOLLOW = {
    OPEN: {DRAFT, CLOSED, SIGNED, LOST},
    CLOSED: {OPEN},
    SIGNED: {OPEN, CLOSED},
    LOST: {DRAFT, OPEN, CLOSED},
}
REASON_LENGTH = 100  # what the history keeps beside a change


def _move(assessment: Assessment, state: AssessmentState, *, actor: User | Host | None, reason: str = "") -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.state not in MAY_FOLLOW[state]:
        raise NotInThisStateError(locked.state)
    verb = "reopened" if state == OPEN and locked.state != DRAFT else {OPEN: "opened"}.get(state, state.value)
    now = timezone.now()
    assessment.state = state
    assessment.opened_at = locked.opened_at or (now if state == OPEN else None)
    assessment.closed_at = None if state == OPEN else (locked.closed_at or now)
    assessment._change_reason = reason[:REASON_LENGTH]  # type: ignore[attr-defined]
    assessment.save(update_fields=["state", "opened_at", "closed_at"])
    record(assessment, f"assessment.{verb}", actor)
    show_what_may_show(assessment=assessment)
    return assessment


@transaction.atomic
def open_assessment(*, assessment: Assessment, actor: User | Host | None = None) -> Assessment:
    """Let a draft take answers; raises NotInThisStateError unless it is a draft whose scope is frozen."""
    if assessment.state != DRAFT or not Scope.objects.filter(assessment=assessment).exists():
        raise NotInThisStateError(assessment.state)
    _move(assessment, OPEN, actor=actor)
    request_score(assessment=assessment, reason="opened")
    return assessment


@transaction.atomic
def close_assessment(*, assessment: Assessment, actor: User | None = None) -> Assessment:
    """Take no more answers; what was submitted stays, nothing is deleted."""
    return _move(assessment, CLOSED, actor=actor)


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, reason: str, actor: User | None = None) -> Assessment:
    """Take answers again; the reason (up to 100 characters, required) is kept in the assessment's history."""
    if not reason.strip():
        raise ValueError("Reopening needs a reason.")
    if assessment.state == DRAFT:
        raise NotInThisStateError(assessment.state)
    _move(assessment, OPEN, actor=actor, reason=reason.strip())
    request_score(assessment=assessment, reason="reopened")
    return assessment


@transaction.atomic
def mark_signed(*, assessment: Assessment, actor: User | None = None) -> Assessment:
    """Note that the contract is signed; no more answers are taken."""
    return _move(assessment, SIGNED, actor=actor)


@transaction.atomic
def mark_lost(*, assessment: Assessment, actor: User | None = None) -> Assessment:
    """Note that the deal is lost; no more answers are taken."""
    return _move(assessment, LOST, actor=actor)
