"""What a product may change about one requirement of its type, and what makes the verdict easier. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from assessments.requirements import AT_MOST, Adjustment, Requirement

LEVEL: Final = "level"
HIGHEST_LEVEL: Final = 4
LEAST_WEIGHT, MOST_WEIGHT = 1, 5
MOST_WEEKS: Final = 520
MOST_HOURS: Final = 10_000
VALUES: Final = ("need", "floor", "weight", "gate")


class Problem(NamedTuple):
    """Why an adjustment cannot stand: the field that it is about, a code, and what a message needs to name."""

    field: str
    code: str
    value: float = 0


def trimmed(plain: Requirement, own: Adjustment) -> Adjustment:
    """Return the adjustment with only what departs from the type, so that the rest follows the bank to its next version."""
    same: dict[str, Any] = {name: None for name in VALUES if getattr(own, name) == getattr(plain, name)}
    return replace(own, **same)


def departs(own: Adjustment) -> bool:
    """Tell whether anything at all is the product's own."""
    return own != Adjustment()


def with_values(plain: Requirement, own: Adjustment) -> Requirement:
    """Return what would be asked with the product's own need, floor, weight and gate, right or wrong."""
    return replace(plain, **{name: getattr(own, name) for name in VALUES if getattr(own, name) is not None})


def eases(plain: Requirement, own: Adjustment) -> tuple[str, ...]:
    """Return the fields by which a health system would pass more easily than the type has it: such a departure needs a reason."""
    if own.left_out:
        return ("left_out",)
    wanted = with_values(plain, own)
    asks_less = {
        "need": _asks_less(wanted.need, plain.need, plain.direction),
        "floor": _asks_less(wanted.floor, plain.floor, plain.direction),
        "weight": wanted.weight < plain.weight,
        "gate": plain.gate and not wanted.gate,
    }
    return tuple(name for name, easier in asks_less.items() if easier)


def _asks_less(value: float | None, than: float | None, direction: str) -> bool:
    if value is None or than is None:
        return False
    return value > than if direction == AT_MOST else value < than


def problems(plain: Requirement, own: Adjustment, *, reason: str) -> list[Problem]:
    """Return everything that keeps an adjustment from being saved, empty when it can stand."""
    found = [*_amounts(plain, own), *_gate(plain, own), *_lead(own), *_effort(own)]
    if eases(plain, own) and not reason.strip():
        found.append(Problem("reason", "reason_missing"))
    return found


def _amounts(plain: Requirement, own: Adjustment) -> Iterator[Problem]:
    wanted = with_values(plain, own)
    highest = HIGHEST_LEVEL if plain.kind == LEVEL else float("inf")
    if not 0 < wanted.need <= highest:
        yield Problem("need", "need_range")
    if wanted.floor is not None and not 0 <= wanted.floor <= highest:
        yield Problem("floor", "floor_range")
    elif _asks_less(wanted.need, wanted.floor, plain.direction):
        code = "floor_below_need" if plain.direction == AT_MOST else "floor_above_need"
        yield Problem("floor", code, wanted.need)
    if not LEAST_WEIGHT <= wanted.weight <= MOST_WEIGHT:
        yield Problem("weight", "weight_range")


def _gate(plain: Requirement, own: Adjustment) -> Iterator[Problem]:
    wanted = with_values(plain, own)
    if wanted.gate and wanted.floor is None:
        yield Problem("floor", "gate_without_floor")
    if wanted.gate and not plain.gate and plain.condition:
        yield Problem("gate", "gate_conditional")


def _lead(own: Adjustment) -> Iterator[Problem]:
    if own.lead is None:
        return
    if any(not 0 <= weeks <= MOST_WEEKS for weeks in own.lead):
        yield Problem("lead_likely", "lead_range", MOST_WEEKS)
    elif list(own.lead) != sorted(own.lead):
        yield Problem("lead_likely", "lead_order")


def _effort(own: Adjustment) -> Iterator[Problem]:
    for pool, hours in (own.effort or {}).items():
        if not 0 <= hours <= MOST_HOURS:
            yield Problem(f"effort_{pool}", "effort_range", MOST_HOURS)
