"""Load a version of the product's own question bank from its files, and publish it."""

from django.db import transaction

from assessments.bank_files import BankFileError, BankItem, BankVersion
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
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=bank.number,
        language=bank.language,
        description=bank.description,
        note=bank.note,
        content_hash=bank.content_hash,
    )
    _store_items(version, bank)
    _supersede_older(version)
    version.publish()
    return version, True


def _supersede_older(version: InstrumentVersion) -> None:
    for older in InstrumentVersion.objects.filter(instrument=version.instrument, state=VersionState.PUBLISHED):
        older.supersede()


def _store_items(version: InstrumentVersion, bank: BankVersion) -> None:
    domains = {
        d.code: Domain(version=version, code=d.code, title=d.title, description=d.description, weight=d.weight, position=position)
        for position, d in enumerate(bank.domains)
    }
    Domain.objects.bulk_create(domains.values())
    items = {i.code: _item_row(version, domains[i.domain], i, position) for position, i in enumerate(bank.items)}
    Item.objects.bulk_create(items.values())
    pairs = [(items[i.code], i) for i in bank.items]
    ItemRole.objects.bulk_create(
        ItemRole(item=row, role=role, accountable=position == 0, position=position)
        for row, item in pairs
        for position, role in enumerate(item.roles)
    )
    ItemProductType.objects.bulk_create(ItemProductType(item=row, product_type=t) for row, item in pairs for t in item.product_types)
    ItemEffort.objects.bulk_create(ItemEffort(item=row, pool=p, hours=h) for row, item in pairs for p, h in item.effort_hours.items())
    ItemDependency.objects.bulk_create(ItemDependency(item=row, needs_code=code) for row, item in pairs for code in item.depends_on)
    ItemText.objects.bulk_create(
        ItemText(item=row, field=field, text=text, language=bank.language) for row, item in pairs for field, text in item.texts.items()
    )


def _item_row(version: InstrumentVersion, domain: Domain, item: BankItem, position: int) -> Item:
    optimistic, likely, pessimistic = item.lead_weeks
    return Item(
        version=version,
        domain=domain,
        code=item.code,
        position=position,
        weight=item.weight,
        need=item.need,
        gate=item.gate,
        floor=item.floor if item.gate else None,
        lead_optimistic=optimistic,
        lead_likely=likely,
        lead_pessimistic=pessimistic,
        lead_is_estimate=item.lead_is_estimate,
        effort_is_estimate=item.effort_is_estimate,
        barrier=item.barrier,
        clarity_gap=item.clarity_gap,
        source=item.source,
        source_is_public=item.source_is_public,
    )
