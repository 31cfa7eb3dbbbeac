"""Gates and the verdict: nothing averages them away."""

import pytest

from assessments.gates import champion_gate, coverage_gate, role_gate, verdict_of
from assessments.results import FindingResult, GateResult
from assessments.scored import AgreedPlan
from assessments.scoring import score
from tests.assessments.small_bundles import (
    CLINICIAN,
    FINANCE,
    IT,
    LAB,
    NOT_APPLICABLE,
    SPONSOR,
    UNKNOWN,
    Said,
    gate_states,
    make_bundle,
    make_clinician,
    make_gate,
    make_item,
    make_quantity,
    make_service,
    score_item,
)

LEVEL = make_gate(floor=2, need=4, roles=(LAB, IT))
AT_LEAST = make_quantity(gate=True, floor=5)
AT_MOST = make_quantity(gate=True, floor=15, direction="at_most")


@pytest.mark.parametrize(
    ("item", "said", "state"),
    [
        (LEVEL, [(LAB, 2)], "passed"),
        (LEVEL, [(LAB, 2), (IT, 2)], "passed"),
        (LEVEL, [(LAB, 1)], "failed"),
        (LEVEL, [(LAB, 3), (IT, 1)], "failed"),
        (LEVEL, [(LAB, 3), (LAB, 3), (LAB, 1)], "failed"),
        (LEVEL, [(LAB, 3), (FINANCE, 1)], "failed"),
        (LEVEL, [(LAB, 3), (LAB, UNKNOWN), (IT, UNKNOWN)], "passed"),
        (LEVEL, [(LAB, 3), (IT, NOT_APPLICABLE)], "passed"),
        (LEVEL, [(LAB, 3), (SPONSOR, 0)], "passed"),
        (LEVEL, [], "unknown"),
        (LEVEL, [(LAB, UNKNOWN)], "unknown"),
        (LEVEL, [(IT, 0)], "unknown"),
        (LEVEL, [(LAB, UNKNOWN), (IT, 0)], "unknown"),
        (LEVEL, [(LAB, NOT_APPLICABLE), (IT, 4)], "unknown"),
        (LEVEL, [(SPONSOR, 3)], "unknown"),
        (AT_LEAST, [(LAB, 5)], "passed"),
        (AT_LEAST, [(LAB, 5 - 9e-10)], "passed"),
        (AT_LEAST, [(LAB, 4.9)], "failed"),
        (AT_MOST, [(LAB, 0)], "passed"),
        (AT_MOST, [(LAB, 15)], "passed"),
        (AT_MOST, [(LAB, 15 + 9e-10)], "passed"),
        (AT_MOST, [(LAB, 15.1)], "failed"),
        (AT_MOST, [(LAB, 1), (IT, 16)], "failed"),
    ],
)
def test_requirement_gate(item, said, state):
    assert score_item(item, *[Said(role, what) for role, what in said]).gate == state


def test_requirement_gate_counts_level_4_without_evidence_as_3():
    item = make_gate(floor=4, need=4)

    assert score_item(item, Said(LAB, 4)).gate == "failed"
    assert score_item(item, Said(LAB, 4, evidence=True)).gate == "passed"


@pytest.mark.parametrize(("settled", "state"), [(2, "passed"), (1, "failed"), (4, "passed")])
def test_requirement_gate_of_a_settled_item_asks_the_settled_value_alone(settled, state):
    assert score_item(LEVEL, Said(LAB, 0), Said(IT, 4), settled=settled).gate == state


def test_accountable_sponsor_fails_the_gate():
    item = make_gate(roles=(SPONSOR, LAB), accountable=SPONSOR)

    assert score_item(item, Said(SPONSOR, 1), Said(LAB, 3)).gate == "failed"


def test_item_that_is_no_gate_has_none():
    result = score(make_bundle(Said(LAB, 0), items=(make_item(floor=2),)))

    assert result.items[0].gate is None
    assert gate_states(result.gates) == {("coverage", "overall"): "passed"}


