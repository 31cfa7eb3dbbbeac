"""The condition language: what can be written, what it means, and what holds of every condition."""

import json
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.condition_terms import fold
from assessments.conditions import (
    MAX_LENGTH,
    MAX_NESTING,
    All,
    Answered,
    Any,
    AtLeast,
    AtMost,
    ConditionError,
    Expected,
    Is,
    Mentions,
    Not,
    OneOf,
    as_json,
    codes,
    comparisons,
    holds,
    parse,
    text_of,
)

CODES = ("CTX-01", "CTX-02", "LAB-01", "INT-21")
BARE_WORDS = ("epic", "cerner", "in-house", "a_b", "3", "03", "yes", "no", "2026-05-01", "-", "1.5", "-0")
QUOTED_TEXTS = ("New York", 'the "hub"', "Épic", "Epic", "one", "answered", "not", "a; b", "all(x)", "東京", "x" * 41)

values = st.sampled_from(BARE_WORDS + QUOTED_TEXTS) | st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True)
limits = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda digits: digits / 10_000) | st.integers(-5, 5).map(float)
item_codes = st.sampled_from(CODES)
answer_values = st.sampled_from(["epic", "EPIC ", "new  york", "", " "]) | values | st.booleans() | st.integers(-6, 6) | limits
answer_sets = st.dictionaries(item_codes, answer_values)
simple = st.one_of(
    st.builds(Is, item_codes, values),
    st.builds(OneOf, item_codes, st.lists(values, min_size=1, max_size=3).map(tuple)),
    st.builds(AtLeast, item_codes, limits),
    st.builds(AtMost, item_codes, limits),
    st.builds(Mentions, item_codes, values),
    st.builds(Answered, item_codes),
)


def combined(inner):
    parts = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.builds(All, parts) | st.builds(Any, parts) | st.builds(Not, inner)


