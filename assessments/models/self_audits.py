"""The vendor's own readiness, answered by the vendor and shown beside the customer's."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.assessments import Assessment
from stakeholders.models import User, Versioned
from stakeholders.models.tenancy import TenantQuerySet


class SelfAuditAnswerQuerySet(TenantQuerySet["SelfAuditAnswer"]):
    """Named selections of the vendor's answers about itself."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class SelfAuditAnswer(Versioned):
    """What the vendor says of its own readiness for this deal, on a ladder like the customer's; it never moves the verdict."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="self_audit")
    item_code = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True, help_text=_("0–4; empty: not known"))
    evidence_reference = models.CharField(_("where the evidence can be seen"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    objects = SelfAuditAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["item_code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item_code"], name="self_audit_answer_once"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__lte=4), name="self_audit_level_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.item_code}: {self.level}"
