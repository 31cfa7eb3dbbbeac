"""Domains and the whole: weighted means of what items and domains came to."""

from collections.abc import Sequence

from assessments.arithmetic import spanning, weighted_mean
from assessments.results import DomainResult, ItemResult, Overall
from assessments.scored import Domain, Item

ItemPair = tuple[Item, ItemResult]


def domain_figures(domain: Domain, items: Sequence[ItemPair]) -> DomainResult:
    """Return a domain's score, low and high (0–100) and coverage (0–1) over its items in scope, None over none."""
    score = _percent([(item.weight, result.fulfilment) for item, result in items])
    low = _percent([(item.weight, result.low) for item, result in items])
    high = _percent([(item.weight, result.high) for item, result in items])
    return DomainResult(domain.code, score, *_range(score, low, high), coverage_of(items))


def overall_figures(domains: Sequence[Domain], figures: Sequence[DomainResult], items: Sequence[ItemPair]) -> Overall:
    """Return the whole: domain figures that are not None by domain weight; coverage over all items in scope, else 0."""
    score = _mean_by_weight(domains, [figure.score for figure in figures])
    low = _mean_by_weight(domains, [figure.low for figure in figures])
    high = _mean_by_weight(domains, [figure.high for figure in figures])
    return Overall(score, *_range(score, low, high), coverage_of(items) or 0.0)


def coverage_of(items: Sequence[ItemPair]) -> float | None:
    """Return the weight of answered items over the weight of all, 0–1; None without an item."""
    if not items:
        return None
    return weighted_mean([result.answered for _, result in items], [item.weight for item, _ in items])


def _percent(shares: Sequence[tuple[int, float | None]]) -> float | None:
    known = [(weight, value) for weight, value in shares if value is not None]
    if not known:
        return None
    return 100 * weighted_mean([value for _, value in known], [weight for weight, _ in known])


def _mean_by_weight(domains: Sequence[Domain], values: Sequence[float | None]) -> float | None:
    """Return the mean of domain figures 0–100; weights relative to the largest, lest a product overflow."""
    known = [(domain.weight, value) for domain, value in zip(domains, values, strict=True) if value is not None]
    if not known:
        return None
    largest = max(weight for weight, _ in known)
    return min(weighted_mean([value for _, value in known], [weight / largest for weight, _ in known]), 100.0)


def _range(score: float | None, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return (low, high) if low is None or high is None else spanning(score, low, high)
