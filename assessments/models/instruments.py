"""Question banks and their numbered versions."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.frozen import Frozen, FrozenQuerySet
from stakeholders.models import Membership, Organisation
from stakeholders.policy import Right, may


class VersionState(models.TextChoices):
    """Where a version of a question bank stands."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Named selections of question banks."""

    def for_member(self, membership: Membership) -> "InstrumentQuerySet":
        """Return the product's own banks and those of the member's organisation."""
        return self.filter(Q(organisation=None) | Q(organisation=membership.organisation_id))


class Instrument(models.Model):
    """A versioned question bank: the product's own, or one of an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # As long as the organisation's own name for itself and the code of a file together.
    code = models.SlugField(max_length=130, unique=True)
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

    def readable_by(self, membership: Membership) -> "InstrumentVersionQuerySet":
        """Return those of them that the member may read: drafts are for whoever can change them."""
        mine = self.for_member(membership)
        return mine if may(membership.role, Right.EDIT) else mine.exclude(state=VersionState.DRAFT)


class InstrumentVersion(Frozen):
    """One version of a question bank; once published it never changes, it is only superseded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.CharField(max_length=160, blank=True, help_text=_("empty in a draft: the bank's"))
    language = models.CharField(max_length=5, default="en")
    description = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text=_("where the facts come from and what they do not claim"))
    content_hash = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the files it was loaded from"))
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts", help_text=_("the version it was copied from")
    )
    edition = models.PositiveIntegerField(default=1, editable=False, help_text=_("raised by every change of the draft"))
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
        return f"{self.bank_title} {self.number}"

    @property
    def bank_title(self) -> str:
        """What the bank is called in this version; a published one keeps the title that it was published under."""
        return self.title or self.instrument.title

    def version_state(self) -> str:
        """Return the state in the database: a draft in memory that was published elsewhere is frozen, too."""
        if self._state.adding:
            return VersionState.DRAFT
        return type(self).objects.values_list("state", flat=True).get(pk=self.pk)

    def publish(self) -> None:
        """Freeze the version as it is now; the caller has checked that it is complete."""
        self.title, self.state, self.published_at = self.bank_title, VersionState.PUBLISHED, timezone.now()
        self.save(update_fields=["title", "state", "published_at"])

    def supersede(self) -> None:
        """Mark a published version as replaced: the one change that a published version knows."""
        models.QuerySet(type(self)).filter(pk=self.pk, state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
        self.refresh_from_db()
