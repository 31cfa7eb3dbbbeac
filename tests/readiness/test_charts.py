"""The charts as markup: text alternatives, missing figures, bounds, escaping, and what the PDF renderer can draw."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from readiness import charts
from readiness.chips import CHIPS, chip_for

DRAWINGS: dict[str, Callable[[], str]] = {
    "range bar": lambda: charts.range_bar(49.2, 41, 58),
    "no score": lambda: charts.range_bar(None, 0, 100),
    "dots": lambda: charts.coverage_dots(2, 3),
    "many dots": lambda: charts.coverage_dots(20, 41),
    "spread": lambda: charts.spread_dots([("IT integration lead", 2), ("Sponsor", 4)], 3, 4),
    "long spread": lambda: charts.spread_dots([("Finance", 12.5)], 20, 40),
    **{f"mark {code}": lambda code=code: charts.severity_mark(code) for code in CHIPS},
}


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def dot_of(markup: str) -> float:
    dot = parsed(markup).find("./circle[@class='chart-dot']")
    assert dot is not None
    return float(dot.attrib["cx"])


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_has_a_text_alternative(name):
    picture = parsed(DRAWINGS[name]())

    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"].strip()


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_uses_attributes_the_pdf_renderer_understands(name):
    markup = DRAWINGS[name]()

    assert not re.search(r"var\(|currentColor|style=|\son\w+=|<script", markup)
    shapes = [shape for shape in parsed(markup).iter() if shape.tag in {"circle", "path", "rect", "text"}]
    assert shapes
    assert all("fill" in shape.attrib or "stroke" in shape.attrib for shape in shapes)
    assert all("class" in shape.attrib for shape in shapes)


def test_range_bar_reads_score_and_range():
    assert parsed(charts.range_bar(49.2, 41.4, 57.8)).attrib["aria-label"] == "49 of 100, range 41 to 58"


def test_range_bar_without_a_range_reads_the_score_alone():
    markup = charts.range_bar(49, None, None)

    assert parsed(markup).attrib["aria-label"] == "49 of 100"
    assert "chart-band" not in markup


def test_range_bar_without_a_score_is_a_dashed_outline():
    markup = charts.range_bar(None, None, None)

    assert parsed(markup).attrib["aria-label"] == "no score"
    assert "stroke-dasharray" in markup
    assert "chart-dot" not in markup


def test_range_bar_of_zero_is_a_score():
    assert parsed(charts.range_bar(0, 0, 0)).attrib["aria-label"] == "0 of 100, range 0 to 0"


@pytest.mark.parametrize(("outside", "edge"), [(-30.0, 0.0), (130.0, 100.0)])
def test_range_bar_outside_its_bounds_is_clamped(outside, edge):
    assert charts.range_bar(outside, outside, outside) == charts.range_bar(edge, edge, edge)


def test_range_bar_keeps_every_shape_within_its_frame():
    picture = parsed(charts.range_bar(100, 0, 250, width=200))

    band = picture.find("./rect[@class='chart-band']")
    assert band is not None
    assert float(band.attrib["x"]) >= 0
    assert float(band.attrib["x"]) + float(band.attrib["width"]) <= 200
    assert 0 <= dot_of(charts.range_bar(100, 0, 250, width=200)) <= 194


def test_range_bar_with_swapped_ends_draws_the_same_band():
    assert charts.range_bar(50, 60, 40) == charts.range_bar(50, 40, 60)


def test_range_bar_moves_its_dot_with_the_score():
    assert dot_of(charts.range_bar(20, 0, 100)) < dot_of(charts.range_bar(80, 0, 100))


@pytest.mark.parametrize(("done", "total", "filled", "hollow"), [(0, 3, 0, 3), (2, 3, 2, 1), (3, 3, 3, 0), (5, 3, 3, 0), (-1, 2, 0, 2)])
def test_coverage_dots_count_done_and_open(done, total, filled, hollow):
    markup = charts.coverage_dots(done, total)

    assert markup.count('class="chart-done"') == filled
    assert markup.count('class="chart-open"') == hollow


def test_coverage_dots_read_the_count():
    assert parsed(charts.coverage_dots(5, 3)).attrib["aria-label"] == "3 of 3"


def test_coverage_dots_of_nobody_say_so():
    assert parsed(charts.coverage_dots(0, 0)).attrib["aria-label"] == "0 of 0"


def test_coverage_of_many_is_a_bar_of_bounded_width():
    picture = parsed(charts.coverage_dots(400, 5000))

    assert len(picture) == 2
    assert picture.attrib["width"] == "168"
    assert picture.attrib["aria-label"] == "400 of 5000"


def test_coverage_bar_of_none_has_no_filled_part():
    assert "chart-done" not in charts.coverage_dots(0, 40)


def test_spread_reads_who_said_what():
    label = parsed(charts.spread_dots([("IT integration lead", 2), ("Sponsor", 3.5)], 3, 4)).attrib["aria-label"]

    assert label == "Answers from 0 to 4, 3 needed: IT integration lead: 2; Sponsor: 3.5"


def test_spread_draws_one_dot_per_value_in_order():
    dots = parsed(charts.spread_dots([("a", 1), ("b", 4), ("c", 1)], 3, 4)).findall("./circle")

    assert [float(dot.attrib["cy"]) for dot in dots] == sorted({float(dot.attrib["cy"]) for dot in dots})
    assert dots[0].attrib["cx"] == dots[2].attrib["cx"] != dots[1].attrib["cx"]


@pytest.mark.parametrize(("value", "edge"), [(-2, 0), (99, 4)])
def test_spread_value_outside_the_scale_is_drawn_at_its_end(value, edge):
    assert dot_of(charts.spread_dots([("a", value)], 3, 4)) == dot_of(charts.spread_dots([("a", edge)], 3, 4))


def test_spread_without_values_keeps_its_axis():
    assert "none" in parsed(charts.spread_dots([], 3, 4)).attrib["aria-label"]


def test_spread_of_a_scale_of_nothing_is_drawn():
    assert parsed(charts.spread_dots([("a", 0)], 0, 0)).tag == "svg"


def test_spread_label_too_long_is_cut_in_the_drawing_only():
    name = "Compliance, privacy and security officer"
    picture = parsed(charts.spread_dots([(name, 2)], 3, 4))

    assert name in picture.attrib["aria-label"]
    assert name not in "".join(picture.itertext())
    assert "Compliance, privacy and s…" in "".join(picture.itertext())


def test_label_with_markup_is_escaped():
    markup = charts.spread_dots([('<b>"x"</b> & y', 2)], 3, 4)

    assert "<b>" not in markup
    assert '<b>"x"</b> & y: 2' in parsed(markup).attrib["aria-label"]


def test_severity_mark_names_its_severity():
    assert parsed(charts.severity_mark("major")).attrib["aria-label"] == "Major"


def test_mark_without_a_label_is_hidden_from_readers():
    assert parsed(charts.mark("octagon", "blocker")).attrib["aria-hidden"] == "true"


def test_severities_differ_in_shape_not_only_in_colour():
    shapes = {chip_for(code).shape for code in ("blocker", "major", "moderate", "minor", "unknown", "passed")}

    assert len(shapes) == 6


def test_unknown_code_becomes_its_own_words():
    assert chip_for("half_way_through").word == "Half way through"


@pytest.mark.parametrize("code", CHIPS)
def test_every_chip_has_a_drawn_shape_and_a_known_tone(code):
    assert CHIPS[code].shape in charts.SHAPES
    assert CHIPS[code].tone in charts.INK
