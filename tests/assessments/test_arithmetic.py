from sys import float_info

import pytest

from assessments.arithmetic import exceeds, mean, reaches, spanning, weighted_mean


@pytest.mark.parametrize(("value", "reached"), [(3, True), (3 - 9e-10, True), (3 - 2e-9, False), (4, True)])
def test_reaches_allows_a_billionth(value, reached):
    assert reaches(value, 3) is reached


@pytest.mark.parametrize(("value", "exceeded"), [(0.8, False), (0.8 + 9e-10, False), (0.8 + 2e-9, True), (0.7, False)])
def test_exceeds_allows_a_billionth(value, exceeded):
    assert exceeds(value, 0.8) is exceeded


def test_mean_is_the_same_in_any_order():
    values = [1e16, 1.0, -1e16, 0.1]

    assert mean(values) == mean(values[::-1]) == mean(sorted(values))


def test_mean_of_huge_values_stays_finite():
    assert mean([float_info.max, float_info.max]) == float_info.max


def test_weighted_mean_weighs():
    assert weighted_mean([1.0, 0.0], [2, 1]) == pytest.approx(2 / 3)


def test_spanning_pulls_the_limits_to_the_middle():
    assert spanning(0.5, 0.6, 0.4) == (0.5, 0.5)


def test_spanning_without_a_middle_keeps_the_limits():
    assert spanning(None, 0.0, 1.0) == (0.0, 1.0)
