"""Checks of single values that several models and forms share."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stakeholders.zones import is_zone


def validate_time_zone(value: str) -> None:
    """Refuse what is not an IANA time zone name (for example America/Chicago)."""
    if not is_zone(value):
        raise ValidationError(_("“%(value)s” is not a time zone name such as America/Chicago."), params={"value": value})


def clean_text(value: str) -> str:
    """Return the text without what no database row may hold: NUL, lone surrogates, and control characters but new lines and tabs."""
    return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
