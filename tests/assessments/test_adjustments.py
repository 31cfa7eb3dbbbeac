import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.adjustments import departs, eases, problems, trimmed
from assessments.requirements import Adjustment, adjusted
from tests.assessments.test_requirements import requirement

DAYS = {"kind": "quantity", "unit": "days", "direction": "at_most", "need": 9, "floor": 14}


def codes(plain, own, reason="Because"):
    return [(problem.field, problem.code) for problem in problems(plain, own, reason=reason)]


@pytest.mark.parametrize(
    ("plain", "own", "expected"),
    [
        ({}, Adjustment(), []),
        ({}, Adjustment(need=4, floor=3, weight=5, gate=True, lead=(1, 1, 4), effort={"vendor": 0}), []),
        ({}, Adjustment(floor=4), [("floor", "floor_above_need")]),
        ({}, Adjustment(need=1), [("floor", "floor_above_need")]),
        ({}, Adjustment(need=1, floor=1), []),
        ({}, Adjustment(need=5), [("need", "need_range")]),
        ({}, Adjustment(need=0, floor=0), [("need", "need_range")]),
        ({}, Adjustment(floor=-1), [("floor", "floor_range")]),
        (DAYS, Adjustment(floor=8), [("floor", "floor_below_need")]),
        (DAYS, Adjustment(need=20), [("floor", "floor_below_need")]),
        (DAYS, Adjustment(floor=9), []),
        (DAYS, Adjustment(need=5), []),
        ({"floor": None}, Adjustment(gate=True), [("floor", "gate_without_floor")]),
        ({"floor": None}, Adjustment(gate=True, floor=2), []),
        ({"condition": "CTX-01 is epic"}, Adjustment(gate=True), [("gate", "gate_conditional")]),
        ({"condition": "CTX-01 is epic", "gate": True}, Adjustment(weight=5), []),
        ({}, Adjustment(weight=0), [("weight", "weight_range")]),
        ({}, Adjustment(weight=6), [("weight", "weight_range")]),
        ({}, Adjustment(lead=(3, 2, 4)), [("lead_likely", "lead_order")]),
        ({}, Adjustment(lead=(-1, 2, 4)), [("lead_likely", "lead_range")]),
        ({}, Adjustment(lead=(1, 2, 521)), [("lead_likely", "lead_range")]),
        ({}, Adjustment(effort={"vendor": -1}), [("effort_vendor", "effort_range")]),
    ],
)
def test_each_defect_is_named_at_its_field(plain, own, expected):
    assert codes(requirement(**plain), own) == expected


@pytest.mark.parametrize(
    ("plain", "own", "expected"),
    [
        ({}, Adjustment(need=4, floor=3, weight=5, gate=True), ()),
        ({}, Adjustment(need=2), ("need",)),
        ({}, Adjustment(floor=1), ("floor",)),
        ({}, Adjustment(weight=2), ("weight",)),
        ({"gate": True}, Adjustment(gate=False), ("gate",)),
        ({}, Adjustment(left_out=True), ("left_out",)),
        (DAYS, Adjustment(need=8, floor=13), ()),
        (DAYS, Adjustment(need=10, floor=15), ("need", "floor")),
        ({"floor": None}, Adjustment(floor=1), ()),
    ],
)
def test_departure_downwards_needs_a_reason(plain, own, expected):
    item = requirement(**plain)
    assert eases(item, own) == expected
    assert (("reason", "reason_missing") in codes(item, own, reason="  ")) == bool(expected)
    assert ("reason", "reason_missing") not in codes(item, own, reason="Counsel said so")


def test_value_that_equals_the_banks_follows_the_bank():
    own = trimmed(requirement(), Adjustment(need=3, floor=2, weight=4, gate=False))
    assert own == Adjustment(weight=4)
    assert departs(own)
    assert not departs(trimmed(requirement(), Adjustment(need=3)))


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.booleans())
def test_trimming_changes_nothing_that_is_asked(need, floor, weight, gate):
    own = Adjustment(need=need, floor=floor, weight=weight, gate=gate)
    assert adjusted(requirement(), trimmed(requirement(), own)) == adjusted(requirement(), own)
