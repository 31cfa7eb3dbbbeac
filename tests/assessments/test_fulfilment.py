"""From answers to items: rules 1 to 8."""

import pytest

from assessments.fulfilment import fulfilment_of
from tests.assessments.small_bundles import (
    FINANCE,
    IT,
    LAB,
    NOT_APPLICABLE,
    NURSING,
    SPONSOR,
    UNKNOWN,
    Said,
    make_gate,
    make_item,
    make_quantity,
    score_item,
)

BOTH = make_item(roles=(LAB, IT))


@pytest.mark.parametrize(("evidence", "counts_as"), [(False, 3), (True, 4)])
def test_level_4_counts_with_evidence_only(evidence, counts_as):
    result = score_item(make_item(need=4), Said(LAB, 4, evidence=evidence))

    assert result.fulfilment == counts_as / 4
    assert result.role_means == {LAB: counts_as}


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_level_below_4_needs_no_evidence(level):
    assert score_item(make_item(need=4), Said(LAB, level)).fulfilment == level / 4


def test_quantity_above_4_needs_no_evidence():
    assert score_item(make_quantity(need=10), Said(LAB, 8)).fulfilment == 0.8


@pytest.mark.parametrize(("value", "fulfilment"), [(0, 0.0), (5, 0.5), (10, 1.0), (40, 1.0)])
def test_at_least_is_clamped_at_the_need(value, fulfilment):
    assert fulfilment_of(make_quantity(need=10), value) == fulfilment


@pytest.mark.parametrize(("value", "fulfilment"), [(0, 1.0), (9, 1.0), (10, 1.0), (10 + 1e-10, 1.0), (20, 0.5), (40, 0.25)])
def test_at_most_falls_as_the_value_rises_above_the_need(value, fulfilment):
    assert fulfilment_of(make_quantity(need=10, direction="at_most"), value) == fulfilment


def test_surplus_of_one_hides_no_shortfall_of_another():
    result = score_item(make_quantity(need=10), Said(LAB, 40), Said(LAB, 0))

    assert result.fulfilment == 0.5
    assert result.role_means == {LAB: 20}


def test_role_fulfilment_is_the_mean_of_its_known_answers():
    result = score_item(make_item(), Said(LAB, 3), Said(LAB, 0), Said(LAB, 3), Said(LAB, UNKNOWN))

    assert result.fulfilment == pytest.approx(2 / 3)


def test_accountable_role_weighs_two():
    assert score_item(BOTH, Said(LAB, 3), Said(IT, 0)).fulfilment == pytest.approx(2 / 3)


def test_role_weighs_the_same_however_many_speak_for_it():
    assert score_item(BOTH, Said(LAB, 3), Said(IT, 0), Said(IT, 0), Said(IT, 0)).fulfilment == pytest.approx(2 / 3)


def test_unexpected_role_with_a_value_counts():
    result = score_item(make_item(), Said(LAB, 3), Said(FINANCE, 0))

    assert (result.fulfilment, result.low, result.high) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_answers_count_whatever_the_state_of_the_interview():
    assert score_item(make_item(), Said(LAB, 3, state="invited")).fulfilment == 1


def test_no_known_answer_is_no_score():
    result = score_item(make_gate(), Said(LAB, UNKNOWN))

    assert (result.fulfilment, result.status, result.answered) == (None, "unknown", False)


def test_nothing_said_spans_the_whole_range():
    result = score_item(BOTH)

    assert (result.fulfilment, result.low, result.high, result.status) == (None, 0, 1, "unknown")


@pytest.mark.parametrize("what", [0, 3, UNKNOWN, NOT_APPLICABLE])
def test_sponsor_who_is_not_accountable_moves_no_figure(what):
    item = make_gate(roles=(LAB, SPONSOR))
    without = score_item(item, Said(LAB, 2))

    result = score_item(item, Said(LAB, 2), Said(SPONSOR, what))

    assert (result.fulfilment, result.low, result.high) == (without.fulfilment, without.low, without.high)
    assert (result.gate, result.answered, result.status) == ("passed", True, "short")


def test_sponsor_who_is_not_accountable_is_shown():
    result = score_item(make_item(), Said(LAB, 2), Said(SPONSOR, 0))

    assert result.role_means == {SPONSOR: 0, LAB: 2}
    assert result.disagreement.flagged


def test_only_the_sponsor_speaking_leaves_the_item_unknown():
    result = score_item(make_gate(), Said(SPONSOR, 3), Said(SPONSOR, 0))

    assert (result.status, result.fulfilment, result.low, result.high, result.gate) == ("unknown", None, 0, 1, "unknown")
    assert result.disagreement.flagged


def test_sponsor_who_is_accountable_weighs_two():
    item = make_item(roles=(SPONSOR, LAB), accountable=SPONSOR)

    assert score_item(item, Said(SPONSOR, 3), Said(LAB, 0)).fulfilment == pytest.approx(2 / 3)


def test_silent_sponsor_who_is_accountable_widens_the_range():
    result = score_item(make_item(roles=(SPONSOR, LAB), accountable=SPONSOR), Said(LAB, 3))

    assert (result.fulfilment, result.low, result.high) == pytest.approx((1, 1 / 3, 1))