# Two levels of two parts stay below the longest text.
conditions = simple | combined(simple) | combined(simple | combined(simple.filter(lambda part: len(text_of(part)) < 100)))
fragments = st.sampled_from(("all(", "any(", "not(", ")", ";", ",", '"', '""', "\n", "X", "2"))
fragments |= st.sampled_from((" is ", " one of ", " answered", " mentions ", " at least ", " at most "))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("CTX-01 is epic", Is("CTX-01", "epic")),
        ("CTX-02 is one of cerner, meditech", OneOf("CTX-02", ("cerner", "meditech"))),
        ("CTX-02 is one", Is("CTX-02", "one")),
        ("LAB-01 at least 2", AtLeast("LAB-01", 2)),
        ("INT-21 at most 12.5", AtMost("INT-21", 12.5)),
        ("INT-21 at least -0", AtLeast("INT-21", 0)),
        ("CTX-05 is answered", Answered("CTX-05")),
        ('CTX-05 is "answered"', Is("CTX-05", "answered")),
        ('CTX-05 is "New York"', Is("CTX-05", "New York")),
        ('CTX-05 mentions "the ""hub"""', Mentions("CTX-05", 'the "hub"')),
        ("CTX-05 mentions hub", Mentions("CTX-05", "hub")),
        ("CTX-09 is -1.5", Is("CTX-09", "-1.5")),
        ("not(CTX-07 is none)", Not(Is("CTX-07", "none"))),
        ("any(CTX-07 is no)", Any((Is("CTX-07", "no"),))),
        (
            "all(CTX-01 is epic; any(LAB-01 at least 2; not(CTX-05 is answered)))",
            All((Is("CTX-01", "epic"), Any((AtLeast("LAB-01", 2), Not(Answered("CTX-05")))))),
        ),
    ],
)
def test_condition_is_read_and_written_back(text, condition):
    assert parse(text) == condition
    assert parse(text_of(condition)) == condition


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("  CTX-01   IS\n Epic ", "CTX-01 is epic"),
        ("ALL (CTX-01 is epic;LAB-01 At Least 02.50)", "all(CTX-01 is epic; LAB-01 at least 2.5)"),
        ('CTX-02 is one of "cerner",  "Meditech"', 'CTX-02 is one of cerner, "Meditech"'),
        ("LAB-01 at most 99999999999.9999", "LAB-01 at most 99999999999.9999"),
        ("LAB-01 at most 0.0001", "LAB-01 at most 0.0001"),
        ("LAB-01 at least 2.0", "LAB-01 at least 2"),
        ("LAB-01 at least -0", "LAB-01 at least 0"),
        ('X is one of "not", answered, one', 'X is one of "not", "answered", one'),
        ("all is all", "all is all"),
    ],
)
def test_condition_has_one_usual_spelling(typed, usual):
    assert text_of(parse(typed)) == usual


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, Expected.CONDITION),
        ("   ", 3, Expected.CONDITION),
        ("all()", 4, Expected.CONDITION),
        ("all(CTX-01 is epic;)", 19, Expected.CONDITION),
        ("__import__ is x", 0, Expected.CONDITION),
        ("not a", 4, Expected.COMPARISON),
        ("CTX-01", 6, Expected.COMPARISON),
        ("CTX-01 = epic", 7, Expected.COMPARISON),
        ("CTX-01 at best 2", 7, Expected.COMPARISON),
        ("ABCDEFGHIJKLMNOPQRST-1 is x", 0, Expected.CONDITION),
        ("CTX-01 is", 9, Expected.VALUE),
        ("CTX-01 is épic", 10, Expected.VALUE),
        ("CTX-01 is “New York”", 10, Expected.VALUE),
        ('CTX-01 is ""', 10, Expected.VALUE),
        ('CTX-01 mentions " \u00a0"', 16, Expected.VALUE),
        ('CTX-01 is "a\x00b"', 10, Expected.VALUE),
        ('CTX-01 is "\ud800"', 10, Expected.VALUE),
        (f"CTX-01 is {'x' * 41}", 10, Expected.VALUE),
        ("CTX-01 is one of epic,", 22, Expected.VALUE),
        ('CTX-01 is "New York', 10, Expected.CLOSING_QUOTE),
        ("CTX-01 is not epic", 10, Expected.AROUND),
        ("CTX-01 is Not", 10, Expected.AROUND),
        ("LAB-01 at least two", 16, Expected.NUMBER),
        ("LAB-01 at least 1e5", 16, Expected.NUMBER),
        ("LAB-01 at least 0.00001", 16, Expected.NUMBER),
        ("LAB-01 at least 123456789012", 16, Expected.NUMBER),
        ("LAB-01 at least ٣", 16, Expected.NUMBER),
        ("LAB-01 at most nan", 15, Expected.NUMBER),
        ("CTX-01 is epic LAB-01 at least 2", 15, Expected.END),
        ("CTX-01 is epic)", 14, Expected.END),
        ("all(CTX-01 is epic", 18, Expected.NEXT_OR_CLOSE),
        ("all(CTX-01 is epic, CTX-02 is x)", 18, Expected.NEXT_OR_CLOSE),
        ("not(CTX-01 is epic; CTX-02 is x)", 18, Expected.CLOSE),
    ],
)
def test_error_says_where_and_what_was_expected(text, position, expected):
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert (caught.value.position, caught.value.expected) == (position, expected)
    assert str(caught.value) == f"character {position + 1}: expected {expected.value}"


def nested(levels):
    return "not(" * levels + "CTX-01 is epic" + ")" * levels


def test_condition_nested_as_deeply_as_allowed_is_read():
    assert text_of(parse(nested(MAX_NESTING))) == nested(MAX_NESTING)


@pytest.mark.parametrize("levels", [MAX_NESTING + 1, 90])
def test_condition_nested_too_deeply_is_refused_at_the_level_too_many(levels):
    with pytest.raises(ConditionError) as caught:
        parse(nested(levels))
    assert (caught.value.position, caught.value.expected) == (4 * MAX_NESTING, Expected.FLATTER)


