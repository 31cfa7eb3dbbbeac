"""What a bundle may hold so that it fits into the database: longer codes and titles are refused with their path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessments.bundle_fields import BundleError
from assessments.scored import Bundle

MOST_ITEMS = 10_000
MOST_RESPONDENTS = 10_000
SERVICE_OR_SITE = {"code": 60, "title": 160}
# A list of the bundle → its text fields with the number of characters that their columns hold.
LENGTHS: Mapping[str, Mapping[str, int]] = {
    "instrument.domains": {"code": 10, "title": 80},
    "instrument.items": {"code": 20, "title": 2000, "unit": 30},
    "services": SERVICE_OR_SITE,
    "sites": SERVICE_OR_SITE,
    "waves": {"code": 60, "title": 120},
    "answers": {"reason": 500},
}


def refuse_oversize(bundle: Bundle) -> None:
    """Raise BundleError where a text is longer than its column, or a list than an assessment can be."""
    for path, text, longest in _texts(bundle):
        if len(text or "") > longest:
            raise BundleError(path, f"must not be longer than {longest} characters")
    for path, entries, most in _lists(bundle):
        if len(entries) > most:
            raise BundleError(path, f"must not hold more than {most} entries")


def _lists(bundle: Bundle) -> Iterator[tuple[str, Sequence[Any], int]]:
    yield "instrument.domains", bundle.instrument.domains, MOST_ITEMS
    yield "instrument.items", bundle.instrument.items, MOST_ITEMS
    yield "respondents", bundle.respondents, MOST_RESPONDENTS
    yield "waves", bundle.waves, MOST_ITEMS


def _texts(bundle: Bundle) -> Iterator[tuple[str, str | None, int]]:
    """Yield the path of each text, the text and the longest that it may be."""
    yield "instrument.code", bundle.instrument.code, 130
    yield "instrument.version", bundle.instrument.version, 20
    lists: dict[str, Sequence[Any]] = {
        "instrument.domains": bundle.instrument.domains,
        "instrument.items": bundle.instrument.items,
        "services": bundle.services,
        "sites": bundle.sites,
        "waves": bundle.waves,
        "answers": bundle.answers,
    }
    for name, lengths in LENGTHS.items():
        for index, entry in enumerate(lists[name]):
            for field, longest in lengths.items():
                yield f"{name}[{index}].{field}", getattr(entry, field), longest
