"""What was found, and what people decided about it."""

from typing import Any, get_args

from assessments.models import Assessment, Finding, ScoreSnapshot
from assessments.results import FindingKind
from assessments.services.bundle_rows import valid_plans
from assessments.services.nominations import named_services
from assessments.shown.findings import UNLISTED_SERVICE

SCORED_KINDS = frozenset(get_args(FindingKind))


def findings_of(assessment: Assessment, snapshot: ScoreSnapshot) -> list[dict[str, Any]]:
    """Return every finding of the snapshot with what people decided, then those that other rules added; one query.

    The snapshot says what was found: a row that a later score has changed does not move a report of this one.
    """
    rows = {(row.rule, row.code): row for row in assessment.findings.present()}
    names = ("code", "severity", "impact")
    computed = [{"rule": f["kind"], **{name: f[name] for name in names}} for f in snapshot.result["findings"]]
    added = [
        {"rule": row.rule, "code": row.code, "severity": row.severity, "impact": row.impact}
        for (rule, _code), row in sorted(rows.items())
        if rule not in SCORED_KINDS
    ]
    return [finding | decision_on(rows.get((finding["rule"], finding["code"]))) for finding in [*computed, *added]]


def named_of(assessment: Assessment, findings: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the words of the services that findings say nobody listed; at most one query.

    What a single person named is not in it.
    """
    codes = [finding["code"] for finding in findings if finding["rule"] == UNLISTED_SERVICE]
    names = named_services(assessment) if codes else {}
    return [{"code": code, "title": names.get(code, code)} for code in codes]


def decision_on(row: Finding | None) -> dict[str, Any]:
    """Return what people decided about a finding; nothing where it has no row yet."""
    if row is None:
        return {"state": "draft", "adjusted": "", "reason": "", "accepted_until": None}
    until = row.accepted_until.isoformat() if row.accepted_until else None
    return {"state": row.state, "adjusted": row.adjusted_severity, "reason": row.reason, "accepted_until": until}


def decisions_of(assessment: Assessment) -> dict[str, Any]:
    """Return valid agreed plans and confirmed settlements; two queries. Persons appear by role only."""
    plans = valid_plans(assessment).select_related("accepted_by").order_by("kind", "code")
    settled = assessment.reconciliations.exclude(confirmed_at=None).order_by("item_code")
    return {
        "plans": [
            {
                "kind": plan.kind,
                "code": plan.code,
                "plan": plan.plan,
                "due": plan.due.isoformat() if plan.due else None,
                "role": plan.accepted_by.usual_role if plan.accepted_by else "",
            }
            for plan in plans
        ],
        "settled": [{"code": row.item_code, "value": row.value} for row in settled],
    }
