import pytest

from readiness.reports.measure import BOLD, Place, fitted, lines, width_of
from readiness.reports.room import Shown, Texts, bars_class, columns_height, fit, gap_class, room, title_size

FEWEST = Shown(gates=3, sentences=2, asks=1, domains=5)


def texts(**changes):
    usual = {
        "title": "Panel at Valley Health",
        "verdict": "19 of 39 gates failed and none has an agreed plan.",
        "promise": "Share of results in the chart: from 34 % to 65 %.",
        "gates": ["Electronic results"] * 12,
        "sentences": ["All 9 required roles answered."] * 5,
        "asks": ["Name a champion."] * 3,
        "parties": "Sold by Vendor.",
        "domains": ["Workflow"] * 12,
        "waves": ["Hub", "North Pass"],
    }
    return Texts(**usual | changes)


def test_a_wider_place_takes_fewer_lines():
    text = "one two three four five six seven eight nine ten " * 3
    assert lines(text, Place(20)) > lines(text, Place(40)) > 1


def test_bold_is_wider_than_regular():
    assert width_of("Readiness", Place(10, font=BOLD)) > width_of("Readiness", Place(10))


@pytest.mark.parametrize("text", ["", "word", "W" * 4])
def test_a_short_text_takes_one_line(text):
    assert lines(text, Place(20)) == 1


def test_a_word_wider_than_the_line_is_broken():
    assert lines("W" * 100, Place(10)) >= 10


def test_what_stands_before_the_text_counts():
    text = "four words of text"
    exact = width_of(text, Place(100)) + 0.01
    assert (lines(text, Place(exact)), lines(text, Place(exact, indent=2))) == (1, 2)


def test_foreign_signs_are_taken_as_wide():
    assert width_of("王", Place(10)) > width_of("W", Place(10))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Panel at Valley", "title-large"),
        ("Panel at Valley Health of the whole region beyond", "title-medium"),
        ("Panel " * 25, "title-small"),
    ],
)
def test_title_is_as_large_as_one_line_allows(title, expected):
    assert title_size(title)[0] == expected


def test_usual_page_shows_as_many_gates_as_asked_for():
    assert fit(texts(), most_gates=7, fewest=FEWEST) == Shown(gates=7, sentences=5, asks=3, domains=12)


def test_fewer_gates_than_wanted_are_all_shown():
    assert fit(texts(gates=["One"]), most_gates=7, fewest=FEWEST).gates == 1


def test_long_sentences_take_the_place_of_gates():
    shown = fit(texts(sentences=["word " * 32] * 5), most_gates=7, fewest=FEWEST)
    assert shown.gates < 7


@pytest.mark.parametrize(
    "change", [{"title": "Panel " * 30}, {"promise": "word " * 90}, {"domains": ["A domain"] * 18}, {"sentences": ["word " * 38] * 6}]
)
def test_what_is_shown_fits_or_is_the_least(change):
    page = texts(**change)
    shown = fit(page, most_gates=7, fewest=FEWEST)
    assert columns_height(page, shown) <= room(page, shown) or shown.gates == FEWEST.gates


def test_endless_texts_end_at_the_least_page():
    page = texts(title="W " * 100, promise="W " * 2000, sentences=["W " * 90] * 6, domains=["W " * 22] * 14)
    shown = fit(page, most_gates=7, fewest=FEWEST)
    assert (shown.gates, shown.sentences, shown.asks) == (FEWEST.gates, FEWEST.sentences, FEWEST.asks)


def test_few_domains_stand_further_apart():
    page = texts(domains=["Workflow"] * 6)
    assert bars_class(page, fit(page, most_gates=7, fewest=FEWEST)) == "bars-wide"


def test_many_domains_stand_close():
    page = texts(domains=["Workflow"] * 16)
    assert bars_class(page, fit(page, most_gates=7, fewest=FEWEST)) == "bars-close"


def test_an_empty_page_spreads_its_parts():
    page = texts(promise="", gates=[], sentences=["Nobody has been asked yet."], asks=[])
    assert gap_class(page, fit(page, most_gates=7, fewest=FEWEST)) == "gap-30"


def test_text_that_fits_is_kept():
    assert fitted("word " * 3, Place(40), 1) == "word " * 3


@pytest.mark.parametrize("text", ["word " * 60, "W" * 300, "王" * 200])
def test_text_that_is_too_long_is_cut_to_its_lines(text):
    short = fitted(text, Place(20), 2)
    assert short.endswith("…")
    assert lines(short, Place(20)) == 2
