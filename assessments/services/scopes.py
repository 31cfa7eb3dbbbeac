"""Freeze what an assessment asks: from the product's requirement profile to a numbered scope revision."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from assessments.models import Assessment, Item, Product, ProductRequirement, Scope, ScopeItem
from stakeholders.models import User

ADJUSTABLE = ("need", "floor", "weight", "gate")


def profile_items(product: Product) -> list[ScopeItem]:
    """Return what the product requires, unsaved, in the bank's order: its type's items with the product's own adjustments."""
    adjustments = {r.item_code: r for r in product.requirements.all()}
    items = product.version.items.of_type(product.product_type).select_related("domain").prefetch_related("roles")
    kept = [item for item in items if not (item.code in adjustments and adjustments[item.code].left_out)]
    return [_scope_item(item, adjustments.get(item.code), position) for position, item in enumerate(kept)]


def _scope_item(item: Item, adjustment: ProductRequirement | None, position: int) -> ScopeItem:
    values: dict[str, Any] = {name: getattr(item, name) for name in (*ADJUSTABLE, "kind", "unit", "direction")}
    if adjustment is not None:
        values |= {name: getattr(adjustment, name) for name in ADJUSTABLE if getattr(adjustment, name) is not None}
    return ScopeItem(
        item=item,
        code=item.code,
        domain_code=item.domain.code,
        position=position,
        roles=item.role_codes(),
        accountable=item.accountable_role(),
        **values,
    )


@transaction.atomic
def freeze_scope(
    *, assessment: Assessment, reason: str, author: User | None, without_domains: Iterable[str] = (), without_items: Iterable[str] = ()
) -> Scope:
    """Write the next scope revision from the product's profile, less the domains and items that are switched off.

    Revisions are numbered from 1 and written once. Raises ValueError when nothing would be left to ask.
    """
    off_domains, off_items = set(without_domains), set(without_items)
    items = [i for i in profile_items(assessment.product) if i.domain_code not in off_domains and i.code not in off_items]
    if not items:
        raise ValueError("A scope needs at least one item.")
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    number = Scope.objects.filter(assessment=assessment).count() + 1
    scope = Scope.objects.create(assessment=assessment, number=number, version=assessment.product.version, reason=reason, author=author)
    for item in items:
        item.scope = scope
    ScopeItem.objects.bulk_create(items)
    return scope
