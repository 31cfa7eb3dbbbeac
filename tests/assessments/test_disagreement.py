"""How far apart people are, and whether it is the sites that differ."""

from sys import float_info

import pytest

from tests.assessments.small_bundles import (
    FINANCE,
    IT,
    LAB,
    NURSING,
    SPONSOR,
    UNKNOWN,
    Said,
    make_item,
    make_quantity,
    score_item,
)

ITEM = make_item(need=4)


def lab(*values, site=None):
    return [Said(LAB, value, site=site) for value in values]


def apart(item, *said):
    return score_item(item, *said).disagreement


@pytest.mark.parametrize(
    ("values", "size", "flagged"),
    [
        ((2, 2), 0.0, False),
        ((0, 2), 1.0, True),
        ((0, 0, 2, 2, 1), 0.8, False),
        ((0, 2, 2, 0), 1.0, True),
        ((0, 0, 0, 0, 0, 0, 3), pytest.approx(36 / 49), True),
        ((0, 0, 0, 0, 0, 0, 2), pytest.approx(24 / 49), False),
    ],
)
def test_level_is_flagged_by_deviation_above_08_or_range_of_3(values, size, flagged):
    result = apart(ITEM, *lab(*values))

    assert (result.measure, result.size, result.flagged) == ("ad", size, flagged)


@pytest.mark.parametrize(("other", "flagged"), [([0, 1], True), ([1, 1], False), ([0, 1, 1], False)])
def test_level_is_flagged_when_role_means_differ_by_one_and_a_half(other, flagged):
    said = [*lab(*[2] * 12), *[Said(IT, value) for value in other]]

    result = apart(ITEM, *said)

    assert (result.size < 0.8, result.flagged) == (True, flagged)


def test_role_means_include_the_sponsor():
    said = [Said(LAB, 2), Said(IT, 2), Said(FINANCE, 2), Said(NURSING, 2), Said(NURSING, 2), Said(SPONSOR, 0)]

    assert apart(ITEM, *said).flagged


def test_deviation_is_measured_after_rule_1():
    assert apart(ITEM, Said(LAB, 4), Said(LAB, 3)).size == 0
    assert apart(ITEM, Said(LAB, 4, evidence=True), Said(LAB, 3)).size == 0.5


@pytest.mark.parametrize(("values", "size", "flagged"), [((5, 10), 0.5, False), ((5, 10.1), 0.51, True), ((10, 10), 0, False)])
def test_quantity_is_flagged_by_a_spread_above_half_the_need(values, size, flagged):
    result = apart(make_quantity(need=10), *lab(*values))

    assert (result.measure, result.size, result.flagged) == ("spread", pytest.approx(size), flagged)


def test_spread_is_measured_for_at_most_alike():
    assert apart(make_quantity(need=4, direction="at_most"), *lab(0, 4)).size == 1


def test_spread_of_a_huge_value_stays_finite():
    assert apart(make_quantity(need=1e-300), *lab(0, 1e300)).size == float_info.max


def test_one_known_value_is_no_disagreement():
    assert apart(ITEM, Said(LAB, 3), Said(IT, UNKNOWN)) is None


def test_settled_item_keeps_its_size_and_no_flag():
    result = score_item(ITEM, *lab(0, site="hub"), *lab(3, site="north-pass"), settled=4)

    assert (result.disagreement.size, result.disagreement.flagged, result.disagreement.between_sites) == (1.5, False, False)


def test_sites_differ_when_no_site_is_flagged_on_its_own():
    result = apart(ITEM, *lab(3, 3, site="hub"), *lab(0, site="north-pass"))

    assert (result.flagged, result.between_sites) == (True, True)


def test_those_without_a_site_are_one_more_group():
    assert apart(ITEM, *lab(3, 3), *lab(0, site="hub")).between_sites


@pytest.mark.parametrize("site", [None, "hub"])
def test_one_group_is_people_who_differ(site):
    assert not apart(ITEM, *lab(3, 0, site=site)).between_sites


def test_one_site_flagged_on_its_own_is_people_who_differ():
    assert not apart(ITEM, *lab(3, 0, site="hub"), *lab(3, site="north-pass")).between_sites


def test_site_is_flagged_on_its_own_by_its_role_means():
    hub = [*lab(*[2] * 12, site="hub"), Said(IT, 0, site="hub")]

    assert not apart(ITEM, *hub, *lab(3, site="north-pass")).between_sites


def test_unknown_makes_no_group():
    assert not apart(ITEM, *lab(3, 0, site="hub"), Said(LAB, UNKNOWN, site="north-pass")).between_sites


def test_quantities_differ_between_sites():
    item = make_quantity(need=10)

    assert apart(item, *lab(10, 8, site="hub"), *lab(1, 2, site="north-pass")).between_sites
    assert not apart(item, *lab(10, 2, site="hub"), *lab(1, 2, site="north-pass")).between_sites


def test_unflagged_item_is_never_between_sites():
    result = apart(ITEM, *lab(3, site="hub"), *lab(2, site="north-pass"))

    assert (result.flagged, result.between_sites) == (False, False)
