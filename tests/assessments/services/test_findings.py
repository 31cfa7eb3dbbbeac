import random

import pytest

from assessments.models import Answer, Finding, FindingState
from assessments.services.finding_decisions import Decider, adjust_severity, confirm_finding, dismiss_finding
from assessments.services.scores import score_assessment
from tests.assessments.answering import answer, contested, handed_in, scored

DECIDED = ("state", "adjusted_severity", "reason", "decided_by_id", "version")


def rescore(assessment, level):
    """Let the lab director say something else about LAB-01, and score."""
    Answer.objects.filter(item_code="LAB-01", interview__role="lab_director").update(level=level)
    score_assessment(assessment=assessment, reason="submitted")


@pytest.fixture
def shortfall(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1})
    score_assessment(assessment=assessment, reason="submitted")
    return Finding.objects.get(rule="shortfall", code="LAB-01")


def test_draft_has_severity_impact_and_a_history_without_person(shortfall):
    assert (shortfall.severity, shortfall.state, round(shortfall.impact, 3)) == ("blocker", "draft", 3.333)
    assert [(h.history_user, h.history_change_reason) for h in shortfall.history.all()] == [(None, "score.drafted")]


def test_rescoring_keeps_the_row_and_brings_the_severity_up_to_date(assessment, shortfall):
    rescore(assessment, 2)
    again = Finding.objects.get(rule="shortfall", code="LAB-01")
    assert (again.pk, again.severity) == (shortfall.pk, "moderate")
    assert again.history.first().history_change_reason == "score.changed"


def test_what_vanished_is_closed_with_a_note_and_not_open(assessment, shortfall):
    rescore(assessment, 3)
    shortfall.refresh_from_db()
    assert shortfall.vanished_at is not None
    assert shortfall.history.first().history_change_reason == "score.vanished"
    assert shortfall not in Finding.objects.open()


def test_what_returned_is_reopened(assessment, shortfall):
    rescore(assessment, 3)
    rescore(assessment, 1)
    shortfall.refresh_from_db()
    assert shortfall.vanished_at is None
    assert shortfall.history.first().history_change_reason == "score.returned"


def test_a_vanished_finding_keeps_the_day_it_vanished(assessment, shortfall):
    rescore(assessment, 3)
    since = Finding.objects.get(pk=shortfall.pk).vanished_at
    rescore(assessment, 4)
    handed_in(assessment, "it_integration_lead", {"INT-01": 3})
    score_assessment(assessment=assessment, reason="submitted")
    assert Finding.objects.get(pk=shortfall.pk).vanished_at == since


def test_rescoring_that_changes_nothing_writes_no_history(assessment, shortfall):
    before = shortfall.history.count()
    handed_in(assessment, "it_integration_lead", {"INT-01": 3})
    score_assessment(assessment=assessment, reason="submitted")
    assert shortfall.history.count() == before


def test_findings_of_other_rules_are_left_alone(assessment, shortfall):
    other = Finding.objects.create(assessment=assessment, rule="workaround", code="LAB-01", severity="minor")
    rescore(assessment, 3)
    other.refresh_from_db()
    assert other.vanished_at is None


def test_another_assessments_findings_are_left_alone(assessment, shortfall, outsider):
    from tests import factories

    other = factories.make_open_assessment(outsider.organisation)
    score_assessment(assessment=other, reason="opened")
    shortfall.refresh_from_db()
    assert shortfall.vanished_at is None


def test_rescoring_in_any_order_keeps_every_decision(assessment, shortfall, lead):
    contested(assessment)
    by = {f.pk: Decider(lead.user, f.version) for f in Finding.objects.all()}
    confirmed, adjusted, dismissed = list(Finding.objects.present().order_by("code", "rule")[:3])
    confirm_finding(finding=confirmed, by=by[confirmed.pk])
    adjust_severity(finding=adjusted, severity="minor", reason="two hubs only", by=by[adjusted.pk])
    dismiss_finding(finding=dismissed, reason="not ours", by=by[dismissed.pk])
    decided = sorted(Finding.objects.values_list("pk", *DECIDED))
    levels = random.Random(2).choices(range(5), k=40)
    for level in levels:
        rescore(assessment, level)
    assert [row for row in sorted(Finding.objects.values_list("pk", *DECIDED)) if row[0] in by] == decided


def test_nothing_done_to_findings_moves_score_or_verdict(assessment, lead):
    before = contested(assessment).latest_snapshot
    for finding in Finding.objects.filter(severity="blocker"):
        dismiss_finding(finding=finding, reason="it will do", by=Decider(lead.user, finding.version))
    for finding in Finding.objects.exclude(severity="blocker"):
        adjust_severity(finding=finding, severity="minor", reason="it will do", by=Decider(lead.user, finding.version))
    Finding.objects.update(state=FindingState.ACCEPTED)
    answer(handed_in(assessment, "transition_manager"), "CHG-01", "unknown")
    after = scored(assessment).latest_snapshot
    assert after != before
    assert (after.verdict, after.gates_failed) == (before.verdict, before.gates_failed)
    assert [f for f in after.result["findings"] if f["severity"] == "blocker"] == [
        f for f in before.result["findings"] if f["severity"] == "blocker"
    ]
