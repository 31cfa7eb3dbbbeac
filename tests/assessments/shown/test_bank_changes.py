from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from assessments.bank.checks import ITEM_RULES
from assessments.bank.differences import FieldChange
from assessments.bank.version import BankUse
from assessments.shown.bank_changes import change_in_words, changes_between, marked, value_words
from assessments.shown.bank_words import condition_error, condition_words
from assessments.shown.drafts import PLACES, with_titles
from tests.assessments.bank import banks

CONTEXT, LADDER, HOURS = banks.context(), banks.requirement(), banks.quantity()
ITEMS = {item.code: item for item in (CONTEXT, LADDER, HOURS)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CTX-01 is epic", "the answer to CTX-01 (Record) is “Epic”"),
        ("CTX-01 is one of epic, other", "the answer to CTX-01 (Record) is one of “Epic” and “Another one”"),
        ("LAB-01 at least 2", "the answer to LAB-01 (Title) is at least 2"),
        ("LAB-02 at most 8", "the answer to LAB-02 (Title) is at most 8 hours a week"),
        ("LAB-01 is answered", "LAB-01 (Title) is answered"),
        ("XYZ mentions tissue", "the answer to XYZ mentions “tissue”"),
        ("not(XYZ is yes)", "it is not so, or not answered, that the answer to XYZ is “yes”"),
        (
            "all(LAB-01 at least 2; any(XYZ is no; XYZ is answered))",
            "all of these: (the answer to LAB-01 (Title) is at least 2) and "
            "(at least one of these: (the answer to XYZ is “no”) and (XYZ is answered))",
        ),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_condition_is_said_in_plain_words(text, words):
    assert condition_words(text, ITEMS) == words


@pytest.mark.parametrize(("text", "error"), [("", ""), ("LAB-01 at least 2", ""), ("LAB-01 at least x", "character 17")])
def test_unreadable_condition_is_told_with_its_place(text, error):
    assert error in condition_error(text)
    assert bool(condition_error(text)) == bool(error)


@pytest.mark.parametrize(
    ("field", "old", "new", "name", "words"),
    [
        ("steps[2]", "A", "B", "Step 2", ("A", "B")),
        ("question.clinician", None, "Q", "Question: Clinician", (None, "Q")),
        ("core.send_out_test", (), ("lab_director", "clinician"), "In the core of: Send-out test", (None, "Laboratory, Clinician")),
        ("gate.send_out_test", False, True, "A gate: Send-out test", ("no", "yes")),
        ("effort.vendor", 2.0, 2.5, "Hours: Vendor", ("2", "2.5")),
        ("floor", None, 0.0, "Floor", (None, "0")),
        ("kind", "level", "text", "Answered by", ("ladder 0–4", "text")),
        ("choices.epic", "Epic", "EPIC", "Answers: epic", ("Epic", "EPIC")),
        ("something_new", "a", "b", "Something new", ("a", "b")),
    ],
)
def test_change_is_said_in_words(field, old, new, name, words):
    change = change_in_words(FieldChange(field, old, new))
    assert (change.name, (change.old, change.new)) == (name, words)


def test_lists_and_nothing_are_said_in_words():
    assert (value_words("lead_weeks", (1.0, 2.5, 4.0)), value_words("evidence", ())) == ("1, 2.5, 4", None)


def test_items_are_compared_with_code_and_place():
    new = replace(LADDER, code="LAB-07", domain="INT", why="Why not.", uses=(BankUse(banks.TYPE),))
    names = [change.name for change in changes_between(LADDER, new)]
    assert names == ["Code", "Domain", "Why we ask", "In the core of: Send-out test"]


def test_item_that_is_the_same_differs_nowhere():
    assert changes_between(LADDER, LADDER) == []


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [("we ask the lab", "we ask the nurse", " lab", " nurse"), ("same", "same", "", ""), ("", "new", "", "new"), ("old", "", "old", "")],
)
def test_words_that_differ_are_marked(old, new, gone, came):
    pieces = marked(old, new)
    assert "".join(p.text for p in pieces if p.kind == "gone") == gone
    assert "".join(p.text for p in pieces if p.kind == "new") == came
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new


def test_long_texts_are_set_side_by_side_without_marking_words():
    assert [piece.kind for piece in marked("a " * 3000, "b " * 3000)] == ["gone", "new"]


def test_messages_of_the_checks_name_roles_and_types_in_words():
    said = with_titles("send_out_test: it_integration_lead is in the core")
    assert said == "Send-out test: IT and integration is in the core"


def test_every_rule_about_an_item_has_a_place_in_the_editor():
    assert [name for name in ITEM_RULES if name not in PLACES and not name.startswith("condition")] == []


@pytest.mark.parametrize(
    ("value", "words"), [(100_000.0, "100000"), (12345.67, "12345.67"), (1_234_567.0, "1234567"), (0.5, "0.5"), (0, "0")]
)
def test_numbers_are_said_with_every_digit(value, words):
    assert value_words("need", value) == words


def test_limit_in_a_condition_is_said_with_every_digit():
    assert condition_words("LAB-02 at least 1234567", ITEMS) == "the answer to LAB-02 (Title) is at least 1234567 hours a week"


def test_type_that_comes_without_a_core_says_nothing_of_its_core():
    new = replace(LADDER, uses=(*LADDER.uses, BankUse(banks.OTHER_TYPE)))
    assert [change.name for change in changes_between(LADDER, new)] == ["Product types", "A gate: In-house assay"]


def test_markup_in_a_text_stays_text():
    change = change_in_words(FieldChange("title", "<b>", "<script>alert(1)</script>"))
    page = render_to_string("assessments/_changes.html", {"changes": [change]})
    assert ("<script>" in page, "&lt;script&gt;" in page) == (False, True)
