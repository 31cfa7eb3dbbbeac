"""What each audience may see of what people said: nothing that anybody was promised to be kept from it."""

import pytest

from assessments.models import Audience
from readiness.reports.content import canonical_json, report_content
from tests import factories
from tests.assessments.answering import answer, handed_in, scored

pytestmark = pytest.mark.django_db
CANARY = "canary in a note"


@pytest.fixture
def told(assessment):
    """One laboratory interview with a note, as the assessment's default has it: role and answer, no name."""
    handed_in(assessment, "compliance_privacy_security", {"LAB-01": 3})
    interview = factories.make_interview(assessment, "lab_director", state="submitted")
    answer(interview, "LAB-01", 1, note=CANARY, evidence_reference="canary of evidence")
    answer(interview, "LAB-02", 2)
    return interview


def kept(interview, **visibility):
    """Make the interview stricter after Start and return the audiences of its report."""
    for name, value in visibility.items():
        setattr(interview, name, value)
    interview.save()
    return report_content(scored(interview.assessment))["audiences"]


def test_health_system_reads_an_answer_under_its_role(told):
    rows = kept(told)[Audience.HEALTH_SYSTEM]["answers"]["LAB-01"]
    assert [(row["author"], row["value"], row["note"]) for row in rows] == [
        ("Compliance, privacy, security", 3, ""),
        ("Laboratory", 1, CANARY),
    ]


def test_deal_review_holds_no_single_answer(told):
    assert kept(told)[Audience.DEAL_REVIEW]["answers"] == {}


def test_deal_review_holds_no_note(told):
    kept(told)
    content = report_content(scored(told.assessment))
    assert CANARY.encode() not in canonical_json(content | {"audiences": content["audiences"][Audience.DEAL_REVIEW]})


@pytest.mark.parametrize("viewer", ["visibility_vendor", "visibility_health_system"])
def test_answer_kept_from_either_side_is_nowhere(told, viewer):
    kept(told, **{viewer: "figures_only"})
    assert CANARY.encode() not in canonical_json(report_content(scored(told.assessment)))


@pytest.mark.parametrize("viewer", ["visibility_vendor", "visibility_health_system"])
def test_evidence_follows_its_answer(told, viewer):
    kept(told, **{viewer: "figures_only"})
    assert b"canary of evidence" not in canonical_json(report_content(scored(told.assessment)))


def test_stricter_assessment_counts_for_interviews_already_begun(told):
    told.assessment.visibility_vendor = "figures_only"
    told.assessment.save()
    assert CANARY.encode() not in canonical_json(report_content(scored(told.assessment)))


def test_name_is_shown_only_where_both_sides_may_see_it(told):
    told.assessment.visibility_vendor = told.assessment.visibility_health_system = "named"
    told.assessment.save()
    audiences = kept(told, visibility_vendor="role", visibility_health_system="named")
    assert audiences[Audience.HEALTH_SYSTEM]["answers"]["LAB-01"][1]["author"] == "Laboratory"
    assert audiences[Audience.HEALTH_SYSTEM]["names"].get("lab_director") is None


def test_named_person_is_named(told):
    told.assessment.visibility_vendor = told.assessment.visibility_health_system = "named"
    told.assessment.save()
    audiences = kept(told, visibility_vendor="named", visibility_health_system="named")
    assert audiences[Audience.HEALTH_SYSTEM]["names"]["lab_director"] == [told.stakeholder.name]
    assert audiences[Audience.DEAL_REVIEW]["names"]["lab_director"] == [told.stakeholder.name]


def test_names_are_nowhere_by_default(told):
    kept(told)
    assert told.stakeholder.name.encode() not in canonical_json(report_content(scored(told.assessment)))


def test_mean_that_is_one_persons_answer_is_withheld_where_only_figures_may_be_shown(told):
    audiences = kept(told, visibility_vendor="figures_only")
    assert audiences[Audience.DEAL_REVIEW]["role_means"]["LAB-01"] == {"compliance_privacy_security": 3.0, "lab_director": None}


def test_figures_over_an_item_are_withheld_with_it(told):
    heard = kept(told, visibility_vendor="figures_only")[Audience.DEAL_REVIEW]
    assert {"LAB-01", "LAB-02"} <= set(heard["withheld"])
    assert "LAB-01" not in heard["spans"]


def test_three_hidden_answers_hide_behind_one_another(assessment):
    for level in (1, 2, 3):
        handed_in(assessment, "lab_director", {"LAB-01": level}, visibility_vendor="figures_only")
    heard = report_content(scored(assessment))["audiences"][Audience.DEAL_REVIEW]
    assert (heard["role_means"]["LAB-01"], heard["spans"]["LAB-01"], heard["withheld"]) == ({"lab_director": 2.0}, [1.0, 3.0], [])


def test_heat_cell_on_one_withheld_answer_is_withheld(assessment):
    handed_in(assessment, "clinician", {"CHG-01": 1}, visibility_vendor="figures_only")
    assert report_content(scored(assessment))["audiences"][Audience.DEAL_REVIEW]["heat"] == {"clinician": {"CHG": None}}


def test_heat_cell_over_several_items_is_shown(told):
    heat = kept(told, visibility_vendor="figures_only")[Audience.DEAL_REVIEW]["heat"]
    assert heat["lab_director"]["LAB"] == pytest.approx((5 * (1 / 3) + 3 * (2 / 3)) / 8)


def test_draft_of_an_interview_is_nowhere(assessment):
    interview = factories.make_interview(assessment, "lab_director", state="in_progress")
    answer(interview, "LAB-01", 1, note=CANARY)
    handed_in(assessment, "it_integration_lead", {"INT-01": 2})
    assert CANARY.encode() not in canonical_json(report_content(scored(assessment)))


def test_four_without_evidence_is_shown_as_what_it_counts(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 4})
    heard = report_content(scored(assessment))["audiences"][Audience.HEALTH_SYSTEM]
    assert [(row["value"], row["counts"]) for row in heard["answers"]["LAB-01"]] == [(4, 3.0)]
    assert heard["role_means"]["LAB-01"] == {"lab_director": 3.0}


def test_span_leaves_out_a_sponsor_who_does_not_count(assessment):
    handed_in(assessment, "it_integration_lead", {"INT-01": 2})
    handed_in(
        assessment,
        "executive_sponsor",
        {"INT-01": 4},
    )
    heard = report_content(scored(assessment))["audiences"][Audience.DEAL_REVIEW]
    assert heard["spans"]["INT-01"] == [2.0, 2.0]
    assert heard["role_means"]["INT-01"]["executive_sponsor"] == 3.0


def test_role_means_are_those_of_the_score(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1, "INT-02": 4})
    handed_in(assessment, "lab_director", {"LAB-01": 4})
    handed_in(assessment, "it_integration_lead", {"INT-02": "unknown", "INT-01": 3})
    content = report_content(scored(assessment))
    computed = {item["code"]: item["role_means"] for item in content["result"]["items"] if item["role_means"]}
    assert content["audiences"][Audience.DEAL_REVIEW]["role_means"] == computed


def test_answer_that_came_in_a_bundle_without_being_submitted_counts_and_is_shown_to_nobody(assessment):
    type(assessment).objects.filter(pk=assessment.pk).update(imported=True)
    interview = factories.make_interview(assessment, "lab_director", state="in_progress")
    answer(interview, "LAB-01", 1, note=CANARY)
    content = report_content(scored(assessment))
    assert content["result"]["items"][0]["answered"]
    assert CANARY.encode() not in canonical_json(content)
