"""What a product requires, put together from its type, its own adjustments, its history and its add-on modules. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final, TypeVar

VENDOR: Final = "vendor"
BANK, PRODUCT, HISTORY = "bank", "product", "history"
FEWEST_RECORDS: Final = 3  # from so many earlier customers on, a product's own history is the better estimate
AT_MOST: Final = "at_most"
SCORED_KINDS: Final = ("level", "quantity")

SOURCES: Final = (BANK, HISTORY, PRODUCT)  # what counts before what, the last one first

Weeks = tuple[float, float, float]
N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One item as a product asks for it; the accountable role stands first in `roles`.

    `core` are the roles that are asked it first; empty: a deeper item. `when_short` are roles that are heard only once it is
    opened. `lead` in weeks (optimistic, likely, pessimistic), `effort` in hours by role or vendor, `seconds` by role.
    """

    code: str
    domain: str
    kind: str
    need: float
    floor: float | None
    weight: int
    gate: bool
    roles: tuple[str, ...]
    unit: str = ""
    direction: str = "at_least"
    when_short: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    seconds: Mapping[str, int] = field(default_factory=dict)
    condition: str = ""
    lead: Weeks = (0, 0, 0)
    lead_from: str = BANK
    effort: Mapping[str, float] = field(default_factory=dict)
    effort_from: str = BANK

    @property
    def accountable(self) -> str:
        """Return the role whose answer counts double and without which a gate is unknown."""
        return self.roles[0]

    @property
    def is_scored(self) -> bool:
        """Tell whether its answers enter the score; the others only steer."""
        return self.kind in SCORED_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Where a product departs from its type; `None` takes the bank's value."""

    left_out: bool = False
    need: float | None = None
    floor: float | None = None
    weight: int | None = None
    gate: bool | None = None
    lead: Weeks | None = None
    effort: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one earlier customer took: weeks, and hours by role or vendor."""

    weeks: float
    hours: Mapping[str, float] = field(default_factory=dict)


def adjusted(requirement: Requirement, adjustment: Adjustment | None, records: Sequence[Record] = ()) -> Requirement | None:
    """Return the requirement with the product's own values, None when it is left out.

    History counts before the bank, what somebody set for the product before history.
    """
    learned = _with_history(requirement, records)
    if adjustment is None:
        return learned
    if adjustment.left_out:
        return None
    own = {name: getattr(adjustment, name) for name in ("need", "floor", "weight", "gate") if getattr(adjustment, name) is not None}
    if adjustment.lead is not None:
        own |= {"lead": adjustment.lead, "lead_from": PRODUCT}
    if adjustment.effort is not None:
        own |= {"effort": dict(adjustment.effort), "effort_from": PRODUCT}
    return _kept_true(replace(learned, **own), was_gate=requirement.gate)


def _kept_true(requirement: Requirement, *, was_gate: bool) -> Requirement:
    """Return the requirement so that a scope may hold it, whatever a newer bank made of the values around the product's own.

    A floor never asks more than the need; what has no floor, or is only asked under a condition, cannot be made a gate.
    """
    limit = max if requirement.direction == AT_MOST else min
    floor = None if requirement.floor is None else limit(requirement.floor, requirement.need)
    may_be_gate = floor is not None and (was_gate or not requirement.condition)
    return replace(requirement, floor=floor, gate=requirement.gate and may_be_gate)


def _with_history(requirement: Requirement, records: Sequence[Record]) -> Requirement:
    """Return the requirement with lead time and effort from three or more earlier customers: shortest, median, longest."""
    if len(records) < FEWEST_RECORDS:
        return requirement
    weeks = sorted(record.weeks for record in records)
    learned = replace(requirement, lead=(weeks[0], median(weeks), weeks[-1]), lead_from=HISTORY)
    kept = [record.hours for record in records if record.hours]
    if len(kept) < FEWEST_RECORDS:
        return learned
    pools = sorted({pool for hours in kept for pool in hours})
    return replace(learned, effort={p: median(h.get(p, 0) for h in kept) for p in pools}, effort_from=HISTORY)


def combined(parts: Iterable[Requirement]) -> Requirement:
    """Return one requirement for a product and its modules: the highest need, floor and weight, a gate if any is one.

    Everybody's roles are asked; lead times and efforts are the longest, because the same work is done once. The order of the
    parts changes nothing.
    """
    first, *others = parts
    for other in others:
        first = _pair(first, other)
    return first


def _pair(one: Requirement, other: Requirement) -> Requirement:
    strictest = min if one.direction == AT_MOST else max
    floors = [part.floor for part in (one, other) if part.floor is not None]
    slower = max(one, other, key=lambda part: (part.lead, SOURCES.index(part.lead_from)))
    surer = max(one, other, key=lambda part: (bool(part.effort), SOURCES.index(part.effort_from)))
    roles = _union(one.roles, other.roles)
    when_short = tuple(role for role in _union(one.when_short, other.when_short) if role not in roles)
    return replace(
        one,
        need=strictest(one.need, other.need),
        floor=strictest(floors) if floors else None,
        weight=max(one.weight, other.weight),
        gate=one.gate or other.gate,
        roles=roles,
        when_short=when_short,
        core=_in_order({*one.core, *other.core}, (*roles, *when_short)),
        seconds=_highest(one.seconds, other.seconds),
        lead=slower.lead,
        lead_from=slower.lead_from,
        effort=_highest(one.effort, other.effort),
        effort_from=surer.effort_from,
    )


def _union(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _in_order(chosen: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return the chosen roles as they stand in the order, those that it does not name last."""
    return (*(role for role in order if role in chosen), *sorted(role for role in chosen if role not in order))


def _highest(one: Mapping[str, N], other: Mapping[str, N]) -> dict[str, N]:
    return {key: max(values[key] for values in (one, other) if key in values) for key in sorted({*one, *other})}


def gates_asked(requirements: Iterable[Requirement]) -> list[Requirement]:
    """Return a whole profile in which every gate is in the core of whoever is accountable for it.

    A product may make a gate of what its type asks only in depth. A bank that divides nothing asks everything anyway.
    """
    profile = list(requirements)
    return [_asked_first(requirement) for requirement in profile] if table_of(profile) else profile


def _asked_first(requirement: Requirement) -> Requirement:
    if not requirement.gate or requirement.accountable in requirement.core:
        return requirement
    return replace(requirement, core=(requirement.accountable, *requirement.core))


def table_of(requirements: Iterable[Requirement]) -> frozenset[str]:
    """Return the roles at the table: those with anything in their core; empty for a bank that divides nothing."""
    return frozenset(role for requirement in requirements for role in requirement.core)


def asked_of(requirement: Requirement, *, opened: bool, table: Collection[str]) -> tuple[str, ...]:
    """Return the roles that are asked now, the accountable one first; empty: nobody opened this deeper item.

    Without a table (a bank without cores) everybody who can answer is asked. Opened: all its roles that are at the table, and
    the accountable one in any case.
    """
    if not table:
        return requirement.roles
    if not opened:
        core = [role for role in (*requirement.roles, *requirement.when_short) if role in requirement.core]
        return tuple(core)
    everyone = (*requirement.roles, *requirement.when_short)
    return tuple(role for role in everyone if role in table or role == requirement.accountable)


def effort_at(requirement: Requirement, table: Collection[str]) -> dict[str, float]:
    """Return the efforts of those at the table and of the vendor: hours of a role that nobody asks would have no owner."""
    return {pool: hours for pool, hours in requirement.effort.items() if not table or pool == VENDOR or pool in table}
