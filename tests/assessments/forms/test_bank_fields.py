"""Fields of a bank's forms: what is read of texts, lists, codes and numbers, and what is refused with which words."""

import pytest
from django.core.exceptions import ValidationError

from assessments.bank.version import Choice
from assessments.forms.bank_fields import (
    Choices,
    Codes,
    Condition,
    Lines,
    LongText,
    Number,
    domain_code,
    item_code,
    number_text,
    version_number,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0.0, "0"), (4.0, "4"), (2.5, "2.5"), (0.01, "0.01"), (100_000.0, "100000"), (1234.5678, "1234.5678")],
)
def test_number_stands_in_its_field_as_people_type_it(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(("typed", "value"), [("2,5", 2.5), (" 2.5 ", 2.5), ("0", 0), ("", None), (None, None), ("100000", 100_000)])
def test_number_is_read_with_point_or_comma(typed, value):
    assert Number().clean(typed) == value


@pytest.mark.parametrize("typed", ["-1", "100001", "nan", "inf", "1e400", "1,2,3", "three", "1.000,5"])
def test_what_is_no_number_from_nought_is_refused(typed):
    with pytest.raises(ValidationError):
        Number().clean(typed)


@pytest.mark.parametrize(("value", "shown"), [(4.0, "4"), ("4,x", "4,x"), (None, None)])
def test_number_shows_what_was_typed_as_it_was(value, shown):
    assert Number().prepare_value(value) == shown


@pytest.mark.parametrize(
    ("typed", "text"),
    [(None, ""), ("  a\r\nb\rc  ", "a\nb\nc"), ("a\n\nb", "a\n\nb"), ("a\x07b", "ab"), ("<b>a</b>", "<b>a</b>")],
)
def test_long_text_keeps_lines_and_drops_what_no_row_may_hold(typed, text):
    assert LongText().clean(typed) == text


@pytest.mark.parametrize(("typed", "entries"), [("", ()), (" \r\n ", ()), (" a  b \r\n\r\nc", ("a b", "c"))])
def test_list_is_read_a_line_each(typed, entries):
    assert Lines().clean(typed) == entries


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("", ()),
        ("epic: Epic\r\n\r\n other :Another: one", (Choice("epic", "Epic"), Choice("other", "Another: one"))),
        ("a:", (Choice("a", ""),)),
        ("a: " + "x" * 200, (Choice("a", "x" * 200),)),
    ],
)
def test_answers_are_read_with_code_and_words(typed, answers):
    assert Choices().clean(typed) == answers


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("a: A\nEpic", "Line 2"),
        ("Epic: Epic", "Line 1"),
        (": Epic", "Line 1"),
        ("a b: Epic", "Line 1"),
        ("a: " + "x" * 201, "Line 1"),
        ("x" * 41 + ": Epic", "Line 1"),
        ("a: A\nb: B\na: C", "“a” stands twice"),
    ],
)
def test_answer_that_cannot_be_kept_is_named(typed, says):
    with pytest.raises(ValidationError, match=says):
        Choices().clean(typed)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("", ()), (" , ;", ()), ("LAB-01", ("LAB-01",)), ("LAB-01, INT-02;CHG-01 LAB-01,", ("LAB-01", "INT-02", "CHG-01"))],
)
def test_codes_are_read_each_once(typed, codes):
    assert Codes(required=False).clean(typed) == codes


@pytest.mark.parametrize(("typed", "named"), [("LAB-01, no/code", "no/code"), ("-X", "-X"), ("x" * 60, "x" * 40)])
def test_code_that_is_none_is_named(typed, named):
    with pytest.raises(ValidationError, match=f"“{named}” is not"):
        Codes(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["", "CTX-01 is epic", "all(LAB-01 at least 2; not(CTX-02 is none))"])
def test_condition_is_kept_as_typed(typed):
    assert Condition(required=False).clean(typed) == typed


@pytest.mark.parametrize(("typed", "place"), [("CTX-01 equals epic", 8), ("all(", 5), ("LAB-01 at least x", 17)])
def test_condition_that_cannot_be_read_is_refused_with_its_place(typed, place):
    with pytest.raises(ValidationError, match=f"From character {place} on"):
        Condition(required=False).clean(typed)


@pytest.mark.parametrize(
    ("field", "code", "longest"), [(item_code(), "LAB-01_b", 20), (domain_code(), "LAB", 10), (version_number(), "2.1-rc", 20)]
)
@pytest.mark.parametrize("wrong", ["", "a b", "a/b", "ä", "<b>", "long"])
def test_code_is_letters_digits_and_marks(field, code, longest, wrong):
    assert field.clean(code) == code
    with pytest.raises(ValidationError):
        field.clean("x" * (longest + 1) if wrong == "long" else wrong)
