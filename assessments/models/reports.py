"""Issued readiness reports: numbered, frozen, fingerprinted."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.scores import ScoreSnapshot
from stakeholders.models import User
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class Audience(models.TextChoices):
    """For whom a report is."""

    HEALTH_SYSTEM = "health_system", _("health system")
    DEAL_REVIEW = "deal_review", _("deal review")


class Paper(models.TextChoices):
    """The paper's size."""

    LETTER = "letter", _("US Letter")
    A4 = "a4", _("A4")


class ReportQuerySet(TenantRecordQuerySet["Report"]):
    """Named selections of reports."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Report(WrittenOnce):
    """An issued version: its canonical content and the SHA-256 of it, the fingerprint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    snapshot = models.ForeignKey(ScoreSnapshot, on_delete=models.PROTECT, related_name="reports")
    content = models.JSONField(help_text=_("all that the report shows, stored whole and never queried"))
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of the canonical content"))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="report_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="report_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, report {self.number}"


class ReportFileQuerySet(TenantRecordQuerySet["ReportFile"]):
    """Named selections of report files."""

    tenant_path = "report__assessment__organisation_id"
    assessment_path = "report__assessment"


def report_path(report_file: "ReportFile", filename: str) -> str:
    """Return a path that says nothing of customer or vendor."""
    return f"reports/{report_file.id}.pdf"


class ReportFile(WrittenOnce):
    """One PDF of an issued report, for an audience, in a language, on a paper, with a hash of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    audience = models.CharField(max_length=14, choices=Audience.choices)
    language = models.CharField(max_length=5, default="en")
    paper = models.CharField(max_length=6, choices=Paper.choices, default=Paper.LETTER)
    file = models.FileField(upload_to=report_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text=_("bytes"))
    pages = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReportFileQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["report", "audience", "language", "paper"], name="report_file_once")]

    def __str__(self) -> str:
        return f"{self.report} ({self.audience}, {self.paper})"
