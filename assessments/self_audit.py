"""The vendor's own readiness: what the vendor says of itself, read by the rules that a customer's answers are read by. Pure.

It has figures and no verdict: the vendor's word about itself never enters the score of the health system.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from assessments.arithmetic import reaches, spanning, weighted_mean
from assessments.fulfilment import HIGHEST_WITHOUT_EVIDENCE

USUAL_NEED: Final = 3
USUAL_WEIGHT: Final = 3
AuditState = Literal["in_place", "short", "unknown"]


@dataclass(frozen=True, slots=True)
class AuditItem:
    """One thing that the vendor is asked about itself: a ladder 0–4 and the step that is needed."""

    code: str
    need: float = USUAL_NEED
    weight: int = USUAL_WEIGHT


@dataclass(frozen=True, slots=True)
class Claim:
    """What the vendor says of one item; `level` is None where nobody there knows."""

    level: int | None
    evidence: bool = False


class Standing(NamedTuple):
    """Where an item stands: `counts` is the level after the rule on evidence, fulfilment is 0–1; None for both: not known."""

    code: str
    state: AuditState
    counts: int | None
    fulfilment: float | None


@dataclass(frozen=True, slots=True)
class Audit:
    """All items in the order asked; score, low and high are 0–100, None where there is nothing to divide by."""

    standings: Sequence[Standing]
    score: float | None
    low: float | None
    high: float | None

    @property
    def asked(self) -> int:
        """Return the number of items."""
        return len(self.standings)

    @property
    def in_place(self) -> int:
        """Return the number of items that reach what is needed."""
        return self._number("in_place")

    @property
    def short(self) -> int:
        """Return the number of items that fall short."""
        return self._number("short")

    @property
    def not_answered(self) -> int:
        """Return the number of items without a known level."""
        return self._number("unknown")

    @property
    def answered(self) -> int:
        """Return the number of items with a known level."""
        return self.asked - self.not_answered

    def _number(self, state: AuditState) -> int:
        return sum(standing.state == state for standing in self.standings)


def audit(items: Iterable[AuditItem], claims: Mapping[str, Claim]) -> Audit:
    """Return where each item stands, their weighted mean, and the range that the items without an answer leave open.

    Claims about codes that are not asked are ignored.
    """
    asked = list(items)
    standings = [standing_of(item, claims.get(item.code)) for item in asked]
    weights = [item.weight for item in asked]
    known = [(s.fulfilment, weight) for s, weight in zip(standings, weights, strict=True) if s.fulfilment is not None]
    score = 100 * weighted_mean(*zip(*known, strict=True)) if known else None
    low, high = _open_range(standings, weights, score)
    return Audit(standings, score, low, high)


def standing_of(item: AuditItem, claim: Claim | None) -> Standing:
    """Return where one item stands: a 4 without evidence counts as 3, and a surplus is clamped."""
    if claim is None or claim.level is None:
        return Standing(item.code, "unknown", None, None)
    counts = claim.level if claim.evidence else min(claim.level, HIGHEST_WITHOUT_EVIDENCE)
    state: AuditState = "in_place" if reaches(counts, item.need) else "short"
    return Standing(item.code, state, counts, min(counts / item.need, 1.0))


def _open_range(standings: Sequence[Standing], weights: Sequence[int], score: float | None) -> tuple[float | None, float | None]:
    """Return the figures if all that is unknown were absent, and if it were fully there."""
    if not standings:
        return None, None
    ends = [[end if s.fulfilment is None else s.fulfilment for s in standings] for end in (0.0, 1.0)]
    low, high = (100 * weighted_mean(values, weights) for values in ends)
    return spanning(score, low, high)
