"""Between an item and the values of its form: nothing is lost on the way, and order is kept where nobody changed it."""

from dataclasses import replace

import pytest

from assessments.bank.version import POOLS, PRODUCT_TYPES, ROLES, BankItem, BankUse, Choice
from assessments.forms.bank_values import item_of, values_of
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, TYPE, context, quantity, requirement

FULL = requirement(
    questions={IT: "To IT", "": "To all", LAB: "To the laboratory"},
    roles=(IT, LAB, "clinician"),
    when_short=("transition_manager", "executive_sponsor"),
    uses=(BankUse(OTHER_TYPE, gate=True, core=(IT, LAB)), BankUse(TYPE)),
    evidence=("A: one", "B"),
    depends_on=("INT-02", "INT-01"),
    lead_weeks=(0, 2.5, 4),
    effort_hours={"vendor": 0, LAB: 2.5},
    floor=0,
    need=2.5,
)
UNTOUCHED = {
    **{f"question_{role}": "" for role in ROLES},
    **{f"step_{level}": "" for level in range(5)},
    **{f"{what}_{product_type}": False for product_type in PRODUCT_TYPES for what in ("asked", "gate")},
    **{f"core_{product_type}": [] for product_type in PRODUCT_TYPES},
    **{f"effort_{pool}": None for pool in POOLS},
    "question": "",
}


def cleaned(item, **typed):
    """Return what the form hands on for an item: the lists as the fields read them."""
    lists = {"choices": item.choices, "evidence": item.evidence, "depends_on": item.depends_on}
    return {**UNTOUCHED, **values_of(item), **lists, **typed}


@pytest.mark.parametrize(
    "item",
    [FULL, requirement(), quantity(direction="at_most"), context(), BankItem(code="X", domain="")],
    ids=["full", "ladder", "amount", "choice", "bare"],
)
def test_item_comes_back_as_it_was(item):
    assert item_of(cleaned(item), item) == item


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("question", "To all"),
        (f"question_{IT}", "To IT"),
        ("step_0", "Nobody knows"),
        ("accountable", IT),
        ("checks", [LAB, "clinician"]),
        (f"gate_{OTHER_TYPE}", True),
        (f"core_{OTHER_TYPE}", [IT, LAB]),
        (f"asked_{TYPE}", True),
        ("lead_optimistic", 0),
        ("effort_vendor", 0),
        ("evidence", "A: one\nB"),
        ("depends_on", "INT-02, INT-01"),
        ("floor", 0),
    ],
)
def test_form_starts_from_what_is_saved(name, value):
    assert values_of(FULL)[name] == value


def test_choices_start_a_line_each():
    assert values_of(context(choices=(Choice("a", "A: one"), Choice("b", ""))))["choices"] == "a: A: one\nb: "


def test_what_is_new_comes_after_what_stayed_in_its_order():
    typed = cleaned(FULL, checks=[LAB, "patient_navigation", "clinician"], question_clinician="To you", asked_remote_monitoring=True)
    item = item_of(typed, FULL)
    assert item.roles == (IT, LAB, "clinician", "patient_navigation")
    assert list(item.questions) == [IT, "", LAB, "clinician"]
    assert [use.product_type for use in item.uses] == [OTHER_TYPE, TYPE, "remote_monitoring"]


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        ({"accountable": LAB, "checks": [IT, LAB]}, (LAB, IT)),
        ({"accountable": "", "checks": []}, ()),
        ({"accountable": "clinician", "checks": []}, ("clinician",)),
    ],
)
def test_accountable_role_stands_first_and_once(typed, roles):
    assert item_of(cleaned(FULL, **typed), FULL).roles == roles


def test_type_that_is_no_longer_asked_takes_gate_and_core_along():
    assert item_of(cleaned(FULL, **{f"asked_{OTHER_TYPE}": False}), FULL).uses == (BankUse(TYPE),)


@pytest.mark.parametrize(("kind", "direction"), [("quantity", "at_most"), ("level", "at_least"), ("choice", "at_least")])
def test_only_an_amount_may_have_a_need_at_most(kind, direction):
    assert item_of(cleaned(FULL, kind=kind, direction="at_most"), FULL).direction == direction


@pytest.mark.parametrize(
    ("typed", "effort"), [({"effort_vendor": None}, {LAB: 2.5}), ({f"effort_{IT}": 0}, {"vendor": 0, LAB: 2.5, IT: 0})]
)
def test_hours_of_nought_are_not_hours_that_nobody_gave(typed, effort):
    assert item_of(cleaned(FULL, **typed), FULL).effort_hours == effort


def test_ladder_with_a_missing_step_keeps_the_others_in_place():
    item = item_of(cleaned(FULL, step_2=""), FULL)
    assert item.steps == (FULL.steps[0], FULL.steps[1], "", FULL.steps[3], FULL.steps[4])


def test_ladder_without_a_sentence_is_none():
    assert item_of(cleaned(replace(FULL, steps=())), FULL).steps == ()


def test_weeks_that_nobody_gave_are_nought():
    assert item_of(cleaned(FULL, lead_optimistic=None, lead_likely=None, lead_pessimistic=None), FULL).lead_weeks == (0, 0, 0)
