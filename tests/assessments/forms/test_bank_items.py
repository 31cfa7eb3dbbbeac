"""The editor of an item: what nobody touches comes back as it was; what cannot be kept is refused at its field."""

from dataclasses import replace
from pathlib import Path

import pytest

import assessments
from assessments.bank.files import read_bank
from assessments.bank.version import BankItem, BankUse, Choice
from assessments.forms.bank_items import ItemForm
from tests.assessments.drafting import sent

BANK = read_bank(Path(assessments.__file__).parent / "data" / "operational-readiness" / "2")
DOMAINS = [(domain.code, domain.title) for domain in BANK.domains]


def form_of(item, **changes):
    data = sent(ItemForm(domains=DOMAINS, item=item)) | changes
    return ItemForm({k: v for k, v in data.items() if v is not None}, domains=DOMAINS, item=item)


def errors_after(item=BANK.items[30], **changes):
    form = form_of(item, **changes)
    form.is_valid()
    return form.errors


@pytest.mark.parametrize("item", BANK.items, ids=lambda item: item.code)
def test_item_that_nobody_touched_stays_as_it_was(item):
    form = form_of(item)
    assert form.is_valid(), form.errors
    assert form.value() == item


def test_empty_form_needs_only_code_domain_and_need():
    form = ItemForm({}, domains=DOMAINS)
    assert not form.is_valid()
    assert set(form.errors) == {"code", "domain", "part", "kind", "need", "weight", "direction"}


def test_least_that_can_be_kept_is_an_item():
    data = {"code": "NEW-1", "domain": "LAB", "part": "requirement", "kind": "level", "need": "3", "weight": "3", "direction": "at_least"}
    form = ItemForm(data, domains=DOMAINS)
    assert form.is_valid(), form.errors
    assert form.value() == BankItem(code="NEW-1", domain="LAB", source="", lead_is_estimate=False, effort_is_estimate=False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "no spaces"}, "code"),
        ({"code": "x" * 21}, "code"),
        ({"domain": "XXX"}, "domain"),
        ({"kind": "essay"}, "kind"),
        ({"need": "0"}, "need"),
        ({"need": "5"}, "need"),
        ({"need": "nan"}, "need"),
        ({"need": "1e400"}, "need"),
        ({"need": "three"}, "need"),
        ({"floor": "4"}, "floor"),
        ({"floor": "-1"}, "floor"),
        ({"weight": "6"}, "weight"),
        ({"lead_optimistic": "9", "lead_likely": "3", "lead_pessimistic": "4"}, "lead_likely"),
        ({"effort_vendor": "100001"}, "effort_vendor"),
        ({"condition": "CTX-01 equals epic"}, "condition"),
        ({"opens_when": "all("}, "opens_when"),
        ({"condition": "x" * 501}, "condition"),
        ({"depends_on": "LAB-01, no/code"}, "depends_on"),
        ({"choices": "Epic"}, "choices"),
        ({"choices": "EPIC: Epic"}, "choices"),
        ({"choices": "a: One\na: Two"}, "choices"),
        ({"title": "x" * 201}, "title"),
        ({"why": "x" * 5001}, "why"),
        ({"accountable": None, "checks": ["clinician"]}, "accountable"),
        ({"checks": ["janitor"]}, "checks"),
        ({"gate_remote_monitoring": "on", "asked_remote_monitoring": None}, "asked_remote_monitoring"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(changes, field):
    assert field in errors_after(replace(BANK.items[30], need=3, floor=2), **changes)


def test_role_that_is_asked_anyway_cannot_be_heard_only_when_short():
    item = BANK.items[30]
    assert "when_short" in errors_after(item, when_short=[item.roles[0]])


def test_unreadable_condition_is_told_with_its_place():
    assert "character 8" in errors_after(condition="CTX-01 equals epic")["condition"][0]


def test_order_of_what_stays_is_kept_and_new_ones_come_after():
    item = replace(BANK.items[30], roles=("clinician", "lab_director"), uses=(BankUse("remote_monitoring"), BankUse("in_house_assay")))
    form = form_of(item, checks=["it_integration_lead", "lab_director"], asked_send_out_test="on")
    assert form.is_valid(), form.errors
    assert form.value().roles == ("clinician", "lab_director", "it_integration_lead")
    assert [use.product_type for use in form.value().uses] == ["remote_monitoring", "in_house_assay", "send_out_test"]


def test_choices_and_evidence_are_read_a_line_each():
    form = form_of(BANK.items[30], kind="choice", choices="a: One: more\r\n\r\nb : Two", evidence=" first \r\n\r\nsecond")
    assert form.is_valid(), form.errors
    assert form.value().choices == (Choice("a", "One: more"), Choice("b", "Two"))
    assert form.value().evidence == ("first", "second")


def test_a_comma_may_stand_for_the_decimal_point():
    form = form_of(BANK.items[30], need="2,5", floor="")
    assert form.is_valid(), form.errors
    assert form.value().need == 2.5


def test_steps_outlive_a_change_of_kind():
    item = next(item for item in BANK.items if item.kind == "level")
    form = form_of(item, kind="yes_no")
    assert form.is_valid(), form.errors
    assert form.value().steps == item.steps
