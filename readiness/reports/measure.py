"""How many lines a text takes in the report's own font: advance widths and greedy wrapping, as the renderer does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from readiness.reports.bundled import STATIC
from readiness.reports.words import clipped

REGULAR, BOLD = "fonts/Inter-Regular.ttf", "fonts/Inter-Bold.ttf"
# Signs that the font cannot draw come from another one; most of those are as wide as they are high.
FOREIGN = 1.0
# Tabular figures and kerning are not in the plain widths.
SAFETY = 1.02


@dataclass(frozen=True, slots=True)
class Place:
    """A place for text: its width and the font's size, in rem, and what stands before the first line."""

    width: float
    size: float = 1.0
    font: str = REGULAR
    indent: float = 0.0


@lru_cache(maxsize=2)
def advances(font: str) -> Mapping[int, float]:
    """Return the width of each character that a bundled font can draw, in em."""
    with TTFont(STATIC / font, lazy=True) as opened:
        em, glyphs = opened["head"].unitsPerEm, opened["hmtx"]
        return {code: glyphs[name][0] / em for code, name in opened.getBestCmap().items()}


def width_of(text: str, place: Place) -> float:
    """Return the width of a text on one line, in rem."""
    known = advances(place.font)
    return SAFETY * place.size * sum(known.get(ord(character), FOREIGN) for character in text)


def lines(text: str, place: Place) -> int:
    """Return the number of lines that a text takes, at least one; a word wider than a line is broken."""
    space = width_of(" ", place)
    count, used = 1, place.indent
    for word in text.split():
        width = width_of(word, place)
        if used + width <= place.width:
            used += width + space
        else:
            count += max(1, ceil(width / place.width)) if used else ceil(width / place.width) - 1
            used = width % place.width + space
    return count


def fitted(text: str, place: Place, most: int) -> str:
    """Return the text, cut with an ellipsis where it would take more than `most` lines."""
    if lines(text, place) <= most:
        return text
    fits, too_long = 1, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if lines(clipped(text, middle), place) <= most:
            fits = middle
        else:
            too_long = middle
    return clipped(text, fits)
