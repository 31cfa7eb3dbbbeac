"""A product's records of earlier customers in words, and what is wrong with pasted lines."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Product, RequirementRecord
from assessments.records_paste import FIRST_DAY, MAX_LINES, Pasted
from assessments.services.requirement_records import scored_codes
from assessments.shown.estimates import effort_words, records_words
from assessments.shown.profile import titles_of

PROBLEMS = {
    "code_missing": gettext_lazy("the requirement's code is missing"),
    "code": gettext_lazy("“%(value)s” is no requirement of this product"),
    "place_missing": gettext_lazy("the place is missing"),
    "place_long": gettext_lazy("the place is longer than %(value)s characters"),
    "weeks_missing": gettext_lazy("the weeks are missing"),
    "weeks": gettext_lazy("“%(value)s” is no number of weeks from 0 to 520"),
    "day": gettext_lazy("“%(value)s” is no date: write 2026-03-31 or 3/31/2026"),
    "day_early": gettext_lazy("“%(value)s” is before %(first)s"),
    "day_ahead": gettext_lazy("“%(value)s” is still to come"),
    "twice": gettext_lazy("there is a record from “%(value)s” already"),
    "too_many_cells": gettext_lazy("there are %(value)s columns, four at most are used"),
    "too_many": gettext_lazy("only %(most)s lines are read at once"),
    "quotes": gettext_lazy("a quotation mark does not close"),
}


class FaultyRow(NamedTuple):
    """A line that cannot be used: its number, the text as it was typed, and why."""

    line: int
    text: str
    problems: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A record with the requirement's title and how far its requirement is; `asked`: the product's type still asks it."""

    record: RequirementRecord
    title: str
    hours: str
    words: str
    asked: bool


def history_rows(product: Product) -> list[HistoryRow]:
    """Return all records of a product, by requirement and then by date; six queries."""
    records = list(RequirementRecord.objects.filter(product=product).select_related("recorded_by"))
    counts = Counter(record.item_code for record in records)
    titles, asked = titles_of(product.version), set(scored_codes(product))
    return [
        HistoryRow(r, titles.get(r.item_code, r.item_code), effort_words(r.hours), records_words(counts[r.item_code]), r.item_code in asked)
        for r in records
    ]


def faulty_rows(pasted: Pasted) -> list[FaultyRow]:
    """Return the lines that cannot be used with every reason in words."""
    values = {"first": str(FIRST_DAY), "most": MAX_LINES}
    told = _("; ")
    return [
        FaultyRow(fault.line, fault.text, told.join(str(PROBLEMS[p.code]) % {**values, "value": p.value} for p in fault.problems))
        for fault in pasted.faulty
    ]
