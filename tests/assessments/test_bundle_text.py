"""From the text of a bundle to plain values, and what no part of a document may hold."""

import pytest

from assessments.bundle_fields import ROOT, BundleError
from assessments.bundle_text import DEEPEST, LONGEST_NUMBER, read_json, refuse_unsafe


def refusal(call, value):
    with pytest.raises(BundleError) as caught:
        call(value)
    return caught.value.path, caught.value.message


def nested(levels, inside=1):
    value = inside
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(("text", "value"), [("[1, 2.5]", [1, 2.5]), (b"\xef\xbb\xbf{}", {}), ("\ufeff null", None), ('"é"'.encode(), "é")])
def test_json_is_read_whatever_it_holds(text, value):
    assert read_json(text) == value


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", b""])
def test_empty_text_is_refused_as_empty(text):
    assert refusal(read_json, text) == (ROOT, "is empty")


def test_byte_that_is_no_utf_8_is_counted_from_one():
    assert refusal(read_json, b'"ab\xff"') == (ROOT, "is not UTF-8 text: byte 4 cannot be read")


def test_text_that_is_no_json_is_refused_at_line_and_column():
    path, message = refusal(read_json, '{\n "a": }')
    assert (path, message.endswith("line 2, column 7")) == (ROOT, True)


def test_text_that_nests_without_end_is_refused():
    assert refusal(read_json, "[" * 100_000) == (ROOT, f"is nested deeper than {DEEPEST} levels")


def test_number_of_thousands_of_digits_is_read_and_then_refused_where_it_stands():
    value = read_json(f'{{"a": [1, {"9" * (LONGEST_NUMBER + 1)}]}}')
    assert refusal(refuse_unsafe, value) == ("a[1]", "is not a finite number")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_number_that_is_not_finite_is_refused_where_it_stands(number):
    assert refusal(refuse_unsafe, read_json(f'{{"a": {number}}}')) == ("a", "is not a finite number")


def test_key_that_stands_twice_is_refused_where_it_stands():
    value = read_json('{"a": [{"b": 1, "c": 2, "b": 3}]}')
    assert refusal(refuse_unsafe, value) == ("a[0].b", "stands twice in the same object")


def test_same_key_in_two_objects_is_fine():
    refuse_unsafe(read_json('[{"a": 1}, {"a": 1}]'))


@pytest.mark.parametrize("shape", [nested(DEEPEST), nested(DEEPEST - 1, {})])
def test_document_of_twenty_levels_is_let_through(shape):
    refuse_unsafe(shape)


def test_twenty_first_level_is_refused():
    path, message = refusal(refuse_unsafe, nested(DEEPEST + 1))
    assert (path.count("[0]"), message) == (DEEPEST, f"is nested deeper than {DEEPEST} levels")


@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\x00", "holds a control character (U+0000)"),
        ("\n", "holds a control character (U+000A)"),
        ("\x9f", "holds a control character (U+009F)"),
        ("\ud800", "holds a lone surrogate (U+D800)"),
    ],
)
def test_character_that_no_row_may_hold_is_refused_in_texts_and_keys(character, message):
    assert refusal(refuse_unsafe, {"a": f"x{character}"}) == ("a", message)
    assert refusal(refuse_unsafe, {f"x{character}": 1})[1] == message


@pytest.mark.parametrize("value", ["Zoë 🧪", True, None, -1.5, {"a": [False]}], ids=str)
def test_ordinary_value_is_let_through(value):
    refuse_unsafe(value)
