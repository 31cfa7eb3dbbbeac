"""Keep findings in step with what the answers show, without ever touching what a person decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import get_args

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from assessments.models import Assessment, Finding
from assessments.results import FindingKind, Result

SCORED_RULES = get_args(FindingKind)
COMPUTED = ["severity", "impact", "vanished_at"]


@dataclass(frozen=True, slots=True)
class Found:
    """A gap as a rule finds it now; `impact` is None for what no requirement's weight stands behind."""

    rule: str
    code: str
    severity: str
    impact: float | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Why a row of the history was written; the pages have words for each."""

    drafted: str
    changed: str
    vanished: str
    returned: str


BY_SCORE = Notes("score.drafted", "score.changed", "score.vanished", "score.returned")


def update_findings(*, assessment: Assessment, result: Result) -> list[Finding]:
    """Bring the findings of scoring in step with a result; returns those that changed. Other rules' are left alone."""
    found = [Found(f.kind, f.code, f.severity, f.impact) for f in result.findings]
    return update_rules(assessment=assessment, rules=SCORED_RULES, found=found, notes=BY_SCORE)


@transaction.atomic
def update_rules(*, assessment: Assessment, rules: Collection[str], found: Iterable[Found], notes: Notes) -> list[Finding]:
    """Draft, update, close and reopen the findings of some rules so that those present are the ones found; returns the changed.

    A finding keeps its row by rule and code. Only the computed columns are written: state, adjusted severity, reason and
    version are people's. Findings of all other rules are left alone.
    """
    existing = {(f.rule, f.code): f for f in Finding.objects.filter(assessment=assessment, rule__in=rules)}
    by_key = {(str(f.rule), f.code): f for f in found}
    drafts = [_draft(assessment, gap) for key, gap in by_key.items() if key not in existing]
    changed = [row for key, row in existing.items() if _bring_up_to_date(row, by_key.get(key), notes)]
    for row in (*drafts, *changed):
        # A rule changed it, not the member whose request set it off.
        row._history_user = None  # type: ignore[attr-defined]
    bulk_create_with_history(drafts, Finding, default_change_reason=notes.drafted)
    bulk_update_with_history(changed, Finding, COMPUTED)
    return [*drafts, *changed]


def _draft(assessment: Assessment, gap: Found) -> Finding:
    return Finding(assessment=assessment, rule=gap.rule, code=gap.code, severity=gap.severity, impact=gap.impact)


def _bring_up_to_date(row: Finding, gap: Found | None, notes: Notes) -> bool:
    """Set the computed columns of a row, note why for its history, and tell whether anything changed."""
    before = (row.severity, row.impact, row.vanished_at)
    if gap is None:
        row.vanished_at = row.vanished_at or timezone.now()
        note = notes.vanished
    else:
        note = notes.returned if row.vanished_at else notes.changed
        row.severity, row.impact, row.vanished_at = gap.severity, gap.impact, None
    row._change_reason = note  # type: ignore[attr-defined]
    return before != (row.severity, row.impact, row.vanished_at)
