import pytest

from assessments.models import Finding
from assessments.services.finding_decisions import (
    Decider,
    FindingChangedError,
    NothingToDecideError,
    adjust_severity,
    confirm_finding,
    dismiss_finding,
    undo_decision,
)
from stakeholders.models import AuditEvent

ACTS = [
    lambda finding, by: confirm_finding(finding=finding, by=by),
    lambda finding, by: adjust_severity(finding=finding, severity="minor", reason="r", by=by),
    lambda finding, by: dismiss_finding(finding=finding, reason="r", by=by),
    lambda finding, by: undo_decision(finding=finding, by=by),
]


@pytest.fixture
def finding(assessment):
    return Finding.objects.create(assessment=assessment, rule="shortfall", code="LAB-01", severity="blocker")


@pytest.fixture
def by(lead):
    """The lead, having seen a version of the finding."""
    return lambda version=1: Decider(lead.user, version)


def standing(finding):
    finding.refresh_from_db()
    return finding.state, finding.adjusted_severity, finding.reason, finding.version


def test_confirm(finding, by, lead):
    confirm_finding(finding=finding, by=by())
    assert standing(finding) == ("confirmed", "", "", 2)
    assert finding.decided_by == lead.user


def test_adjust_keeps_the_computed_severity_beside_it(finding, by):
    adjust_severity(finding=finding, severity="major", reason=" two hubs ", by=by())
    assert standing(finding) == ("draft", "major", "two hubs", 2)
    assert (finding.severity, finding.holding_severity) == ("blocker", "major")


def test_adjust_takes_a_dismissed_finding_back_into_the_list(finding, by):
    dismiss_finding(finding=finding, reason="not ours", by=by())
    adjust_severity(finding=finding, severity="major", reason="ours after all", by=by(2))
    assert standing(finding) == ("confirmed", "major", "ours after all", 3)


def test_dismiss(finding, by):
    dismiss_finding(finding=finding, reason="not ours", by=by())
    assert standing(finding) == ("dismissed", "", "not ours", 2)


def test_confirm_after_a_dismissal_drops_its_reason(finding, by):
    dismiss_finding(finding=finding, reason="not ours", by=by())
    confirm_finding(finding=finding, by=by(2))
    assert standing(finding) == ("confirmed", "", "", 3)


def test_confirm_after_a_dismissal_brings_back_why_the_severity_was_adjusted(finding, by):
    adjust_severity(finding=finding, severity="major", reason="two hubs", by=by())
    dismiss_finding(finding=finding, reason="not ours", by=by(2))
    confirm_finding(finding=finding, by=by(3))
    assert standing(finding) == ("confirmed", "major", "two hubs", 4)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_reason_is_needed_and_bounded(finding, by, reason):
    with pytest.raises(ValueError, match="500"):
        dismiss_finding(finding=finding, reason=reason, by=by())
    with pytest.raises(ValueError, match="500"):
        adjust_severity(finding=finding, severity="minor", reason=reason, by=by())


def test_undo_brings_back_what_stood_before(finding, by):
    adjust_severity(finding=finding, severity="major", reason="two hubs", by=by())
    dismiss_finding(finding=finding, reason="not ours", by=by(2))
    undo_decision(finding=finding, by=by(3))
    assert standing(finding) == ("draft", "major", "two hubs", 4)


def test_undo_twice_brings_the_decision_back(finding, by):
    confirm_finding(finding=finding, by=by())
    undo_decision(finding=finding, by=by(2))
    undo_decision(finding=finding, by=by(3))
    assert standing(finding)[0] == "confirmed"


def test_undo_looks_past_what_the_score_wrote(finding, by):
    confirm_finding(finding=finding, by=by())
    finding.refresh_from_db()
    finding.severity = "minor"
    finding.save()
    undo_decision(finding=finding, by=by(2))
    assert (standing(finding)[0], finding.severity) == ("draft", "minor")


def test_undo_of_nothing_is_refused(finding, by):
    with pytest.raises(NothingToDecideError):
        undo_decision(finding=finding, by=by())


@pytest.mark.parametrize("act", ACTS)
def test_second_editor_of_a_version_is_refused_and_nothing_is_overwritten(finding, by, act):
    dismiss_finding(finding=finding, reason="first", by=by())
    with pytest.raises(FindingChangedError) as refusal:
        act(finding, by())
    assert refusal.value.current.reason == "first"
    assert standing(finding) == ("dismissed", "", "first", 2)


@pytest.mark.parametrize("act", ACTS)
def test_vanished_finding_takes_no_decision(finding, by, act):
    from django.utils import timezone

    Finding.objects.update(vanished_at=timezone.now())
    with pytest.raises(NothingToDecideError):
        act(finding, by())


@pytest.mark.parametrize("state", ["planned", "resolved", "accepted"])
def test_finding_past_these_decisions_is_left_alone(finding, by, state):
    Finding.objects.update(state=state)
    with pytest.raises(NothingToDecideError):
        dismiss_finding(finding=finding, reason="r", by=by())


def test_each_decision_is_in_the_history_with_its_person(finding, by, lead):
    confirm_finding(finding=finding, by=by())
    dismiss_finding(finding=finding, reason="not ours", by=by(2))
    latest = finding.history.first()
    assert (latest.history_user, latest.state, latest.reason) == (lead.user, "dismissed", "not ours")
    assert finding.history.count() == 3


def test_each_decision_is_in_the_audit_without_words(finding, by, lead):
    dismiss_finding(finding=finding, reason="canary", by=by())
    event = AuditEvent.objects.get(verb="finding.dismissed")
    assert (event.subject_id, event.actor_id, event.assessment_id) == (str(finding.pk), lead.user.pk, finding.assessment_id)
    assert "canary" not in str(event.__dict__)
