"""Scores as they were, written on submit, reopen, withdrawal, reconciliation, scope change and agreed plan."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.scopes import Scope
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class Verdict(models.TextChoices):
    """What the gates and findings say, worst first."""

    NOT_READY = "not_ready", _("Not ready to sign")
    INSUFFICIENT_EVIDENCE = "insufficient_evidence", _("Not enough evidence yet")
    READY_WITH_CONDITIONS = "ready_with_conditions", _("Ready with conditions")
    READY = "ready", _("Ready to sign")


class ScoreSnapshotQuerySet(TenantRecordQuerySet["ScoreSnapshot"]):
    """Named selections of score snapshots."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class ScoreSnapshot(WrittenOnce):
    """One scoring of an assessment: the figures that lists read, and the whole result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="snapshots")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="snapshots")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=60, help_text=_("what happened: submitted, reopened, withdrawn, reconciled, scope, plan"))
    scoring_version = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=24, choices=Verdict.choices)
    score = models.FloatField(null=True, help_text=_("0–100; empty: no score"))
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField(help_text=_("0–1"))
    gates_failed = models.PositiveSmallIntegerField()
    gates_unknown = models.PositiveSmallIntegerField()
    gates_total = models.PositiveSmallIntegerField()
    bundle_sha256 = models.CharField(max_length=64, help_text=_("of the canonical bundle that was scored"))
    result = models.JSONField(help_text=_("the whole result, stored whole and never queried"))

    objects = ScoreSnapshotQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["at"]
        indexes = [models.Index(fields=["assessment", "at"], name="score_snapshot_history")]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="score_snapshot_verdict_known"),
            models.CheckConstraint(condition=Q(coverage__gte=0, coverage__lte=1.000001), name="score_snapshot_coverage_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} at {self.at:%Y-%m-%d %H:%M}"
