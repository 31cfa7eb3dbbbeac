"""What the host decided about an assessment before anyone was invited."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.scopes import Scope
from stakeholders.models import Host, Visibility
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class HostDecision(models.TextChoices):
    """What the host answered."""

    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("asked for changes")


class HostApprovalQuerySet(TenantRecordQuerySet["HostApproval"]):
    """Named selections of hosts' approvals."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class HostApproval(WrittenOnce):
    """The host's decision on people, questions, visibility, uploads and retention, as they were then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="approvals")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="approvals")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=HostDecision.choices)
    comment = models.TextField(max_length=2000, blank=True)
    visibility_vendor = models.CharField(max_length=12, choices=Visibility.choices)
    visibility_health_system = models.CharField(max_length=12, choices=Visibility.choices)
    uploads_allowed = models.BooleanField()
    retention_months = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = HostApprovalQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(decision=HostDecision.APPROVED) | ~Q(comment=""), name="host_return_has_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} at {self.at:%Y-%m-%d}"
