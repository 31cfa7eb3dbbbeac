"""What a version of a question bank asks: domains, items, who can answer them, and their texts."""

from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.frozen import Frozen, FrozenQuerySet
from assessments.models.instruments import InstrumentVersion


class Kind(models.TextChoices):
    """What an item's answer is; only `level` and `quantity` are scored."""

    LEVEL = "level", _("ladder 0–4")
    QUANTITY = "quantity", _("number with a unit")
    CHOICE = "choice", _("choice")
    TEXT = "text", _("text")
    DATE = "date", _("date")
    YES_NO = "yes_no", _("yes or no")


class Direction(models.TextChoices):
    """Whether more or less of a quantity is better."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class ProductType(models.TextChoices):
    """The kinds of product that the bank knows."""

    SEND_OUT_TEST = "send_out_test", _("Send-out test")
    IN_HOUSE_ASSAY = "in_house_assay", _("In-house assay")
    DIGITAL_ENGAGEMENT = "digital_engagement_platform", _("Digital patient engagement")
    REMOTE_MONITORING = "remote_monitoring", _("Remote monitoring")
    AI_DECISION_SUPPORT = "ai_decision_support", _("AI decision support")


class Part(models.TextChoices):
    """What an item is for: only requirements are scored."""

    REQUIREMENT = "requirement", _("requirement")
    CONTEXT = "context", _("context that steers")
    CLIMATE = "climate", _("anonymous statement")
    SELF_AUDIT = "self_audit", _("the vendor's own readiness")


ASKED_IN_INTERVIEWS = (Part.REQUIREMENT, Part.CONTEXT)


class DomainQuerySet(FrozenQuerySet["Domain"]):
    """Named selections of domains."""


class Domain(Frozen):
    """A group of requirements, such as samples and logistics."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="domains")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    weight = models.FloatField(default=1)

    objects = DomainQuerySet.as_manager()

    class Meta(Frozen.Meta):
        abstract = False
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="domain_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="domain_weight_above_zero"),
        ]

    def __str__(self) -> str:
        return self.title

    def version_state(self) -> str:
        """Return the state of the domain's version."""
        return self.version.version_state()


class ItemQuerySet(FrozenQuerySet["Item"]):
    """Named selections of items."""

    def of_type(self, product_type: str) -> "ItemQuerySet":
        """Return what the health system is asked for a type of product, in the bank's order."""
        asked = self.filter(product_types__product_type=product_type, part__in=ASKED_IN_INTERVIEWS)
        return asked.order_by("domain__position", "position")

    def of_part(self, part: str) -> "ItemQuerySet":
        """Return the items of one part of the bank, in its order."""
        return self.filter(part=part).order_by("domain__position", "position")

    def whole(self) -> "ItemQuerySet":
        """Return items with all that a scope or a page needs of them."""
        return self.select_related("domain").prefetch_related("roles", "texts", "efforts", "dependencies", "product_types")


class Step(NamedTuple):
    """One step of an item's ladder: the level and the sentence that can be observed."""

    level: int
    text: str


class Item(Frozen):
    """One requirement of the bank, asked of the roles that can answer it; or a question that only steers."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="items")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(help_text=_("order within the domain"))
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.REQUIREMENT)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEVEL)
    weight = models.PositiveSmallIntegerField(default=3, help_text=_("1–5"))
    need = models.FloatField(default=3, help_text=_("the level or amount required at go-live"))
    need_is_estimate = models.BooleanField(default=False)
    need_from = models.CharField(max_length=200, blank=True, help_text=_("what a product's own need is worked out from"))
    floor = models.FloatField(null=True, blank=True, help_text=_("the least that must be true before the contract, where it is a gate"))
    unit = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.AT_LEAST)
    condition = models.CharField(max_length=500, blank=True, help_text=_("whom it is asked: in the condition language; empty: everyone"))
    opens_when = models.CharField(max_length=500, blank=True, help_text=_("opens a deeper item by rule: in the condition language"))
    lead_optimistic = models.FloatField(default=0, help_text=_("weeks"))
    lead_likely = models.FloatField(default=0, help_text=_("weeks"))
    lead_pessimistic = models.FloatField(default=0, help_text=_("weeks"))
    lead_is_estimate = models.BooleanField(default=True)
    effort_is_estimate = models.BooleanField(default=True)
    barrier = models.CharField(max_length=20, blank=True)
    clarity_gap = models.CharField(max_length=20, blank=True)
    source = models.CharField(
        max_length=400, default="practice guidance", help_text=_("a public standard with its section, or practice guidance")
    )
    source_is_public = models.BooleanField(default=False)

    edition = models.PositiveIntegerField(default=1, editable=False, help_text=_("raised by every change in a draft"))

    objects = ItemQuerySet.as_manager()

    class Meta(Frozen.Meta):
        abstract = False
        ordering = ["domain__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="item_weight_1_to_5"),
            models.CheckConstraint(condition=Q(need__gt=0), name="item_need_above_zero"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="item_part_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.LEVEL) | Q(need__lte=4, direction=Direction.AT_LEAST), name="item_level_need_on_ladder"
            ),
            models.CheckConstraint(
                condition=Q(floor=None)
                | Q(direction=Direction.AT_LEAST, floor__lte=models.F("need"))
                | Q(direction=Direction.AT_MOST, floor__gte=models.F("need")),
                name="item_floor_never_above_need",
            ),
            models.CheckConstraint(
                condition=Q(
                    lead_optimistic__gte=0, lead_likely__gte=models.F("lead_optimistic"), lead_pessimistic__gte=models.F("lead_likely")
                ),
                name="item_lead_time_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def version_state(self) -> str:
        """Return the state of the item's version."""
        return self.version.version_state()

    def role_codes(self) -> list[str]:
        """Return the roles that can answer, the accountable one first (reads prefetched roles)."""
        return [r.role for r in self._roles_in_order() if not r.when_short]

    def when_short_codes(self) -> list[str]:
        """Return the roles that are heard only when the item is short or contested (reads prefetched roles)."""
        return [r.role for r in self._roles_in_order() if r.when_short]

    def _roles_in_order(self) -> list[Any]:
        return sorted(self.roles.all(), key=lambda r: (not r.accountable, r.position))

    def accountable_role(self) -> str:
        """Return the role whose answer counts double and without which a gate is unknown."""
        return next(r.role for r in self.roles.all() if r.accountable)

    def text(self, field: str, *, role: str = "", language: str = "en") -> str:
        """Return a text: for the role if there is one, else for all; in the language if there is one, else in English."""
        found = {(t.role, t.language): t.text for t in self.texts.all() if t.field == field}
        keys = ((role, language), ("", language), (role, "en"), ("", "en"))
        return next((found[key] for key in keys if key in found), "")

    def choices(self, *, role: str = "", language: str = "en") -> dict[str, str]:
        """Return the answers of a choice item: their words by code, in order."""
        lines = self.text("choices", role=role, language=language).splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    def ladder(self, *, role: str = "", language: str = "en") -> list[Step]:
        """Return the five steps of a level item, least first."""
        return [Step(level, self.text(f"step_{level}", role=role, language=language)) for level in range(5)]
