"""How far apart the people who gave a value are, and whether it is the sites rather than the people who differ.

The limit of the average deviation is that of Burke & Dunlap 2002, doi 10.1177/1094428102005002002: 0.8 for five
options. With two to four raters no index proves agreement, so none is ever reported as consensus.
"""

from collections.abc import Collection, Mapping, Sequence
from sys import float_info
from typing import Literal

from assessments.arithmetic import exceeds, mean, reaches
from assessments.fulfilment import Heard, Reading, Voice, voices_of
from assessments.results import Disagreement
from assessments.scored import Item

AD_LIMIT = 0.8
RANGE_LIMIT = 3
ROLE_MEANS_LIMIT = 1.5
SPREAD_LIMIT = 0.5

BySite = Mapping[str | None, Sequence[Reading]]


def role_means(voices: Mapping[str, Voice]) -> dict[str, float]:
    """Return the mean known value of each role that gave one, in levels or the item's unit, sorted by role."""
    return {role: mean(voices[role].values) for role in sorted(voices) if voices[role].values}


def measure_disagreement(item: Item, known: BySite, *, settled: bool) -> Disagreement | None:
    """Return how far known values are apart, None with fewer than two; a settled item keeps only its size."""
    readings = [reading for group in known.values() for reading in group]
    if len(readings) < 2:
        return None
    size = _size(item, readings)
    flagged = not settled and _is_flagged(item, readings, size)
    measure: Literal["ad", "spread"] = "ad" if item.kind == "level" else "spread"
    return Disagreement(measure, size, flagged, flagged and _sites_differ(item, known))


def _size(item: Item, readings: Sequence[Reading]) -> float:
    """Return the average deviation in levels, or the spread as a share of the need (kept finite)."""
    values = [value for _, value, _ in readings]
    if item.kind == "level":
        centre = mean(values)
        return mean([abs(value - centre) for value in values])
    return min((max(values) - min(values)) / item.need, float_info.max)


def _is_flagged(item: Item, readings: Sequence[Reading], size: float) -> bool:
    """Whether known values are further apart than any limit of the item's kind allows; a single one never is."""
    if item.kind == "quantity":
        return exceeds(size, SPREAD_LIMIT)
    if exceeds(size, AD_LIMIT) or _reach(RANGE_LIMIT, [value for _, value, _ in readings]):
        return True
    means = role_means(voices_of(Heard({None: readings}, {})))
    return _reach(ROLE_MEANS_LIMIT, means.values())


def _reach(limit: float, values: Collection[float]) -> bool:
    return reaches(max(values) - min(values), limit)


def _sites_differ(item: Item, known: BySite) -> bool:
    """Whether a flagged item falls into two or more site groups (no site is one), none flagged on its own."""
    return len(known) >= 2 and not any(_is_flagged(item, group, _size(item, group)) for group in known.values())
