"""The sums and comparisons that every scoring rule shares.

Sums are `math.fsum`, whose result does not depend on the order of its terms: this is what makes scoring independent of
the order of answers, respondents and items, byte for byte.
"""

from collections.abc import Collection
from math import fsum
from operator import mul

TOLERANCE = 1e-9


def reaches(value: float, limit: float) -> bool:
    """Whether value ≥ limit, allowing 1e-9."""
    return value >= limit - TOLERANCE


def exceeds(value: float, limit: float) -> bool:
    """Whether value > limit, allowing 1e-9."""
    return value > limit + TOLERANCE


def mean(values: Collection[float]) -> float:
    """Return the arithmetic mean; at least one value, each finite."""
    try:
        return fsum(values) / len(values)
    except OverflowError:
        return fsum(value / len(values) for value in values)


def weighted_mean(values: Collection[float], weights: Collection[float]) -> float:
    """Return Σ weight · value / Σ weight; at least one value, each with a weight above 0 at the same place."""
    return fsum(map(mul, weights, values)) / fsum(weights)


def spanning(middle: float | None, low: float, high: float) -> tuple[float, float]:
    """Return low and high with low ≤ middle ≤ high, which holds but for the last digit of the rounding."""
    if middle is None:
        return low, high
    return min(low, middle), max(high, middle)
