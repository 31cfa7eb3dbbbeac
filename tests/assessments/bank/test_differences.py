"""Compare two versions: what came, what went, what moved and what reads differently."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.differences import FieldChange, differences
from assessments.bank.version import BankDomain, BankUse, Choice
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, STEPS, TYPE, bank, context, requirement
from tests.assessments.bank.strategies import versions

TWO = (BankDomain("LAB", "Laboratory"), BankDomain("INT", "Integration"))


def in_order(*codes, domain="LAB"):
    return [requirement(code, domain=domain) for code in codes]


def moved(old, new):
    return [(m.item.code, m.old_domain, m.old_position, m.new_domain, m.new_position) for m in differences(old, new).moved]


def changed(old, new):
    """Return the fields that changed in the only item."""
    (change,) = differences(bank(old), bank(new)).changed
    return {field.field: (field.old, field.new) for field in change.fields}


def test_version_does_not_differ_from_itself():
    assert not differences(bank(), bank())


@given(versions(), versions())
@settings(max_examples=40, deadline=None)
def test_added_and_removed_swap_with_the_direction(old, new):
    there, back = differences(old, new), differences(new, old)
    assert {item.code for item in there.added} == {item.code for item in back.removed}
    assert {c.new.code for c in there.changed} == {c.old.code for c in back.changed}


@given(versions())
@settings(max_examples=40, deadline=None)
def test_any_version_is_equal_to_itself(version):
    assert not differences(version, version)


def test_added_and_removed_items_are_listed():
    found = differences(bank(*in_order("A", "B")), bank(*in_order("B", "C")))
    assert ([i.code for i in found.added], [i.code for i in found.removed], found.moved, found.changed) == (["C"], ["A"], (), ())


def test_one_item_to_the_front_is_one_move():
    assert moved(bank(*in_order("A", "B", "C", "D")), bank(*in_order("D", "A", "B", "C"))) == [("D", "LAB", 4, "LAB", 1)]


def test_inserted_item_moves_no_other():
    assert moved(bank(*in_order("A", "B")), bank(*in_order("X", "A", "Y", "B"))) == []


def test_item_in_another_domain_has_moved():
    old = bank(*in_order("A", "B"), domains=TWO)
    assert moved(old, bank(*in_order("A"), *in_order("B", domain="INT"), domains=TWO)) == [("B", "LAB", 2, "INT", 1)]


def test_moving_a_domain_moves_no_item_but_the_domains():
    items = [*in_order("A", "B"), *in_order("C", "D", domain="INT")]
    found = differences(bank(*items, domains=TWO), bank(*items, domains=TWO[::-1]))
    assert found.moved == ()
    assert [(d.new.code, d.fields) for d in found.domains] == [
        ("LAB", (FieldChange("position", 1, 2),)),
        ("INT", (FieldChange("position", 2, 1),)),
    ]


@given(st.permutations("ABCDEFG"))
def test_what_did_not_move_keeps_its_order(order):
    found = moved(bank(*in_order(*"ABCDEFG")), bank(*in_order(*order)))
    still = [code for code in order if code not in {move[0] for move in found}]
    assert still == sorted(still)


def test_changed_texts_name_role_and_step():
    old = requirement(questions={"": "How?", LAB: "Here?"})
    new = requirement(questions={LAB: "There?", IT: "And you?"}, steps=("Nothing", *STEPS[1:]), title="Other")
    assert changed(old, new) == {
        "title": ("Title", "Other"),
        "question": ("How?", None),
        f"question.{LAB}": ("Here?", "There?"),
        f"question.{IT}": (None, "And you?"),
        "steps[0]": (STEPS[0], "Nothing"),
    }


def test_changed_uses_name_the_type():
    found = changed(requirement(), requirement(uses=(BankUse(TYPE, gate=True), BankUse(OTHER_TYPE))))
    assert found == {
        "product_types": ((TYPE,), (TYPE, OTHER_TYPE)),
        f"gate.{TYPE}": (False, True),
        f"gate.{OTHER_TYPE}": (None, False),
        f"core.{TYPE}": ((LAB,), ()),
        f"core.{OTHER_TYPE}": (None, ()),
    }


def test_changed_figures_have_both_values():
    found = changed(requirement(), requirement(need=2, floor=1, effort_hours={LAB: 4}, lead_weeks=(1, 2, 3)))
    assert found == {"need": (3, 2), "floor": (None, 1), f"effort.{LAB}": (None, 4), "lead_weeks": ((0, 0, 0), (1, 2, 3))}


def test_order_of_answers_is_a_change():
    choices = (Choice("epic", "Epic"), Choice("other", "Another one"))
    assert changed(context(choices=choices), context(choices=choices[::-1])) == {"choices": (("epic", "other"), ("other", "epic"))}


def test_head_and_domains_are_compared():
    found = differences(bank(), replace(bank(), number="2", note="New", domains=(BankDomain("LAB", "Lab", weight=2), TWO[1])))
    assert found.head == (FieldChange("number", "1", "2"), FieldChange("note", "", "New"))
    assert [(d.old and d.old.code, d.new.code, [f.field for f in d.fields]) for d in found.domains] == [
        ("LAB", "LAB", ["title", "weight"]),
        (None, "INT", ["title", "description", "weight"]),
    ]


def test_removed_domain_is_told():
    found = differences(bank(domains=TWO), bank())
    assert [(d.old.code, d.new) for d in found.domains] == [("INT", None)]


def test_code_that_stands_twice_counts_once():
    assert not differences(bank(requirement(), requirement(title="Again")), bank())
