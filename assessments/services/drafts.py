"""Drafts of an organisation's own question banks: start one from any version, describe, publish or discard it."""

import hashlib
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.bank.checks import Defect, defects
from assessments.bank.version import BankVersion
from assessments.models import (
    Domain,
    Instrument,
    InstrumentVersion,
    Item,
    ItemDependency,
    ItemEffort,
    ItemProductType,
    ItemRole,
    ItemText,
    VersionState,
)
from assessments.services.bank_rows import bank_of, store_contents
from assessments.services.bundle_banks import own_code
from assessments.services.instruments import publish
from stakeholders.models import Organisation, User
from stakeholders.services.audit import record_event

HEAD = ("title", "number", "description", "note")
PARTS = (ItemRole, ItemProductType, ItemEffort, ItemDependency, ItemText)


class NotADraftError(Exception):
    """Only an organisation's own draft can be changed: this version is published, gone, or the product's own."""


class DraftExistsError(Exception):
    """The bank has a draft already; there is one at a time. `draft` is it."""

    def __init__(self, draft: InstrumentVersion) -> None:
        super().__init__(str(draft))
        self.draft = draft


class DraftChangedError(Exception):
    """Somebody else changed the draft after the page was opened; nothing was done."""


class DefectsError(Exception):
    """The draft cannot be published yet; `defects` say why."""

    def __init__(self, found: Iterable[Defect]) -> None:
        self.defects = list(found)
        super().__init__(", ".join(sorted({defect.code for defect in self.defects})))


def own_instrument(organisation: Organisation, code: str, title: str) -> Instrument:
    """Return the organisation's bank for a source code, made if need be, locked so that it gets one draft at a time."""
    own, _made = Instrument.objects.get_or_create(
        code=own_code(organisation, code), defaults={"title": title, "organisation": organisation}
    )
    if own.organisation_id != organisation.pk:
        raise PermissionDenied  # somebody else's bank under our code: never to be touched, whatever made it
    return Instrument.objects.select_for_update().get(pk=own.pk)


def draft_of(instrument: Instrument) -> InstrumentVersion | None:
    """Return the bank's draft, None without one."""
    return InstrumentVersion.objects.filter(instrument=instrument, state=VersionState.DRAFT).select_related("instrument").first()


def next_number(instrument: Instrument) -> str:
    """Return the number after the highest whole one of the bank."""
    numbers = instrument.versions.values_list("number", flat=True)
    return str(1 + max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 10), default=0))


@transaction.atomic
def start_draft(*, source: InstrumentVersion, organisation: Organisation, actor: User | None = None) -> InstrumentVersion:
    """Copy a published version into the next draft of the organisation's own bank. Raises DraftExistsError."""
    of_source = source.instrument
    if of_source.organisation_id == organisation.pk:
        instrument = Instrument.objects.select_for_update().get(pk=of_source.pk)
    else:
        instrument = own_instrument(organisation, of_source.code, source.bank_title)
    existing = draft_of(instrument)
    if existing is not None:
        raise DraftExistsError(existing)
    draft = new_draft(instrument, bank_of(source), number=next_number(instrument), based_on=source)
    record_event(organisation=organisation, verb="bank.draft_started", subject=draft, actor=actor)
    return draft


def new_draft(instrument: Instrument, bank: BankVersion, *, number: str, based_on: InstrumentVersion | None) -> InstrumentVersion:
    """Write a bank's contents as a draft of the instrument, which is locked and has none."""
    draft = InstrumentVersion.objects.create(
        instrument=instrument,
        number=number,
        title=bank.title if bank.title.strip() else bank.code,
        language=bank.language,
        description=bank.description,
        note=bank.note,
        based_on=based_on,
    )
    store_contents(draft, bank)
    return draft


def locked_draft(version: InstrumentVersion) -> InstrumentVersion:
    """Return an organisation's own draft, locked until the transaction ends. Raises NotADraftError."""
    drafts = InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument__organisation")
    found = drafts.filter(pk=version.pk, state=VersionState.DRAFT, instrument__organisation__isnull=False).first()
    if found is None:
        raise NotADraftError
    return found


