"""What a scope revision takes over from the ones before it: whatever was asked stays as frozen, whatever became of the profile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment, Item, Scope, ScopeItem

# What an item that comes back, or that a newer version of the bank asks, keeps of the revision that asked it last.
KEPT = ("need", "floor", "weight", "gate", "lead_optimistic", "lead_likely", "lead_pessimistic", "lead_from", "effort", "effort_from")


@dataclass(frozen=True, slots=True)
class FrozenRows:
    """The rows of an assessment's revisions, the first revision first; at least one."""

    rows: Sequence[ScopeItem]

    @property
    def latest(self) -> Scope:
        """Return the latest revision."""
        return self.rows[-1].scope

    @property
    def last(self) -> dict[str, ScopeItem]:
        """Return each item as the last revision that asked it did."""
        return {row.code: row for row in self.rows}

    def standing(self) -> dict[str, ScopeItem]:
        """Return what the latest revision asks, and what it would ask had nothing been switched off since."""
        scopes = {row.scope.number: row.scope for row in self.rows}.values()
        later = {row.code: [scope for scope in scopes if scope.number > row.scope.number] for row in self.last.values()}
        return {code: row for code, row in self.last.items() if all(is_off(row, scope) for scope in later[code])}

    def divides(self) -> bool:
        """Tell whether core and deeper items are told apart at all."""
        return any(row.core_roles for row in self.rows)


def frozen_rows(assessment: Assessment) -> FrozenRows | None:
    """Return what the revisions froze, None before the first; one query."""
    rows = ScopeItem.objects.filter(scope__assessment=assessment).select_related("scope", "item__domain")
    found = list(rows.order_by("scope__number", "position"))
    return FrozenRows(found) if found else None


def is_off(row: ScopeItem, scope: Scope) -> bool:
    """Tell whether a revision switched an item off, alone or with its domain."""
    return row.domain_code in scope.left_out_domains or row.code in scope.left_out_items


def keep_bounds(row: ScopeItem, before: ScopeItem | None) -> None:
    """Give a row of the profile the need, floor, weight, gate and estimates that were frozen before."""
    if before is not None and _same_scale(row, before):
        for name in KEPT:
            setattr(row, name, getattr(before, name))


def _same_scale(row: ScopeItem | Item, before: ScopeItem) -> bool:
    # What was asked in another unit or on another scale says nothing of this one.
    return (before.kind, before.unit, before.direction) == (row.kind, row.unit, row.direction)


def carried(before: ScopeItem, fresh: ScopeItem | None, *, opened: bool, divides: bool) -> ScopeItem | None:
    """Return an item as it was frozen, None once a deeper item is no longer opened.

    Opening adds the roles that the profile (`fresh`) has beyond the frozen ones.
    """
    row = before.copy_unsaved()
    row.item = before.item
    was_opened, core = before.code in before.scope.opened, frozenset(before.core_roles)
    if opened and not was_opened and fresh is not None:
        row.roles = [*before.roles, *(role for role in fresh.roles if role not in before.roles)]
        row.seconds = {**fresh.seconds, **before.seconds}
    elif was_opened and not opened and divides:
        row.roles = [role for role in before.roles if role in core]
        row.seconds = {role: seconds for role, seconds in before.seconds.items() if role in core}
    return row if row.roles else None


def in_version(rows: Mapping[str, ScopeItem], version: UUID, *, known: Collection[str]) -> dict[str, ScopeItem]:
    """Return the rows as a version of the bank has their items: without what it dropped or asks on another scale.

    What was frozen under another version and is in the profile (`known`) is taken from there, so it is not among them. At most
    one query.
    """
    found = {code: row for code, row in rows.items() if row.scope.version_id == version}
    missing = [code for code in rows if code not in found and code not in known]
    items = Item.objects.filter(version=version, code__in=missing).select_related("domain")
    for item in items:
        if _same_scale(item, rows[item.code]):
            found[item.code] = rows[item.code]
            found[item.code].item = item
    return found
