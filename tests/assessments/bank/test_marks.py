"""What a bank's YAML may hold: everything else is refused with its line, and soon."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.bank import marks
from assessments.bank.marks import BankFileError, decoded, load

LAUGHS = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
HOSTILE = {
    "billion laughs": (LAUGHS, 1, "anchors"),
    "alias of nothing": ("a: 1\nb: *x", 2, ""),
    "anchor on a key": ("a: 1\n&x b: 2", 2, "anchors"),
    "python object": ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "tags"),
    "python name": ("!!python/name:os.system", 1, "tags"),
    "own tag": ("a: !mine x", 1, "tags"),
    "plain tag": ("a: !!str 12", 1, "tags"),
    "tag that says nothing": ("a: ! x", 1, "tags"),
    "10,000 brackets": ("a: 1\nb: " + "[" * 10_000, 2, ""),
    "10,000 pairs of brackets": ("[" * 10_000 + "]" * 10_000, 1, "nested"),
    "10,000 dashes": ("- " * 10_000, 1, "nested"),
    "10,000 braces": ("{a: " * 10_000, 1, ""),
    "10,000 questions": ("? " * 10_000, 1, ""),
    "duplicate key": ("a: 1\nb: 2\na: 3", 3, "a: the key stands twice"),
    "duplicate key below": ("a:\n  - b: 1\n    'b': 2", 3, "a[0].b: the key stands twice"),
    "merge key": ("a: 1\n<<: {b: 2}", 2, "dates and the like"),
    "number as key": ("a: 1\n2: 3", 2, "as key"),
    "yes as key": ("a: {no: 1}", 1, "a: a text is needed as key"),
    "list as key": ("? [a]\n: 1", 1, "as key"),
    "mapping as key": ("{a: 1}: 2", 1, "as key"),
    "date": ("a: 1\nb: 2026-11-22", 2, "b: dates"),
    "no such day": ("a: 2026-99-99", 1, "dates"),
    "time": ("a: 2026-11-22 10:00:00", 1, "dates"),
    "equals sign": ("a: =", 1, "dates and the like"),
    "infinite": ("a: .inf", 1, "plain decimal digits"),
    "not a number": ("a: .nan", 1, "plain decimal digits"),
    "too large a number": ("a: 1.0e+400", 1, "plain decimal digits"),
    "5,000 digits": ("a: " + "9" * 5000, 1, "plain decimal digits"),
    "octal": ("a: 012", 1, "plain decimal digits"),
    "hexadecimal": ("a: 0x1F", 1, "plain decimal digits"),
    "base sixty": ("a: 1:30", 1, "plain decimal digits"),
    "underscores": ("a: 1_000", 1, "plain decimal digits"),
    "two documents": ("a: 1\n---\nb: 2", 2, "only one document"),
    "nothing": ("", None, "empty"),
    "only a comment": ("# nothing\n", None, "empty"),
    "nul": ("a: 1\nb: x\x00y", 2, "control character"),
    "control character": ("a: x\x07y", 1, "control character"),
    "control character as key, escaped": ('"a\\x07": 1', 1, "control character"),
    "nul, escaped": ('a: 1\nb: "x\\0y"', 2, "b: a control character"),
    "half a character": ("a: 1\n\nb: x\ud800y", 3, "half a character"),
    "half a character, escaped": ('a: "x\\ud800y"', 1, ""),
    "open bracket": ("a: [", None, "not YAML"),
    "tab as indent": ("a:\n\tb: 1", 2, "not YAML"),
    "strange directive": ("%YAML 9.9\n---\na: 1", 1, "not YAML"),
    "huge": ("a: " + "x" * marks.MOST_BYTES, None, "more than 2 MiB"),
}


@pytest.fixture(params=[yaml.SafeLoader, marks.LOADER], ids=["plain", "built in"])
def loader(request, monkeypatch):
    """Both parsers: that of libyaml may be missing."""
    monkeypatch.setattr(marks, "LOADER", request.param)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("loader")
def test_hostile_text_is_refused_with_its_line(name):
    text, line, words = HOSTILE[name]
    with pytest.raises(BankFileError) as caught:
        load(text)
    assert words in str(caught.value)
    assert line is None or abs(caught.value.line - line) <= (words == "")


@given(st.text())
@example("\ufffe")
@example("a: \x85")
def test_any_text_is_read_or_refused(text):
    with suppress(BankFileError):
        assert load(text).lines[()] >= 1


@given(st.text("[]{}:,-?&*!|>'\"%@`#ab1. \n\t"))
def test_any_marks_are_read_as_the_library_reads_them_or_refused(text):
    try:
        value = load(text).value
    except BankFileError:
        return
    assert value == yaml.load(text, Loader=marks.LOADER)


@pytest.mark.usefixtures("loader")
def test_values_know_their_lines():
    document = load("a: 1\nb:\n  - c: x\n    d: [1, 2]\n  - >-\n    folded\n    text\n", "own.yaml")
    assert document.value == {"a": 1, "b": [{"c": "x", "d": [1, 2]}, "folded text"]}
    assert [document.lines[place] for place in [(), ("a",), ("b",), ("b", 0), ("b", 0, "d"), ("b", 0, "d", 1), ("b", 1)]] == [
        1,
        1,
        2,
        3,
        4,
        4,
        5,
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("2.5", 2.5),
        ("1.0e+3", 1000.0),
        ("~", None),
        ("", None),
        ("Yes", True),
        ("off", False),
        ("1e3", "1e3"),
        ("'12'", "12"),
    ],
)
def test_plain_words_are_what_they_say(text, value):
    found = load(f"a: {text}").value["a"]
    assert (found, type(found)) == (value, type(value))


def test_twenty_levels_are_read():
    assert load("[" * 20 + "]" * 20).value


def test_twenty_one_levels_are_refused():
    with pytest.raises(BankFileError, match="nested more than 20 deep"):
        load("[" * 21 + "]" * 21)


@pytest.mark.parametrize("text", ["a: [1, 2, 3, 4]", "a: 1\nb: 2\nc: 3\nd: 4"])
def test_more_values_than_any_bank_has_are_refused(monkeypatch, text):
    monkeypatch.setattr(marks, "MOST_VALUES", 4)
    with pytest.raises(BankFileError, match="more than 4 values"):
        load(text)


def test_error_names_file_line_and_path():
    document = load("a:\n  b: 1\n", "own.yaml")
    assert str(document.error(("a", "items", 3), "it is missing.")) == "own.yaml, line 1, a.items[3]: it is missing."


def test_error_without_a_place_is_only_its_message():
    assert str(BankFileError("no.")) == "no."


def test_overlong_key_is_cut_in_the_path():
    with pytest.raises(BankFileError) as caught:
        load(f"{'x' * 500}: .inf")
    assert caught.value.path == "x" * 60


def test_bytes_that_are_not_utf_8_are_refused_with_their_line():
    with pytest.raises(BankFileError, match=r"own\.yaml, line 2: the file is not UTF-8\."):
        decoded(b"a: 1\nb: \xff\xfe", "own.yaml")


def test_huge_bytes_are_refused_before_they_are_decoded():
    with pytest.raises(BankFileError, match="more than 2 MiB"):
        decoded(b"\xff" * (marks.MOST_BYTES + 1))


def test_mark_of_byte_order_is_no_text():
    assert decoded(b"\xef\xbb\xbfa: 1") == "a: 1"
