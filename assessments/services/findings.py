"""Keep findings in step with the score, without ever touching what a person decided."""

from typing import get_args

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from assessments.models import Assessment, Finding
from assessments.results import FindingKind, FindingResult, Result

SCORED_RULES = get_args(FindingKind)
COMPUTED = ["severity", "impact", "vanished_at"]
# Why a row of the history was written; the pages have words for each.
DRAFTED, CHANGED, VANISHED, RETURNED = "score.drafted", "score.changed", "score.vanished", "score.returned"


@transaction.atomic
def update_findings(*, assessment: Assessment, result: Result) -> list[Finding]:
    """Draft, update, close and reopen findings so that those present are the result's; returns those that changed.

    A finding keeps its row by rule and code. Only the computed columns are written: state, adjusted severity, reason and
    version are people's. Findings of rules that are not part of scoring are left alone.
    """
    existing = {(f.rule, f.code): f for f in Finding.objects.filter(assessment=assessment, rule__in=SCORED_RULES)}
    found = {(str(f.kind), f.code): f for f in result.findings}
    drafts = [_draft(assessment, finding) for key, finding in found.items() if key not in existing]
    changed = [row for key, row in existing.items() if _bring_up_to_date(row, found.get(key))]
    for row in (*drafts, *changed):
        # The score changed it, not the member whose request set it off.
        row._history_user = None  # type: ignore[attr-defined]
    bulk_create_with_history(drafts, Finding, default_change_reason=DRAFTED)
    bulk_update_with_history(changed, Finding, COMPUTED)
    return [*drafts, *changed]


def _draft(assessment: Assessment, finding: FindingResult) -> Finding:
    return Finding(assessment=assessment, rule=finding.kind, code=finding.code, severity=finding.severity, impact=finding.impact)


def _bring_up_to_date(row: Finding, found: FindingResult | None) -> bool:
    """Set the computed columns of a row, note why for its history, and tell whether anything changed."""
    before = (row.severity, row.impact, row.vanished_at)
    if found is None:
        row.vanished_at = row.vanished_at or timezone.now()
        note = VANISHED
    else:
        note = RETURNED if row.vanished_at else CHANGED
        row.severity, row.impact, row.vanished_at = found.severity, found.impact, None
    row._change_reason = note  # type: ignore[attr-defined]
    return before != (row.severity, row.impact, row.vanished_at)
