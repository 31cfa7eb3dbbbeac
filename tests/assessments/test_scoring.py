"""The whole of score(): status, verdict and waves."""

import pytest

from assessments.results import SCORING_VERSION, Overall
from assessments.scored import AgreedPlan, Wave
from assessments.scoring import score
from tests.assessments.small_bundles import (
    IT,
    LAB,
    NOT_APPLICABLE,
    UNKNOWN,
    Said,
    gate_states,
    make_bundle,
    make_clinician,
    make_gate,
    make_item,
    make_quantity,
    make_service,
    make_wave,
    score_item,
)


def test_result_names_its_version():
    assert score(make_bundle()).scoring_version == SCORING_VERSION == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([(LAB, NOT_APPLICABLE)], "not_applicable"),
        ([(LAB, UNKNOWN)], "unknown"),
        ([], "unknown"),
        ([(LAB, 9.99)], "short"),
        ([(LAB, 9.99), (LAB, 30)], "short"),
        ([(LAB, 10), (LAB, 15.1)], "contested"),
        ([(LAB, 10), (LAB, 15)], "met"),
        ([(LAB, 10 - 5e-9)], "met"),
        ([(IT, 10)], "met"),
    ],
)
def test_status(said, status):
    assert score_item(make_quantity(need=10), *[Said(role, what) for role, what in said]).status == status


def test_settled_item_is_never_contested():
    assert score_item(make_quantity(), Said(LAB, 10), Said(LAB, 100), settled=10).status == "met"


def test_everything_met_is_ready():
    result = score(make_bundle(Said(LAB, 3), items=(make_gate(),), required_roles=(LAB,)))

    assert (result.verdict, result.findings) == ("ready", ())


def test_minor_finding_is_ready():
    assert score(make_bundle(Said(LAB, 2), items=(make_item(weight=1),))).verdict == "ready"


def test_moderate_finding_sets_a_condition():
    assert score(make_bundle(Said(LAB, 2), items=(make_item(weight=3),))).verdict == "ready_with_conditions"


def test_failed_gate_is_not_ready_though_much_is_unknown():
    items = (make_gate(), make_gate(code="LAB-02"))

    assert score(make_bundle(Said(LAB, 0), items=items, required_roles=(IT,))).verdict == "not_ready"


def test_failed_gate_with_an_agreed_plan_is_ready_with_conditions():
    plan = AgreedPlan(kind="shortfall", code="LAB-01")

    result = score(make_bundle(Said(LAB, 0), items=(make_gate(),), agreed_plans=(plan,)))

    assert (result.verdict, result.findings[0].severity) == ("ready_with_conditions", "blocker")


def test_missing_champion_with_an_agreed_plan_is_ready_with_conditions():
    plan = AgreedPlan(kind="no_champion", code="oncology")
    people = {"services": (make_service(),), "respondents": (make_clinician("c", stance=1),)}

    assert score(make_bundle(Said(LAB, 3), **people)).verdict == "not_ready"
    assert score(make_bundle(Said(LAB, 3), agreed_plans=(plan,), **people)).verdict == "ready_with_conditions"


def test_plan_of_a_gate_that_passed_changes_nothing():
    plan = AgreedPlan(kind="shortfall", code="LAB-01")

    assert score(make_bundle(Said(LAB, 3), items=(make_gate(),), agreed_plans=(plan,))).verdict == "ready"


def test_unknown_gate_is_insufficient_evidence():
    assert score(make_bundle(Said(LAB, UNKNOWN), items=(make_gate(),))).verdict == "insufficient_evidence"


def test_empty_bundle_is_insufficient_evidence():
    assert score(make_bundle(items=())).verdict == "insufficient_evidence"


def score_wave(*said, sites=("hub",), **changes):
    return score(make_bundle(*said, waves=(make_wave(*sites),), **changes)).waves[0]


def test_wave_hears_its_sites_and_those_without_one():
    said = [Said(LAB, 3, site="hub"), Said(LAB, 0), Said(LAB, 0, site="north-pass")]

    assert score_wave(*said).overall == Overall(50, 50, 50, 1)


def test_wave_of_two_sites_hears_both():
    said = [Said(LAB, 3, site="hub"), Said(LAB, 0, site="north-pass"), Said(LAB, 0, site="south-bay")]

    assert score_wave(*said, sites=("hub", "north-pass")).overall.score == 50


def test_wave_without_sites_hears_those_without_one():
    assert score_wave(Said(LAB, 3), Said(LAB, 0, site="hub"), sites=()).overall.score == 100


def test_wave_sees_role_gates_of_its_own_respondents():
    wave = score_wave(Said(LAB, 3, site="north-pass"), required_roles=(LAB,))

    assert gate_states(wave.gates) == {("role", LAB): "unknown", ("coverage", "overall"): "unknown"}
    assert wave.verdict == "insufficient_evidence"


def test_wave_sees_services_at_its_sites_and_those_that_name_none():
    services = (
        make_service(code="a", sites=("north-pass",)),
        make_service(code="b", sites=("north-pass", "hub")),
        make_service(code="c"),
    )

    gates = score_wave(Said(LAB, 3), services=services).gates

    assert [gate.code for gate in gates if gate.kind == "champion"] == ["b", "c"]


def test_wave_hears_the_stances_of_its_own_clinicians():
    people = (make_clinician("c", site="hub", stance=4), make_clinician("d", site="north-pass", stance=0))

    bundle = make_bundle(Said(LAB, 3), waves=(make_wave("hub"),), services=(make_service(),), respondents=people)

    assert gate_states(score(bundle).gates)["champion", "oncology"] == "failed"
    assert gate_states(score(bundle).waves[0].gates)["champion", "oncology"] == "passed"


def test_wave_takes_reconciliations_as_they_are():
    wave = score_wave(Said(LAB, 0, site="north-pass"), items=(make_gate(),), settled={"LAB-01": 3})

    assert (wave.verdict, wave.overall) == ("ready", Overall(100, 100, 100, 1))


def test_wave_takes_agreed_plans_as_they_are():
    plan = AgreedPlan(kind="shortfall", code="LAB-01")

    wave = score_wave(Said(LAB, 0, site="hub"), items=(make_gate(),), agreed_plans=(plan,))

    assert wave.verdict == "ready_with_conditions"


def test_item_can_leave_one_wave_only():
    said = [Said(LAB, NOT_APPLICABLE, site="hub"), Said(LAB, 3, site="north-pass")]

    result = score(make_bundle(*said, waves=(make_wave("hub"),)))

    assert (result.items[0].status, result.overall.score) == ("met", 100)
    assert result.waves[0].overall == Overall(None, None, None, 0.0)


def test_sites_that_differ_are_settled_wave_by_wave():
    said = [Said(LAB, 3, site="hub"), Said(LAB, 0, site="north-pass")]
    waves = (Wave(code="first", sites=("hub",)), Wave(code="second", sites=("north-pass",)))

    result = score(make_bundle(*said, items=(make_gate(),), waves=waves))

    assert [(wave.code, wave.verdict) for wave in result.waves] == [("first", "ready"), ("second", "not_ready")]


def test_variation_in_one_wave_sets_a_condition():
    said = [Said(LAB, 4, evidence=True, site="hub"), Said(LAB, 1, site="north-pass")]

    wave = score_wave(*said, items=(make_item(need=1),), sites=("hub", "north-pass"))

    assert (wave.verdict, wave.overall.score) == ("ready_with_conditions", 100)
