"""What keeps a version from being published: every defect by its name, in the smallest bank that has no other."""

from pathlib import Path

import pytest

import assessments
from assessments.bank.checks import ITEM_RULES, VERSION_RULES, advice, defects
from assessments.bank.files import read_bank
from assessments.bank.version import AT_MOST, CLIMATE, DATE, TEXT, YES_NO, BankDomain, BankUse, BankVersion, Choice
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, STEPS, TYPE, audit, bank, context, quantity, requirement

EMPTY = BankVersion(code="own", number="1", title="Own")
GATE = BankUse(TYPE, gate=True, core=(LAB,))
OWN_BANK = Path(assessments.__file__).parent / "data" / "operational-readiness" / "2"


def climate(**values):
    return requirement("CLM-01", part=CLIMATE, **values)


def steered(target, condition):
    """Return a bank whose second item is asked under a condition on the first."""
    return bank(target, requirement(condition=condition))


SPOILED = {
    "code-twice items": bank(requirement(), requirement(title="The same")),
    "code-twice domains": bank(domains=(BankDomain("LAB", "One"), BankDomain("LAB", "Two"))),
    "domain-unknown": bank(requirement(), requirement("LAB-02", domain="XYZ")),
    "title-missing": bank(requirement(title=" ")),
    "requirement-missing": bank(requirement(requirement="")),
    "why-missing": bank(requirement(why="")),
    "why-missing context": bank(requirement(), context(why=" ")),
    "source-missing": bank(requirement(source="")),
    "action-missing health system": bank(requirement(action_health_system="")),
    "action-missing vendor": bank(requirement(action_vendor=" ")),
    "item-not-answerable role without question": bank(requirement(roles=(LAB, IT), questions={LAB: "How far?"})),
    "item-not-answerable short role without question": bank(requirement(when_short=(IT,), questions={LAB: "How far?"})),
    "item-not-answerable no role": bank(requirement(roles=(), uses=(BankUse(TYPE),))),
    "item-not-answerable context without role": bank(requirement(), context(roles=())),
    "item-not-answerable accountable left out": bank(requirement(roles=(LAB, IT), uses=(BankUse(TYPE, core=(IT,)),))),
    "item-not-answerable vendor without question": bank(requirement(), audit(questions={})),
    "item-without-type": bank(requirement(), requirement("LAB-02", uses=())),
    "core-role-not-asked": bank(requirement(uses=(BankUse(TYPE, core=(LAB, IT)),))),
    "kind-of-part": bank(requirement(), audit(kind=TEXT)),
    "ladder-incomplete four": bank(requirement(steps=STEPS[:4])),
    "ladder-incomplete empty step": bank(requirement(steps=(*STEPS[:4], " "))),
    "ladder-incomplete same twice": bank(requirement(steps=(*STEPS[:4], "nobody knows "))),
    "ladder-incomplete six": bank(requirement(steps=(*STEPS, "More"))),
    "choice-without-answers none": bank(requirement(), context(choices=())),
    "choice-without-answers one": bank(requirement(), context(choices=(Choice("a", "A"),))),
    "choice-without-answers no words": bank(requirement(), context(choices=(Choice("a", "A"), Choice("b", "B"), Choice("c", "")))),
    "quantity-without-unit": bank(quantity(unit=" ")),
    "placeholder-unknown item": bank(requirement(why="For {CTX-09|your record}.")),
    "placeholder-unknown later": bank(requirement(steps=("In {CTX-01|it}", *STEPS[1:])), context()),
    "placeholder-unknown no context": bank(requirement(), quantity(questions={LAB: "In {LAB-01|it}?"})),
    "placeholder-unknown without words": bank(context(), requirement(evidence=("{CTX-01| }",))),
    "placeholder-unknown without a bar": bank(context(), requirement(evidence=("{CTX-01}",))),
    "need-off-ladder above": bank(requirement(need=5)),
    "need-off-ladder nothing": bank(requirement(need=0)),
    "need-off-ladder downwards": bank(requirement(direction=AT_MOST)),
    "need-off-ladder quantity": bank(quantity(need=0)),
    "floor-above-need": bank(requirement(need=2, floor=3)),
    "floor-above-need at most": bank(quantity(need=8, floor=7, direction=AT_MOST)),
    "gate-without-floor": bank(requirement(uses=(GATE,))),
    "gate-not-scored": bank(requirement(), context(roles=(LAB,), uses=(GATE,), floor=1)),
    "gate-not-core": bank(requirement(floor=2, uses=(BankUse(TYPE, gate=True),))),
    "gate-not-core others are": bank(requirement(roles=(LAB, IT), floor=2, uses=(BankUse(TYPE, gate=True, core=(IT,)),))),
    "gate-with-condition": bank(context(), requirement(floor=2, uses=(GATE,), condition="CTX-01 is epic")),
    "condition-unreadable": bank(requirement(condition="exec('x')")),
    "condition-unreadable opens_when": bank(requirement(opens_when="LAB-01 is")),
    "condition-unknown-item": bank(requirement(condition="XYZ-01 is answered")),
    "condition-not-earlier": bank(requirement(opens_when="any(CTX-01 is epic; not(CTX-01 is other))"), context()),
    "condition-kind no such choice": steered(context(), "CTX-01 is cerner"),
    "condition-kind one of no such choice": steered(context(), "CTX-01 is one of epic, cerner"),
    "condition-kind choice has no amount": steered(context(), "CTX-01 at least 2"),
    "condition-kind choice mentions": steered(context(), "CTX-01 mentions epic"),
    "condition-kind neither yes nor no": steered(context(kind=YES_NO), "CTX-01 is maybe"),
    "condition-kind off the ladder": steered(requirement("LAB-00"), "LAB-00 at least 5"),
    "condition-kind no number": steered(requirement("LAB-00"), "LAB-00 is epic"),
    "condition-kind below the ladder": steered(requirement("LAB-00"), "LAB-00 at most -1"),
    "condition-kind date has no amount": steered(context(kind=DATE), "CTX-01 at most 3"),
    "condition-kind anonymous": steered(climate(), "CLM-01 is answered"),
    "condition-kind vendor's own": steered(audit(), "VND-01 at least 2"),
    "condition-circle work": bank(requirement(depends_on=("LAB-02",)), quantity(depends_on=("LAB-01",))),
    "condition-circle itself": bank(requirement(depends_on=("LAB-01",))),
    "unknown-dependency": bank(requirement(depends_on=("XYZ-01",))),
    "type-without-items type": bank(requirement(), context(uses=(BankUse(TYPE), BankUse(OTHER_TYPE)))),
    "type-without-items version": EMPTY,
    "domain-empty": bank(domains=(BankDomain("LAB", "Laboratory"), BankDomain("INT", "Integration"))),
}


