from datetime import UTC, datetime, timedelta

import pytest

from assessments.bank.answering_times import FEWEST_TIMES, Save, answering_times, measured_seconds

START = datetime(2026, 11, 22, 9, tzinfo=UTC)


def saved(interview: str, *moments: tuple[str, float]) -> list[Save]:
    return [Save(interview, code, START + timedelta(seconds=seconds)) for code, seconds in moments]


@pytest.mark.parametrize(
    ("moments", "times"),
    [
        ([("A", 0)], {}),
        ([("A", 0), ("B", 20)], {"B": [20]}),
        ([("B", 20), ("A", 0)], {"B": [20]}),
        ([("A", 0), ("A", 9), ("B", 20)], {"B": [11]}),
        ([("A", 0), ("B", 20), ("A", 50), ("C", 60)], {"B": [20], "C": [10]}),
        ([("A", 0), ("B", 4000)], {"B": [300]}),
        ([("A", 0), ("B", 20), ("C", 20), ("D", 30)], {"D": [10]}),
    ],
)
def test_time_of_a_question_is_the_time_since_the_save_before(moments, times):
    assert answering_times(saved("one", *moments)) == times


def test_each_interview_has_its_own_clock():
    saves = [*saved("one", ("A", 0), ("B", 20)), *saved("other", ("A", 5), ("B", 35))]
    assert answering_times(saves) == {"B": [20, 30]}


@pytest.mark.parametrize(("count", "measured"), [(FEWEST_TIMES - 1, {}), (FEWEST_TIMES, {"A": 11})])
def test_median_needs_twenty_times(count, measured):
    times = [10.0] * (count // 2) + [11.2] * (count - count // 2)
    assert measured_seconds({"A": times}) == measured
