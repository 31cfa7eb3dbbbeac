"""Gaps, and what people decided about them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.assessments import Assessment
from assessments.models.interviews import Interview
from stakeholders.models import Stakeholder, User
from stakeholders.models.tenancy import TenantQuerySet


class Severity(models.TextChoices):
    """How grave a finding is, gravest first."""

    BLOCKER = "blocker", _("Blocker")
    MAJOR = "major", _("Major")
    MODERATE = "moderate", _("Moderate")
    MINOR = "minor", _("Minor")


SEVERITY_ORDER = {severity: position for position, severity in enumerate(Severity.values)}


class FindingState(models.TextChoices):
    """What was decided about a finding."""

    DRAFT = "draft", _("draft")
    CONFIRMED = "confirmed", _("confirmed")
    PLANNED = "planned", _("planned")
    RESOLVED = "resolved", _("resolved")
    DISMISSED = "dismissed", _("dismissed")
    ACCEPTED = "accepted", _("accepted as a risk")


class FindingQuerySet(TenantQuerySet["Finding"]):
    """Named selections of findings."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"

    def present(self) -> Self:
        """Return the findings that the latest score still shows."""
        return self.filter(vanished_at=None)

    def open(self) -> Self:
        """Return the findings that still ask for something: present, neither dismissed, resolved nor accepted."""
        closed = (FindingState.DISMISSED, FindingState.RESOLVED, FindingState.ACCEPTED)
        return self.present().exclude(state__in=closed)

    def gravest_first(self) -> Self:
        """Order by the severity that holds, then by impact, then by code."""
        cases = [models.When(holding=severity, then=position) for severity, position in SEVERITY_ORDER.items()]
        holding = models.Case(
            models.When(~Q(adjusted_severity=""), then="adjusted_severity"), default="severity", output_field=models.CharField()
        )
        ranked = self.annotate(holding=holding).annotate(rank=models.Case(*cases, output_field=models.IntegerField()))
        return ranked.order_by("rank", models.F("impact").desc(nulls_last=True), "code", "rule")


class Finding(models.Model):
    """A gap with a stable id (rule and code): drafted by a rule, decided by people.

    Nothing that a person does to a finding moves score or verdict.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=40, help_text=_("for example shortfall; an open list"))
    code = models.CharField(max_length=60, help_text=_("the item, role or service line that it is about"))
    severity = models.CharField(max_length=10, choices=Severity.choices, help_text=_("as computed"))
    impact = models.FloatField(null=True, help_text=_("weight × what is missing of fulfilment, 0–5; shortfalls only"))
    adjusted_severity = models.CharField(max_length=10, choices=Severity.choices, blank=True)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.DRAFT)
    reason = models.CharField(max_length=500, blank=True, help_text=_("for the adjusted severity, the dismissal or the accepted risk"))
    accepted_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    first_seen_at = models.DateTimeField(default=timezone.now, editable=False)
    vanished_at = models.DateTimeField(null=True, blank=True, help_text=_("since when the score no longer shows it"))
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["code", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "rule", "code"], name="finding_once"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity_known"),
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_known"),
            models.CheckConstraint(condition=Q(adjusted_severity="") | ~Q(reason=""), name="finding_adjustment_has_reason"),
            models.CheckConstraint(condition=~Q(state=FindingState.DISMISSED) | ~Q(reason=""), name="finding_dismissal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}:{self.code}"

    @property
    def holding_severity(self) -> str:
        """Return the severity that holds: the adjusted one where a person gave one, else the computed one."""
        return self.adjusted_severity or self.severity


class ReconciliationQuerySet(TenantQuerySet["Reconciliation"]):
    """Named selections of reconciliations."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Reconciliation(models.Model):
    """What the people who disagreed settled on, with evidence and names; it counts once the accountable person confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reconciliations")
    item_code = models.CharField(max_length=20)
    value = models.FloatField(help_text=_("level 0–4, or the amount in the item's unit"))
    evidence = models.TextField(max_length=2000)
    agreed_by = models.ManyToManyField(Interview, related_name="reconciliations")
    recorded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Interview, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item_code"], name="reconciliation_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="reconciliation_value_not_negative"),
            models.CheckConstraint(condition=~Q(evidence=""), name="reconciliation_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.item_code}: {self.value:g}"


class PlanKind(models.TextChoices):
    """Which kind of failed gate an agreed plan answers."""

    SHORTFALL = "shortfall", _("requirement")
    NO_CHAMPION = "no_champion", _("champion")


class AgreedPlanQuerySet(TenantQuerySet["AgreedPlan"]):
    """Named selections of agreed plans."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class AgreedPlan(models.Model):
    """That a named person at the health system accepted a dated plan for a failed gate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="agreed_plans")
    kind = models.CharField(max_length=12, choices=PlanKind.choices)
    code = models.CharField(max_length=60, help_text=_("the gate's item or service line"))
    plan = models.TextField(max_length=2000, blank=True)
    due = models.DateField(null=True, help_text=_("empty only in an imported bundle"))
    accepted_by = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, null=True, related_name="agreed_plans")
    accepted_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = AgreedPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "kind", "code"], name="agreed_plan_once"),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="agreed_plan_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"
