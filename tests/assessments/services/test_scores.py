import pytest
from django.db import transaction

from assessments.models import Answer, Finding, ScoreSnapshot, Verdict
from assessments.services.scores import request_score, score_assessment
from tests import factories


def answer(interview, code, level, **fields):
    return Answer.objects.create(interview=interview, item_code=code, kind="level", level=level, **fields)


@pytest.fixture
def submitted(assessment):
    """The lab director's submitted interview: one gate short of its floor, one requirement met."""
    interview = factories.make_interview(assessment, role="lab_director", state="submitted")
    answer(interview, "LAB-01", 1)
    answer(interview, "LAB-02", 3)
    return interview


def test_score_assessment_writes_the_snapshot_with_its_summary(assessment, submitted):
    snapshot = score_assessment(assessment=assessment, reason="submitted")
    assert snapshot.verdict == Verdict.NOT_READY
    assert (snapshot.gates_failed, snapshot.scope.number, snapshot.reason) == (1, 1, "submitted")
    assert snapshot.result["overall"]["score"] == snapshot.score
    assert snapshot.gates_total == len(snapshot.result["gates"])


def test_score_assessment_sets_the_latest_without_history_or_version(assessment, submitted):
    before = (assessment.version, assessment.history.count())
    snapshot = score_assessment(assessment=assessment, reason="submitted")
    assessment.refresh_from_db()
    assert assessment.latest_snapshot == snapshot
    assert (assessment.version, assessment.history.count()) == before


def test_score_assessment_of_nobody_is_insufficient_evidence(assessment):
    snapshot = score_assessment(assessment=assessment, reason="opened")
    assert (snapshot.verdict, snapshot.score, snapshot.coverage) == (Verdict.INSUFFICIENT_EVIDENCE, None, 0.0)


def test_score_assessment_twice_writes_one_snapshot(assessment, submitted):
    first = score_assessment(assessment=assessment, reason="submitted")
    assert score_assessment(assessment=assessment, reason="plan") == first
    assert ScoreSnapshot.objects.count() == 1


def test_score_assessment_after_a_new_scope_names_that_scope(assessment, submitted):
    score_assessment(assessment=assessment, reason="submitted")
    factories.make_scope(assessment)
    assert score_assessment(assessment=assessment, reason="scope").scope.number == 2


def test_drafts_never_leak_into_the_score(assessment, submitted):
    before = score_assessment(assessment=assessment, reason="submitted")
    draft = factories.make_interview(assessment, role="it_integration_lead", state="in_progress")
    answer(draft, "INT-01", 4)
    after = score_assessment(assessment=assessment, reason="scope")
    assert after.result["overall"] == before.result["overall"]


def test_request_score_waits_for_the_commit(assessment, submitted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        request_score(assessment=assessment, reason="submitted")
        assert not ScoreSnapshot.objects.exists()
    assert ScoreSnapshot.objects.get().reason == "submitted"


def test_request_score_several_times_in_one_transaction_enqueues_once(assessment, submitted, django_capture_on_commit_callbacks):
    other = factories.make_open_assessment(assessment.organisation)
    with django_capture_on_commit_callbacks() as callbacks:
        request_score(assessment=assessment, reason="submitted")
        request_score(assessment=assessment, reason="reopened")
        request_score(assessment=other, reason="opened")
    assert [c.assessment_pk for c in callbacks] == [assessment.pk, other.pk]


def test_request_score_of_a_rolled_back_step_does_not_swallow_the_next(assessment, submitted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        step = transaction.atomic()
        step.__enter__()
        request_score(assessment=assessment, reason="submitted")
        step.__exit__(ValueError, ValueError(), None)
        request_score(assessment=assessment, reason="reopened")
    assert [c.reason for c in callbacks] == ["reopened"]


def test_request_score_of_an_assessment_without_scope_writes_nothing(organisation, django_capture_on_commit_callbacks):
    draft = factories.make_assessment(organisation)
    with django_capture_on_commit_callbacks(execute=True):
        request_score(assessment=draft, reason="opened")
    assert not ScoreSnapshot.objects.exists()


def test_score_assessment_drafts_findings(assessment, submitted):
    score_assessment(assessment=assessment, reason="submitted")
    found = {(f.rule, f.code): f.severity for f in Finding.objects.all()}
    assert found["shortfall", "LAB-01"] == "blocker"
    assert found["unknown", "INT-01"] == "major"
    assert found["silent_role", "clinician"] == "major"


@pytest.mark.parametrize("count", [1, 30])
def test_score_assessment_reads_in_a_fixed_number_of_queries(assessment, count, django_assert_num_queries):
    for _ in range(count):
        answer(factories.make_interview(assessment, role="lab_director", state="submitted", site=assessment.sites.first()), "LAB-01", 2)
    with django_assert_num_queries(23):
        score_assessment(assessment=assessment, reason="submitted")
