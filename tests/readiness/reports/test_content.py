import json
from dataclasses import replace

import pytest
from django.utils import timezone

from assessments.models import Assessment, Finding, Instrument, Promise, Reconciliation
from assessments.services.scope_revisions import revise_scope
from assessments.services.scopes import current_plan
from assessments.services.scores import score_assessment
from readiness.reports.content import NothingToReportError, canonical_json, fingerprint, report_content
from tests import factories
from tests.assessments.answering import contested, handed_in, scored
from tests.assessments.deeper_bank import IT, make_deeper_assessment, submitted

pytestmark = pytest.mark.django_db


def test_assessment_without_a_score_has_nothing_to_report(assessment):
    with pytest.raises(NothingToReportError):
        report_content(assessment)


def test_content_holds_the_figures_of_the_latest_snapshot(assessment):
    assessment = contested(assessment)
    content = report_content(assessment)
    assert content["result"] == assessment.latest_snapshot.result
    assert content["snapshot"]["bundle_sha256"] == assessment.latest_snapshot.bundle_sha256


def test_content_is_plain_json(assessment):
    content = report_content(contested(assessment))
    assert json.loads(canonical_json(content)) == content


def test_same_state_has_the_same_fingerprint(assessment):
    assessment = contested(assessment)
    assert fingerprint(report_content(assessment)) == fingerprint(report_content(Assessment.objects.with_parties().get(pk=assessment.pk)))


def test_fingerprint_follows_a_decision_on_a_finding(assessment):
    assessment = contested(assessment)
    before = fingerprint(report_content(assessment))
    Finding.objects.filter(assessment=assessment).update(adjusted_severity="minor", reason="Solved")
    assert fingerprint(report_content(assessment)) != before


def test_canonical_json_is_sorted_and_keeps_other_scripts():
    assert canonical_json({"b": 1, "a": "王"}) == '{"a":"王","b":1}'.encode()


def test_content_holds_what_the_bank_says(assessment):
    items = report_content(contested(assessment))["items"]
    assert [item["code"] for item in items] == ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]
    assert items[0]["title"] == "Title of LAB-01"
    assert items[0]["steps"][2] == "LAB-01 step 2"


def test_finding_of_another_rule_is_kept(assessment):
    assessment = contested(assessment)
    Finding.objects.create(assessment=assessment, rule="workaround", code="LAB-01", severity="moderate")
    rules = [finding["rule"] for finding in report_content(assessment)["findings"]]
    assert rules.count("workaround") == 1


def test_scored_finding_that_a_later_score_added_is_not_in_the_report(assessment):
    assessment = contested(assessment)
    Finding.objects.create(assessment=assessment, rule="shortfall", code="CHG-01", severity="minor")
    assert ("shortfall", "CHG-01") not in [(f["rule"], f["code"]) for f in report_content(assessment)["findings"]]


def test_promise_is_in_numbers(assessment):
    Promise.objects.create(assessment=assessment, metric="Share", unit="%", baseline="34.50", target=65, constraint="none", owner="Owner")
    content = report_content(contested(assessment))
    assert content["promise"] | {"by": None} == {
        "metric": "Share",
        "unit": "%",
        "baseline": 34.5,
        "target": 65.0,
        "by": None,
        "constraint": "none",
        "owner": "Owner",
    }


def test_only_confirmed_settlements_are_told(assessment):
    assessment = contested(assessment)
    settle = {"assessment": assessment, "value": 2, "evidence": "Seen together"}
    Reconciliation.objects.create(item_code="LAB-01", confirmed_at=timezone.now(), **settle)
    Reconciliation.objects.create(item_code="INT-01", **settle)
    assert report_content(assessment)["decisions"]["settled"] == [{"code": "LAB-01", "value": 2.0}]


def test_seats_hold_no_name(assessment):
    seat = report_content(contested(assessment))["seats"][0]
    assert set(seat) == {"role", "state", "site", "service", "front_line", "stance"}


def test_withdrawn_people_are_counted_and_hold_no_seat(assessment):
    handed_in(assessment, "clinician", {"CHG-01": 2})
    factories.make_interview(assessment, "clinician", state="withdrawn")
    content = report_content(scored(assessment))
    assert (len(content["seats"]), content["withdrawn"]) == (1, 1)