@pytest.mark.parametrize(("state", "gate"), [("submitted", "passed"), ("in_progress", "unknown"), ("invited", "unknown")])
def test_role_gate_needs_a_submitted_interview(state, gate):
    respondents = [make_clinician("c", role=LAB, state=state), make_clinician("d", role=IT)]

    assert role_gate(LAB, respondents) == GateResult("role", LAB, gate)


@pytest.mark.parametrize(
    ("stances", "state"), [((3,), "passed"), ((2, 4), "passed"), ((2, 3), "failed"), ((0,), "failed"), ((), "unknown")]
)
def test_champion_gate_takes_the_mean_stance(stances, state):
    clinicians = [make_clinician(str(number), stance=stance) for number, stance in enumerate(stances)]

    assert champion_gate(make_service(), clinicians) == GateResult("champion", "oncology", state)


@pytest.mark.parametrize(
    "changes",
    [
        {"role": SPONSOR},
        {"role": "patient_navigation"},
        {"state": "in_progress"},
        {"state": "invited"},
        {"front_line": False},
        {"service": "surgery"},
        {"service": None},
        {"stance": None},
    ],
)
def test_champion_gate_hears_front_line_clinicians_of_the_service_who_submitted_a_stance(changes):
    respondents = [make_clinician("c", stance=0), make_clinician("d", **{"stance": 4} | changes)]

    assert champion_gate(make_service(), respondents).state == "failed"


@pytest.mark.parametrize(("coverage", "state"), [(0.8, "passed"), (0.8 - 9e-10, "passed"), (0.79, "unknown"), (0.0, "unknown")])
def test_coverage_gate(coverage, state):
    assert coverage_gate(coverage) == GateResult("coverage", "overall", state)


def test_all_gates_come_by_kind_and_code():
    items = (make_gate(code="LAB-02"), make_gate(code="LAB-01"), make_item(code="LAB-03"))
    services = (make_service(code="surgery"), make_service())

    gates = score(make_bundle(items=items, services=services, required_roles=(LAB, CLINICIAN))).gates

    assert [gate.code for gate in gates] == ["LAB-01", "LAB-02", CLINICIAN, LAB, "oncology", "surgery", "overall"]


REQUIREMENT, CHAMPION = GateResult("requirement", "LAB-01", "failed"), GateResult("champion", "oncology", "failed")
PASSED, UNKNOWN_GATE = GateResult("coverage", "overall", "passed"), GateResult("role", LAB, "unknown")
PLAN, CHAMPION_PLAN = AgreedPlan(kind="shortfall", code="LAB-01"), AgreedPlan(kind="no_champion", code="oncology")


@pytest.mark.parametrize(
    ("gates", "severity", "plans", "verdict"),
    [
        ([REQUIREMENT], "blocker", [], "not_ready"),
        ([REQUIREMENT, UNKNOWN_GATE], "blocker", [], "not_ready"),
        ([REQUIREMENT], "blocker", [CHAMPION_PLAN], "not_ready"),
        ([REQUIREMENT], "blocker", [AgreedPlan(kind="shortfall", code="LAB-02")], "not_ready"),
        ([CHAMPION], "blocker", [AgreedPlan(kind="shortfall", code="oncology")], "not_ready"),
        ([REQUIREMENT, CHAMPION], "blocker", [PLAN], "not_ready"),
        ([REQUIREMENT, UNKNOWN_GATE], "blocker", [PLAN], "insufficient_evidence"),
        ([UNKNOWN_GATE], "major", [], "insufficient_evidence"),
        ([REQUIREMENT], "blocker", [PLAN], "ready_with_conditions"),
        ([REQUIREMENT, CHAMPION], "blocker", [PLAN, CHAMPION_PLAN], "ready_with_conditions"),
        ([CHAMPION], "minor", [CHAMPION_PLAN], "ready_with_conditions"),
        ([PASSED], "major", [], "ready_with_conditions"),
        ([PASSED], "moderate", [], "ready_with_conditions"),
        ([PASSED], "minor", [], "ready"),
        ([PASSED], None, [], "ready"),
        ([PASSED], None, [PLAN], "ready"),
    ],
)
def test_verdict_is_the_first_that_holds(gates, severity, plans, verdict):
    findings = [FindingResult("shortfall", "LAB-09", severity)] if severity else []

    assert verdict_of(gates, findings, plans) == verdict
