"""What stakeholders said: the current answer per interview and item, its revisions, and evidence."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.interviews import Interview, InterviewState
from stakeholders.models import User
from stakeholders.models.tenancy import TenantQuerySet
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class AnswerKind(models.TextChoices):
    """Which one thing an answer says; a value is named by its column."""

    LEVEL = "level", _("level")
    QUANTITY = "quantity", _("quantity")
    CHOICE = "choice", _("choice")
    TEXT = "text", _("text")
    DATE = "date", _("date")
    YES_NO = "yes_no", _("yes or no")
    UNKNOWN = "unknown", _("I don't know")
    NOT_APPLICABLE = "not_applicable", _("does not apply here")


VALUE_KINDS = [kind for kind in AnswerKind if kind not in (AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE)]


def exactly_one_kind() -> Q:
    """Return the condition that the column of the answer's kind is filled and every other value column is empty."""
    condition = Q()
    for kind in AnswerKind:
        columns = {f"{other}__isnull": other != kind for other in VALUE_KINDS}
        condition |= Q(kind=kind, **columns)
    return condition


class AnswerColumns(models.Model):
    """What one answer says, in typed columns."""

    item_code = models.CharField(max_length=20)
    kind = models.CharField(max_length=16, choices=AnswerKind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    quantity = models.FloatField(null=True, blank=True)
    choice = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 – empty is "another kind"
    text = models.TextField(null=True, blank=True)  # noqa: DJ001 – empty is "another kind"
    date = models.DateField(null=True, blank=True)
    yes_no = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text=_("why it does not apply, or who would know"))
    note = models.TextField(max_length=4000, blank=True)
    evidence_reference = models.CharField(max_length=500, blank=True, help_text=_("where the evidence can be seen"))

    class Meta:
        abstract = True

    @property
    def value(self) -> Any:
        """Return what was answered, `None` for "I don't know" and "does not apply here"."""
        return getattr(self, self.kind) if self.kind in VALUE_KINDS else None


class AnswerQuerySet(TenantQuerySet["Answer"]):
    """Named selections of answers."""

    tenant_path = "interview__assessment__organisation_id"
    assessment_path = "interview__assessment"

    def scored(self) -> Self:
        """Return the answers that enter the score: those of submitted interviews, and all that came in a bundle."""
        counts = Q(interview__state=InterviewState.SUBMITTED) | Q(interview__assessment__imported=True)
        return self.filter(counts).exclude(interview__state=InterviewState.WITHDRAWN)

    def with_evidence(self) -> Self:
        """Add `has_evidence`: a file, or a reference that says where it can be seen."""
        has_file = models.Exists(Evidence.objects.filter(answer=models.OuterRef("pk")))
        return self.annotate(
            has_evidence=models.Case(
                models.When(~Q(evidence_reference=""), then=True), default=has_file, output_field=models.BooleanField()
            )
        )


class Answer(AnswerColumns):
    """The current answer of one interview to one item."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="answers")
    updated_at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["item_code"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "item_code"], name="answer_once"),
            models.CheckConstraint(condition=exactly_one_kind(), name="answer_of_exactly_one_kind"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__lte=4), name="answer_level_0_to_4"),
            models.CheckConstraint(condition=Q(quantity=None) | Q(quantity__gte=0), name="answer_quantity_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.item_code}: {self.kind}"


class AnswerRevisionQuerySet(TenantRecordQuerySet["AnswerRevision"]):
    """Named selections of answer revisions."""

    tenant_path = "interview__assessment__organisation_id"
    assessment_path = "interview__assessment"


class AnswerRevision(AnswerColumns, WrittenOnce):
    """An answer as it was saved once; every save appends one."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="revisions")
    at = models.DateTimeField(default=timezone.now)
    typed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("the member who typed in a live interview; empty: the stakeholder"),
    )

    objects = AnswerRevisionQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["interview", "item_code"], name="answer_revision_of_item")]
        constraints = [models.CheckConstraint(condition=exactly_one_kind(), name="answer_revision_of_exactly_one_kind")]

    def __str__(self) -> str:
        return f"{self.item_code} at {self.at:%Y-%m-%d %H:%M}"


def evidence_storage() -> Any:
    """Return where evidence is kept: outside the static tree, served only by a view."""
    return storages["default"]


def evidence_path(evidence: "Evidence", filename: str) -> str:
    """Return a path that says nothing of person, question or file name."""
    return f"evidence/{evidence.id}"


class EvidenceQuerySet(TenantQuerySet["Evidence"]):
    """Named selections of evidence."""

    tenant_path = "answer__interview__assessment__organisation_id"
    assessment_path = "answer__interview__assessment"


class Evidence(models.Model):
    """A file that proves an answer; it follows the answer's visibility."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to=evidence_path, storage=evidence_storage, max_length=200)
    name = models.CharField(max_length=120, help_text=_("the file's name, cleaned"))
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text=_("bytes"))
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__lte=settings.EVIDENCE_MAX_BYTES), name="evidence_not_too_large"),
        ]

    def __str__(self) -> str:
        return self.name
