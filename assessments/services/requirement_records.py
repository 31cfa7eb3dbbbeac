"""Keep what meeting a requirement took at earlier customers: from three on, a product's own history is the better estimate."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from assessments.models import Product, RequirementRecord
from assessments.people_paste import plain
from assessments.records_paste import Known, Pasted, PastedRecord, parse_records
from assessments.services.profile_requirements import items_of
from stakeholders.models import User
from stakeholders.services.audit import record_event
from stakeholders.services.unique import refuse_duplicate

TAKEN = gettext_lazy("This requirement has a record from there already. Name the place so that the two can be told apart.")


@transaction.atomic
def add_record(*, product: Product, code: str, values: Mapping[str, Any], actor: User | None = None) -> RequirementRecord:
    """Record what one customer took: place, weeks, and, where known, the day it was met and hours by role or vendor.

    Raises ValidationError when the requirement has a record from the same place.
    """
    Product.objects.select_for_update().get(pk=product.pk)
    if RequirementRecord.objects.filter(product=product, item_code=code, place__iexact=values["place"]).exists():
        raise ValidationError({"place": str(TAKEN)})
    with refuse_duplicate("place", TAKEN):
        record = RequirementRecord.objects.create(product=product, item_code=code, recorded_by=actor, **values)
    record_event(organisation=product.organisation, verb="record.added", subject=record, actor=actor)
    return record


@transaction.atomic
def remove_record(*, record: RequirementRecord, actor: User | None = None) -> None:
    """Take a record back, for example one that was typed for the wrong requirement."""
    record_event(organisation=record.product.organisation, verb="record.removed", subject=record, actor=actor)
    record.delete()


def scored_codes(product: Product) -> list[str]:
    """Return the codes of what is scored for the product's type, in the bank's order."""
    return [item.code for item in items_of(product.version, {product.product_type}) if item.kind in ("level", "quantity")]


def read_records(*, product: Product, text: str, today: date) -> Pasted:
    """Read pasted lines against the product's requirements and the records that it has."""
    recorded = RequirementRecord.objects.filter(product=product).values_list("item_code", "place")
    known = Known(
        codes={plain(code): code for code in scored_codes(product)},
        today=today,
        recorded=frozenset((code, place.casefold()) for code, place in recorded),
    )
    return parse_records(text, known)


@transaction.atomic
def add_records(*, product: Product, pasted: Iterable[PastedRecord], actor: User | None = None) -> int:
    """Keep pasted records, all or none; returns how many. Raises ValidationError when one was recorded meanwhile."""
    Product.objects.select_for_update().get(pk=product.pk)
    lines = list(pasted)
    for line in lines:
        values = {"place": line.place, "weeks": line.weeks, "finished_on": line.finished_on}
        add_record(product=product, code=line.code, values=values, actor=actor)
    return len(lines)
