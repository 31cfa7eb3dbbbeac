"""When anonymous answers may be shown, and what is shown of them: counts of at least three people, never of fewer. Pure.

An answer waits until two others to the same statement in the same unit can be shown with it, and then they are shown
together. So whatever appears from one look to the next is three people's at least, and nobody's single answer can be worked
out from the difference. Where three can no longer come together in a unit, its answers join those of other such units.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

FEWEST_TOGETHER: Final = 3
POINTS: Final = 5


class Unlinked(NamedTuple):
    """An answer without its person: to which statement, from which unit (None: joined units and the whole system), how far they agree."""

    code: str
    unit: UUID | None
    agreement: int


class Settled(NamedTuple):
    """An answer with the unit that it counts for from now on, and whether it is shown."""

    answer: Unlinked
    shown: bool


def settle(waiting: Sequence[Unlinked], coming: Mapping[UUID | None, int]) -> list[Settled]:
    """Decide which waiting answers are shown now and which join other units.

    `coming` says how many people of a unit may still hand in. The order of what is returned says nothing of the order given.
    """
    in_unit = Counter((answer.unit, answer.code) for answer in waiting)

    def enough(answer: Unlinked) -> bool:
        return in_unit[answer.unit, answer.code] >= FEWEST_TOGETHER

    def joins(answer: Unlinked) -> bool:
        return in_unit[answer.unit, answer.code] + coming.get(answer.unit, 0) < FEWEST_TOGETHER

    own = [Settled(answer, True) for answer in waiting if enough(answer)]
    rest = [answer for answer in waiting if not enough(answer)]
    together = Counter(answer.code for answer in rest if joins(answer))
    # Joined only when that shows them: as long as they wait, somebody may still be added to their own unit.
    joined = {answer for answer in rest if joins(answer) and together[answer.code] >= FEWEST_TOGETHER}
    placed = [Settled(answer._replace(unit=None), True) if answer in joined else Settled(answer, False) for answer in rest]
    return sorted([*own, *placed], key=str)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people chose each of the five points, least agreement first."""

    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        """Return how many people answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """Return the mean agreement, 0–4."""
        return sum(point * count for point, count in enumerate(self.counts)) / self.people

    @property
    def lowest(self) -> int:
        """Return the least agreement that anybody chose."""
        return min(point for point, count in enumerate(self.counts) if count)

    @property
    def highest(self) -> int:
        """Return the most agreement that anybody chose."""
        return max(point for point, count in enumerate(self.counts) if count)


def tally(agreements: Mapping[int, int]) -> Tally:
    """Return how many chose each point, from numbers by point."""
    return Tally(tuple(agreements.get(point, 0) for point in range(POINTS)))


def total(tallies: Sequence[Tally]) -> Tally:
    """Return the tally of shown units together; what is not shown is not in it, so that nobody can subtract."""
    return Tally(tuple(sum(column) for column in zip(*(t.counts for t in tallies), strict=True)))
