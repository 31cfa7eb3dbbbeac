"""One requirement of a product: own values beside the bank's, where estimates come from, and who changed what."""

import pytest

from assessments.models import RequirementRecord
from assessments.shown.requirement_page import changes_of, find_requirement, requirement_page
from tests import factories
from tests.assessments.deeper_bank import make_deeper_version


@pytest.fixture
def product(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "CTX-01", ["lab_director"], part="context", kind="choice")
    fields = {"lead_optimistic": 1, "lead_likely": 2, "lead_pessimistic": 6}
    factories.make_item(version, "LAB-01", ["lab_director", "clinician"], gate=True, weight=5, **fields)
    factories.make_item(version, "LAB-21", ["lab_director"], kind="quantity", unit="days", direction="at_most", need=9, floor=14)
    version.publish()
    return factories.make_product(organisation, version=version, name="Panel")


def shown(product, code="LAB-01"):
    return requirement_page(find_requirement(product, code))


def told(product, code="LAB-01"):
    return [change.what for change in changes_of(product, code)]


@pytest.mark.parametrize("code", ["CTX-01", "XYZ-99", "", "lab-01", "<b>"])
def test_only_a_scored_requirement_of_the_type_is_found(product, code):
    assert find_requirement(product, code) is None


def test_requirement_that_is_left_out_is_found_and_asks_nothing_now(product):
    product.requirements.create(item_code="LAB-01", left_out=True, reason="No courier")
    found = find_requirement(product, "LAB-01")
    page = requirement_page(found)
    assert (found.reason, page["now"], page["need"], page["adjusted"]) == ("No courier", None, "", True)


def test_requirement_of_an_add_on_alone_has_no_page_at_the_product(organisation):
    version = make_deeper_version()
    product = factories.make_product(organisation, version=version, product_type="remote_monitoring")
    product.modules.add(factories.make_product(organisation, version=version))
    assert find_requirement(product, "LAB-01") is None


@pytest.mark.parametrize(
    ("code", "need", "floor"), [("LAB-01", "3 (in place)", "2 (partial)"), ("LAB-21", "at most 9 days", "at most 14 days")]
)
def test_need_and_floor_are_said_in_words(product, code, need, floor):
    page = shown(product, code)
    assert [page[name].replace("\N{NO-BREAK SPACE}", " ") for name in ("need", "floor")] == [need, floor]


def test_banks_estimate_stands_until_there_is_a_better_one(product):
    page = shown(product)
    assert (page["lead"], page["lead_from"], page["enough"]) == ("1–6 weeks, likely 2", "bank estimate", False)
    assert page["lead_help"] == "Leave these empty to take the estimate: 1–6 weeks, likely 2 (bank estimate)."


def test_three_records_take_the_place_of_the_banks_estimate(product):
    for weeks in (3, 5, 10):
        product.records.create(item_code="LAB-01", place=f"Place {weeks}", weeks=weeks)
    page = shown(product)
    assert (page["lead"], page["lead_from"]) == ("3–10 weeks, likely 5", "own history of 3 customers")
    assert (page["bank_lead"], page["enough"]) == ("1–6 weeks, likely 2", True)


def test_own_weeks_count_before_history_and_history_stands_as_what_they_replace(product):
    for weeks in (3, 5, 10):
        product.records.create(item_code="LAB-01", place=f"Place {weeks}", weeks=weeks)
    product.requirements.create(item_code="LAB-01", lead_optimistic=2, lead_likely=2, lead_pessimistic=2)
    page = shown(product)
    assert (page["lead"], page["lead_from"]) == ("2 weeks", "set for the product")
    assert "3–10 weeks, likely 5 (own history of 3 customers)" in page["lead_help"]


def test_who_may_have_hours_is_who_is_asked_then_who_has_some_and_the_vendor_last(product):
    product.requirements.create(item_code="LAB-01", effort={"vendor": 4, "executive_sponsor": 2})
    assert find_requirement(product, "LAB-01").pools == ["lab_director", "clinician", "executive_sponsor", "vendor"]


def test_form_starts_from_the_ladder_of_a_level_only(product):
    ladders = {code: list(find_requirement(product, code).basis.ladder) for code in ("LAB-01", "LAB-21")}
    assert ladders == {"LAB-01": [f"LAB-01 step {n}" for n in range(5)], "LAB-21": []}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"need": 4}, "need: the bank's → 4"),
        ({"need": 1_234_567.0}, "need: the bank's → 1234567"),
        ({"floor": 0}, "floor: the bank's → 0"),
        ({"gate": False}, "gate: the bank's → no"),
        ({"gate": True, "weight": 1}, "weight: the bank's → 1; gate: the bank's → yes"),
        ({"left_out": True, "reason": "<b>No</b>"}, "left out: no → yes; reason: – → <b>No</b>"),
        ({"effort": {"vendor": 2.5, "clinician": 0}}, "hours: the bank's → Vendor 2.5\N{NO-BREAK SPACE}h, Clinician 0\N{NO-BREAK SPACE}h"),
    ],
)
def test_change_says_each_value_before_and_after(product, values, words):
    product.requirements.create(item_code="LAB-01", **values)
    assert told(product) == [words]


def test_setting_back_says_the_value_that_went_and_saving_the_same_says_nothing(product):
    row = product.requirements.create(item_code="LAB-01", need=4)
    row.save()
    row.need = None
    row.save()
    assert told(product) == ["need: 4 → the bank's", "need: the bank's → 4"]


def test_records_that_came_and_went_stand_among_the_changes_latest_first(product):
    RequirementRecord.objects.create(product=product, item_code="LAB-01", place="Valley", weeks=1).delete()
    product.requirements.create(item_code="LAB-01", weight=1)
    product.requirements.create(item_code="LAB-21", weight=1)
    assert told(product) == ["weight: the bank's → 1", "record removed: Valley, 1 week", "record added: Valley, 1 week"]


def test_change_without_a_person_names_nobody(product):
    product.requirements.create(item_code="LAB-01", weight=1)
    assert [change.who for change in changes_of(product, "LAB-01")] == [""]
