import pytest

from assessments.core_limits import ON_THE_WAY, core_loads, heavy
from tests.assessments.test_requirements import requirement


def core(number, role="lab_director", *, seconds=20, kind="level"):
    return [requirement(code=f"X-{n:02}", roles=(role,), core=(role,), seconds={role: seconds}, kind=kind) for n in range(number)]


@pytest.mark.parametrize(("role", "most"), [("lab_director", 15), ("clinician", 5), ("executive_sponsor", 8)])
def test_core_holds_so_many_questions_of_a_role(role, most):
    assert heavy(core_loads(core(most, role), {})) == []
    (load,) = heavy(core_loads(core(most + 1, role), {}))
    assert (load.role, load.questions, load.most, load.too_many, load.too_long) == (role, most + 1, most, True, False)


def test_questions_that_only_steer_count_too():
    (load,) = core_loads(core(16, kind="choice"), {})
    assert (load.questions, load.too_many, load.minutes) == (16, True, (16 * 20 + ON_THE_WAY + 30) // 60)


def test_core_of_more_than_ten_minutes_is_too_long_with_everything_on_the_way():
    (load,) = heavy(core_loads(core(15, seconds=36), {}))
    assert (load.minutes, load.too_many, load.too_long) == (11, False, True)
    assert heavy(core_loads(core(15, seconds=30), {"lab_director": 30})) == []
    assert heavy(core_loads(core(15, seconds=30), {"lab_director": 120}))[0].too_long


def test_bank_that_divides_nothing_has_no_cores():
    assert core_loads([requirement()] * 40, {}) == []


def test_loads_come_sorted_by_role_each_with_its_own_questions():
    loads = core_loads([*core(2), *core(3, "clinician")], {})
    assert [(load.role, load.questions) for load in loads] == [("clinician", 3), ("lab_director", 2)]


def test_deeper_question_is_in_no_core():
    deeper = requirement(code="X-99", roles=("lab_director",), core=())
    assert core_loads([*core(2), deeper], {}) == core_loads(core(2), {})


def test_clinician_also_says_where_they_stand():
    assert core_loads(core(1, "lab_director", seconds=225), {})[0].minutes == 5
    assert core_loads(core(1, "clinician", seconds=225), {})[0].minutes == 6


def test_question_that_was_never_counted_takes_the_seconds_of_its_kind():
    uncounted = [requirement(code="X-01", roles=("lab_director",), core=("lab_director",), kind="quantity")]
    assert core_loads(uncounted, {}) == core_loads(core(1, seconds=30, kind="quantity"), {})
