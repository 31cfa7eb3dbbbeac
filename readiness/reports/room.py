"""How much fits on page one: a model of its heights, so that it is full, never crowded, and never a second page.

Heights are in rem (nine points) and were measured on US Letter; A4 is a little narrower and a good deal higher.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

PAGE = 78.3
LINE = 1.42
HEADING = 2.0
# Between the six parts of the page, the least and the most.
PARTS, LEAST_GAP, MOST_GAP = 6, 1.2, 3.0
# How many characters fit on one line of each place.
TITLE_SIZES = (("title-large", 44, 3.0), ("title-medium", 57, 2.34), ("title-small", 74, 1.8))
VERDICT_LINE, BESIDE_WAVES, PROMISE_LINE, GATE_LINE, SENTENCE_LINE, ASK_LINE = 84, 50, 104, 38, 47, 33


@dataclass(frozen=True)
class Texts:
    """What page one could show, most important first."""

    title: str
    verdict: str
    promise: str
    gates: Sequence[str]
    sentences: Sequence[str]
    asks: Sequence[str]
    domains: int
    waves: int


@dataclass(frozen=True)
class Shown:
    """How many of each page one shows."""

    gates: int
    sentences: int
    asks: int


def lines(text: str, on_a_line: int) -> int:
    """Return how many lines a text takes, at least one."""
    return max(1, ceil(len(text) / on_a_line))


def title_size(title: str) -> tuple[str, float]:
    """Return the class of the title's size and its height: the largest size that takes one line, else the smallest."""
    for name, on_a_line, height in TITLE_SIZES[:-1]:
        if len(title) <= on_a_line:
            return name, height
    name, on_a_line, height = TITLE_SIZES[-1]
    return name, height * lines(title, on_a_line)


def head_height(texts: Texts) -> float:
    """Return the height of title, verdict, promise and figures."""
    title = 2.4 + title_size(texts.title)[1]
    verdict = max(
        2.7 + 1.65 * lines(texts.verdict, BESIDE_WAVES if texts.waves else VERDICT_LINE), (1.9 + 1.7 * texts.waves) if texts.waves else 0.0
    )
    promise = 1.2 + LINE * lines(texts.promise, PROMISE_LINE) if texts.promise else 0.0
    return title + verdict + promise + 5.6


def asks_height(asks: Sequence[str]) -> float:
    """Return the height of the boxes that stand side by side."""
    return HEADING + 3.1 + LINE * max(lines(ask, ASK_LINE) for ask in asks) if asks else 0.0


def left_height(gates: Sequence[str], sentences: Sequence[str]) -> float:
    """Return the height of the failed gates and of who spoke."""
    rows = sum(0.7 + 1.26 * lines(gate, GATE_LINE) for gate in gates)
    spoken = sum(0.32 + LINE * lines(sentence, SENTENCE_LINE) for sentence in sentences)
    return HEADING + 2.0 + rows + 1.7 + 1.5 + HEADING + spoken


def right_height(domains: int) -> float:
    """Return the least height of the domains; where there is more room, `bars_class` spreads them."""
    return HEADING + 1.95 * domains + 1.7


def spread_height(domains: int) -> float:
    """Return the height of the domains as they stand, further apart where they are few."""
    return right_height(domains) + domains * {"bars-wide": 1.1, "bars-airy": 0.55, "bars-close": 0.0}[bars_class(domains)]


def bars_class(domains: int) -> str:
    """Return the class of the domains' rows: few of them stand further apart, so that both columns end alike."""
    return "bars-wide" if domains <= 9 else "bars-airy" if domains <= 13 else "bars-close"


def fit(texts: Texts, *, most_gates: int, fewest: Shown) -> Shown:
    """Return how much of each fits: gates give way first, then asks, then sentences; never below `fewest`."""
    shown = Shown(min(most_gates, len(texts.gates)), len(texts.sentences), len(texts.asks))
    while overflow(texts, shown):
        smaller = smaller_than(shown, fewest, gates_help=spread_height(texts.domains) <= room(texts, shown))
        if smaller == shown:
            break
        shown = smaller
    return shown


def room(texts: Texts, shown: Shown) -> float:
    """Return the height that the two columns may take."""
    return PAGE - head_height(texts) - asks_height(texts.asks[: shown.asks]) - LEAST_GAP * gaps(texts, shown)


def gaps(texts: Texts, shown: Shown) -> int:
    """Return the number of gaps between the parts that are there."""
    return PARTS - 1 - (not texts.promise) - (not shown.asks)


def gap_class(texts: Texts, shown: Shown) -> str:
    """Return the class of the gaps, in tenths of a rem, even: what is left of the page is shared out between its parts."""
    left = room(texts, shown) - columns_height(texts, shown)
    gap = min(MOST_GAP, LEAST_GAP + max(0.0, left) / gaps(texts, shown))
    return f"gap-{2 * int(gap * 5)}"


def columns_height(texts: Texts, shown: Shown) -> float:
    """Return the height of the higher column."""
    left = left_height(texts.gates[: shown.gates], texts.sentences[: shown.sentences])
    return max(left, spread_height(texts.domains))


def overflow(texts: Texts, shown: Shown) -> bool:
    """Tell whether either column is too high."""
    return columns_height(texts, shown) > room(texts, shown)


def smaller_than(shown: Shown, fewest: Shown, *, gates_help: bool) -> Shown:
    """Return the next smaller page; fewer gates help only while the other column is not the one that is too high."""
    if shown.gates > fewest.gates and gates_help:
        return replace(shown, gates=shown.gates - 1)
    if shown.asks > fewest.asks:
        return replace(shown, asks=shown.asks - 1)
    if shown.sentences > fewest.sentences:
        return replace(shown, sentences=shown.sentences - 1)
    return shown
