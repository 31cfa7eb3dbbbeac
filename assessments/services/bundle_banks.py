"""Find or make the question bank of an imported bundle.

A published version of the same code and number is used when all that the bundle says of domains and items is in it; else
the organisation gets a private version, under a code of its own, because a published version never changes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.text import slugify

from assessments import scored
from assessments.models import (
    Direction,
    Domain,
    Instrument,
    InstrumentVersion,
    Item,
    ItemProductType,
    ItemRole,
    ItemText,
    Kind,
    Product,
    ProductType,
    TextField,
    VersionState,
)
from stakeholders.models import Organisation

FITTING_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
LONGEST_CODE = 60
MARK = 8
LONGEST_NUMBER = 20
LONGEST_CODE_IN_NAME = 86


def bank_for(*, organisation: Organisation, instrument: scored.Instrument) -> InstrumentVersion:
    """Return a version whose domains and items are those of the bundle: a published one, else a new private one."""
    codes = [instrument.code, private_code(organisation, instrument.code)]
    own_or_shared = Q(instrument__organisation=None) | Q(instrument__organisation=organisation)
    published = InstrumentVersion.objects.filter(own_or_shared, instrument__code__in=codes).exclude(state=VersionState.DRAFT)
    candidates = published.filter(number__startswith=instrument.version[: LONGEST_NUMBER - 4]).order_by("published_at")
    return next((v for v in candidates if holds(v, instrument)), None) or _private_version(organisation, instrument)


def private_code(organisation: Organisation, code: str) -> str:
    """Return the code of an organisation's private copy of a bundle's instrument, which may be one of its own already."""
    return own_code(organisation, code.removeprefix(f"{organisation.slug}--"))


def own_code(organisation: Organisation, code: str) -> str:
    """Return the code of an organisation's own bank, unlike any shared one; no two codes lead to the same bank."""
    return f"{organisation.slug}--{fitting(code)}"


def fitting(code: str) -> str:
    """Return a code as a file of a bank may have it: one that is too long or holds other signs is told apart by a mark."""
    if FITTING_CODE.fullmatch(code):
        return code
    mark = hashlib.sha256(code.encode()).hexdigest()[:MARK]
    return f"{slugify(code)[: LONGEST_CODE - MARK - 1] or 'bank'}-{mark}"


def holds(version: InstrumentVersion, instrument: scored.Instrument) -> bool:
    """Tell whether an export from the version would name the bundle's domains, and its items with kind and title."""
    texts = ItemText.objects.filter(item__version=version, field=TextField.TITLE, role="", language=version.language)
    rows = texts.values_list("item__code", "item__kind", "item__domain__code", "text")
    bank = {code: (kind, domain, title) for code, kind, domain, title in rows}
    if any(bank.get(i.code) != (i.kind, i.domain, i.title or i.code) for i in instrument.items):
        return False
    asked, filled = {i.domain for i in instrument.items}, {domain for _, domain, _ in bank.values()}
    domains = [(d.code, d.title, d.weight) for d in version.domains.all() if d.code in asked or d.code not in filled]
    return domains == [(d.code, d.title or d.code, d.weight) for d in instrument.domains]


def product_for(*, organisation: Organisation, version: InstrumentVersion, codes: Iterable[str]) -> Product:
    """Return the organisation's product for imports from a version, of the type that asks for most of the items."""
    types = ItemProductType.objects.filter(item__version=version, item__code__in=list(codes))
    counts = Counter(types.values_list("product_type", flat=True))
    product_type = min(counts, key=lambda t: (-counts[t], t), default=ProductType.SEND_OUT_TEST.value)
    # The end of a long code tells the organisation's banks apart; they all begin alike.
    name = f"Imported ({version.instrument.code[-LONGEST_CODE_IN_NAME:]} {version.number})"
    product, _ = Product.objects.get_or_create(
        organisation=organisation, name=name, defaults={"version": version, "product_type": product_type}
    )
    return product


def _private_version(organisation: Organisation, bundled: scored.Instrument) -> InstrumentVersion:
    code = private_code(organisation, bundled.code)
    instrument, _ = Instrument.objects.get_or_create(code=code, defaults={"title": bundled.code, "organisation": organisation})
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=_unused_number(bundled.version, set(instrument.versions.values_list("number", flat=True))),
        note="Made from an imported bundle: titles, kinds and roles only.",
    )
    domains = {d.code: _domain(version, d, position) for position, d in enumerate(bundled.domains)}
    Domain.objects.bulk_create(domains.values())
    items = {i.code: _item(version, domains, i, position) for position, i in enumerate(bundled.items)}
    Item.objects.bulk_create(items.values())
    _store_parts(items, bundled)
    version.publish()
    return version


def _unused_number(number: str, taken: set[str]) -> str:
    """Return the version's number, or the first of `1-2`, `1-3`, … that is not taken."""
    found, count = number, 1
    while found in taken:
        count += 1
        found = f"{number[: LONGEST_NUMBER - len(str(count)) - 1]}-{count}"
    return found


def _domain(version: InstrumentVersion, domain: scored.Domain, position: int) -> Domain:
    return Domain(version=version, code=domain.code, title=domain.title or domain.code, weight=domain.weight, position=position)


def _item(version: InstrumentVersion, domains: Mapping[str, Domain], item: scored.Item, position: int) -> Item:
    return Item(
        version=version,
        domain=domains[item.domain],
        code=item.code,
        position=position,
        kind=Kind(item.kind),
        weight=item.weight,
        need=item.need,
        floor=floor_of(item),
        unit=item.unit or "",
        direction=Direction(item.direction),
    )


def floor_of(item: scored.Item) -> float | None:
    """Return an item's floor where the database allows it: the format lets it pass the need by 1e-9."""
    if item.floor is None:
        return None
    return min(item.floor, item.need) if item.direction == "at_least" else max(item.floor, item.need)


def _store_parts(rows: Mapping[str, Item], bundled: scored.Instrument) -> None:
    """Store the items' roles and titles; their product type is a guess, because bundles say nothing of it."""
    pairs = [(rows[item.code], item) for item in bundled.items]
    ItemRole.objects.bulk_create(
        ItemRole(item=row, role=role, accountable=role == item.accountable, position=position)
        for row, item in pairs
        for position, role in enumerate(roles_of(item))
    )
    ItemProductType.objects.bulk_create(
        ItemProductType(item=row, product_type=ProductType.SEND_OUT_TEST, gate=item.gate) for row, item in pairs
    )
    ItemText.objects.bulk_create(ItemText(item=row, field=TextField.TITLE, text=item.title or item.code) for row, item in pairs)


def roles_of(item: scored.Item) -> list[str]:
    """Return the roles that can answer, the accountable one first."""
    return sorted(item.roles, key=lambda role: role != item.accountable)
