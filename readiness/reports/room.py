"""How much fits on page one: a model of its heights, so that it is full, never crowded, and never a second page.

Heights are in rem (nine points) and were measured on US Letter; A4 is as wide and higher.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from readiness.reports.measure import BOLD, Place, lines

PAGE = 78.0
LINE = 1.42
HEADING = 2.0
# Between the six parts of the page, the least and the most.
PARTS, LEAST_GAP, MOST_GAP = 6, 1.2, 3.0
WIDTH = 57.8
HALF = (WIDTH - 2.4) / 2
# Class, place and height of a line of the title, largest first.
TITLES = (
    ("title-large", Place(WIDTH, 2.5, BOLD), 3.0),
    ("title-medium", Place(WIDTH, 1.95, BOLD), 2.34),
    ("title-small", Place(WIDTH, 1.5, BOLD), 1.8),
)
PARTIES = Place(WIDTH)
VERDICT, VERDICT_BESIDE_WAVES = Place(WIDTH - 1.7, 1.14), Place(0.47 * (WIDTH - 1.7), 1.14)
WAVE = Place(0.43 * 0.5 * (WIDTH - 1.7) - 0.5, 0.88)
FOOT = Place(0.5 * WIDTH, 0.82)
PROMISE = Place(WIDTH - 1.8, indent=4.5)
GATE = Place(0.74 * HALF - 0.7, 0.93, indent=1.1)
SENTENCE = Place(HALF - 1.1)
DOMAIN = Place(0.44 * HALF - 0.7, 0.93)
ASK = Place((WIDTH - 3.2) / 3 - 1.8, indent=1.0)
ASK_GAP, ASK_PADDING, ASK_INDENT = 1.6, 1.8, 1.0
# How much higher than it must be a row of the domains is, by class.
SPREADS = (("bars-wide", 1.1), ("bars-airy", 0.55), ("bars-close", 0.0))
SPREAD_AT_MOST = 37.0


@dataclass(frozen=True)
class Texts:
    """What page one could show, most important first."""

    title: str
    verdict: str
    promise: str
    gates: Sequence[str]
    sentences: Sequence[str]
    asks: Sequence[str]
    parties: str
    domains: Sequence[str]
    waves: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """How many of each page one shows."""

    gates: int
    sentences: int
    asks: int
    domains: int


def title_size(title: str) -> tuple[str, float]:
    """Return the class of the title's size and its height: the largest size that takes one line, else the smallest."""
    for name, place, height in TITLES[:-1]:
        if lines(title, place) == 1:
            return name, height
    name, place, height = TITLES[-1]
    return name, height * lines(title, place)


def head_height(texts: Texts) -> float:
    """Return the height of title, verdict, promise and figures."""
    title = 1.95 + title_size(texts.title)[1] + LINE * lines(texts.parties, PARTIES)
    verdict = 2.7 + 1.65 * lines(texts.verdict, VERDICT_BESIDE_WAVES if texts.waves else VERDICT)
    waves = 1.9 + sum(0.45 + 1.19 * lines(wave, WAVE) for wave in texts.waves) if texts.waves else 0.0
    promise = 1.2 + LINE * lines(texts.promise, PROMISE) if texts.promise else 0.0
    return title + max(verdict, waves) + promise + 6.3


def asks_height(asks: Sequence[str]) -> float:
    """Return the height of the boxes that stand side by side: the fewer, the wider each."""
    if not asks:
        return 0.0
    place = Place((WIDTH - ASK_GAP * (len(asks) - 1)) / len(asks) - ASK_PADDING, indent=ASK_INDENT)
    return HEADING + 3.1 + LINE * max(lines(ask, place) for ask in asks)


def left_height(gates: Sequence[str], sentences: Sequence[str]) -> float:
    """Return the height of the failed gates and of who spoke."""
    rows = sum(0.7 + 1.26 * lines(gate, GATE) for gate in gates)
    spoken = sum(0.32 + LINE * lines(sentence, SENTENCE) for sentence in sentences)
    return HEADING + 2.0 + rows + 1.7 + 1.5 + HEADING + spoken


def right_height(domains: Sequence[str], spread: float = 0.0) -> float:
    """Return the height of the domains, each row `spread` higher than it must be."""
    rows = sum(0.69 + 1.26 * lines(domain, DOMAIN) + spread for domain in domains)
    return HEADING + rows + 1.7


def columns_height(texts: Texts, shown: Shown) -> float:
    """Return the least height of the two columns."""
    return max(left_height(texts.gates[: shown.gates], texts.sentences[: shown.sentences]), right_height(texts.domains[: shown.domains]))


def gaps(texts: Texts, shown: Shown) -> int:
    """Return the number of gaps between the parts that are there."""
    return PARTS - 1 - (not texts.promise) - (not shown.asks)


def room(texts: Texts, shown: Shown) -> float:
    """Return the height that the two columns may take."""
    return PAGE - head_height(texts) - asks_height(texts.asks[: shown.asks]) - LEAST_GAP * gaps(texts, shown)


def fit(texts: Texts, *, most_gates: int, fewest: Shown) -> Shown:
    """Return how much of each fits: gates give way first, then asks and domains, then sentences; never below `fewest`."""
    shown = Shown(min(most_gates, len(texts.gates)), len(texts.sentences), len(texts.asks), len(texts.domains))
    while columns_height(texts, shown) > room(texts, shown):
        smaller = smaller_than(texts, shown, fewest)
        if smaller == shown:
            break
        shown = smaller
    return shown


def smaller_than(texts: Texts, shown: Shown, fewest: Shown) -> Shown:
    """Return the next smaller page: fewer gates or sentences help only where theirs is the higher column."""
    left_is_higher = columns_height(texts, shown) > right_height(texts.domains[: shown.domains])
    if shown.gates > fewest.gates and left_is_higher:
        return replace(shown, gates=shown.gates - 1)
    if shown.domains > fewest.domains and not left_is_higher and shown.asks < len(texts.asks):
        return replace(shown, domains=shown.domains - 1)
    if shown.asks > fewest.asks:
        return replace(shown, asks=shown.asks - 1)
    if shown.sentences > fewest.sentences and left_is_higher:
        return replace(shown, sentences=shown.sentences - 1)
    return shown


def bars_class(texts: Texts, shown: Shown) -> str:
    """Return the class of the domains' rows: as far apart as there is room beside the other column."""
    beside = max(columns_height(texts, shown), min(room(texts, shown), SPREAD_AT_MOST))
    fitting = [name for name, spread in SPREADS if right_height(texts.domains[: shown.domains], spread) <= beside]
    return fitting[0] if fitting else SPREADS[-1][0]


def gap_class(texts: Texts, shown: Shown) -> str:
    """Return the class of the gaps, in tenths of a rem, even: what is left of the page is shared out between its parts."""
    spread = dict(SPREADS)[bars_class(texts, shown)]
    left = room(texts, shown) - max(columns_height(texts, shown), right_height(texts.domains[: shown.domains], spread))
    gap = min(MOST_GAP, LEAST_GAP + max(0.0, left) / gaps(texts, shown))
    return f"gap-{2 * int(gap * 5)}"
