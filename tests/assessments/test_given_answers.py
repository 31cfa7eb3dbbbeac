import math
from datetime import date, datetime

import pytest

from assessments.given_answers import GivenAnswer, UnfitAnswerError, fit_answer, in_words
from assessments.questionnaire import Option, Question


def question(kind: str, **fields) -> Question:
    return Question(code="LAB-01", domain="LAB", domain_title="Laboratory", kind=kind, text="?", **fields)


CHOICE = question("choice", options=(Option("step_0", "Weekly"), Option("step_1", "Daily")))


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (question("level"), 0),
        (question("level"), 4),
        (question("quantity"), 0),
        (question("quantity"), 12.5),
        (question("quantity"), 1e9),
        (CHOICE, "step_1"),
        (question("text"), "Everyone, 皆さん"),
        (question("date"), date(2027, 3, 1)),
        (question("yes_no"), False),
        (question("stance"), 4),
    ],
)
def test_fit_answer_keeps_a_fitting_value(asked, value):
    assert fit_answer(asked, GivenAnswer(asked.kind, value)).value == value


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (question("level"), 5),
        (question("level"), -1),
        (question("level"), 2.0),
        (question("level"), True),
        (question("level"), None),
        (question("level"), 10**400),
        (question("quantity"), -0.1),
        (question("quantity"), math.nan),
        (question("quantity"), math.inf),
        (question("quantity"), 1.1e9),
        (question("quantity"), 10**400),
        (question("quantity"), True),
        (question("quantity"), "7"),
        (CHOICE, "step_4"),
        (question("text"), "  "),
        (question("text"), None),
        (question("text"), "x" * 4001),
        (question("text"), "a\x00b"),
        (question("date"), "2027-03-01"),
        (question("date"), datetime(2027, 3, 1)),
        (question("yes_no"), 1),
        (question("stance"), 5),
    ],
)
def test_fit_answer_refuses_an_unfitting_value(asked, value):
    with pytest.raises(UnfitAnswerError):
        fit_answer(asked, GivenAnswer(asked.kind, value))


def test_fit_answer_refuses_another_kind():
    with pytest.raises(UnfitAnswerError, match="another kind"):
        fit_answer(question("level"), GivenAnswer("quantity", 3))


@pytest.mark.parametrize("kind", ["unknown", "not_applicable"])
def test_fit_answer_refuses_to_leave_the_stance_open(kind):
    with pytest.raises(UnfitAnswerError, match="another kind"):
        fit_answer(question("stance"), GivenAnswer(kind, reason="because"))


def test_fit_answer_without_a_value_drops_what_was_there():
    assert fit_answer(question("level"), GivenAnswer("unknown", 3, "Ask Dana")) == GivenAnswer("unknown", None, "Ask Dana")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_fit_answer_that_does_not_apply_wants_a_reason(reason):
    with pytest.raises(UnfitAnswerError, match="why this does not apply"):
        fit_answer(question("level"), GivenAnswer("not_applicable", reason=reason))


def test_fit_answer_minus_zero_becomes_zero():
    assert math.copysign(1, fit_answer(question("quantity"), GivenAnswer("quantity", -0.0)).value) == 1


@pytest.mark.parametrize(("field", "most"), [("note", 4000), ("reason", 500), ("evidence_reference", 500)])
def test_fit_answer_takes_the_longest_text_and_no_more(field, most):
    assert getattr(fit_answer(question("level"), GivenAnswer("level", 1, **{field: "x" * most})), field) == "x" * most
    with pytest.raises(UnfitAnswerError, match=f"at most {most}"):
        fit_answer(question("level"), GivenAnswer("level", 1, **{field: "x" * (most + 1)}))


@pytest.mark.parametrize("field", ["note", "reason", "evidence_reference"])
def test_fit_answer_refuses_nul_and_drops_other_control_characters(field):
    assert getattr(fit_answer(question("level"), GivenAnswer("level", 1, **{field: " a\x07b\nc "})), field) == "ab\nc"
    with pytest.raises(UnfitAnswerError, match="cannot be stored"):
        fit_answer(question("level"), GivenAnswer("level", 1, **{field: "a\x00b"}))


def test_fingerprint_changes_with_every_part():
    answers = [
        GivenAnswer("level", 1),
        GivenAnswer("level", 2),
        GivenAnswer("unknown"),
        GivenAnswer("unknown", reason="x"),
        GivenAnswer("level", 1, note="x"),
        GivenAnswer("level", 1, evidence_reference="x"),
        GivenAnswer("date", date(2027, 3, 1)),
        GivenAnswer("text", "\ud800"),
    ]
    assert len({answer.fingerprint() for answer in answers}) == len(answers)
    assert GivenAnswer("level", 1).fingerprint() == GivenAnswer("level", 1).fingerprint()


@pytest.mark.parametrize(
    ("asked", "given", "words"),
    [
        (question("level", options=(Option("3", "In place"),)), GivenAnswer("level", 3), "In place"),
        (CHOICE, GivenAnswer("choice", "step_1"), "Daily"),
        (question("quantity", unit="hours a week"), GivenAnswer("quantity", 1e6), "1000000 hours a week"),
        (question("quantity"), GivenAnswer("quantity", 0.25), "0.25"),
        (question("text"), GivenAnswer("text", "It depends."), "It depends."),
        (question("date"), GivenAnswer("date", date(2027, 3, 1)), "1 March 2027"),
        (question("yes_no"), GivenAnswer("yes_no", value=True), "Yes"),
        (question("yes_no"), GivenAnswer("yes_no", value=False), "No"),
        (question("level"), GivenAnswer("unknown"), "I don't know"),
        (question("level"), GivenAnswer("not_applicable", reason="x"), "Does not apply here"),
    ],
)
def test_in_words_says_an_answer_as_its_owner_reads_it(asked, given, words):
    assert in_words(asked, given) == words
