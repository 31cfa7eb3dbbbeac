import pytest

from readiness.reports import words

LEVEL = {"kind": "level", "unit": "", "direction": "at_least", "steps": ["none", "some", "half", "most", "all"]}
DAYS = {"kind": "quantity", "unit": "days", "direction": "at_most", "steps": ["", "", "", "", ""]}


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three four", 12, "one two…"),
        ("oneverylongword", 8, "onevery…"),
        ("It ends here. More", 15, "It ends here…"),
        ("one two three", 8, "one two…"),
    ],
)
def test_clipped(text, most, expected):
    assert words.clipped(text, most) == expected


def test_printable_drops_control_and_turning_characters():
    assert words.printable("a\x00b\x1bc\u202ed\u2066e\nf\tg") == "abcde\nf\tg"


def test_printable_keeps_other_scripts():
    assert words.printable("王小明 العربية Ω") == "王小明 العربية Ω"


def test_printable_drops_a_lone_surrogate():
    assert words.printable("a\ud800b") == "ab"


def test_all_printable_reaches_every_text_of_a_document():
    assert words.all_printable({"a": ["x\x00", {"b": "y\u202e"}], "n": 1, "t": ("z\x01",)}) == {"a": ["x", {"b": "y"}], "n": 1, "t": ["z"]}


@pytest.mark.parametrize(
    ("item", "value", "expected"), [(LEVEL, 3.0, "3"), (LEVEL, 1.25, "1.2"), (DAYS, 9.0, "9 days"), (DAYS | {"unit": ""}, 9.0, "9")]
)
def test_amount(item, value, expected):
    assert words.amount(item, value) == expected


@pytest.mark.parametrize(("item", "expected"), [(LEVEL, "at least 3"), (DAYS, "at most 3 days")])
def test_bound(item, expected):
    assert words.bound(item, 3.0) == expected


@pytest.mark.parametrize(("item", "value", "expected"), [(LEVEL, 3.0, "most"), (LEVEL, 2.5, ""), (DAYS, 3.0, ""), (LEVEL, 9.0, "")])
def test_step(item, value, expected):
    assert words.step(item, value) == expected


@pytest.mark.parametrize(("iso", "expected"), [("2027-03-01", "1 March 2027"), (None, "–")])
def test_day(iso, expected):
    assert words.day(iso) == expected


def test_instant_is_told_in_the_zone_with_its_name():
    assert words.instant("2026-11-22T03:01:09+00:00", "America/Chicago") == "21 November 2026, 21:01 CST"


def test_instant_in_an_unknown_zone_is_told_in_utc():
    assert words.instant("2026-11-22T03:01:09+00:00", "Mars/Olympus") == "22 November 2026, 03:01 UTC"


def test_in_fours():
    assert words.in_fours("0123456789abcdef0123") == "0123 4567 89ab"


@pytest.mark.parametrize(("sentence", "expected"), [("Go on", "Go on."), ("Go on.", "Go on."), ("Go o…", "Go o…")])
def test_ended(sentence, expected):
    assert words.ended(sentence) == expected


@pytest.mark.parametrize(("role", "expected"), [("executive_sponsor", "Sponsor"), ("pharmacist", "Pharmacist")])
def test_short_role(role, expected):
    assert words.short_role(role) == expected
