"""Whether every save that was acknowledged is in the database: as that value or a later one, with a revision of its own."""

from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.browsers import Person, Save


class Stored(NamedTuple):
    """What the database holds: per interview the current answer of each question, and every revision."""

    current: dict[str, dict[str, Save]]
    revisions: dict[str, set[Save]]


Row = tuple[object, str, int | None, str]


def stored() -> Stored:
    """Read it."""
    from assessments.models import Answer, AnswerRevision

    columns = ("interview_id", "item_code", "level", "note")
    return arranged(Answer.objects.values_list(*columns), AnswerRevision.objects.values_list(*columns))


def arranged(answers: Iterable[Row], revisions: Iterable[Row]) -> Stored:
    """Arrange rows of answers and revisions by interview; a save's number stands in its note."""
    found = Stored({}, {})
    for interview, code, level, note in answers:
        found.current.setdefault(str(interview), {})[code] = Save(code, _number(note), -1 if level is None else level)
    for interview, code, level, note in revisions:
        found.revisions.setdefault(str(interview), set()).add(Save(code, _number(note), -1 if level is None else level))
    return found


def _number(note: str) -> int:
    digits = note.removeprefix("save ")
    return int(digits) if digits.isdigit() else -1


def lost(people: Iterable[Person], database: Stored) -> list[str]:
    """Return a line for every acknowledged save that is lost.

    Lost is a save whose question holds no answer, an older one, or a value that was never sent; and a save without a revision.
    """
    return [f"{person.interview} {save}" for person in people for save in person.acknowledged if _is_lost(person, save, database)]


def _is_lost(person: Person, save: Save, database: Stored) -> bool:
    revisions = database.revisions.get(person.interview, set())
    now = database.current.get(person.interview, {}).get(save.code)
    return now is None or now.number < save.number or now not in revisions or save not in revisions