def of_length(length, separator):
    """Return an all(…) of that length, of 30 short parts and one that fills up."""
    start = "all(" + separator.join(["A is b"] * 30) + separator + 'A is "'
    return start + "x" * (length - len(start) - 2) + '")'


def test_condition_as_long_as_allowed_is_read():
    assert len(text_of(parse(of_length(MAX_LENGTH, "; ")))) == MAX_LENGTH


def test_longer_condition_is_refused():
    with pytest.raises(ConditionError) as caught:
        parse(of_length(MAX_LENGTH + 1, "; "))
    assert (caught.value.position, caught.value.expected) == (MAX_LENGTH, Expected.SHORTER)


def test_condition_whose_usual_spelling_is_too_long_is_refused():
    with pytest.raises(ConditionError) as caught:
        parse(of_length(MAX_LENGTH, ";"))
    assert (caught.value.position, caught.value.expected) == (MAX_LENGTH, Expected.SHORTER)


@pytest.mark.parametrize(
    ("text", "answer", "holding"),
    [
        # a choice
        ("X is epic", "epic", True),
        ("X is epic", "cerner", False),
        ("X is 3", "3", True),
        ("X is 3", "03", False),
        ("X is one of epic, cerner", "cerner", True),
        ("X is one of epic, cerner", "meditech", False),
        ("X is yes", "yes", True),
        # yes or no
        ("X is yes", True, True),
        ("X is yes", False, False),
        ("X is no", False, True),
        ("X is no", True, False),
        ("X is 1", True, False),
        ("X at least 1", True, False),
        ("X at most 1", False, False),
        ("X is answered", False, True),
        # a level or a quantity
        ("X is 3", 3, True),
        ("X is 3", 3.0, True),
        ("X is 3", 2, False),
        ("X is 0.3", 0.1 + 0.2, True),
        ("X is -0", 0, True),
        ("X is yes", 1, False),
        ("X is one of 1, 2", 2, True),
        ("X at least 2", 2, True),
        ("X at least 2", 2 - 0.9e-9, True),
        ("X at least 2", 2 - 1.1e-9, False),
        ("X at most 2", 2 + 0.9e-9, True),
        ("X at most 2", 2 + 1.1e-9, False),
        ("X at least 2", "2", False),
        ("X at least 2", float("inf"), False),
        ("X at most 2", float("nan"), False),
        ("X is answered", float("nan"), False),
        ("X is answered", 0, True),
        # a text
        ('X is "New York"', "new  YORK\r\n", True),
        ('X is "New York"', "New York City", False),
        ('X mentions "new york"', "Somewhere in NEW\nYORK, upstate", True),
        ('X mentions "new york"', "York", False),
        ("X mentions 2", 2, False),
        ("X mentions yes", True, False),
        ('X is "MÜNCHEN"', "mu\u0308nchen", True),
        ("X mentions cafe", "café", False),
        ("X is k", "\u212a", True),
        ("X is answered", "  \u3000\n", False),
        ("X is answered", "?", True),
        # no answer
        ("X is epic", None, False),
        ("X is answered", None, False),
        ("not(X is epic)", None, True),
    ],
)
def test_comparison_follows_the_kind_of_the_answer(text, answer, holding):
    assert holds(parse(text), {"X": answer}) is holding


@pytest.mark.parametrize(
    "text", ["X is none", "X is one of a, b", "X is answered", "X at least 0", "X at most 9", "X mentions a", "all(Y is b; X is a)"]
)
def test_comparison_with_a_missing_answer_is_false_and_its_contrary_true(text):
    assert holds(parse(text), {"Y": "b"}) is False
    assert holds(parse(f"not({text})"), {"Y": "b"}) is True


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("all(A is yes; B is yes)", False),
        ("all(A is yes; C at least 3)", True),
        ("any(B is yes; A is yes)", True),
        ("any(B is yes; C at least 4)", False),
        ("not(any(B is yes; C at least 4))", True),
        ("all(A is yes; any(B is yes; not(C at most 2)))", True),
    ],
)
def test_parts_combine(text, holding):
    assert holds(parse(text), {"A": True, "B": False, "C": 3}) is holding


