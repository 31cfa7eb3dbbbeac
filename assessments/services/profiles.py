"""Read how long the anonymous statements of a question bank take."""

from collections.abc import Iterable

from assessments.bank.minutes import AGREEING, DECIDING
from assessments.bank.version import LEVEL
from assessments.models import InstrumentVersion, ItemRole, Part


def climate_seconds(version: InstrumentVersion, types: Iterable[str]) -> dict[str, int]:
    """Return the seconds that each role needs for the anonymous statements of some types of product; one query."""
    asked = ItemRole.objects.filter(item__version=version, item__part=Part.CLIMATE, item__product_types__product_type__in=sorted(types))
    seconds: dict[str, int] = {}
    for role, _item, reading in asked.order_by().values_list("role", "item_id", "seconds").distinct():
        # To agree or not takes less than to find one's own state on a ladder, for which the seconds were counted.
        seconds[role] = seconds.get(role, 0) + max(reading - DECIDING[LEVEL] + AGREEING, 0)
    return seconds
