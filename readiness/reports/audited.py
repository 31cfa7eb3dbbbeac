"""What the vendor says of its own readiness, as a report freezes it: beside the score, never in it."""

from typing import Any

from assessments.models import Assessment, ScoreSnapshot
from assessments.shown.self_audits import AuditLine, shown_audit


def self_audit_of(assessment: Assessment, snapshot: ScoreSnapshot) -> dict[str, Any] | None:
    """Return the self-audit under the snapshot's question bank, None where that asks the vendor nothing; three queries.

    Notes are for the vendor's own people and are left out, and so is who answered.
    """
    shown = shown_audit(assessment, snapshot.scope.version, language="en")
    if not shown.lines:
        return None
    answered = [line.answer.answered_at for line in shown.lines if line.answer]
    return {
        "score": shown.audit.score,
        "low": shown.audit.low,
        "high": shown.audit.high,
        "answered_at": max(answered).replace(microsecond=0).isoformat() if answered else None,
        "items": [line_facts(line) for line in shown.lines],
    }


def line_facts(line: AuditLine) -> dict[str, Any]:
    """Return one item: what is asked, what was answered, and where that stands."""
    return {
        "code": line.code,
        "title": line.title,
        "question": line.question,
        "steps": [step.text for step in line.steps],
        "need": line.item.need,
        "weight": line.item.weight,
        "asked_for": line.needed,
        "level": line.level,
        "evidence": line.answer.evidence_reference if line.answer else "",
        "counts": line.standing.counts,
        "state": line.standing.state,
    }