def test_codes_are_those_of_every_comparison_in_it():
    condition = parse("all(CTX-01 is epic; any(LAB-01 at least 2; not(CTX-05 is answered)); CTX-01 is cerner)")
    assert codes(condition) == {"CTX-01", "LAB-01", "CTX-05"}
    assert [comparison.code for comparison in comparisons(condition)] == ["CTX-01", "LAB-01", "CTX-05", "CTX-01"]


def test_browser_gets_values_ready_to_compare():
    assert as_json(parse('all(not(A is one of Yes, 2.5); B mentions "New  YORK"; C at most 3; D is answered)')) == {
        "op": "all",
        "parts": [
            {
                "op": "not",
                "part": {
                    "op": "one_of",
                    "code": "A",
                    "values": [{"text": "yes", "number": None, "yes": True}, {"text": "2.5", "number": 2.5, "yes": None}],
                },
            },
            {"op": "mentions", "code": "B", "text": "new york"},
            {"op": "at_most", "code": "C", "limit": 3.0},
            {"op": "answered", "code": "D"},
        ],
    }


@given(conditions)
def test_every_condition_survives_being_written_and_read(condition):
    text = text_of(condition)
    assert parse(text) == condition
    assert text_of(parse(text)) == text


@given(conditions)
def test_every_condition_survives_its_way_to_the_browser(condition):
    assert json.loads(json.dumps(as_json(condition), allow_nan=False)) == as_json(condition)


@given(st.text() | st.lists(fragments, max_size=30).map("".join))
@example('"' * MAX_LENGTH)
@example("(" * MAX_LENGTH)
@example("all(" * 125)
def test_any_text_is_a_condition_or_refused_at_a_place_in_it(text):
    try:
        condition = parse(text)
    except ConditionError as error:
        position = error.position
    else:
        position = 0
        assert parse(text_of(condition)) == condition
    assert 0 <= position <= len(text)


@given(conditions, answer_sets)
def test_contrary_of_the_contrary_is_the_condition(condition, answers):
    assert holds(Not(Not(condition)), answers) is holds(condition, answers)
    assert holds(Not(condition), answers) is not holds(condition, answers)


@given(st.lists(conditions, min_size=1, max_size=4).map(tuple), answer_sets)
def test_not_all_is_any_not_and_not_any_is_all_not(parts, answers):
    contraries = tuple(map(Not, parts))
    assert holds(Not(All(parts)), answers) is holds(Any(contraries), answers)
    assert holds(Not(Any(parts)), answers) is holds(All(contraries), answers)


@given(item_codes, st.lists(values, min_size=1, max_size=4).map(tuple), answer_sets)
def test_one_of_is_any_of_is(code, options, answers):
    assert holds(OneOf(code, options), answers) is holds(Any(tuple(Is(code, value) for value in options)), answers)


@given(item_codes, st.integers(-6, 6), answer_sets)
def test_number_is_what_it_reaches_and_does_not_exceed(code, limit, answers):
    between = All((AtLeast(code, limit), AtMost(code, limit)))
    as_text = isinstance(answers.get(code), str)
    assert holds(between, answers) is (not as_text and holds(Is(code, str(limit)), answers))


@given(conditions, answer_sets)
def test_only_the_answers_it_names_matter(condition, answers):
    named = {code: answer for code, answer in answers.items() if code in codes(condition)}
    assert holds(condition, named) is holds(condition, answers)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_texts_that_look_the_same_compare_the_same(text, form):
    assert fold(normalize(form, text)) == fold(text)
    assert fold(fold(text)) == fold(text)
