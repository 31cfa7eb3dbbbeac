"""Findings: every row of the table."""

import pytest

from assessments.gaps import impact_severity
from assessments.results import FindingResult
from assessments.scoring import score
from tests.assessments.small_bundles import (
    IT,
    LAB,
    NOT_APPLICABLE,
    UNKNOWN,
    Said,
    make_bundle,
    make_clinician,
    make_gate,
    make_item,
    make_quantity,
    make_service,
    score_item,
    severities,
)


def findings(item, *said, **changes):
    return score(make_bundle(*said, items=(item,), **changes)).findings


def test_failed_gate_is_a_blocker_with_its_impact():
    assert findings(make_gate(weight=1), Said(LAB, 0)) == (FindingResult("shortfall", "LAB-01", "blocker", 1.0),)


def test_failed_gate_is_a_blocker_with_an_agreed_plan_too():
    assert findings(make_gate(weight=5, need=4), Said(LAB, 1))[0].severity == "blocker"


@pytest.mark.parametrize(
    ("weight", "value", "severity"),
    [(4, 5, "major"), (5, 0, "major"), (4, 5.1, "moderate"), (3, 7.5, "moderate"), (3, 7.6, "minor"), (1, 9.9, "minor")],
)
def test_shortfall_goes_by_impact(weight, value, severity):
    item = make_quantity(weight=weight)

    (finding,) = findings(item, Said(LAB, value))

    assert (finding.kind, finding.severity, finding.impact) == ("shortfall", severity, pytest.approx(weight * (1 - value / 10)))


@pytest.mark.parametrize(("weight", "value", "severity"), [(2, 5e-10, "major"), (1, 2.5 + 5e-9, "moderate")])
def test_impact_allows_a_billionth(weight, value, severity):
    item = make_quantity(weight=weight)

    assert impact_severity(item, score_item(item, Said(LAB, value))) == severity


def test_gate_above_its_floor_and_short_goes_by_impact():
    assert findings(make_gate(need=4, weight=2), Said(LAB, 3)) == (FindingResult("shortfall", "LAB-01", "minor", 0.5),)


def test_short_item_that_is_unanswered_is_both():
    found = findings(make_item(roles=(LAB, IT)), Said(IT, 0))

    assert [(finding.kind, finding.impact) for finding in found] == [("shortfall", 3.0), ("unknown", None)]


@pytest.mark.parametrize(
    ("item", "severity"),
    [
        (make_gate(weight=1), "major"),
        (make_item(weight=5), "moderate"),
        (make_item(weight=3), "moderate"),
        (make_item(weight=2), "minor"),
    ],
)
@pytest.mark.parametrize("said", [(), (Said(LAB, UNKNOWN),)])
def test_unanswered_item_is_unknown(item, severity, said):
    assert findings(item, *said) == (FindingResult("unknown", "LAB-01", severity),)


def test_not_applicable_item_has_no_finding():
    assert findings(make_gate(), Said(LAB, NOT_APPLICABLE)) == ()


@pytest.mark.parametrize(
    ("item", "severity"),
    [(make_gate(weight=1, floor=0), "major"), (make_item(weight=5), "major"), (make_item(weight=4), "moderate")],
)
@pytest.mark.parametrize(("sites", "kind"), [((None, None), "disagreement"), (("hub", "north-pass"), "variation")])
def test_flagged_item_is_a_disagreement_or_a_variation(item, severity, sites, kind):
    result = score(make_bundle(Said(LAB, 3, site=sites[0]), Said(LAB, 0, site=sites[1]), items=(item,)))

    assert severities(result).pop((kind, "LAB-01")) == severity
    assert {finding.kind for finding in result.findings} == {kind, "shortfall"}


def test_settled_item_has_no_disagreement():
    assert findings(make_item(), Said(LAB, 3), Said(LAB, 0), settled={"LAB-01": 3}) == ()


def test_silent_role():
    assert findings(make_item(), Said(LAB, 3), required_roles=(LAB, IT)) == (FindingResult("silent_role", IT, "major"),)


@pytest.mark.parametrize(("stance", "finding"), [(2, ("no_champion", "blocker")), (None, ("silent_service", "major"))])
def test_champion_gate_that_is_not_passed(stance, finding):
    found = findings(make_item(), Said(LAB, 3), services=(make_service(),), respondents=(make_clinician("c", stance=stance),))

    assert found == (FindingResult(finding[0], "oncology", finding[1]),)


def test_low_coverage_has_no_finding_of_its_own():
    items = (make_item(weight=1), make_item(code="LAB-02", weight=1))

    assert severities(score(make_bundle(Said(LAB, 3), items=items))) == {("unknown", "LAB-02"): "minor"}


def test_findings_come_by_severity_kind_and_code():
    items = (make_gate(code="LAB-03"), make_item(code="LAB-02"), make_item(code="LAB-01"), make_gate(code="LAB-04"))

    result = score(make_bundle(Said(LAB, 0, "LAB-03"), items=items, required_roles=(IT,)))

    assert [(finding.kind, finding.code) for finding in result.findings] == [
        ("shortfall", "LAB-03"),
        ("silent_role", IT),
        ("unknown", "LAB-04"),
        ("unknown", "LAB-01"),
        ("unknown", "LAB-02"),
    ]
