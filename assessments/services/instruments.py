"""Load a version of the product's own question bank from its files, and publish it."""

from django.db import transaction

from assessments.bank.marks import BankFileError
from assessments.bank.version import BankVersion
from assessments.models import Instrument, InstrumentVersion, VersionState
from assessments.services.bank_rows import store_contents


@transaction.atomic
def load_instrument(*, bank: BankVersion) -> tuple[InstrumentVersion, bool]:
    """Store and publish a version, once: returns it and whether it is new.

    Raises BankFileError when the version is already published from other files: a published version never changes, a
    change of the files needs a new version number.
    """
    instrument, _ = Instrument.objects.get_or_create(code=bank.code, defaults={"title": bank.title})
    existing = InstrumentVersion.objects.filter(instrument=instrument, number=bank.number).first()
    if existing is not None:
        if existing.content_hash != bank.content_hash:
            raise BankFileError(
                f"{bank.code} {bank.number} is already published from other files; nothing was changed. "
                "Give the changed files a new version number."
            )
        return existing, False
    before = InstrumentVersion.objects.filter(instrument=instrument, state=VersionState.PUBLISHED).first()
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=bank.number,
        title=bank.title,
        language=bank.language,
        description=bank.description,
        note=bank.note,
        content_hash=bank.content_hash,
        based_on=before,
    )
    store_contents(version, bank)
    publish(version)
    return version, True


def publish(version: InstrumentVersion) -> None:
    """Freeze a version, mark the one before it as replaced and call the bank as it does; the caller has checked that it is complete."""
    for older in InstrumentVersion.objects.filter(instrument=version.instrument, state=VersionState.PUBLISHED):
        older.supersede()
    version.publish()
    Instrument.objects.filter(pk=version.instrument_id).update(title=version.title)
