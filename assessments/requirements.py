"""What a product requires, put together from its type, its own adjustments, its history and its add-on modules. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

VENDOR: Final = "vendor"
BANK, PRODUCT, HISTORY = "bank", "product", "history"
FEWEST_RECORDS: Final = 3  # from so many earlier customers on, a product's own history is the better estimate

Weeks = tuple[float, float, float]


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

    History counts before the bank, what somebody set for the product before history. A gate is always asked of whoever is
    accountable, so it belongs to that role's core.
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
    return _asked_if_gate(replace(learned, **own))


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


def _asked_if_gate(requirement: Requirement) -> Requirement:
    missing = requirement.gate and requirement.core and requirement.accountable not in requirement.core
    return replace(requirement, core=(requirement.accountable, *requirement.core)) if missing else requirement


def combined(parts: Iterable[Requirement]) -> Requirement:
    """Return one requirement for a product and its modules: the highest need, floor and weight, a gate if any is one.

    Everybody's roles are asked; lead times and efforts are the longest, because the same work is done once.
    """
    first, *others = parts
    for other in others:
        first = _pair(first, other)
    return first


def _pair(one: Requirement, other: Requirement) -> Requirement:
    strictest = min if one.direction == "at_most" else max
    floors = [part.floor for part in (one, other) if part.floor is not None]
    longer = one if one.lead >= other.lead else other
    return _asked_if_gate(
        replace(
            one,
            need=strictest(one.need, other.need),
            floor=strictest(floors) if floors else None,
            weight=max(one.weight, other.weight),
            gate=one.gate or other.gate,
            roles=_union(one.roles, other.roles),
            when_short=tuple(r for r in _union(one.when_short, other.when_short) if r not in (*one.roles, *other.roles)),
            core=_union(one.core, other.core),
            seconds={**other.seconds, **one.seconds},
            lead=longer.lead,
            lead_from=longer.lead_from,
            effort={p: max(one.effort.get(p, 0), other.effort.get(p, 0)) for p in _union(tuple(one.effort), tuple(other.effort))},
        )
    )


def _union(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


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