def test_unknown_beside_known_of_one_role_counts_0_and_1():
    result = score_item(make_item(), Said(LAB, 3), Said(LAB, 0), Said(LAB, UNKNOWN))

    assert (result.fulfilment, result.low, result.high) == pytest.approx((1 / 2, 1 / 3, 2 / 3))


def test_unknown_of_an_unexpected_role_widens_the_range():
    result = score_item(make_item(), Said(LAB, 3), Said(FINANCE, UNKNOWN))

    assert (result.fulfilment, result.low, result.high) == pytest.approx((1, 2 / 3, 1))


@pytest.mark.parametrize("said", [(), (Said(IT, UNKNOWN),), (Said(IT, NOT_APPLICABLE),), (Said(IT, UNKNOWN), Said(IT, UNKNOWN))])
def test_expected_role_without_a_value_counts_0_and_1(said):
    result = score_item(BOTH, Said(LAB, 3), *said)

    assert (result.fulfilment, result.low, result.high) == pytest.approx((1, 2 / 3, 1))


def test_silent_accountable_role_counts_0_and_1_with_weight_two():
    result = score_item(BOTH, Said(IT, 3))

    assert (result.fulfilment, result.low, result.high, result.answered) == pytest.approx((1, 1 / 3, 1, False))


def test_not_applicable_of_an_unexpected_role_leaves_the_range():
    result = score_item(make_item(), Said(LAB, 3), Said(FINANCE, NOT_APPLICABLE))

    assert (result.low, result.high) == (1, 1)


def test_not_applicable_beside_known_of_one_role_gives_nothing():
    result = score_item(make_item(), Said(LAB, 3), Said(LAB, NOT_APPLICABLE))

    assert (result.fulfilment, result.low, result.high, result.answered) == (1, 1, 1, True)


@pytest.mark.parametrize(("role", "answered"), [(LAB, True), (IT, False)])
def test_item_is_answered_by_its_accountable_role(role, answered):
    assert score_item(BOTH, Said(role, 3)).answered is answered


def test_item_leaves_when_every_answer_is_not_applicable():
    result = score_item(make_gate(roles=(LAB, IT)), Said(LAB, NOT_APPLICABLE), Said(FINANCE, NOT_APPLICABLE))

    assert (result.status, result.fulfilment, result.low, result.high) == ("not_applicable", None, None, None)
    assert (result.gate, result.disagreement, result.role_means, result.answered) == (None, None, {}, False)


def test_one_unknown_keeps_the_item_in():
    result = score_item(make_gate(roles=(LAB, IT)), Said(LAB, NOT_APPLICABLE), Said(IT, UNKNOWN))

    assert (result.status, result.low, result.high, result.gate) == ("unknown", 0, 1, "unknown")


@pytest.mark.parametrize("what", [3, 0, UNKNOWN])
def test_sponsor_does_not_keep_the_item_in(what):
    result = score_item(make_gate(), Said(LAB, NOT_APPLICABLE), Said(SPONSOR, what), Said(SPONSOR, 3))

    assert (result.status, result.role_means, result.disagreement) == ("not_applicable", {}, None)


def test_sponsor_alone_does_not_take_the_item_out():
    assert score_item(make_item(), Said(SPONSOR, NOT_APPLICABLE)).status == "unknown"


def test_accountable_sponsor_takes_the_item_out():
    item = make_item(roles=(SPONSOR,), accountable=SPONSOR)

    assert score_item(item, Said(SPONSOR, NOT_APPLICABLE)).status == "not_applicable"


def test_settled_value_is_the_one_answer():
    result = score_item(make_gate(roles=(LAB, IT)), Said(LAB, 0), Said(IT, UNKNOWN), settled=2)

    assert (result.fulfilment, result.low, result.high) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert (result.answered, result.gate, result.status) == (True, "passed", "short")


def test_settled_value_leaves_role_means_raw():
    result = score_item(BOTH, Said(LAB, 4), Said(IT, 0), settled=2)

    assert result.role_means == {IT: 0, LAB: 3}


def test_settled_level_4_needs_no_evidence():
    assert score_item(make_item(need=4), Said(LAB, 1), settled=4).fulfilment == 1


def test_settled_without_an_answer_is_answered_by_the_accountable_role():
    result = score_item(make_item(), settled=3)

    assert (result.status, result.answered, result.role_means, result.disagreement) == ("met", True, {}, None)


def test_settled_quantity_falls_as_any_other():
    item = make_quantity(need=10, direction="at_most", gate=True, floor=15)

    result = score_item(item, Said(LAB, 5), Said(LAB, 40), settled=20)

    assert (result.fulfilment, result.gate) == (0.5, "failed")


def test_not_applicable_comes_before_settled():
    assert score_item(make_item(), Said(LAB, NOT_APPLICABLE), settled=3).status == "not_applicable"


def test_role_means_come_sorted_by_role():
    result = score_item(make_item(), Said(NURSING, 1), Said(LAB, 2), Said(IT, 3), Said(FINANCE, 0))

    assert list(result.role_means.items()) == [(FINANCE, 0), (IT, 3), (LAB, 2), (NURSING, 1)]


def test_role_mean_is_reported_for_a_single_value():
    result = score_item(make_item(), Said(LAB, 2))

    assert (result.role_means, result.disagreement) == ({LAB: 2}, None)