@pytest.mark.parametrize("name", SPOILED)
def test_defect_is_named_and_nothing_else(name):
    assert [defect.code for defect in defects(SPOILED[name])] == [name.split(" ")[0]]


@pytest.mark.parametrize("rule", [*ITEM_RULES, *VERSION_RULES])
def test_every_rule_has_a_bank_that_breaks_it(rule):
    assert any(name.split(" ")[0] == rule for name in SPOILED)


def test_smallest_bank_has_no_defect():
    assert defects(bank()) == []


FITTING = {
    "choice": steered(context(), "CTX-01 is epic"),
    "one of": steered(context(), "CTX-01 is one of epic, other"),
    "yes": steered(context(kind=YES_NO), "CTX-01 is yes"),
    "level": steered(requirement("LAB-00"), "all(LAB-00 at least 2; LAB-00 at most 4; not(LAB-00 is 3))"),
    "quantity": steered(quantity("LAB-00"), "any(LAB-00 at least 200; LAB-00 is one of 1, 2)"),
    "text": steered(context(kind=TEXT), 'any(CTX-01 mentions "New York"; CTX-01 is "Ohio")'),
    "date": steered(context(kind=DATE), "CTX-01 is answered"),
    "within the vendor's audit": bank(requirement(), audit(), audit("VND-02", condition="VND-01 at least 2")),
}


