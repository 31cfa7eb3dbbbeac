import pytest

from assessments.placeholders import NAMELESS, fill, naming_words


@pytest.mark.parametrize(
    ("text", "words", "filled"),
    [
        ("Into {CTX-01|your health record}?", {}, "Into your health record?"),
        ("Into {CTX-01|your health record}?", {"CTX-01": "Epic"}, "Into Epic?"),
        ("{A|x} and {B|y}", {"B": "Epic"}, "x and Epic"),
        ("{A|x}", {"A": "{B|y}", "B": "z"}, "{B|y}"),
        ("{A|x}", {"A": r"\1 <b>"}, r"\1 <b>"),
        ("{A} and { A|x} and {A|", {"A": "Epic"}, "{A} and { A|x} and {A|"),
        ("No room", {"A": "Epic"}, "No room"),
    ],
)
def test_placeholder_takes_what_is_known_or_its_own_words(text, words, filled):
    assert fill(text, words) == filled


@pytest.mark.parametrize("code", sorted(NAMELESS))
def test_choice_that_names_nothing_is_never_put_into_a_question(code):
    assert naming_words(code, {code: "Its words"}) == ""


@pytest.mark.parametrize(("choice", "words"), [("epic", "Epic"), ("gone", ""), (None, ""), (3, "")])
def test_choice_is_called_by_its_words(choice, words):
    assert naming_words(choice, {"epic": "Epic"}) == words


@pytest.mark.parametrize("words", [{}, {"A": ""}])
def test_item_may_stand_in_several_places(words):
    assert fill("{A|it} into {A|them}", words) == "it into them"


def test_placeholder_may_have_no_words_of_its_own():
    assert fill("Into{A|}?", {}) == "Into?"
