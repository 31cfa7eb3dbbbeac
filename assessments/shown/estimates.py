"""Lead times, hours of work and where they come from, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.requirements import FEWEST_RECORDS, HISTORY, PRODUCT, Weeks
from assessments.wording import number, role_title


def lead_words(lead: Weeks) -> str:
    """Return a lead time: "2–8 weeks, likely 4"; a dash where nothing takes time."""
    low, likely, high = lead
    if high == 0:
        return "–"
    if low == high:
        return weeks_words(high)
    return _("%(low)s–%(high)s weeks, likely %(likely)s") % {"low": number(low), "high": number(high), "likely": number(likely)}


def weeks_words(weeks: float) -> str:
    """Return weeks with their unit: "1 week", "6.5 weeks"."""
    return ngettext("%(weeks)s week", "%(weeks)s weeks", 1 if weeks == 1 else 2) % {"weeks": number(weeks)}


def pool_title(pool: str) -> str:
    """Return who works: a role, or the vendor."""
    return _("Vendor") if pool == "vendor" else role_title(pool)


def effort_words(effort: Mapping[str, float]) -> str:
    """Return hours by role and vendor: "Laboratory 8 h, Vendor 4 h"; a dash for none."""
    hours = [f"{pool_title(pool)} {number(value)}\N{NO-BREAK SPACE}h" for pool, value in effort.items() if value]
    return ", ".join(hours) or "–"


def bank_source(is_estimate: bool) -> str:
    """Return where the bank's own figure comes from."""
    return _("bank estimate") if is_estimate else _("bank, from the source")


def history_words(count: int) -> str:
    """Return how many earlier customers a product's own estimate rests on."""
    return ngettext("own history of %(n)d customer", "own history of %(n)d customers", count) % {"n": count}


def source_words(source: str, *, is_estimate: bool, count: int) -> str:
    """Return where an estimate comes from, `count` customers being its history."""
    if source == PRODUCT:
        return _("set for the product")
    return history_words(count) if source == HISTORY else bank_source(is_estimate)


def records_words(count: int) -> str:
    """Return how far the records of one requirement are from counting: "two of three records"."""
    if count >= FEWEST_RECORDS:
        return history_words(count)
    words = (_("no record yet"), _("one of three records"), _("two of three records"))
    return words[count]
