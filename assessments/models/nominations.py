"""Who else will this touch? What everyone is asked, so that the group nobody thought of is found before it stops the work."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.interviews import Interview
from stakeholders.models import Role
from stakeholders.models.tenancy import TenantQuerySet


class NominationKind(models.TextChoices):
    """What was named."""

    ROLE = "role", _("a role")
    SERVICE = "service", _("a service or unit")
    PERSON = "person", _("a person")


class NominationQuerySet(TenantQuerySet["Nomination"]):
    """Named selections of nominations."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Nomination(models.Model):
    """That somebody who was asked named a role, a service or a person that the product will touch, too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="nominations")
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="nominations")
    kind = models.CharField(max_length=8, choices=NominationKind.choices)
    role = models.CharField(max_length=40, choices=Role.choices, blank=True, help_text=_("of a role on our list; else empty"))
    text = models.CharField(max_length=120, blank=True, help_text=_("what was named, in the person's words"))
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NominationKind.values), name="nomination_kind_known"),
            models.CheckConstraint(condition=~Q(role="") | ~Q(text=""), name="nomination_names_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text or self.role}"
