"""Rules of a bundle that concern more than one field, held against bundles as they are in memory."""

from dataclasses import replace

import pytest

from assessments.bundle_fields import BundleError
from assessments.bundle_rules import LADDERS, refuse_misfit, refuse_off_ladder, refuse_repeats, refuse_undeclared
from assessments.scored import AgreedPlan, Answer, Respondent
from tests.assessments.small_bundles import (
    CLINICIAN,
    IT,
    LAB,
    UNKNOWN,
    Said,
    make_bundle,
    make_gate,
    make_item,
    make_quantity,
    make_service,
    make_wave,
)

SAID = Said(LAB, 3)


def refusal(rule, *args):
    with pytest.raises(BundleError) as caught:
        rule(*args)
    return caught.value


@pytest.mark.parametrize(
    "item",
    [
        make_item(),
        make_item(floor=3),
        make_gate(floor=0),
        make_quantity(floor=10 + 1e-10),
        make_quantity(direction="at_most", floor=10 - 1e-10),
        make_quantity(direction="at_most", floor=20, gate=True),
    ],
)
def test_item_that_fits_is_let_through(item):
    refuse_misfit(item, "items[0]")


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (make_item(need=0), "items[0].need"),
        (make_item(floor=4), "items[0].floor"),
        (make_quantity(floor=11), "items[0].floor"),
        (make_quantity(direction="at_most", floor=9), "items[0].floor"),
        (make_item(gate=True), "items[0].floor"),
        (make_item(direction="at_most"), "items[0].direction"),
        (make_item(roles=()), "items[0].roles"),
        (make_item(accountable=CLINICIAN), "items[0].accountable"),
    ],
)
def test_item_that_does_not_fit_is_refused_at_the_field(item, path):
    assert refusal(refuse_misfit, item, "items[0]").path == path


def test_ladder_of_a_level_ends_at_four_and_that_of_a_quantity_nowhere():
    assert LADDERS["quantity"].value(1e9, "x") == 1e9
    assert refusal(LADDERS["level"].value, 5, "x").message == "must be an integer from 0 to 4"


WHOLE = make_bundle(SAID, items=(make_item(), make_item(code="LAB-02")), services=(make_service(),), waves=(make_wave("hub"),))


def test_bundle_that_repeats_nothing_and_names_only_its_own_is_let_through():
    refuse_repeats(WHOLE)
    refuse_undeclared(WHOLE)
    refuse_off_ladder(WHOLE)


@pytest.mark.parametrize(
    ("bundle", "path", "first"),
    [
        (make_bundle(SAID, items=(make_item(), make_item())), "instrument.items[1]", "instrument.items[0]"),
        (make_bundle(SAID, items=(make_item(roles=(LAB, IT, LAB)),)), "instrument.items[0].roles[2]", "instrument.items[0].roles[0]"),
        (replace(WHOLE, services=(make_service(sites=("hub", "hub")),)), "services[0].sites[1]", "services[0].sites[0]"),
        (replace(WHOLE, waves=(make_wave("hub"), make_wave("north-pass"))), "waves[1]", "waves[0]"),
        (replace(WHOLE, required_roles=(IT, LAB, IT)), "required_roles[2]", "required_roles[0]"),
        (replace(WHOLE, respondents=(WHOLE.respondents[0],) * 2), "respondents[1]", "respondents[0]"),
    ],
)
def test_second_entry_is_refused_and_the_first_is_named(bundle, path, first):
    error = refusal(refuse_repeats, bundle)
    assert (error.path, error.message) == (path, f"repeats {first}")


def test_two_people_may_answer_the_same_item():
    refuse_repeats(make_bundle(SAID, Said(IT, 2)))


def test_plan_for_an_item_and_plan_for_a_service_of_the_same_code_are_two():
    plans = (AgreedPlan(kind="shortfall", code="LAB-01"), AgreedPlan(kind="no_champion", code="LAB-01"))
    refuse_repeats(replace(WHOLE, agreed_plans=plans))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"answers": (Answer(item="LAB-01", respondent="r9", value=3),)}, "answers[0].respondent"),
        ({"answers": (Answer(item="LAB-09", respondent="r0", value=3),)}, "answers[0].item"),
        ({"waves": (make_wave("hub", "moon"),)}, "waves[0].sites[1]"),
        ({"respondents": (Respondent(id="r0", role=LAB, state="submitted", site="moon"),)}, "respondents[0].site"),
        ({"agreed_plans": (AgreedPlan(kind="shortfall", code="oncology"),)}, "agreed_plans[0].code"),
        ({"agreed_plans": (AgreedPlan(kind="no_champion", code="LAB-01"),)}, "agreed_plans[0].code"),
    ],
)
def test_code_that_nothing_declares_is_refused_where_it_stands(changes, path):
    assert refusal(refuse_undeclared, replace(WHOLE, **changes)).path == path


def test_answer_without_a_value_is_on_every_ladder():
    refuse_off_ladder(make_bundle(Said(LAB, UNKNOWN)))


@pytest.mark.parametrize(
    ("item", "value", "settled", "path"),
    [
        (make_item(), 5, {}, "answers[0].value"),
        (make_item(), 2.5, {}, "answers[0].value"),
        (make_quantity(), -1, {}, "answers[0].value"),
        (make_item(), 3, {"LAB-01": 5}, "reconciliations[0].value"),
    ],
)
def test_value_off_the_ladder_of_its_item_is_refused(item, value, settled, path):
    assert refusal(refuse_off_ladder, make_bundle(Said(LAB, value), items=(item,), settled=settled)).path == path
