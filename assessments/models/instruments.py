"""Question banks: instruments, their versions, domains, items and the items' texts."""

import uuid
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.frozen import Frozen, FrozenQuerySet
from stakeholders.models import Membership, Organisation, Role


class VersionState(models.TextChoices):
    """Where a version of a question bank stands."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


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


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Named selections of question banks."""

    def for_member(self, membership: Membership) -> "InstrumentQuerySet":
        """Return the product's own banks and those of the member's organisation."""
        return self.filter(Q(organisation=None) | Q(organisation=membership.organisation_id))


class Instrument(models.Model):
    """A versioned question bank: the product's own, or one of an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="instruments")

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class InstrumentVersionQuerySet(FrozenQuerySet["InstrumentVersion"]):
    """Named selections of instrument versions."""

    state_path = "state"

    def current(self) -> "InstrumentVersion":
        """Return the newest published version of the product's own bank."""
        return self.filter(instrument__organisation=None, state=VersionState.PUBLISHED).latest("published_at")

    def for_member(self, membership: Membership) -> "InstrumentVersionQuerySet":
        """Return the versions of the product's own banks and of the member's organisation's."""
        return self.filter(Q(instrument__organisation=None) | Q(instrument__organisation=membership.organisation_id))


class InstrumentVersion(Frozen):
    """One version of a question bank; once published it never changes, it is only superseded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    language = models.CharField(max_length=5, default="en")
    description = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text=_("where the facts come from and what they do not claim"))
    content_hash = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the files it was loaded from"))
    published_at = models.DateTimeField(null=True, blank=True)

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta(Frozen.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at=None) | (~Q(state=VersionState.DRAFT) & Q(published_at__isnull=False)),
                name="instrument_version_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    def version_state(self) -> str:
        """Return the state in the database: a draft in memory that was published elsewhere is frozen, too."""
        if self._state.adding:
            return VersionState.DRAFT
        return type(self).objects.values_list("state", flat=True).get(pk=self.pk)

    def publish(self) -> None:
        """Freeze the version as it is now; the caller has checked that it is complete."""
        self.state, self.published_at = VersionState.PUBLISHED, timezone.now()
        self.save(update_fields=["state", "published_at"])

    def supersede(self) -> None:
        """Mark a published version as replaced: the one change that a published version knows."""
        models.QuerySet(type(self)).filter(pk=self.pk, state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
        self.refresh_from_db()


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
        """Return the items that a type of product requires, in the bank's order."""
        return self.filter(product_types__product_type=product_type).order_by("domain__position", "position")

    def whole(self) -> "ItemQuerySet":
        """Return items with all that a scope or a page needs of them."""
        return self.select_related("domain").prefetch_related("roles", "texts", "efforts", "dependencies")


class Step(NamedTuple):
    """One step of an item's ladder: the level and the sentence that can be observed."""

    level: int
    text: str


class Item(Frozen):
    """One requirement of the bank, asked of the roles that can answer it."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="items")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(help_text=_("order within the domain"))
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEVEL)
    weight = models.PositiveSmallIntegerField(default=3, help_text=_("1–5"))
    need = models.FloatField(default=3, help_text=_("the level or amount required at go-live"))
    gate = models.BooleanField(default=False)
    floor = models.FloatField(null=True, blank=True, help_text=_("of a gate: the least that must be true before a contract is signed"))
    unit = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.AT_LEAST)
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

    objects = ItemQuerySet.as_manager()

    class Meta(Frozen.Meta):
        abstract = False
        ordering = ["domain__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="item_weight_1_to_5"),
            models.CheckConstraint(condition=Q(need__gt=0), name="item_need_above_zero"),
            models.CheckConstraint(condition=Q(gate=False) | Q(floor__isnull=False), name="item_gate_has_floor"),
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
        return [r.role for r in sorted(self.roles.all(), key=lambda r: (not r.accountable, r.position))]

    def accountable_role(self) -> str:
        """Return the role whose answer counts double and without which a gate is unknown."""
        return next(r.role for r in self.roles.all() if r.accountable)

    def text(self, field: str, *, role: str = "", language: str = "en") -> str:
        """Return a text: for the role if there is one, else for all; in the language if there is one, else in English."""
        found = {(t.role, t.language): t.text for t in self.texts.all() if t.field == field}
        keys = ((role, language), ("", language), (role, "en"), ("", "en"))
        return next((found[key] for key in keys if key in found), "")

    def ladder(self, *, role: str = "", language: str = "en") -> list[Step]:
        """Return the five steps of a level item, least first."""
        return [Step(level, self.text(f"step_{level}", role=role, language=language)) for level in range(5)]


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
    """That a type of product requires an item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="product_types")
    product_type = models.CharField(max_length=40, choices=ProductType.choices)

    objects = ItemPartQuerySet.as_manager()

    class Meta(ItemPart.Meta):
        abstract = False
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
        constraints = [models.UniqueConstraint(fields=["item", "role", "language", "field"], name="item_text_once")]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"

    def version_state(self) -> str:
        """Return the version's state; a missing language may still be inserted under a published version, once."""
        if self._state.adding and self.language != self.item.version.language:
            return VersionState.DRAFT
        return super().version_state()
