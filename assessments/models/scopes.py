"""What an assessment asks for: numbered revisions, written once, with one row per item."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.instruments import InstrumentVersion
from assessments.models.items import Direction, Item, Kind
from stakeholders.models import Role, User
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class ScopeQuerySet(TenantRecordQuerySet["Scope"]):
    """Named selections of scope revisions."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"

    def current(self, assessment: Assessment) -> "Scope":
        """Return the latest revision of an assessment's scope."""
        return self.filter(assessment=assessment).select_related("version").latest("number")


class Scope(WrittenOnce):
    """A numbered revision of what an assessment asks; a change makes the next one, answers keep by item code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scopes")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="scopes")
    reason = models.CharField(max_length=300)
    stated_roles = models.JSONField(
        null=True, blank=True, help_text=_("the roles that an imported bundle requires; empty: they follow from the items")
    )
    left_out_domains = models.JSONField(default=list, help_text=_("codes of the domains that are switched off"))
    left_out_items = models.JSONField(default=list, help_text=_("codes of the single items that are switched off"))
    opened = models.JSONField(default=list, help_text=_("codes of the items that are asked in depth: of all their roles"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ScopeQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="scope_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="scope_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, scope {self.number}"

    def required_roles(self) -> list[str]:
        """Return the roles that must answer: every accountable one, and clinician when a service line is affected.

        An imported bundle states them itself.
        """
        if self.stated_roles is not None:
            return sorted(self.stated_roles)
        roles = {item.accountable for item in self.items.all() if item.is_scored}
        if self.assessment.service_lines.exists():
            roles.add(Role.CLINICIAN)
        return sorted(roles)


class EstimateFrom(models.TextChoices):
    """Where a lead time or an effort comes from, the better source last."""

    BANK = "bank", _("the question bank")
    PRODUCT = "product", _("the product's profile")
    HISTORY = "history", _("the product's own history")


class ScopeItemQuerySet(TenantRecordQuerySet["ScopeItem"]):
    """Named selections of scope items."""

    tenant_path = "scope__assessment__organisation_id"
    assessment_path = "scope__assessment"


class ScopeItem(WrittenOnce):
    """One requirement as this assessment asks it: need, floor, weight, gate, roles, lead time and effort, frozen.

    A deeper item that nobody opened has no row: it is neither asked nor scored.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    domain_code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    need = models.FloatField()
    floor = models.FloatField(null=True)
    weight = models.PositiveSmallIntegerField()
    gate = models.BooleanField()
    unit = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    roles = models.JSONField(help_text=_("the roles that can answer, the accountable one first; stored whole, never queried"))
    accountable = models.CharField(max_length=40, choices=Role.choices)
    core_roles = models.JSONField(default=list, help_text=_("the roles that are asked it first"))
    seconds = models.JSONField(default=dict, help_text=_("by role: to read and answer it"))
    condition = models.CharField(max_length=500, blank=True, help_text=_("whom it is asked: in the condition language; empty: everyone"))
    lead_optimistic = models.FloatField(default=0, help_text=_("weeks"))
    lead_likely = models.FloatField(default=0, help_text=_("weeks"))
    lead_pessimistic = models.FloatField(default=0, help_text=_("weeks"))
    effort = models.JSONField(default=dict, help_text=_("hours by role or vendor"))
    lead_from = models.CharField(max_length=10, choices=EstimateFrom.choices, default=EstimateFrom.BANK)
    effort_from = models.CharField(max_length=10, choices=EstimateFrom.choices, default=EstimateFrom.BANK)

    objects = ScopeItemQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "code"], name="scope_item_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="scope_item_weight_1_to_5"),
            models.CheckConstraint(condition=Q(need__gt=0), name="scope_item_need_above_zero"),
            models.CheckConstraint(condition=Q(gate=False) | Q(floor__isnull=False), name="scope_item_gate_has_floor"),
            models.CheckConstraint(condition=Q(accountable__in=Role.values), name="scope_item_accountable_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_scored(self) -> bool:
        """Tell whether the item's answers enter the score."""
        return self.kind in (Kind.LEVEL, Kind.QUANTITY)
