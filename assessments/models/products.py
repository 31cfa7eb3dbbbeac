"""What is being sold, and what it requires of the health system."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.instruments import InstrumentVersion
from assessments.models.items import ProductType
from stakeholders.models import EditedByTwo, Organisation, User, Versioned
from stakeholders.models.tenancy import TenantQuerySet


class ProductQuerySet(TenantQuerySet["Product"]):
    """Named selections of products."""


class Product(EditedByTwo):
    """What is being sold; its requirement profile starts from a product type of a question bank."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(_("name"), max_length=120)
    product_type = models.CharField(_("type"), max_length=40, choices=ProductType.choices)
    claim = models.CharField(_("what it promises"), max_length=300, blank=True)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="products", verbose_name=_("question bank"))
    modules = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="part_of",
        verbose_name=_("sold together with"),
        help_text=_("add-on modules: their requirements are asked with this product's, each once"),
    )
    # `version` is the question bank's here.
    edition = models.PositiveIntegerField(default=1, editable=False)
    version_field = "edition"
    history = HistoricalRecords()

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="product_name_once")]

    def __str__(self) -> str:
        return self.name


class ProductRequirementQuerySet(TenantQuerySet["ProductRequirement"]):
    """Named selections of requirements of products."""

    tenant_path = "product__organisation_id"


class ProductRequirement(Versioned):
    """Where a product's requirement profile departs from its type: each empty field takes the bank's value."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="requirements")
    item_code = models.CharField(max_length=20)
    left_out = models.BooleanField(default=False, help_text=_("the product does not require it"))
    need = models.FloatField(null=True, blank=True)
    floor = models.FloatField(null=True, blank=True)
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    gate = models.BooleanField(null=True, blank=True)
    lead_optimistic = models.FloatField(null=True, blank=True, help_text=_("weeks"))
    lead_likely = models.FloatField(null=True, blank=True, help_text=_("weeks"))
    lead_pessimistic = models.FloatField(null=True, blank=True, help_text=_("weeks"))
    effort = models.JSONField(null=True, blank=True, help_text=_("hours by role or vendor; empty: the bank's; stored whole, never queried"))
    reason = models.CharField(max_length=300, blank=True, help_text=_("why the product departs from its type"))
    history = HistoricalRecords()

    objects = ProductRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["item_code"]
        constraints = [
            models.UniqueConstraint(fields=["product", "item_code"], name="product_requirement_once"),
            models.CheckConstraint(condition=Q(weight=None) | Q(weight__gte=1, weight__lte=5), name="product_requirement_weight_1_to_5"),
            models.CheckConstraint(condition=Q(need=None) | Q(need__gt=0), name="product_requirement_need_above_zero"),
            models.CheckConstraint(
                condition=Q(lead_optimistic=None, lead_likely=None, lead_pessimistic=None)
                | Q(
                    lead_optimistic__gte=0,
                    lead_likely__gte=models.F("lead_optimistic"),
                    lead_pessimistic__gte=models.F("lead_likely"),
                ),
                name="product_requirement_lead_time_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.item_code


class RequirementRecordQuerySet(TenantQuerySet["RequirementRecord"]):
    """Named selections of records of a product's history."""

    tenant_path = "product__organisation_id"


class RequirementRecord(models.Model):
    """What meeting one requirement really took at an earlier customer: from three on, the better estimate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="records")
    item_code = models.CharField(max_length=20)
    place = models.CharField(_("where"), max_length=120, help_text=_("the vendor's own word for the customer"))
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    weeks = models.FloatField(_("weeks"), help_text=_("from the start of the work until it was met"))
    hours = models.JSONField(default=dict, blank=True, help_text=_("hours by role or vendor; stored whole, never queried"))
    recorded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()

    objects = RequirementRecordQuerySet.as_manager()

    class Meta:
        ordering = ["item_code", "finished_on", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["product", "item_code", "place"], name="requirement_record_once"),
            models.CheckConstraint(condition=Q(weeks__gte=0, weeks__lte=520), name="requirement_record_weeks_0_to_520"),
        ]

    def __str__(self) -> str:
        return f"{self.item_code} at {self.place}: {self.weeks:g} weeks"
