"""What the vendor owes, requirement by requirement: its usual first step, its hours and the weeks, and where the figures come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.models import EstimateFrom, Item, ItemText, TextField
from assessments.requirements import VENDOR
from assessments.shown.items import ShownItem, ShownItems

OPEN: Final = ("short", "unknown", "contested")
EVERY: Final = "all"
STATUSES: Final[Mapping[str, Any]] = {
    "": _("Short, unknown or contested"),
    "short": _("Short"),
    "unknown": _("Unknown"),
    "contested": _("Contested"),
    EVERY: _("All in scope"),
}
CITED: Final = "cited"
SOURCES: Final[Mapping[str, Any]] = {
    EstimateFrom.BANK: _("estimate"),
    CITED: _("from a source"),
    EstimateFrom.PRODUCT: _("set for this product"),
    EstimateFrom.HISTORY: _("own history"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """What the vendor owes for one requirement; `hours` is None where the vendor has no work of its own."""

    item: ShownItem
    action: str
    hours: float | None
    hours_from: str
    weeks_from: str

    @property
    def is_open(self) -> bool:
        """Tell whether the requirement is short, unknown or contested."""
        return self.item.status in OPEN

    @property
    def has_weeks(self) -> bool:
        """Tell whether there is a lead time."""
        return self.item.row.lead_pessimistic > 0


@dataclass(frozen=True, slots=True)
class DomainDuties:
    """The duties of one domain."""

    title: str
    duties: Sequence[Duty]

    @property
    def hours(self) -> float:
        """Return the vendor's hours over all of them."""
        return _hours(self.duties)


@dataclass(frozen=True, slots=True)
class Duties:
    """What is listed, by domain, and the hours over all that is open: certain for what is short, at most with all of it."""

    domains: Sequence[DomainDuties]
    listed: int
    open: int
    short: int
    hours_short: float
    hours_open: float


def duties_of(items: ShownItems, status: str = "") -> Duties:
    """Return what the vendor owes for the requirements of a status, by default those that are open; two queries."""
    every = list(_duties(items))
    listed = [duty for duty in every if _is_wanted(duty, status)]
    groups = groupby(listed, key=lambda duty: duty.item.domain_title)
    still_open = [duty for duty in every if duty.is_open]
    short = [duty for duty in every if duty.item.status == "short"]
    return Duties(
        domains=[DomainDuties(title, list(group)) for title, group in groups],
        listed=len(listed),
        open=len(still_open),
        short=len(short),
        hours_short=_hours(short),
        hours_open=_hours(still_open),
    )


def _is_wanted(duty: Duty, status: str) -> bool:
    return status == EVERY or (duty.item.status == status if status else duty.is_open)


def _hours(duties: Iterable[Duty]) -> float:
    return fsum(duty.hours or 0 for duty in duties)


def _duties(items: ShownItems) -> Iterable[Duty]:
    rows = [item.row.item_id for item in items]
    actions, estimated = _actions(rows), _estimated(rows)
    for item in items:
        row, (lead_is, effort_is) = item.row, estimated[item.row.item_id]
        yield Duty(
            item=item,
            action=actions.get(row.item_id, ""),
            hours=row.effort.get(VENDOR) or None,
            hours_from=_source(row.effort_from, effort_is),
            weeks_from=_source(row.lead_from, lead_is),
        )


def _source(code: str, is_estimate: bool) -> str:
    return str(SOURCES[CITED if code == EstimateFrom.BANK and not is_estimate else code])


def _estimated(rows: list[int]) -> dict[int, tuple[bool, bool]]:
    """Return whether the bank's own lead time and effort of each item are estimates."""
    found = Item.objects.filter(pk__in=rows).order_by().values_list("pk", "lead_is_estimate", "effort_is_estimate")
    return {pk: (lead, effort) for pk, lead, effort in found}


def _actions(rows: list[int]) -> dict[int, str]:
    """Return the vendor's usual first step by item, in the page's language where there is one, else in English."""
    language = (get_language() or "en").split("-")[0]
    texts = ItemText.objects.filter(item__in=rows, field=TextField.ACTION_VENDOR, role="", language__in=(language, "en"))
    found = sorted(texts.values_list("language", "item_id", "text"), key=lambda row: row[0] == language)
    return {item: text for _language, item, text in found}
