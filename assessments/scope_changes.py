"""What changed from one revision of a scope to the next: pure comparing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Codes = tuple[str, ...]


class AskedItem(NamedTuple):
    """What a revision asks of one item; `bounds` are need, floor, weight, lead time and effort, compared as they are."""

    code: str
    domain: str
    gate: bool
    roles: Codes
    bounds: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """One revision as it is compared: the bank's version, what is switched off and opened, and what is asked."""

    version: str
    left_out_domains: frozenset[str]
    left_out_items: frozenset[str]
    opened: frozenset[str]
    items: Mapping[str, AskedItem]


NOTHING = RevisionFacts("", frozenset(), frozenset(), frozenset(), {})


@dataclass(frozen=True, slots=True)
class ScopeChanges:
    """What a revision changed: domains and single items switched off or on, what is asked in depth, no longer, and the rest.

    `came` and `left` are asked or no longer asked for another reason: the profile or the bank has changed. `bounds` are items
    whose need, floor, weight, lead time or effort differ, `asked_of` those of which other roles are asked without an opening.
    """

    version: tuple[str, str] | None = None
    domains_off: Codes = ()
    domains_on: Codes = ()
    items_off: Codes = ()
    items_on: Codes = ()
    opened: Codes = ()
    closed: Codes = ()
    came: Codes = ()
    left: Codes = ()
    bounds: Codes = ()
    asked_of: Codes = ()
    gates_off: Codes = ()
    gates_on: Codes = ()

    @property
    def asks_otherwise(self) -> bool:
        """Tell whether anything is asked, weighed or required otherwise than before."""
        parts = (self.version, self.items_off, self.items_on, self.domains_off, self.domains_on, self.opened, self.closed)
        rest = (self.came, self.left, self.bounds, self.asked_of, self.gates_off, self.gates_on)
        return any((*parts, *rest))


def changes_between(before: RevisionFacts, after: RevisionFacts) -> ScopeChanges:
    """Return what the later of two revisions changed, in the order in which each asks."""
    both = [code for code in after.items if code in before.items]
    came, left = _without(after.items, before.items), _without(before.items, after.items)
    other_roles = [code for code in both if set(after.items[code].roles) != set(before.items[code].roles)]
    opened = [code for code in (*other_roles, *came) if code in after.opened - before.opened]
    closed = [code for code in (*other_roles, *left) if code in before.opened - after.opened]
    domains_off, domains_on = (
        _without(after.left_out_domains, before.left_out_domains),
        _without(before.left_out_domains, after.left_out_domains),
    )
    items_off, items_on = _without(after.left_out_items, before.left_out_items), _without(before.left_out_items, after.left_out_items)
    explained_off = {*items_off, *closed, *(code for code in left if before.items[code].domain in domains_off)}
    explained_on = {*items_on, *opened, *(code for code in came if after.items[code].domain in domains_on)}
    return ScopeChanges(
        version=(before.version, after.version) if before.version and before.version != after.version else None,
        domains_off=tuple(sorted(domains_off)),
        domains_on=tuple(sorted(domains_on)),
        items_off=tuple(sorted(items_off)),
        items_on=tuple(sorted(items_on)),
        opened=_in_order(opened, after.items),
        closed=_in_order(closed, before.items),
        came=tuple(code for code in came if code not in explained_on),
        left=tuple(code for code in left if code not in explained_off),
        bounds=tuple(code for code in both if after.items[code].bounds != before.items[code].bounds),
        asked_of=tuple(code for code in other_roles if code not in (*opened, *closed)),
        gates_off=_gates(before.items, after.items),
        gates_on=_gates(after.items, before.items),
    )


def _without(codes: Iterable[str], others: Collection[str]) -> list[str]:
    return [code for code in codes if code not in others]


def _in_order(codes: Collection[str], order: Iterable[str]) -> Codes:
    return tuple(code for code in order if code in codes)


def _gates(here: Mapping[str, AskedItem], there: Mapping[str, AskedItem]) -> Codes:
    """Return the codes that are gates here and not there."""
    return tuple(code for code, item in here.items() if item.gate and not (code in there and there[code].gate))
