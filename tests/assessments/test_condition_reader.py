"""How a condition's text is read, before it is brought to its usual spelling; what may be said is in test_conditions."""

import pytest

from assessments.condition_reader import MAX_LENGTH, MAX_NESTING, ConditionError, Expected, read
from assessments.condition_terms import All, Any, AtLeast, Is, Mentions, Not, OneOf


def refusal(text):
    with pytest.raises(ConditionError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("CTX-01 is Epic", Is("CTX-01", "epic")),
        ('CTX-01 is "Epic"', Is("CTX-01", "Epic")),
        ("CTX-01 IS ONE OF Epic , 2", OneOf("CTX-01", ("epic", "2"))),
        ("ctx_1.a at least 1", AtLeast("ctx_1.a", 1)),
        ("not (all(A is x))", Not(All((Is("A", "x"),)))),
        ("any(A is x;not(B is y))", Any((Is("A", "x"), Not(Is("B", "y"))))),
        ('A mentions "all(B is x; y)"', Mentions("A", "all(B is x; y)")),
    ],
)
def test_text_is_read_as_it_is_meant(text, condition):
    assert read(text) == condition


@pytest.mark.parametrize("word", ["all", "any", "not"])
def test_word_of_the_language_without_a_bracket_is_an_item(word):
    assert read(f"{word} is x") == Is(word, "x")


def test_spelling_of_an_item_is_kept():
    assert read("Ctx-01 is x") != read("CTX-01 is x")


@pytest.mark.parametrize("inside", ["all", "any", "not"])
def test_every_level_of_nesting_counts(inside):
    nested = f"{inside}(" * MAX_NESTING + "A is x" + ")" * MAX_NESTING
    read(nested)
    assert refusal(f"not({nested})").expected == Expected.FLATTER


def test_text_that_is_too_long_is_refused_before_anything_else():
    error = refusal("(" * (MAX_LENGTH + 1))
    assert (error.position, error.expected) == (MAX_LENGTH, Expected.SHORTER)


def test_refusal_counts_characters_from_one_and_says_what_was_expected():
    assert str(refusal("CTX-01 = epic")) == f"character 8: expected {Expected.COMPARISON}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A is x; B is y", Expected.END),
        ("all(A is x", Expected.NEXT_OR_CLOSE),
        ("not(A is x; B is y)", Expected.CLOSE),
        ("A is one of", Expected.VALUE),
        ("A at least", Expected.NUMBER),
        ("A mentions", Expected.VALUE),
        ('A is "x', Expected.CLOSING_QUOTE),
        ("A is not x", Expected.AROUND),
        ("A", Expected.COMPARISON),
        (";", Expected.CONDITION),
    ],
)
def test_text_that_ends_or_goes_on_wrongly_says_what_should_follow(text, expected):
    assert refusal(text).expected == expected
