"""What was asked: the scope that a snapshot was scored on, with the bank's texts."""

from typing import Any

from assessments.models import Item, ScopeItem, ScoreSnapshot, TextField
from assessments.services.profile_requirements import profile_of
from readiness.reports.eased import eased_of
from readiness.reports.revisions import revisions_of
from readiness.reports.unasked import unasked_of

TEXTS = (TextField.TITLE, TextField.REQUIREMENT, TextField.ACTION_HEALTH_SYSTEM, TextField.ACTION_VENDOR)


def items_of(snapshot: ScoreSnapshot) -> list[dict[str, Any]]:
    """Return the scored requirements of the snapshot's scope in the bank's order, each with its texts; two queries."""
    rows = snapshot.scope.items.select_related("item").prefetch_related("item__texts")
    return [item_facts(row) for row in rows if row.is_scored]


def item_facts(row: ScopeItem) -> dict[str, Any]:
    """Return one requirement: what the scope froze and what the bank says."""
    return {
        "code": row.code,
        "domain": row.domain_code,
        "kind": row.kind,
        "unit": row.unit,
        "direction": row.direction,
        "need": row.need,
        "floor": row.floor,
        "gate": row.gate,
        "weight": row.weight,
        "roles": row.roles,
        "accountable": row.accountable,
        **item_texts(row.item),
    }


def item_texts(item: Item) -> dict[str, Any]:
    """Return the bank's texts of a requirement for every role, and what its source is."""
    texts: dict[str, Any] = {str(field): item.text(field) for field in TEXTS}
    return texts | {"steps": [step.text for step in item.ladder()], "source": item.source}


def scope_of(snapshot: ScoreSnapshot) -> dict[str, Any]:
    """Return which revision of the scope and which version of the question bank the figures rest on, and what changed till then."""
    scope = snapshot.scope
    version = scope.version
    is_imported = scope.stated_roles is not None
    profile = None if is_imported else profile_of(scope.assessment.product, version)
    return {
        "number": scope.number,
        "reason": scope.reason,
        "date": scope.created_at.date().isoformat(),
        "instrument": version.bank_title,
        "instrument_code": version.instrument.code,
        "instrument_version": version.number,
        "instrument_is_own": version.instrument.organisation_id is not None,
        "instrument_note": version.note,
        "instrument_sha256": version.content_hash,
        "domains": [{"code": d.code, "title": d.title, "weight": d.weight} for d in version.domains.all()],
        "eased": eased_of(scope, profile),
        "unasked": unasked_of(scope, snapshot.result, profile),
        **revisions_of(scope),
    }
