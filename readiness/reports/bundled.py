"""The files a report may use while it is rendered: fonts, stylesheets and logo, read here and handed over from memory."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

STATIC = Path(settings.BASE_DIR) / "static"
# Named as in the static tree, so that one stylesheet serves page and PDF.
BUNDLED = (
    "css/report-fonts.css",
    "css/report.css",
    "css/report-print.css",
    "css/report-letter.css",
    "css/report-a4.css",
    "fonts/Inter-Regular.ttf",
    "fonts/Inter-SemiBold.ttf",
    "fonts/Inter-Bold.ttf",
    "img/mark.svg",
)
INVISIBLE = "\n\t\r\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"
# No folder is listed, so that the renderer finds the document's own fonts alone, on any machine.
NO_SYSTEM_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>\n'


def bundled_files() -> dict[str, bytes]:
    """Return every bundled file by its name in the static tree."""
    return {name: (STATIC / name).read_bytes() for name in BUNDLED}


@lru_cache(maxsize=1)
def drawn_characters() -> frozenset[int]:
    """Return the code points that the bundled fonts can draw, and white space."""
    with TTFont(STATIC / "fonts/Inter-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap()) | frozenset(map(ord, INVISIBLE))


def covers(document: str) -> bool:
    """Tell whether the bundled fonts can draw the whole document; otherwise the system's fonts must help out."""
    return drawn_characters().issuperset(map(ord, set(document)))


def own_fonts_only(folder: Path) -> Path:
    """Write the font configuration that knows no system font into a folder and return its path."""
    path = folder / "fonts.conf"
    path.write_text(NO_SYSTEM_FONTS, encoding="utf-8")
    return path
