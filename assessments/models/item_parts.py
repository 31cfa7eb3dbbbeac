"""The parts of an item: its roles, product types, efforts, dependencies and texts, frozen with the item's version."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.frozen import Frozen, FrozenQuerySet
from assessments.models.instruments import VersionState
from assessments.models.items import Item, ProductType
from stakeholders.models import Role


class ItemPart(Frozen):
    """A part of an item, frozen with the item's version."""

    class Meta(Frozen.Meta):
        abstract = True

    item: Any

    def version_state(self) -> str:
        """Return the state of the item's version."""
        return self.item.version_state()


class ItemPartQuerySet(FrozenQuerySet[Any]):
    """Selections of parts of items."""

    state_path = "item__version__state"


class ItemRole(ItemPart):
    """A role that can answer an item; one of them is accountable."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40, choices=Role.choices)
    accountable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    when_short = models.BooleanField(default=False, help_text=_("heard only when the item is short or contested"))
    seconds = models.PositiveSmallIntegerField(default=0, help_text=_("to read and answer it, from its words; 0: not worked out"))

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "role"], name="item_role_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(accountable=True), name="item_one_accountable_role"),
        ]

    def __str__(self) -> str:
        return self.role


class ItemProductType(ItemPart):
    """That a type of product requires an item: whether it may stop a signature there, and who is asked it first."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="product_types")
    product_type = models.CharField(max_length=40, choices=ProductType.choices)
    gate = models.BooleanField(default=False)
    core_roles = models.JSONField(
        default=list, blank=True, help_text=_("the roles in whose core it is; empty: a deeper item; stored whole, never queried")
    )

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "product_type"], name="item_product_type_once")]

    def __str__(self) -> str:
        return self.product_type


class ItemEffort(ItemPart):
    """Hours that a role, or the vendor, works to reach the need from nothing; per product and health system."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="efforts")
    pool = models.CharField(max_length=40, help_text=_("a role, or vendor"))
    hours = models.FloatField()

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "pool"], name="item_effort_once"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="item_effort_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {self.hours:g} h"


class ItemDependency(ItemPart):
    """That the work on an item can only start when another item's is done."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="dependencies")
    needs_code = models.CharField(max_length=20, help_text=_("code of the item that comes first"))

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "needs_code"], name="item_dependency_once")]

    def __str__(self) -> str:
        return self.needs_code


class TextField(models.TextChoices):
    """Which text of an item a row holds."""

    TITLE = "title", _("title")
    REQUIREMENT = "requirement", _("requirement")
    QUESTION = "question", _("question")
    WHY = "why", _("why we ask")
    KNOWN_BY = "usually_known_by", _("who usually knows")
    EVIDENCE = "evidence", _("what proves it")
    ACTION_HEALTH_SYSTEM = "action_health_system", _("default action of the health system")
    ACTION_VENDOR = "action_vendor", _("default action of the vendor")
    STEP_0 = "step_0", _("step 0")
    STEP_1 = "step_1", _("step 1")
    STEP_2 = "step_2", _("step 2")
    STEP_3 = "step_3", _("step 3")
    STEP_4 = "step_4", _("step 4")
    CHOICES = "choices", _("answers to choose from, a line each: code and words")


class ItemText(ItemPart):
    """One text of an item, for one role or all, in one language; a ladder step is the text of `step_0` … `step_4`."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="texts")
    role = models.CharField(max_length=40, blank=True, help_text=_("empty: for every role"))
    language = models.CharField(max_length=5, default="en")
    field = models.CharField(max_length=24, choices=TextField.choices)
    text = models.TextField()

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "role", "language", "field"], name="item_text_once")]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"

    def version_state(self) -> str:
        """Return the version's state; a missing language may still be inserted under a published version, once."""
        if self._state.adding and self.language != self.item.version.language:
            return VersionState.DRAFT
        return super().version_state()
