"""How far apart the people who gave a value are, and whether it is the sites rather than the people who differ.

The limit of the average deviation is that of Burke & Dunlap 2002, doi 10.1177/1094428102005002002: 0.8 for five
options. With two to four raters no index proves agreement, so none is ever reported as consensus.
"""

from collections.abc import Sequence
from sys import float_info
from typing import Literal

from assessments.arithmetic import exceeds, mean, reaches
from assessments.fulfilment import Reading
from assessments.results import Disagreement
from assessments.scored import Item

AD_LIMIT = 0.8
RANGE_LIMIT = 3
ROLE_MEANS_LIMIT = 1.5
SPREAD_LIMIT = 0.5


def role_means(readings: Sequence[Reading]) -> dict[str, float]:
    """Return the mean known value of each role that gave one, in levels or the item's unit, sorted by role."""
    values: dict[str, list[float]] = {}
    for reading in readings:
        if reading.value is not None:
            values.setdefault(reading.role, []).append(reading.value)
    return {role: mean(values[role]) for role in sorted(values)}


def measure_disagreement(item: Item, readings: Sequence[Reading], *, settled: bool) -> Disagreement | None:
    """Return how far the known values are apart, None with fewer than two; a settled item keeps only its size."""
    known = [reading for reading in readings if reading.value is not None]
    if len(known) < 2:
        return None
    flagged = not settled and _is_flagged(item, known)
    measure: Literal["ad", "spread"] = "ad" if item.kind == "level" else "spread"
    return Disagreement(measure, _size(item, _values(known)), flagged, flagged and _sites_differ(item, known))


def _values(readings: Sequence[Reading]) -> list[float]:
    return [reading.value for reading in readings if reading.value is not None]


def _size(item: Item, values: Sequence[float]) -> float:
    """Return the average deviation in levels, or the spread as a share of the need (kept finite)."""
    if item.kind == "level":
        centre = mean(values)
        return mean([abs(value - centre) for value in values])
    return min((max(values) - min(values)) / item.need, float_info.max)


def _is_flagged(item: Item, readings: Sequence[Reading]) -> bool:
    """Whether known readings are further apart than any limit of the item's kind allows; fewer than two never are."""
    values = _values(readings)
    if len(values) < 2:
        return False
    if item.kind == "quantity":
        return exceeds(_size(item, values), SPREAD_LIMIT)
    if exceeds(_size(item, values), AD_LIMIT) or reaches(max(values) - min(values), RANGE_LIMIT):
        return True
    means = role_means(readings).values()
    return reaches(max(means) - min(means), ROLE_MEANS_LIMIT)


def _sites_differ(item: Item, readings: Sequence[Reading]) -> bool:
    """Whether a flagged item falls into two or more site groups (no site is one), none flagged on its own."""
    groups: dict[str | None, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.site, []).append(reading)
    return len(groups) >= 2 and not any(_is_flagged(item, group) for group in groups.values())
