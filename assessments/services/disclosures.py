"""The protected channel: workarounds as they are really done, apart from answers, revisions, history and audit.

Nothing here writes an audit event, a log line or a message, and no key of an entry may appear in an address, because what
is written down in two places can be joined again.
"""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import Assessment, Disclosure, Interview
from assessments.services.answers import InterviewClosedError
from assessments.services.visibility import VENDOR, Viewer
from stakeholders.validators import clean_text

MOST_ENTRIES = 10
FEWEST_SUBMITTED = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One protected entry as it was typed; `key` is empty for a new one, `what` for one to take back."""

    key: uuid.UUID | None
    what: str
    how_often: str = ""
    what_breaks: str = ""


@transaction.atomic
def save_disclosures(*, interview: Interview, entries: Sequence[Entry]) -> list[Disclosure]:
    """Keep what the person entered: an entry without text is taken back, another is changed or added; returns their entries.

    Sending the same entries twice keeps them once. Raises InterviewClosedError once the interview is submitted: then
    nobody knows any more which entries were theirs. The caller holds the interview's row lock.
    """
    if not interview.can_be_answered:
        raise InterviewClosedError
    mine = {entry.pk: entry for entry in interview.disclosures.all()}
    for entry in entries:
        _save(interview, mine, entry)
    return list(mine.values())


def _save(interview: Interview, mine: dict[uuid.UUID, Disclosure], entry: Entry) -> None:
    own = mine.get(entry.key) if entry.key else None
    if not entry.what.strip():
        if own is not None:
            del mine[own.pk]
            own.delete()
        return
    own = own or Disclosure(pk=_key(entry.key), interview=interview, assessment_id=interview.assessment_id)
    own.what, own.how_often, own.what_breaks = (clean_text(t).strip() for t in (entry.what, entry.how_often, entry.what_breaks))
    own.save()
    mine[own.pk] = own


def _key(wanted: uuid.UUID | None) -> uuid.UUID:
    """Return the key that the page proposed, which makes a repeated sending harmless, unless it is somebody's already."""
    taken = wanted is None or Disclosure.objects.filter(pk=wanted).exists()
    return uuid.uuid4() if taken or wanted is None else wanted


def erase_links(*, interview: Interview) -> None:
    """Cut the protected entries loose from their interview: new keys, another order, the day alone.

    The rows are written anew, because a key that was once in a form of this person must not lead back to them.
    """
    mine = list(interview.disclosures.all())
    interview.disclosures.all().delete()
    random.SystemRandom().shuffle(mine)
    today = timezone.now().date()
    Disclosure.objects.bulk_create(
        Disclosure(assessment_id=entry.assessment_id, what=entry.what, how_often=entry.how_often, what_breaks=entry.what_breaks, day=today)
        for entry in mine
    )


def disclosures_shown(*, assessment: Assessment, viewer: Viewer) -> QuerySet[Disclosure]:
    """Return the protected entries that the viewer may read: none before three people who were asked have submitted.

    The health system's host reads them first; the vendor reads what the host has released. Who wrote one is not known.
    """
    unlinked = assessment.disclosures.filter(interview=None)
    if assessment.interviews.submitted().count() < FEWEST_SUBMITTED:
        return unlinked.none()
    return unlinked.filter(shown_to_vendor=True) if viewer == VENDOR else unlinked
