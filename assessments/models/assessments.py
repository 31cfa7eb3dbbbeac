"""One health system × one product × one deal: the assessment, its promise and its waves."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.products import Product
from stakeholders.models import HealthSystem, Host, Membership, Organisation, ServiceLine, Site, User, Visibility
from stakeholders.models.tenancy import TenantQuerySet


class AssessmentState(models.TextChoices):
    """Where an assessment stands; reopening is logged."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    SIGNED = "signed", _("signed")
    LOST = "lost", _("lost")


class AssessmentQuerySet(TenantQuerySet["Assessment"]):
    """Named selections of assessments."""

    def for_member(self, membership: Membership) -> "AssessmentQuerySet":
        """Return the assessments that the member may see: the organisation's, or only those assigned."""
        mine = super().for_member(membership)
        return mine.filter(assignments__membership=membership) if membership.only_assigned else mine

    def with_parties(self) -> "AssessmentQuerySet":
        """Return assessments with product, health system, host and latest score, in one query."""
        return self.select_related("product", "health_system", "host", "organisation", "latest_snapshot")

    def taking_answers(self) -> "AssessmentQuerySet":
        """Return the assessments that are open."""
        return self.filter(state=AssessmentState.OPEN)


class Assessment(models.Model):
    """An operational readiness assessment before a contract: one health system, one product, one deal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assessments")
    health_system = models.ForeignKey(HealthSystem, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("health system"))
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("product"))
    host = models.ForeignKey(Host, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    state = models.CharField(max_length=8, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    sites = models.ManyToManyField(Site, blank=True, related_name="assessments")
    service_lines = models.ManyToManyField(ServiceLine, blank=True, related_name="assessments")
    # Deal dates are plain dates in the health system's time zone.
    contract_date = models.DateField(_("contract date"), null=True, blank=True)
    promised_go_live = models.DateField(_("promised go-live"), null=True, blank=True)
    target_go_live = models.DateField(_("target go-live"), null=True, blank=True)
    visibility_vendor = models.CharField(_("what the vendor sees"), max_length=12, choices=Visibility.choices, default=Visibility.ROLE)
    visibility_health_system = models.CharField(
        _("what the health system sees"), max_length=12, choices=Visibility.choices, default=Visibility.ROLE
    )
    uploads_allowed = models.BooleanField(_("files may be attached"), default=True)
    retention_months = models.PositiveSmallIntegerField(_("answers are kept for (months)"), default=24)
    left_out_domains = models.JSONField(
        default=list, blank=True, help_text=_("codes of the domains switched off for the next scope; stored whole, never queried")
    )
    left_out_items = models.JSONField(
        default=list, blank=True, help_text=_("codes of the items switched off for the next scope; stored whole, never queried")
    )
    imported = models.BooleanField(
        default=False, editable=False, help_text=_("made from a bundle, of which every answer counts, whatever its interview's state")
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    latest_snapshot = models.ForeignKey("assessments.ScoreSnapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["latest_snapshot"])

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["organisation", "contract_date"], name="assessment_portfolio")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state_known"),
            models.CheckConstraint(condition=Q(visibility_vendor__in=Visibility.values), name="assessment_vendor_visibility_known"),
            models.CheckConstraint(
                condition=Q(visibility_health_system__in=Visibility.values), name="assessment_health_system_visibility_known"
            ),
            models.CheckConstraint(condition=Q(retention_months__gte=1, retention_months__lte=120), name="assessment_retention_1_to_120"),
        ]

    def __str__(self) -> str:
        return f"{self.product} at {self.health_system}"

    @property
    def takes_answers(self) -> bool:
        """Tell whether stakeholders may still answer."""
        return self.state == AssessmentState.OPEN

    def days_to_contract(self, today: date) -> int | None:
        """Return the days from today to the contract date, negative once it has passed."""
        return (self.contract_date - today).days if self.contract_date else None


class AssignmentQuerySet(TenantQuerySet["Assignment"]):
    """Named selections of assignments."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Assignment(models.Model):
    """That a member works on an assessment; for members who see only assigned ones, the right to see it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="assignments")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "membership"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.membership} → {self.assessment}"


class PromiseQuerySet(TenantQuerySet["Promise"]):
    """Named selections of promises."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Promise(models.Model):
    """The operational promise of the deal: a metric that moves from a baseline to a target by a date under a constraint."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="promise")
    metric = models.CharField(_("metric"), max_length=200)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    by = models.DateField(_("by"), null=True, blank=True)
    constraint = models.CharField(_("constraint"), max_length=200, blank=True)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    history = HistoricalRecords()

    objects = PromiseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.metric


class Stage(models.TextChoices):
    """How far a wave goes."""

    PILOT = "pilot", _("pilot")
    WAVE = "wave", _("wave")
    ENTERPRISE = "enterprise", _("enterprise")


class WaveQuerySet(TenantQuerySet["Wave"]):
    """Named selections of waves."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Wave(models.Model):
    """A named set of sites that go live together, in order."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="waves")
    code = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=120)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.WAVE)
    position = models.PositiveSmallIntegerField(default=0)
    sites = models.ManyToManyField(Site, related_name="waves")

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="wave_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="wave_stage_known"),
        ]

    def __str__(self) -> str:
        return self.title
