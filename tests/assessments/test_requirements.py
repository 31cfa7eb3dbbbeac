import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.adjustments import problems, trimmed
from assessments.requirements import (
    BANK,
    HISTORY,
    PRODUCT,
    SOURCES,
    Adjustment,
    Record,
    Requirement,
    adjusted,
    asked_of,
    combined,
    effort_at,
    gates_asked,
    table_of,
)

ROLES = ("lab_director", "it_integration_lead", "clinician")


def requirement(**fields):
    plain = {"code": "LAB-01", "domain": "LAB", "kind": "level", "need": 3, "floor": 2, "weight": 3, "gate": False, "roles": ROLES[:2]}
    return Requirement(**{**plain, **fields})


weeks = st.floats(0, 60, allow_nan=False).map(lambda w: round(w, 1))
leads = st.lists(weeks, min_size=3, max_size=3).map(lambda w: tuple(sorted(w)))
efforts = st.dictionaries(st.sampled_from([*ROLES, "vendor"]), weeks, max_size=3)


@st.composite
def same_item(draw, number=2):
    """What several products make of one item of the bank: roles, direction and condition are the bank's."""
    direction = draw(st.sampled_from(["at_least", "at_most"]))
    roles = tuple(draw(st.permutations(ROLES)))[: draw(st.integers(1, 3))]
    parts = []
    for _ in range(number):
        need, floor = draw(st.integers(1, 4)), draw(st.none() | st.integers(1, 4))
        if floor is not None:
            floor = max(floor, need) if direction == "at_most" else min(floor, need)
        parts.append(
            requirement(
                direction=direction,
                roles=roles,
                need=need,
                floor=floor,
                weight=draw(st.integers(1, 5)),
                gate=floor is not None and draw(st.booleans()),
                core=tuple(r for r in roles if draw(st.booleans())),
                lead=draw(leads),
                lead_from=draw(st.sampled_from(SOURCES)),
                effort=draw(efforts),
                effort_from=draw(st.sampled_from(SOURCES)),
            )
        )
    return parts


@given(same_item())
def test_highest_need_floor_and_weight_win_and_a_gate_if_any_is_one(parts):
    one, other = parts
    both = combined(parts)
    strictest = min if one.direction == "at_most" else max
    floors = [p.floor for p in parts if p.floor is not None]
    assert both.need == strictest(one.need, other.need)
    assert both.floor == (strictest(floors) if floors else None)
    assert both.weight == max(one.weight, other.weight)
    assert both.gate == (one.gate or other.gate)


@given(same_item(number=3))
def test_order_of_product_and_modules_changes_nothing(parts):
    assert len({repr(combined(order)) for order in itertools.permutations(parts)}) == 1


@given(same_item(number=3))
def test_modules_may_be_combined_in_any_grouping(parts):
    one, two, three = parts
    assert combined([combined([one, two]), three]) == combined([one, combined([two, three])])


@given(same_item(number=1))
def test_a_product_sold_with_itself_asks_the_same(parts):
    (one,) = parts
    assert combined([one, one]) == combined([one])
    assert combined([one]) == one


@given(same_item())
def test_combined_floor_never_asks_more_than_the_need_and_a_gate_has_one(parts):
    both = combined(parts)
    assert both.floor is None or (both.floor >= both.need if both.direction == "at_most" else both.floor <= both.need)
    assert not both.gate or both.floor is not None


@given(same_item())
def test_nobody_is_asked_an_item_twice(parts):
    both = combined(parts)
    for opened in (True, False):
        roles = asked_of(both, opened=opened, table=table_of([both]))
        assert len(roles) == len(set(roles))


@given(same_item())
def test_work_for_both_is_the_longer_of_the_two_never_their_sum(parts):
    both = combined(parts)
    assert both.lead == max(part.lead for part in parts)
    for pool in {*parts[0].effort, *parts[1].effort}:
        assert both.effort[pool] == max(part.effort.get(pool, 0) for part in parts)


def test_longer_lead_keeps_where_it_comes_from():
    slow, quick = requirement(lead=(4, 6, 9), lead_from=HISTORY), requirement(lead=(1, 2, 3), lead_from=PRODUCT)
    assert combined([quick, slow]).lead_from == HISTORY


def test_role_that_answers_for_one_is_not_also_heard_only_when_short():
    first = requirement(roles=("lab_director",), when_short=("clinician",))
    both = combined([first, requirement(roles=("lab_director", "clinician"))])
    assert (both.roles, both.when_short) == (("lab_director", "clinician"), ())


# A product's own values


def test_without_an_adjustment_the_type_stands():
    assert adjusted(requirement(), None) == requirement()
    assert adjusted(requirement(), Adjustment()) == requirement()


def test_what_is_left_out_is_not_asked():
    assert adjusted(requirement(), Adjustment(left_out=True, need=4)) is None


@pytest.mark.parametrize(("field", "value"), [("need", 4), ("floor", 1), ("weight", 5), ("gate", True)])
def test_own_value_takes_the_place_of_the_banks(field, value):
    assert adjusted(requirement(), Adjustment(**{field: value})) == requirement(**{field: value})


