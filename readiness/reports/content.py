"""What a report shows, whole and canonical: read once from the rows, stored with an issue, rendered without the database.

Codes, numbers and people's own texts only; words are made when it is rendered. It holds no time of reading and no
number of issue, so the same state of an assessment has the same fingerprint.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import Any

from assessments.models import Assessment, Audience, ScoreSnapshot
from assessments.shown.hidden import hidden_figures
from assessments.shown.spans import role_spans
from readiness.reports.asked import items_of, scope_of
from readiness.reports.audited import self_audit_of
from readiness.reports.climate import climate_of
from readiness.reports.decided import decisions_of, findings_of, named_of
from readiness.reports.voices import Heard, Voices, counts, voices_of

FORMAT = "readiness-report"
VERSION = 1
Content = dict[str, Any]


class NothingToReportError(Exception):
    """The assessment has no score yet, so there is nothing that a report could show."""


def report_content(assessment: Assessment) -> Content:
    """Return all that a report of the assessment shows now, for every audience, as a JSON document.

    Figures are those of the latest score snapshot. What an audience may see of single answers is decided here, once, by
    `assessments.services.visibility`. Raises NothingToReportError without a snapshot.
    """
    snapshot = assessment.latest_snapshot
    if snapshot is None:
        raise NothingToReportError
    items = items_of(snapshot)
    voices = voices_of(assessment, items)
    return standing_content(assessment, snapshot, items) | {
        "self_audit": self_audit_of(assessment, snapshot),
        "seats": voices.seats,
        "withdrawn": voices.withdrawn,
        "audiences": {audience: asdict(Voices.heard_by(voices, audience)) for audience in Audience.values},
    }


def overview_content(assessment: Assessment) -> Content:
    """Return what the overview shows, in the report's terms and without reading a single answer: no seats, no statements.

    Means come from the snapshot, less what would give an answer away to the vendor. Raises NothingToReportError without
    a snapshot.
    """
    snapshot = assessment.latest_snapshot
    if snapshot is None:
        raise NothingToReportError
    items = items_of(snapshot)
    heard = asdict(heard_in_figures(assessment, items))
    content = standing_content(assessment, snapshot, items)
    return content | {"seats": [], "withdrawn": 0, "audiences": {Audience.DEAL_REVIEW.value: heard}}


def heard_in_figures(assessment: Assessment, items: list[Content]) -> Heard:
    """Return what the vendor may see of figures over single items; three queries, no answer is read one by one."""
    hidden, spans = hidden_figures(assessment), role_spans(assessment)
    results = {result["code"]: result["role_means"] for result in assessment.latest_snapshot.result["items"]}  # type: ignore[union-attr]
    heard = Heard(withheld=[item["code"] for item in items if not hidden.item_may_show(item["code"])])
    for item in items:
        code, counting = item["code"], partial(counts, item)
        heard.role_means[code] = {role: m if hidden.mean_may_show(code, role) else None for role, m in results[code].items()}
        found = [span for role, span in spans.get((code, item["kind"]), {}).items() if counting(role)]
        if found and hidden.item_may_show(code, counting):
            heard.spans[code] = [min(low for low, _ in found), max(high for _, high in found)]
    return heard


def standing_content(assessment: Assessment, snapshot: ScoreSnapshot, items: list[Content]) -> Content:
    """Return where the assessment stands: the deal, what is asked, what was scored, found and decided."""
    findings = findings_of(assessment, snapshot)
    return {
        "format": FORMAT,
        "version": VERSION,
        "deal": deal_of(assessment),
        "promise": promise_of(assessment),
        "waves": [
            {"code": wave.code, "title": wave.title, "stage": wave.stage, "sites": [site.name for site in wave.sites.all()]}
            for wave in assessment.waves.prefetch_related("sites")
        ],
        "services": [{"code": line.code, "title": line.name} for line in assessment.service_lines.all()],
        "sites": [{"code": site.code, "title": site.name} for site in assessment.sites.all()],
        "scope": scope_of(snapshot),
        "items": items,
        "snapshot": snapshot_facts(snapshot),
        "result": snapshot.result,
        "findings": findings,
        "named": named_of(assessment, findings),
        "climate": climate_of(assessment, snapshot.scope_id),
        "decisions": decisions_of(assessment),
    }


def deal_of(assessment: Assessment) -> Content:
    """Return the parties and dates; plain dates are in the health system's time zone."""
    return {
        "assessment": str(assessment.pk),
        "product": assessment.product.name,
        "claim": assessment.product.claim,
        "vendor": assessment.organisation.name,
        "health_system": assessment.health_system.name,
        "time_zone": assessment.health_system.time_zone,
        "state": assessment.state,
        "contract_date": day(assessment.contract_date),
        "promised_go_live": day(assessment.promised_go_live),
        "target_go_live": day(assessment.target_go_live),
    }


def promise_of(assessment: Assessment) -> Content | None:
    """Return the operational promise, None while there is none."""
    promise = getattr(assessment, "promise", None)
    if promise is None:
        return None
    return {
        "metric": promise.metric,
        "unit": promise.unit,
        "baseline": None if promise.baseline is None else float(promise.baseline),
        "target": float(promise.target),
        "by": day(promise.by),
        "constraint": promise.constraint,
        "owner": promise.owner,
    }


def snapshot_facts(snapshot: ScoreSnapshot) -> Content:
    """Return which scoring this is, and when."""
    return {
        "id": str(snapshot.pk),
        "at": instant(snapshot.at),
        "reason": snapshot.reason,
        "scoring_version": snapshot.scoring_version,
        "bundle_sha256": snapshot.bundle_sha256,
    }


def day(value: date | None) -> str | None:
    """Return a date as ISO 8601."""
    return value.isoformat() if value else None


def instant(value: datetime) -> str:
    """Return a time as ISO 8601 to the second, in UTC."""
    return value.replace(microsecond=0).isoformat()


def canonical_json(content: Content) -> bytes:
    """Return the one way to write a content as bytes: sorted keys, no white space, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def fingerprint(content: Content) -> str:
    """Return the SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
