"""The tokens: both dark blocks alike, every text and background pair WCAG AA in both themes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from readiness import charts

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
TONES = ("blocker", "major", "moderate", "minor", "good", "unknown")
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "link") for ground in ("paper", "wash")],
    *[("ink", ground) for ground in ("sunk", "accent-soft", "h0", "h1", "h2", "h3", "h4", *(f"{tone}-soft" for tone in TONES))],
    *[(tone, f"{tone}-soft") for tone in TONES],
    *[(tone, "paper") for tone in TONES],
    ("accent-strong", "accent-soft"),
    ("accent-strong", "paper"),
    ("link", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("ink-soft", "sunk"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
SHAPE_PAIRS = [
    *[(shape, ground) for shape in ("field-line", "accent", "focus", "band-line") for ground in ("paper", "wash")],
    ("accent", "band"),
]


def block(selector: str) -> dict[str, str]:
    start = TOKENS.index(selector + " {")
    body = TOKENS[start : TOKENS.index("}", start)]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


LIGHT = block(":root")
DARK = block('[data-bs-theme="dark"]')
THEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_dark_theme_is_the_same_by_choice_and_by_system():
    assert block(':root:not([data-bs-theme="light"])') == DARK


def test_dark_theme_has_a_value_for_every_colour():
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_meets_aa_on_its_ground(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shape_stands_out_from_its_ground(theme, shape, ground):
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("tone", TONES)
def test_marks_of_the_pdf_have_the_colours_of_the_light_theme(tone):
    assert charts.INK[tone] == LIGHT[tone]
