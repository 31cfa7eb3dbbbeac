"""What is shown of the anonymous statements: counts unit by unit, and nothing where no unit is shown."""

import pytest

from assessments.services.climate import Statement
from assessments.shown.climate import shown_from

FIRST, SECOND = (Statement(code, f"Words of {code}", ("",) * 5, ("clinician",)) for code in ("CLM-01", "CLM-02"))


def shown(counts, statements=(FIRST, SECOND)):
    return [(each.statement.code, [(unit.unit, unit.tally.counts) for unit in each.units]) for each in shown_from(statements, counts)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, []),
        ({"CLM-02": {"Hub": {0: 1, 4: 2}}}, [("CLM-02", [("Hub", (1, 0, 0, 0, 2))])]),
        ({"CLM-01": {}, "CLM-02": {"Hub": {2: 3}}}, [("CLM-02", [("Hub", (0, 0, 3, 0, 0))])]),
        ({"OLD-01": {"Hub": {2: 3}}}, []),
        (
            {"CLM-01": {"": {1: 3}, "North": {2: 3}, "Hub": {3: 4}}},
            [("CLM-01", [("Hub", (0, 0, 0, 4, 0)), ("North", (0, 0, 3, 0, 0)), ("", (0, 3, 0, 0, 0))])],
        ),
    ],
    ids=["nothing", "points", "no unit", "statement that is gone", "unit without a name last"],
)
def test_statements_stand_with_the_counts_of_each_shown_unit(counts, expected):
    assert shown(counts) == expected


def test_statements_stand_in_the_banks_order_whatever_the_order_of_the_counts():
    counts = {"CLM-02": {"Hub": {1: 3}}, "CLM-01": {"Hub": {1: 3}}}
    assert [code for code, _units in shown(counts)] == ["CLM-01", "CLM-02"]


def test_statement_brings_its_words_and_no_person():
    (only,) = shown_from([FIRST], {"CLM-01": {"Hub": {1: 3}}})
    assert only.statement == FIRST
    assert (only.units[0].tally.people, only.units[0].tally.mean) == (3, 1)
