"""What is being sold, and what it requires of the health system."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.instruments import InstrumentVersion, ProductType
from stakeholders.models import EditedByTwo, Organisation, Versioned
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
    history = HistoricalRecords()

    objects = ProductRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["item_code"]
        constraints = [
            models.UniqueConstraint(fields=["product", "item_code"], name="product_requirement_once"),
            models.CheckConstraint(condition=Q(weight=None) | Q(weight__gte=1, weight__lte=5), name="product_requirement_weight_1_to_5"),
            models.CheckConstraint(condition=Q(need=None) | Q(need__gt=0), name="product_requirement_need_above_zero"),
        ]

    def __str__(self) -> str:
        return self.item_code
