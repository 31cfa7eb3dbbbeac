"""Question banks as files of an organisation: export any version, import a file into a new draft, all or nothing."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.bank.marks import BankFileErrors, decoded, load
from assessments.bank.reading import read_version
from assessments.bank.version import BankVersion
from assessments.bank.writing import write_version
from assessments.models import Instrument, InstrumentVersion
from assessments.services.bank_rows import bank_of
from assessments.services.drafts import DraftExistsError, discard_draft, draft_of, new_draft, next_number, own_instrument
from assessments.services.drafts_limits import limits_of
from stakeholders.models import Organisation, User
from stakeholders.services.audit import record_event

MOST_ERRORS = 20


def export_version(version: InstrumentVersion) -> str:
    """Return a version as one YAML document, under the code that it has outside of this organisation."""
    return write_version(replace(bank_of(version), code=public_code(version.instrument)))


def public_code(instrument: Instrument) -> str:
    """Return a bank's code without the organisation that keeps it apart from others of the same code."""
    organisation = instrument.organisation
    return instrument.code.removeprefix(f"{organisation.slug}--") or instrument.code if organisation else instrument.code


def file_name(version: InstrumentVersion) -> str:
    """Return what a version's file is called."""
    return f"{public_code(version.instrument)}-{version.number}.yaml"


def read_file(content: bytes) -> BankVersion:
    """Return the version in a file, everything of which can be kept. Raises BankFileErrors with line and path."""
    bank = read_version(content)
    document = load(decoded(content))
    errors = [
        document.error(("items", position, *path.split(".")), message)
        for position, item in enumerate(bank.items)
        for path, message in limits_of(item)
    ]
    if errors:
        raise BankFileErrors(errors[:MOST_ERRORS])
    return bank


@transaction.atomic
def import_version(
    *, organisation: Organisation, content: bytes, replace_draft: bool = False, actor: User | None = None
) -> InstrumentVersion:
    """Make a draft of a file in the organisation's own bank of that code, under the file's number where it is free.

    Raises BankFileErrors, and DraftExistsError unless the draft that is there may be replaced. Nothing is kept of a file
    that is refused.
    """
    bank = read_file(content)
    instrument = own_instrument(organisation, bank.code, bank.title or bank.code)
    existing = draft_of(instrument)
    based_on = instrument.versions.exclude(published_at=None).order_by("-published_at").first()
    if existing is not None and not replace_draft:
        raise DraftExistsError(existing)
    if existing is not None:
        based_on = existing.based_on or based_on
        discard_draft(version=existing, actor=actor)
        instrument = own_instrument(organisation, bank.code, bank.title or bank.code)
    taken = instrument.versions.filter(number=bank.number).exists()
    draft = new_draft(instrument, bank, number=next_number(instrument) if taken else bank.number, based_on=based_on)
    record_event(organisation=organisation, verb="bank.draft_imported", subject=draft, actor=actor)
    return InstrumentVersion.objects.select_related("instrument__organisation").get(pk=draft.pk)


def errors_of(error: BankFileErrors, content: bytes) -> list[dict[str, object]]:
    """Return the errors by line, each with the line of the file that it is about, as far as there is one."""
    lines = content.decode(errors="replace").splitlines()
    return [
        {"line": each.line, "path": each.path, "message": each.message, "text": lines[each.line - 1].strip()[:160] if each.line else ""}
        for each in sorted(error.errors, key=lambda each: each.line or 0)
        if not each.line or each.line <= len(lines)
    ] or [{"line": None, "path": "", "message": str(error) or _("This file cannot be read."), "text": ""}]