@pytest.mark.parametrize("name", FITTING)
def test_condition_that_fits_is_no_defect(name):
    assert defects(FITTING[name]) == []


def test_conditions_in_a_circle_also_look_ahead():
    circle = bank(requirement(condition="LAB-02 at least 2"), quantity(condition="LAB-01 at least 2"))
    assert {(defect.code, defect.item) for defect in defects(circle)} == {
        ("condition-circle", "LAB-01"),
        ("condition-not-earlier", "LAB-01"),
    }


def test_circle_is_told_step_by_step():
    items = [requirement(f"A-{n}", depends_on=(f"A-{n % 3 + 1}",)) for n in (1, 2, 3)]
    assert [d.message for d in defects(bank(*items))] == ["The work goes in a circle: A-1 → A-2 → A-3 → A-1."]


def test_order_of_domains_decides_what_is_earlier():
    domains = (BankDomain("CTX", "Place"), BankDomain("LAB", "Laboratory"))
    assert defects(bank(requirement(condition="CTX-01 is epic"), context(domain="CTX"), domains=domains)) == []


def test_placeholder_of_an_earlier_context_item_is_no_defect():
    assert defects(bank(context(), requirement(questions={"": "How far is {CTX-01|your record}?"}))) == []


def test_statement_of_the_climate_needs_no_reason():
    assert defects(bank(requirement(), climate(why=""))) == []


def test_everything_wrong_is_found_at_once():
    found = {defect.code for defect in defects(bank(requirement(title="", why="", steps=()), quantity(unit="")))}
    assert found == {"title-missing", "why-missing", "ladder-incomplete", "quantity-without-unit"}


def test_shipped_bank_can_be_published():
    assert defects(read_bank(OWN_BANK)) == []


def test_nothing_to_advise_on_the_smallest_bank():
    assert advice(bank()) == []


def test_thirteenth_gate_is_advised_against():
    gates = [requirement(f"LAB-{n}", floor=2, uses=(GATE,)) for n in range(13)]
    assert [(d.code, "13 gates" in d.message) for d in advice(bank(*gates))] == [("many-gates", True)]


def test_twelve_gates_are_fine():
    assert advice(bank(*[requirement(f"LAB-{n}", floor=2, uses=(GATE,)) for n in range(12)])) == []


@pytest.mark.parametrize(("role", "most"), [(LAB, 15), ("clinician", 5), ("executive_sponsor", 8)])
def test_core_longer_than_the_role_can_bear_is_advised_against(role, most):
    asked = {"roles": (role,), "uses": (BankUse(TYPE, core=(role,)),)}
    items = [requirement(f"LAB-{n}", **asked) for n in range(most + 1)]
    assert advice(bank(*items[:most])) == []
    assert [d.code for d in advice(bank(*items))] == ["long-core"]


def test_core_above_ten_minutes_is_advised_against():
    wordy = requirement(questions={"": "word " * 2400})
    assert [d.code for d in advice(bank(wordy))] == ["long-minutes"]


def test_second_checking_role_is_advised_against():
    items = bank(requirement(roles=(LAB, IT)), requirement("LAB-02", roles=(LAB, IT, "clinician")), context(roles=(LAB, IT, "clinician")))
    assert [(d.code, d.item) for d in advice(items)] == [("many-checks", "LAB-02")]


def test_condition_on_what_a_type_never_asks_is_advised_against():
    item = requirement(condition="CTX-01 is epic", uses=(BankUse(TYPE, core=(LAB,)), BankUse(OTHER_TYPE, core=(LAB,))))
    found = advice(bank(context(), item))
    assert [(d.code, d.item, OTHER_TYPE in d.message) for d in found] == [("condition-outside-type", "LAB-01", True)]