QUERIES = 33


def test_content_of_a_small_assessment_reads_a_fixed_number_of_times(assessment, django_assert_num_queries):
    assessment = contested(assessment)
    with django_assert_num_queries(QUERIES):
        report_content(assessment)


def test_content_of_a_large_assessment_reads_as_often(assessment, django_assert_num_queries):
    for _ in range(15):
        handed_in(assessment, "lab_director", {"LAB-01": 1, "LAB-02": 2, "INT-02": 3})
        handed_in(assessment, "clinician", {"CHG-01": 1})
    score_assessment(assessment=assessment, reason="submitted")
    assessment = Assessment.objects.with_parties().get(pk=assessment.pk)
    with django_assert_num_queries(QUERIES):
        report_content(assessment)


def test_content_holds_what_each_revision_switched_off_and_opened(organisation):
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, answers={"LAB-01": 1})
    plan = replace(current_plan(assessment), left_out_domains=frozenset({"SEC"}), opened=frozenset({"LAB-07"}))
    revise_scope(assessment=assessment, plan=plan, reason="Not affected", author=None, seen=1)
    score_assessment(assessment=assessment, reason="scope revised")
    scope = report_content(assessment)["scope"]
    (revision,) = scope["revisions"]
    assert (revision["number"], revision["reason"], revision["changes"]["domains_off"]) == (2, "Not affected", ["SEC"])
    assert revision["changes"]["opened"] == ["LAB-07"]
    assert scope["titles"] == {"items": {"LAB-07": "Title of LAB-07"}, "domains": {"SEC": "Sec"}}


def test_content_names_what_was_switched_off_from_the_start(organisation):
    draft = factories.make_assessment(organisation, left_out_items=["LAB-02"])
    factories.make_scope(draft)
    score_assessment(assessment=draft, reason="opened")
    (revision,) = report_content(draft)["scope"]["revisions"]
    assert (revision["number"], revision["changes"]["items_off"]) == (1, ["LAB-02"])


def test_report_of_a_revision_knows_nothing_of_a_later_one(organisation):
    assessment = make_deeper_assessment(organisation)
    score_assessment(assessment=assessment, reason="opened")
    plan = replace(current_plan(assessment), left_out_domains=frozenset({"SEC"}))
    revise_scope(assessment=assessment, plan=plan, reason="Not affected", author=None, seen=1)
    assert report_content(assessment)["scope"]["revisions"] == []


@pytest.fixture
def deeper(organisation):
    """A short core item opens two questions; what the accountable role knows of the place opens a third."""
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, answers={"LAB-01": 1})
    submitted(assessment, IT, answers={"CTX-01": "meditech"})
    return scored(assessment)


def test_content_counts_what_opens_by_rule_and_was_not_asked(deeper):
    unasked = report_content(deeper)["scope"]["unasked"]
    assert unasked == {"count": 3, "codes": ["LAB-01", "LAB-07"], "domains": ["LAB"]}


def test_content_leaves_out_what_a_revision_opened(deeper):
    plan = replace(current_plan(deeper), opened=frozenset({"LAB-01", "LAB-07"}))
    revise_scope(assessment=deeper, plan=plan, reason="Asked in depth", author=None, seen=1)
    assert report_content(scored(deeper))["scope"]["unasked"] == {"count": 1, "codes": [], "domains": []}


def test_content_of_a_bank_without_a_core_leaves_nothing_unasked(assessment):
    assert report_content(contested(assessment))["scope"]["unasked"] == {"count": 0, "codes": [], "domains": []}


@pytest.mark.parametrize("is_own", [False, True])
def test_content_says_whether_the_bank_is_the_vendors_own(organisation, is_own):
    version = factories.make_version()
    Instrument.objects.filter(pk=version.instrument_id).update(organisation=organisation if is_own else None)
    assessment = factories.make_open_assessment(organisation, product=factories.make_product(organisation, version=version))
    score_assessment(assessment=assessment, reason="opened")
    assert report_content(Assessment.objects.get(pk=assessment.pk))["scope"]["instrument_is_own"] is is_own
