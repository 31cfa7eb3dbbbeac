"""How the report says numbers, dates, roles and lists."""

import unicodedata
import zoneinfo
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.wording import listed, number, role_title, rule_title
from readiness.templatetags.charts import NOTHING
from stakeholders.models import Role

__all__ = [
    "all_printable",
    "amount",
    "bound",
    "clipped",
    "day",
    "ended",
    "in_fours",
    "instant",
    "instant_day",
    "listed",
    "number",
    "printable",
    "role_title",
    "rule_title",
    "short_role",
    "step",
]
LONGEST_TEXT = 4000
# Overrides and isolates would let a name turn round what stands beside it; scripts read right without them.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHORT_ROLES = {
    Role.LAB_DIRECTOR: gettext_lazy("Lab"),
    Role.IT_INTEGRATION_LEAD: gettext_lazy("IT"),
    Role.COMPLIANCE: gettext_lazy("Privacy, security"),
    Role.NURSING_INFORMATICS: gettext_lazy("Nursing inform."),
    Role.PATIENT_NAVIGATION: gettext_lazy("Patient navig."),
    Role.CLINICIAN: gettext_lazy("Clinician"),
    Role.FINANCE_SUPPLY_CHAIN: gettext_lazy("Finance, supply"),
    Role.EXECUTIVE_SPONSOR: gettext_lazy("Sponsor"),
    Role.TRANSITION_MANAGER: gettext_lazy("Transition"),
}


def printable(text: str, most: int = LONGEST_TEXT) -> str:
    """Return a person's text as it may be printed: no control or turning characters, cut after `most` with an ellipsis."""
    kept = "".join(c for c in text if c in "\n\t" or (c not in TURNS and unicodedata.category(c) not in ("Cc", "Cs")))
    return clipped(kept, most)


def clipped(text: str, most: int) -> str:
    """Return the text, cut at a word's end before `most` characters with an ellipsis where it is longer."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    between_words = cut[-1:].isspace() or text[most - 1].isspace()
    at_word = cut if between_words or " " not in cut[most // 2 :] else cut.rsplit(None, 1)[0]
    return at_word.rstrip(" ,;:.") + "…"


def ended(sentence: str) -> str:
    """Return a sentence with its full stop, unless it ends in one or in an ellipsis."""
    return sentence if sentence.endswith((".", "…", "!", "?")) else sentence + "."


def all_printable(value: Any) -> Any:
    """Return a JSON document with every text in it made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: all_printable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [all_printable(part) for part in value]
    return value


def short_role(role: str) -> str:
    """Return a role's words for the head of a narrow column."""
    return str(SHORT_ROLES[Role(role)]) if role in Role.values else role_title(role)


def amount(item: Mapping[str, Any], value: float) -> str:
    """Return a value of a requirement: a bare level of its ladder, a quantity with its unit."""
    return number(value) if item["kind"] == "level" or not item["unit"] else f"{number(value)} {item['unit']}"


def bound(item: Mapping[str, Any], value: float) -> str:
    """Return a need or a floor: "at least 3", "at most 9 days"."""
    words = _("at most %(amount)s") if item["direction"] == "at_most" else _("at least %(amount)s")
    return words % {"amount": amount(item, value)}


def step(item: Mapping[str, Any], value: float) -> str:
    """Return the ladder's sentence for a whole level, nothing for a quantity or between two steps."""
    steps = item["steps"]
    whole = item["kind"] == "level" and float(value).is_integer() and 0 <= value < len(steps)
    return str(steps[int(value)]) if whole else ""


def day(iso: str | None) -> str:
    """Return a plain date in words, a dash for none."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else NOTHING


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """Return a time zone by its IANA name, UTC for a name that this machine does not know."""
    return zoneinfo.ZoneInfo(name if name in zoneinfo.available_timezones() else "UTC")


def instant_day(iso: str, zone: str) -> str:
    """Return the date of an instant in a time zone, in words."""
    return date_format(datetime.fromisoformat(iso).astimezone(zone_of(zone)), "j F Y")


def instant(iso: str, zone: str) -> str:
    """Return an instant in a time zone, in words, with the zone's abbreviation."""
    local = datetime.fromisoformat(iso).astimezone(zone_of(zone))
    return f"{date_format(local, 'j F Y, H:i')} {local.tzname()}"


def in_fours(digits: str, most: int = 12) -> str:
    """Return the start of a fingerprint in groups of four, as it is printed on every page."""
    return " ".join(digits[start : start + 4] for start in range(0, most, 4)).strip()
