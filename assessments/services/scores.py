"""Score an assessment and keep the result: on submit, reopen, withdrawal, reconciliation, scope change and agreed plan."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django_tasks import task

from assessments.bundles import result_document
from assessments.models import Assessment, Scope, ScoreSnapshot
from assessments.results import SCORING_VERSION, Result
from assessments.scoring import score
from assessments.services.bundle_rows import assessment_bundle, bundle_sha256
from assessments.services.findings import update_findings

LONGEST_REASON = 60


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What runs after the transaction: it enqueues the scoring of one assessment."""

    assessment_pk: UUID
    reason: str

    def __call__(self) -> None:
        """Enqueue."""
        score_later.enqueue(str(self.assessment_pk), self.reason)


def request_score(*, assessment: Assessment, reason: str) -> None:
    """Ask for a new score snapshot once the transaction is committed; several requests in it become one.

    `reason` is what happened, for example `submitted`. Never called on autosave.
    """
    waiting = [hook for _, hook, *_ in transaction.get_connection().run_on_commit]
    if not any(isinstance(hook, ScoreRequest) and hook.assessment_pk == assessment.pk for hook in waiting):
        # Robust: what was saved stays saved when the queue is out of reach; the next event scores it.
        transaction.on_commit(ScoreRequest(assessment.pk, reason), robust=True)


@task()
def score_later(assessment_pk: str, reason: str) -> None:
    """Score an assessment that still exists and has a scope; doing it twice writes one snapshot."""
    assessment = Assessment.objects.filter(pk=assessment_pk, scopes__isnull=False).first()
    if assessment is not None:
        score_assessment(assessment=assessment, reason=reason)


@transaction.atomic
def score_assessment(*, assessment: Assessment, reason: str) -> ScoreSnapshot:
    """Score what is in the database now, and return the snapshot that covers it.

    Writes nothing when the latest snapshot is of the same bundle under the same scope: that merges bursts. The lock on
    the assessment's row puts concurrent scorings in an order, so that the latest snapshot is of the latest bundle.
    Raises Scope.DoesNotExist while nothing is frozen.
    """
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("latest_snapshot").get(pk=assessment.pk)
    scope = Scope.objects.current(locked)
    bundle = assessment_bundle(locked)
    digest = bundle_sha256(bundle)
    latest = locked.latest_snapshot
    if latest is not None and _covers(latest, scope, digest):
        return latest
    result = score(bundle)
    snapshot = ScoreSnapshot.objects.create(
        assessment=locked, scope=scope, reason=reason[:LONGEST_REASON], bundle_sha256=digest, **summary(result)
    )
    # A queryset update: a score is no edit of the assessment, neither in its history nor in its version.
    Assessment.objects.filter(pk=locked.pk).update(latest_snapshot=snapshot)
    assessment.latest_snapshot = snapshot
    update_findings(assessment=locked, result=result)
    return snapshot


def summary(result: Result) -> dict[str, object]:
    """Return the columns of a snapshot that lists sort and filter by, and the whole result."""
    states = [gate.state for gate in result.gates]
    return {
        "scoring_version": result.scoring_version,
        "verdict": result.verdict,
        "score": result.overall.score,
        "low": result.overall.low,
        "high": result.overall.high,
        "coverage": result.overall.coverage,
        "gates_failed": states.count("failed"),
        "gates_unknown": states.count("unknown"),
        "gates_total": len(states),
        "result": result_document(result),
    }


def _covers(snapshot: ScoreSnapshot, scope: Scope, digest: str) -> bool:
    return (snapshot.bundle_sha256, snapshot.scope_id, snapshot.scoring_version) == (digest, scope.pk, SCORING_VERSION)