def test_own_estimates_say_that_they_are_the_products():
    own = adjusted(requirement(lead=(1, 2, 3)), Adjustment(lead=(2, 4, 8), effort={"vendor": 9}))
    assert (own.lead, own.lead_from, own.effort, own.effort_from) == ((2, 4, 8), PRODUCT, {"vendor": 9}, PRODUCT)


@pytest.mark.parametrize(
    ("number", "lead", "source"),
    [(0, (1, 2, 3), BANK), (2, (1, 2, 3), BANK), (3, (5, 7, 12), HISTORY), (4, (5, 8, 12), HISTORY)],
)
def test_history_counts_from_three_customers_on(number, lead, source):
    records = [Record(weeks) for weeks in (12, 5, 7, 9)][:number]
    learned = adjusted(requirement(lead=(1, 2, 3)), None, records)
    assert (learned.lead, learned.lead_from) == (lead, source)


def test_hours_are_learned_only_from_three_customers_whose_hours_were_kept():
    records = [Record(3, {"vendor": 10}), Record(4, {"vendor": 20, "clinician": 2}), Record(5)]
    assert adjusted(requirement(effort={"vendor": 1}), None, records).effort == {"vendor": 1}
    learned = adjusted(requirement(), None, [*records, Record(6, {"vendor": 30})])
    assert (learned.effort, learned.effort_from) == ({"clinician": 0, "vendor": 20}, HISTORY)


def test_what_is_set_for_the_product_counts_before_its_history():
    own = adjusted(requirement(), Adjustment(lead=(1, 1, 1)), [Record(9)] * 3)
    assert (own.lead, own.lead_from) == ((1, 1, 1), PRODUCT)


@given(st.lists(weeks, min_size=3, max_size=9))
def test_learned_lead_time_is_in_order_and_within_what_happened(taken):
    low, likely, high = adjusted(requirement(), None, [Record(w) for w in taken]).lead
    assert min(taken) == low <= likely <= high == max(taken)


@pytest.mark.parametrize(
    ("fields", "own", "floor", "gate"),
    [
        ({"floor": 3}, Adjustment(need=2), 2, False),
        ({"floor": 9, "need": 9, "direction": "at_most", "kind": "quantity"}, Adjustment(need=12), 12, False),
        ({"floor": None}, Adjustment(gate=True), None, False),
        ({"condition": "CTX-01 is epic"}, Adjustment(gate=True), 2, False),
        ({"condition": "CTX-01 is epic", "gate": True}, Adjustment(weight=1), 2, True),
    ],
)
def test_newer_bank_around_own_values_never_makes_a_scope_impossible(fields, own, floor, gate):
    kept = adjusted(requirement(**fields), own)
    assert (kept.floor, kept.gate) == (floor, gate)


own_values = st.builds(
    Adjustment,
    need=st.none() | st.integers(-1, 6),
    floor=st.none() | st.integers(-1, 6),
    weight=st.none() | st.integers(-1, 7),
    gate=st.none() | st.booleans(),
)


@given(same_item(number=1), own_values)
def test_adjustment_without_problems_gives_exactly_what_was_set(parts, own):
    (plain,) = parts
    if not problems(plain, own, reason="Because"):
        result = adjusted(plain, trimmed(plain, own))
        wanted = {name: getattr(own, name) for name in ("need", "floor", "weight", "gate") if getattr(own, name) is not None}
        assert {name: getattr(result, name) for name in wanted} == wanted


# Who is asked


def test_gate_made_of_a_deeper_item_is_asked_at_once():
    profile = [requirement(code="LAB-01", core=("lab_director",)), requirement(code="LAB-02", gate=True)]
    assert gates_asked(profile)[1].core == ("lab_director",)


def test_gate_in_a_bank_that_divides_nothing_divides_nothing():
    profile = [requirement(code="LAB-01"), requirement(code="LAB-02", gate=True)]
    assert gates_asked(profile) == profile
    assert table_of(gates_asked(profile)) == frozenset()


def test_gate_that_its_accountable_role_is_asked_stays_as_it_is():
    profile = [requirement(gate=True, core=("lab_director", "it_integration_lead"))]
    assert gates_asked(profile) == profile


@pytest.mark.parametrize(
    ("opened", "table", "roles"),
    [
        (False, frozenset(), ("lab_director", "it_integration_lead")),
        (False, {"lab_director", "clinician"}, ("lab_director",)),
        (True, {"lab_director", "clinician"}, ("lab_director", "clinician")),
        (True, {"clinician"}, ("lab_director", "clinician")),
    ],
)
def test_core_is_asked_first_and_everybody_at_the_table_once_opened(opened, table, roles):
    item = requirement(core=("lab_director",), when_short=("clinician",))
    assert asked_of(item, opened=opened, table=table) == roles


def test_deeper_item_that_nobody_opened_is_asked_of_nobody():
    assert asked_of(requirement(), opened=False, table={"lab_director"}) == ()


def test_hours_of_a_role_that_is_not_asked_fall_away():
    item = replace(requirement(), effort={"lab_director": 4, "clinician": 2, "vendor": 8})
    assert effort_at(item, {"lab_director"}) == {"lab_director": 4, "vendor": 8}
    assert effort_at(item, frozenset()) == item.effort
