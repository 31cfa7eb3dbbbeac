"""Read what a product requires from the database, as the plain values that are combined and adjusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import InstrumentVersion, Item, Product, ProductRequirement, RequirementRecord
from assessments.requirements import Adjustment, Record, Requirement, Weeks, adjusted, combined


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One requirement of a product with the item that it comes from."""

    item: Item
    requirement: Requirement


def profile_lines(product: Product, version: InstrumentVersion) -> list[ProfileLine]:
    """Return what a product asks under a version of the bank, in the bank's order, together with its add-on modules.

    Each requirement once: on overlap the highest need, floor and weight, and a gate if any is one. Modules are read under
    the same version, whatever their own is. Six queries, and three more per module.
    """
    parts = [product, *product.modules.order_by("name")]
    items = _items(version, {part.product_type for part in parts})
    own = [(part, _adjustments(part), _records(part)) for part in parts]
    lines = []
    for item in items:
        found = [_of_part(item, part, adjustments, records) for part, adjustments, records in own]
        required = [requirement for requirement in found if requirement is not None]
        if required:
            lines.append(ProfileLine(item, combined(required)))
    return lines


def _items(version: InstrumentVersion, types: Iterable[str]) -> list[Item]:
    items: dict[str, Item] = {}
    for product_type in sorted(types):
        of_type = version.items.of_type(product_type).select_related("domain")
        items |= {item.code: item for item in of_type.prefetch_related("roles", "efforts", "product_types")}
    return sorted(items.values(), key=lambda item: (item.domain.position, item.position))


def _adjustments(product: Product) -> Mapping[str, ProductRequirement]:
    return {row.item_code: row for row in product.requirements.all()}


def _records(product: Product) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in RequirementRecord.objects.filter(product=product):
        found.setdefault(row.item_code, []).append(Record(row.weeks, row.hours))
    return found


def _of_part(
    item: Item, product: Product, adjustments: Mapping[str, ProductRequirement], records: Mapping[str, list[Record]]
) -> Requirement | None:
    """Return what one product asks of an item: None when its type does not require it, or the product leaves it out."""
    use = next((use for use in item.product_types.all() if use.product_type == product.product_type), None)
    if use is None:
        return None
    plain = requirement_of(item, gate=use.gate, core=tuple(use.core_roles))
    row = adjustments.get(item.code)
    return adjusted(plain, adjustment_of(row) if row else None, records.get(item.code, ()))


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
