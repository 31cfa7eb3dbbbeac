"""How long people really take for a question: from the moments at which an interview's answers were saved. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from statistics import median
from typing import Final, NamedTuple

FEWEST_TIMES: Final = 20  # a median of fewer is a matter of chance
LONGEST: Final = 300.0  # somebody who was away for longer did not spend it on the question


class Save(NamedTuple):
    """One save of an answer: whose interview, which item, when."""

    interview: Hashable
    code: str
    at: datetime


def answering_times(saves: Iterable[Save]) -> dict[str, list[float]]:
    """Return the seconds from one save to the next of another question, by item: the time for that next question.

    Only the first save of a question is a time, a correction is none. What was saved at the same moment came as one page,
    which says nothing of its questions singly.
    """
    interviews: dict[Hashable, dict[datetime, list[str]]] = defaultdict(lambda: defaultdict(list))
    for save in saves:
        interviews[save.interview][save.at].append(save.code)
    times: dict[str, list[float]] = defaultdict(list)
    for moments in interviews.values():
        for code, seconds in _first_times(sorted(moments.items())):
            times[code].append(seconds)
    return dict(times)


def _first_times(moments: Sequence[tuple[datetime, Sequence[str]]]) -> Iterable[tuple[str, float]]:
    """Yield each question that was first saved alone, with the capped seconds since the save before."""
    seen: set[str] = set()
    before: datetime | None = None
    for at, codes in moments:
        if before is not None and len(codes) == 1 and codes[0] not in seen:
            yield codes[0], min((at - before).total_seconds(), LONGEST)
        seen.update(codes)
        before = at


def measured_seconds(times: Mapping[str, Sequence[float]]) -> dict[str, int]:
    """Return the median seconds of each item with enough times, never rounded down."""
    return {code: ceil(median(found)) for code, found in times.items() if len(found) >= FEWEST_TIMES}
