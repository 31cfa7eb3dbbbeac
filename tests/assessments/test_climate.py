from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from assessments.climate import FEWEST_TOGETHER, Tally, Unlinked, settle, tally, total

HUB, NORTH = UUID(int=1), UUID(int=2)
MANY = {HUB: 9, NORTH: 9, None: 9}


def said(unit, *points, code="CLM-01"):
    return [Unlinked(code, unit, point) for point in points]


def shown(settled):
    return Counter(answer for answer, is_shown in settled if is_shown)


def test_two_of_a_unit_wait_while_others_may_come():
    assert not shown(settle(said(HUB, 0, 4), MANY))


def test_three_of_a_unit_are_shown_together():
    assert shown(settle(said(HUB, 0, 4, 4), MANY)) == Counter(said(HUB, 0, 4, 4))


def test_statement_that_two_answered_waits_though_another_has_three():
    waiting = said(HUB, 1, 1, 1) + said(HUB, 2, 2, code="CLM-02")
    assert {answer.code for answer in shown(settle(waiting, MANY))} == {"CLM-01"}


def test_units_that_can_no_longer_reach_three_are_joined():
    settled = settle(said(HUB, 0, 4) + said(NORTH, 2), {})
    assert shown(settled) == Counter(said(None, 0, 4, 2))


def test_unit_that_can_still_reach_three_is_not_joined():
    settled = settle(said(HUB, 0, 4) + said(NORTH, 2), {HUB: 1})
    assert Counter(answer for answer, _ in settled) == Counter(said(HUB, 0, 4) + said(NORTH, 2))
    assert not shown(settled)


def test_units_that_are_fewer_than_three_people_together_wait_each_for_itself():
    waiting = said(HUB, 0) + said(NORTH, 4)
    assert settle(waiting, {}) == [(answer, False) for answer in waiting]


def test_order_of_the_settled_says_nothing_of_the_order_given():
    waiting = said(HUB, 4, 0, 2)
    assert settle(waiting, {}) == settle(waiting[::-1], {})


ARRIVALS = st.lists(
    st.tuples(st.sampled_from([HUB, NORTH, None]), st.dictionaries(st.sampled_from(["A", "B"]), st.integers(0, 4))), max_size=30
)


@given(ARRIVALS, st.integers(0, 5))
def test_figures_never_move_by_fewer_than_three_people_and_nothing_is_lost(arrivals, others):
    coming = Counter(unit for unit, _ in arrivals)
    coming.update({HUB: others, NORTH: others})
    waiting, out = [], Counter()
    for unit, agreements in arrivals:
        coming[unit] -= 1
        waiting += [Unlinked(code, unit, point) for code, point in agreements.items()]
        settled = settle(waiting, coming)
        moved = Counter((answer.unit, answer.code) for answer, is_shown in settled if is_shown)
        assert all(number >= FEWEST_TOGETHER for number in moved.values())
        out += shown(settled)
        waiting = [answer for answer, is_shown in settled if not is_shown]
    given_points = Counter((code, point) for _, agreements in arrivals for code, point in agreements.items())
    assert Counter((a.code, a.agreement) for a in [*out.elements(), *waiting]) == given_points


def test_tally_has_mean_and_span():
    counted = tally({1: 1, 4: 2})
    assert (counted.counts, counted.people, counted.mean, counted.lowest, counted.highest) == ((0, 1, 0, 0, 2), 3, 3.0, 1, 4)


def test_total_adds_up_what_is_shown():
    assert total([Tally((1, 0, 0, 0, 2)), Tally((0, 3, 0, 0, 0))]) == Tally((1, 3, 0, 0, 2))
