"""Read what a product requires from the database, as the plain values that are combined and adjusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assessments.models import InstrumentVersion, Item, Product, ProductRequirement, RequirementRecord
from assessments.models.items import ASKED_IN_INTERVIEWS
from assessments.requirements import Adjustment, Record, Requirement, Weeks, adjusted, combined, gates_asked


@dataclass(frozen=True, slots=True)
class PartOfProfile:
    """What one product (the one that is sold, or an add-on module) asks of an item.

    `plain` is what its type asks, `own` with its own values, None when it leaves the item out.
    """

    product: Product
    plain: Requirement
    own: Requirement | None
    row: ProductRequirement | None
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One requirement of a product with the item that it comes from, and what the product and its modules each ask."""

    item: Item
    requirement: Requirement
    parts: tuple[PartOfProfile, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that nobody of a product and its modules asks, though a type of theirs would."""

    item: Item
    parts: tuple[PartOfProfile, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a product asks under a version of the bank, in the bank's order, together with its add-on modules.

    `unused` are adjustments of the product itself whose item this version does not ask of its type: kept, without effect.
    """

    products: tuple[Product, ...]
    lines: tuple[ProfileLine, ...]
    left_out: tuple[LeftOut, ...]
    unused: tuple[ProductRequirement, ...]

    @property
    def modules(self) -> tuple[Product, ...]:
        """Return the add-on modules."""
        return self.products[1:]


@dataclass(frozen=True, slots=True)
class _Own:
    """The own values of one product by item code."""

    product: Product
    adjustments: Mapping[str, ProductRequirement]
    records: Mapping[str, list[Record]]


def profile_lines(product: Product, version: InstrumentVersion) -> list[ProfileLine]:
    """Return what a product asks under a version of the bank, in the bank's order, together with its add-on modules.

    Each requirement once: on overlap the highest need, floor and weight, and a gate if any is one. Modules are read under
    the same version, whatever their own is. Seven queries, however many items and modules.
    """
    return list(profile_of(product, version).lines)


def profile_of(product: Product, version: InstrumentVersion) -> Profile:
    """Return the whole profile, with what is left out and what has no effect; seven queries, however many items and modules."""
    products = (product, *product.modules.order_by("name"))
    own = _own_values(products)
    lines: list[ProfileLine] = []
    left_out: list[LeftOut] = []
    for item in items_of(version, {each.product_type for each in products}):
        parts = tuple(part for part in (_part(item, each) for each in own) if part is not None)
        required = [part.own for part in parts if part.own is not None]
        if required:
            lines.append(ProfileLine(item, combined(required), parts))
        else:
            left_out.append(LeftOut(item, parts))
    asked = gates_asked(line.requirement for line in lines)
    parts_of_all = [*(line.parts for line in lines), *(each.parts for each in left_out)]
    known = {part.plain.code for parts in parts_of_all for part in parts if part.product is product}
    return Profile(
        products=products,
        lines=tuple(replace(line, requirement=requirement) for line, requirement in zip(lines, asked, strict=True)),
        left_out=tuple(left_out),
        unused=tuple(row for code, row in own[0].adjustments.items() if code not in known and is_adjusted(row)),
    )


def items_of(version: InstrumentVersion, types: Iterable[str]) -> list[Item]:
    """Return what a health system is asked for any of the types, in the bank's order; four queries."""
    items = version.items.filter(product_types__product_type__in=sorted(types), part__in=ASKED_IN_INTERVIEWS).distinct()
    ordered = items.order_by("domain__position", "position").select_related("domain")
    return list(ordered.prefetch_related("roles", "efforts", "product_types"))


def _own_values(products: Iterable[Product]) -> list[_Own]:
    own = {product.pk: _Own(product, {}, {}) for product in products}
    adjustments: dict[object, dict[str, ProductRequirement]] = {key: {} for key in own}
    records: dict[object, dict[str, list[Record]]] = {key: {} for key in own}
    for row in ProductRequirement.objects.filter(product__in=own):
        adjustments[row.product_id][row.item_code] = row
    for record in RequirementRecord.objects.filter(product__in=own):
        records[record.product_id].setdefault(record.item_code, []).append(Record(record.weeks, record.hours))
    return [_Own(each.product, adjustments[key], records[key]) for key, each in own.items()]


def _part(item: Item, own: _Own) -> PartOfProfile | None:
    """Return what one product asks of an item: None when its type does not require it."""
    plain = plain_requirement(item, own.product.product_type)
    if plain is None:
        return None
    row, records = own.adjustments.get(item.code), tuple(own.records.get(item.code, ()))
    return PartOfProfile(own.product, plain, adjusted(plain, adjustment_of(row) if row else None, records), row, records)


def plain_requirement(item: Item, product_type: str) -> Requirement | None:
    """Return an item as a type of product asks for it, None when the type does not; reads prefetched parts."""
    use = next((use for use in item.product_types.all() if use.product_type == product_type), None)
    return None if use is None else requirement_of(item, gate=use.gate, core=tuple(use.core_roles))


def requirement_of(item: Item, *, gate: bool, core: tuple[str, ...]) -> Requirement:
    """Return an item as a type of product asks for it, before a product's own values."""
    return Requirement(
        code=item.code,
        domain=item.domain.code,
        kind=item.kind,
        need=item.need,
        floor=item.floor,
        weight=item.weight,
        gate=gate,
        roles=tuple(item.role_codes()),
        unit=item.unit,
        direction=item.direction,
        when_short=tuple(item.when_short_codes()),
        core=core,
        seconds={role.role: role.seconds for role in item.roles.all() if role.seconds},
        condition=item.condition,
        lead=(item.lead_optimistic, item.lead_likely, item.lead_pessimistic),
        effort={effort.pool: effort.hours for effort in item.efforts.all()},
    )


def adjustment_of(row: ProductRequirement) -> Adjustment:
    """Return what a product sets itself for a requirement."""
    lead: Weeks | None = None
    if row.lead_optimistic is not None and row.lead_likely is not None and row.lead_pessimistic is not None:
        lead = (row.lead_optimistic, row.lead_likely, row.lead_pessimistic)
    return Adjustment(left_out=row.left_out, need=row.need, floor=row.floor, weight=row.weight, gate=row.gate, lead=lead, effort=row.effort)


def is_adjusted(row: ProductRequirement | None) -> bool:
    """Tell whether a row departs from the type at all; one that went back to the type's values does not."""
    return row is not None and adjustment_of(row) != Adjustment()