def owner_of(instrument: Instrument) -> Organisation:
    """Return whose bank it is. Raises NotADraftError for the product's own, which nobody edits."""
    if instrument.organisation is None:
        raise NotADraftError
    return instrument.organisation


def note_change(draft: InstrumentVersion, verb: str, actor: User | None) -> None:
    """Raise the number of the locked draft, and record who changed it."""
    draft.edition += 1
    draft.save(update_fields=["edition"])
    record_event(organisation=owner_of(draft.instrument), verb=verb, subject=draft, actor=actor)


def head_of(version: InstrumentVersion) -> dict[str, str]:
    """Return what a draft says of itself."""
    return {"title": version.bank_title, "number": version.number, "description": version.description, "note": version.note}


def mark_of(values: Iterable[object]) -> str:
    """Return a short fingerprint of values as a page shows them, to notice that somebody changed them meanwhile."""
    return hashlib.sha256("\0".join(str(value) for value in values).encode()).hexdigest()[:16]


@transaction.atomic
def describe_draft(*, version: InstrumentVersion, head: dict[str, str], seen: str = "", actor: User | None = None) -> InstrumentVersion:
    """Change title, number, description and note; published versions keep their titles, and the bank its own until this one is.

    Raises ValidationError for a taken number, DraftChangedError when `seen` is not the mark of what stands there now.
    """
    draft = locked_draft(version)
    if seen and seen != mark_of(head_of(draft).values()):
        raise DraftChangedError
    if draft.instrument.versions.filter(number=head["number"]).exclude(pk=draft.pk).exists():
        raise ValidationError({"number": _("There is a version with this number already.")})
    for name in HEAD:
        setattr(draft, name, head[name])
    draft.save(update_fields=HEAD)
    name_new_bank(draft)
    note_change(draft, "bank.draft_described", actor)
    return draft


def name_new_bank(draft: InstrumentVersion) -> None:
    """Call a bank of which nothing was ever published as its draft is called; every other one waits until it is published."""
    if not draft.instrument.versions.exclude(published_at=None).exists():
        Instrument.objects.filter(pk=draft.instrument_id).update(title=draft.title)


@transaction.atomic
def publish_draft(*, version: InstrumentVersion, seen: int | None = None, actor: User | None = None) -> InstrumentVersion:
    """Freeze a draft for ever and supersede the version before; products stay on theirs until somebody moves them.

    Raises DefectsError while something is wrong, DraftChangedError when the draft is not the edition that was `seen`.
    """
    draft = locked_draft(version)
    if seen is not None and seen != draft.edition:
        raise DraftChangedError
    found = defects(bank_of(draft))
    if found:
        raise DefectsError(found)
    publish(draft)
    note_change_of_published(draft, actor)
    return draft


def note_change_of_published(version: InstrumentVersion, actor: User | None) -> None:
    """Record who published a version, which can be changed no more, not even in its number of changes."""
    organisation = owner_of(version.instrument)
    record_event(organisation=organisation, verb="bank.published", subject=version, actor=actor)


@transaction.atomic
def discard_draft(*, version: InstrumentVersion, actor: User | None = None) -> None:
    """Delete a draft with all its items; a bank that has no other version goes with it."""
    draft = locked_draft(version)
    instrument, organisation = draft.instrument, owner_of(draft.instrument)
    record_event(organisation=organisation, verb="bank.draft_discarded", subject=draft, actor=actor)
    remove_contents(draft)
    draft.delete()
    if not instrument.versions.exists():
        instrument.delete()


def remove_contents(draft: InstrumentVersion) -> None:
    """Delete what a draft holds: parts first, for each row protects what it hangs under."""
    for model in PARTS:
        model.objects.filter(item__version=draft).delete()
    Item.objects.filter(version=draft).delete()
    Domain.objects.filter(version=draft).delete()
