"""What people decide about findings. None of it moves score or verdict; each decision is in the history, who, when and why."""

from dataclasses import dataclass

from django.db import transaction

from assessments.models import Finding, FindingState
from stakeholders.models import User
from stakeholders.services.audit import record_event

LONGEST_REASON = 500
DECIDED = ("state", "adjusted_severity", "reason", "accepted_until")
OPEN_TO_DECISION = (FindingState.DRAFT, FindingState.CONFIRMED, FindingState.DISMISSED)


class FindingChangedError(Exception):
    """Somebody else decided about the finding after the page was opened; `current` is how it stands, nothing was saved."""

    def __init__(self, current: Finding) -> None:
        super().__init__(str(current))
        self.current = current


class NothingToDecideError(Exception):
    """The finding has vanished, is past these decisions (planned, resolved, accepted), or has nothing to undo."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, having seen which version of the finding."""

    actor: User
    version: int


@transaction.atomic
def confirm_finding(*, finding: Finding, by: Decider) -> Finding:
    """Confirm that the gap is real. A dismissal before it loses its reason, an adjusted severity keeps its own."""
    locked = _lock(finding, by)
    if locked.state == FindingState.DISMISSED:
        locked.reason = _reason_of_adjustment(locked)
    locked.state = FindingState.CONFIRMED
    return _save(locked, by, "finding.confirmed")


@transaction.atomic
def adjust_severity(*, finding: Finding, severity: str, reason: str, by: Decider) -> Finding:
    """Put a person's severity beside the computed one, with a reason of 1–500 characters; both stay shown."""
    locked = _lock(finding, by)
    locked.adjusted_severity, locked.reason = severity, _reason(reason)
    if locked.state == FindingState.DISMISSED:
        locked.state = FindingState.CONFIRMED
    return _save(locked, by, "finding.adjusted")


@transaction.atomic
def dismiss_finding(*, finding: Finding, reason: str, by: Decider) -> Finding:
    """Dismiss a finding with a reason of 1–500 characters: it stays in the list of the dismissed, and in the score."""
    locked = _lock(finding, by)
    locked.state, locked.reason = FindingState.DISMISSED, _reason(reason)
    return _save(locked, by, "finding.dismissed")


@transaction.atomic
def undo_decision(*, finding: Finding, by: Decider) -> Finding:
    """Take the last decision back: the finding stands as it stood before it. Undoing twice brings the decision back."""
    locked = _lock(finding, by)
    now = tuple(getattr(locked, name) for name in DECIDED)
    before = next((past for past in locked.history.values_list(*DECIDED).order_by("-history_date", "-history_id") if past != now), None)
    if before is None:
        raise NothingToDecideError
    for name, value in zip(DECIDED, before, strict=True):
        setattr(locked, name, value)
    return _save(locked, by, "finding.undone")


def _lock(finding: Finding, by: Decider) -> Finding:
    """Return the row, locked; the second editor of a version is refused."""
    locked = Finding.objects.select_for_update(of=("self",)).select_related("assessment__organisation", "decided_by").get(pk=finding.pk)
    if locked.version != by.version:
        raise FindingChangedError(locked)
    if locked.vanished_at is not None or locked.state not in OPEN_TO_DECISION:
        raise NothingToDecideError
    return locked


def _save(finding: Finding, by: Decider, verb: str) -> Finding:
    finding.version += 1
    finding.decided_by = by.actor
    finding._history_user = by.actor  # type: ignore[attr-defined]
    finding._change_reason = verb  # type: ignore[attr-defined]
    finding.save(update_fields=[*DECIDED, "decided_by", "version"])
    assessment = finding.assessment
    record_event(organisation=assessment.organisation, verb=verb, subject=finding, actor=by.actor, assessment_id=assessment.pk)
    return finding


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValueError(f"A reason has 1 to {LONGEST_REASON} characters.")
    return reason


def _reason_of_adjustment(finding: Finding) -> str:
    """Return why the severity was adjusted, from before the dismissal; empty when it was not."""
    if not finding.adjusted_severity:
        return ""
    past = finding.history.filter(adjusted_severity=finding.adjusted_severity).exclude(state=FindingState.DISMISSED)
    return past.order_by("-history_date").values_list("reason", flat=True).first() or finding.reason
