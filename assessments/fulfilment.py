"""From answers to an item's fulfilment and range (rules 1 to 8 of "From answers to items")."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from assessments.arithmetic import exceeds, mean, spanning, weighted_mean
from assessments.scored import SPONSOR, Answer, Bundle, Item

HIGHEST_WITHOUT_EVIDENCE = 3
ACCOUNTABLE_WEIGHT = 2
OTHER_WEIGHT = 1


class Reading(NamedTuple):
    """One answer as the rules read it: value after rule 1 with its fulfilment 0–1, both None when it is not known."""

    role: str
    site: str | None
    value: float | None
    fulfilment: float | None
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands: fulfilment (None with no known answer), low, high, all 0–1, and the values that counted."""

    fulfilment: float | None
    low: float
    high: float
    answered: bool
    values: tuple[float, ...]


def fulfilment_of(item: Item, value: float) -> float:
    """Return how far a value fulfils the need, 0–1 (rule 2): clamped here, before any averaging."""
    if item.direction == "at_least":
        return min(value / item.need, 1.0)
    return item.need / value if exceeds(value, item.need) else 1.0


def proven_value(item: Item, answer: Answer) -> float | None:
    """Return an answer's value after rule 1: a level of 4 without evidence counts as 3; None when it has no value."""
    if answer.value is None or answer.evidence or item.kind != "level":
        return answer.value
    return min(answer.value, HIGHEST_WITHOUT_EVIDENCE)


def read_answers(bundle: Bundle) -> Mapping[str, list[Reading]]:
    """Return each item's readings by item code, an empty list where nobody answered."""
    items = {item.code: item for item in bundle.instrument.items}
    respondents = {respondent.id: respondent for respondent in bundle.respondents}
    readings: dict[str, list[Reading]] = {code: [] for code in items}
    for answer in bundle.answers:
        item, respondent = items[answer.item], respondents[answer.respondent]
        value = proven_value(item, answer)
        fulfilment = None if value is None else fulfilment_of(item, value)
        readings[item.code].append(Reading(respondent.role, respondent.site, value, fulfilment, answer.not_applicable))
    return readings


def counted_readings(item: Item, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings that count: the sponsor's only where the sponsor is accountable (rule 4)."""
    if item.accountable == SPONSOR:
        return readings
    return [reading for reading in readings if reading.role != SPONSOR]


def is_not_applicable(counted: Sequence[Reading]) -> bool:
    """Whether every answer that counts says "does not apply here", and there is at least one (rule 7)."""
    return bool(counted) and all(reading.not_applicable for reading in counted)


def settled_standing(item: Item, value: float) -> Standing:
    """Return the standing of a reconciled item: one answer, by the accountable role, taken as it is (rule 8)."""
    fulfilment = fulfilment_of(item, value)
    return Standing(fulfilment, fulfilment, fulfilment, answered=True, values=(value,))


def answered_standing(item: Item, counted: Iterable[Reading]) -> Standing:
    """Return the standing that the counted answers give an item (rules 3 to 6)."""
    known: dict[str, list[float]] = {}
    unknown: dict[str, int] = {}
    values = []
    for role, _, value, fulfilment, not_applicable in counted:
        if value is not None and fulfilment is not None:
            values.append(value)
            known.setdefault(role, []).append(fulfilment)
        elif not not_applicable:
            unknown[role] = unknown.get(role, 0) + 1
    fulfilment = weighted_mean([(_weight(item, role), mean(known[role])) for role in known])
    low, high = spanning(fulfilment, *_range(item, known, unknown))
    return Standing(fulfilment, low, high, answered=item.accountable in known, values=tuple(values))


def _weight(item: Item, role: str) -> int:
    return ACCOUNTABLE_WEIGHT if role == item.accountable else OTHER_WEIGHT


def _expected_roles(item: Item) -> set[str]:
    return {role for role in item.roles if role != SPONSOR or item.accountable == SPONSOR}


def _range(item: Item, known: Mapping[str, list[float]], unknown: Mapping[str, int]) -> tuple[float, float]:
    """Return low and high, 0–1, over every expected role and every other with a value or an "I don't know" (rule 5)."""
    total, lows, highs = 0, [], []
    for role in _expected_roles(item).union(known, unknown):
        weight, values, unknowns = _weight(item, role), known.get(role, []), unknown.get(role, 0)
        heard = len(values) + unknowns
        total += weight
        lows.append(weight * fsum(values) / heard if heard else 0.0)
        highs.append(weight * fsum([*values, *[1.0] * unknowns]) / heard if heard else weight)
    return fsum(lows) / total, fsum(highs) / total
