"""One stakeholder's seat in one role."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment, AssessmentState
from assessments.models.scopes import Scope
from stakeholders.models import Role, ServiceLine, Site, Stakeholder, Visibility
from stakeholders.models.tenancy import TenantQuerySet


class InterviewState(models.TextChoices):
    """How far a stakeholder has come; `opened` by pressing Start, never by a visit."""

    INVITED = "invited", _("invited")
    OPENED = "opened", _("opened")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("submitted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Stance(models.IntegerChoices):
    """What a clinician would do with the product, if it were up to them."""

    OPPOSED = 0, _("I would stop it")
    SCEPTICAL = 1, _("I would rather not have it")
    NEUTRAL = 2, _("I have no view either way")
    SUPPORTIVE = 3, _("I would use it")
    CHAMPION = 4, _("I would use it and help my colleagues to")


class InterviewQuerySet(TenantQuerySet["Interview"]):
    """Named selections of interviews."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"

    def taking_part(self) -> Self:
        """Return the interviews that have not been withdrawn."""
        return self.exclude(state=InterviewState.WITHDRAWN)

    def waiting_for_host(self) -> Self:
        """Return the interviews that the host has not approved and that could still be answered."""
        done = (InterviewState.SUBMITTED, InterviewState.DECLINED, InterviewState.WITHDRAWN)
        return self.filter(host_approved_at=None).exclude(state__in=done)

    def submitted(self) -> Self:
        """Return the interviews that are scored."""
        return self.filter(state=InterviewState.SUBMITTED)

    def with_people(self) -> Self:
        """Return interviews with person, site and service line, in one query."""
        return self.select_related("stakeholder", "site", "service_line")

    def with_current_scope(self) -> Self:
        """Add `current_scope_id`, the key of the assessment's latest scope revision."""
        newest = Scope.objects.filter(assessment=models.OuterRef("assessment")).order_by("-number")
        return self.annotate(current_scope_id=models.Subquery(newest.values("pk")[:1]))


class Interview(models.Model):
    """A stakeholder's seat in one role; role, site, service line and front line are copied when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="interviews")
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="interviews")
    role = models.CharField(_("role"), max_length=40, choices=Role.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service_line = models.ForeignKey(ServiceLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    front_line = models.BooleanField(_("does the affected work daily"), default=False)
    state = models.CharField(max_length=12, choices=InterviewState.choices, default=InterviewState.INVITED)
    stance = models.PositiveSmallIntegerField(null=True, blank=True, choices=Stance.choices)
    # Copied when Start is pressed, from then on they may only become stricter.
    visibility_vendor = models.CharField(max_length=12, choices=Visibility.choices, blank=True)
    visibility_health_system = models.CharField(max_length=12, choices=Visibility.choices, blank=True)
    host_approved_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True, help_text=_("when the invitation was sent"))
    opened_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=500, blank=True, help_text=_("in the person's own words; the lead sees it"))
    handed_over_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="handed_over_to")
    limited_to = models.JSONField(null=True, blank=True, help_text=_("item codes handed over, stored whole; empty: all of the role"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["role", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "stakeholder", "role"], name="interview_once_per_role"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="interview_role_known"),
            models.CheckConstraint(condition=Q(state__in=InterviewState.values), name="interview_state_known"),
            models.CheckConstraint(condition=Q(stance=None) | Q(stance__lte=4), name="interview_stance_0_to_4"),
            models.CheckConstraint(
                condition=~Q(state=InterviewState.SUBMITTED) | Q(submitted_at__isnull=False), name="interview_submitted_has_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder} · {self.get_role_display()}"

    @property
    def can_be_answered(self) -> bool:
        """Tell whether an answer may be saved now (reads the assessment)."""
        open_states = (InterviewState.OPENED, InterviewState.IN_PROGRESS)
        return self.state in open_states and self.assessment.state == AssessmentState.OPEN
