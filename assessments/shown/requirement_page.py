"""One requirement of a product in words: its ladder, own values beside the bank's, own history, and who changed what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from assessments.forms.requirements import Basis
from assessments.given_answers import plain_number
from assessments.models import Item, Product, ProductRequirement, RequirementRecord, TextField
from assessments.requirements import FEWEST_RECORDS, VENDOR, Adjustment, adjusted
from assessments.services.profile_requirements import PartOfProfile, ProfileLine, adjustment_of, is_adjusted, profile_of
from assessments.shown.estimates import bank_source, effort_words, lead_words, pool_title, records_words, source_words, weeks_words
from assessments.shown.profile import overlap_words, value_words
from assessments.wording import number

WORDS = {
    "left_out": lambda: _("left out"),
    "need": lambda: _("need"),
    "floor": lambda: _("floor"),
    "weight": lambda: _("weight"),
    "gate": lambda: _("gate"),
    "lead_optimistic": lambda: _("shortest weeks"),
    "lead_likely": lambda: _("likely weeks"),
    "lead_pessimistic": lambda: _("longest weeks"),
    "effort": lambda: _("hours"),
    "reason": lambda: _("reason"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One requirement of a product: its item, the product's own part of it, and the line in the profile, if it is asked."""

    product: Product
    item: Item
    part: PartOfProfile
    line: ProfileLine | None

    @property
    def own(self) -> Adjustment:
        """Return the product's own values."""
        return adjustment_of(self.part.row) if self.part.row else Adjustment()

    @property
    def reason(self) -> str:
        """Return why the product departs."""
        return self.part.row.reason if self.part.row else ""

    @property
    def seen(self) -> int:
        """Return the version of the product's row, 0 where there is none."""
        return self.part.row.version if self.part.row else 0

    @property
    def title(self) -> str:
        """Return the item's title."""
        return self.item.text(TextField.TITLE) or self.item.code

    @property
    def pools(self) -> list[str]:
        """Return who may have hours: those that the bank names, who is asked, and the vendor last."""
        plain = self.part.plain
        known = dict.fromkeys((*plain.roles, *plain.effort, *(self.own.effort or {})))
        return [pool for pool in known if pool != VENDOR] + [VENDOR]

    @property
    def basis(self) -> Basis:
        """Return what the form of the own values starts from."""
        inherited = adjusted(self.part.plain, None, self.part.records) or self.part.plain
        ladder = [step.text for step in self.item.ladder()] if self.item.kind == "level" else []
        return Basis(self.part.plain, inherited, self.pools, ladder)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody changed; `who` is empty for the system."""

    at: datetime
    who: str
    what: str


def find_requirement(product: Product, code: str) -> Found | None:
    """Return a scored requirement that the product's own type asks, left out or not; None for any other code."""
    profile = profile_of(product, product.version)
    lines = {line.item.code: line for line in profile.lines}
    items = {line.item.code: (line.item, line.parts) for line in profile.lines} | {o.item.code: (o.item, o.parts) for o in profile.left_out}
    item, parts = items.get(code, (None, ()))
    part = next((part for part in parts if part.product is product), None)
    if item is None or part is None or not part.plain.is_scored:
        return None
    prefetch_related_objects([item], "texts")
    return Found(product, item, part, lines.get(code))


def requirement_page(found: Found) -> dict[str, Any]:
    """Return what the page of one requirement shows, beside its forms."""
    plain, item = found.part.plain, found.item
    now = found.line.requirement if found.line else None
    parts = found.line.parts if found.line else ()
    records = list(RequirementRecord.objects.filter(product=found.product, item_code=item.code).select_related("recorded_by"))
    inherited = found.basis.inherited
    return {
        "found": found,
        "now": now,
        "need": value_words(now, now.need) if now else "",
        "floor": value_words(now, now.floor) if now else "",
        "lead": lead_words(now.lead) if now else "",
        "lead_from": _source(found, now.lead_from) if now else "",
        "bank_lead": lead_words(plain.lead),
        "bank_lead_from": bank_source(item.lead_is_estimate),
        "lead_help": _help(lead_words(inherited.lead), _source(found, inherited.lead_from)),
        "effort_help": _help(effort_words(inherited.effort), _source(found, inherited.effort_from, effort=True)),
        "adjusted": is_adjusted(found.part.row),
        "requirement": item.text(TextField.REQUIREMENT),
        "overlap": overlap_words(parts),
        "others": [part.product for part in parts if part.product is not found.product and part.own is not None],
        "part_of": list(found.product.part_of.order_by("name")),
        "records": [RecordRow(record, weeks_words(record.weeks), effort_words(record.hours)) for record in records],
        "records_words": records_words(len(records)),
        "enough": len(records) >= FEWEST_RECORDS,
        "changes": changes_of(found.product, item.code),
    }


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record with its weeks and hours in words."""

    record: RequirementRecord
    weeks: str
    hours: str


def _help(words: str, source: str) -> str:
    return _("Leave these empty to take the estimate: %(words)s (%(source)s).") % {"words": words, "source": source}


def _source(found: Found, source: str, *, effort: bool = False) -> str:
    estimate = found.item.effort_is_estimate if effort else found.item.lead_is_estimate
    records = [record for record in found.part.records if record.hours or not effort]
    return source_words(source, is_estimate=estimate, count=len(records))


def changes_of(product: Product, code: str) -> list[Change]:
    """Return who changed the requirement and its records, latest first; two queries."""
    return sorted([*_row_changes(product, code), *_record_changes(product, code)], key=lambda change: change.at, reverse=True)


def _row_changes(product: Product, code: str) -> Iterator[Change]:
    entries = ProductRequirement.history.filter(product_id=product.pk, item_code=code).select_related("history_user")
    rows = list(entries.order_by("history_date", "history_id"))
    for before, after in pairwise([None, *rows]):
        told = [_told(name, words(), before, after) for name, words in WORDS.items() if _shown(before, name) != _shown(after, name)]
        if told:
            yield Change(after.history_date, str(after.history_user or ""), "; ".join(told))


def _told(name: str, words: str, before: Any, after: Any) -> str:
    return f"{words}: {_shown(before, name)} → {_shown(after, name)}"


def _shown(row: Any, name: str) -> str:
    """Return a value as people read it; the bank's where the product has none of its own."""
    value = getattr(row, name, None)
    if name == "reason":
        return value or "–"
    if name == "left_out" or isinstance(value, bool):
        return _("yes") if value else _("no") if value is not None or name == "left_out" else _("the bank's")
    if name == "effort" and value:
        return ", ".join(f"{pool_title(pool)} {number(hours)}\N{NO-BREAK SPACE}h" for pool, hours in value.items())
    return plain_number(value) if isinstance(value, int | float) else _("the bank's")


def _record_changes(product: Product, code: str) -> Iterator[Change]:
    entries = RequirementRecord.history.filter(product_id=product.pk, item_code=code).select_related("history_user")
    for entry in entries:
        removed = entry.history_type == "-"
        words = _("record removed: %(place)s, %(weeks)s") if removed else _("record added: %(place)s, %(weeks)s")
        what = words % {"place": entry.place, "weeks": weeks_words(entry.weeks)}
        yield Change(entry.history_date, str(entry.history_user or ""), what)
