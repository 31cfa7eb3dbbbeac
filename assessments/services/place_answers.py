"""What is known about a place, as conditions look at it: the accountable roles' own answers, person by person."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from assessments.conditions import Answer as Known
from assessments.models import VALUE_KINDS, Answer, AnswerKind, Assessment, InterviewState
from assessments.services.facts import plain

COLUMNS = ("item_code", "interview_id", "interview__role", "interview__site_id", "kind", *(kind.value for kind in VALUE_KINDS))


def answers_about_place(assessment: Assessment, accountable: Mapping[str, str]) -> list[dict[str, Known]]:
    """Return the known answers to some items, once as each person of a submitted interview sees them; one query.

    `accountable` maps an item's code to the role whose answer is taken; other roles' answers say nothing. What a person did
    not answer is taken from the last answer at the same site, else from the last of all.
    """
    rows = [row for row in _rows(assessment, accountable) if accountable[row["item_code"]] == row["interview__role"]]
    anywhere = {row["item_code"]: plain(row[row["kind"]]) for row in rows}
    people: dict[UUID, UUID | None] = {row["interview_id"]: row["interview__site_id"] for row in rows}
    return [
        anywhere
        | {row["item_code"]: plain(row[row["kind"]]) for row in rows if row["interview__site_id"] == site}
        | {row["item_code"]: plain(row[row["kind"]]) for row in rows if row["interview_id"] == person}
        for person, site in people.items()
    ]


def _rows(assessment: Assessment, codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return the known answers to the items, the last submitted last."""
    given = Answer.objects.filter(interview__assessment=assessment, item_code__in=list(codes), interview__state=InterviewState.SUBMITTED)
    known = given.exclude(kind__in=(AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE))
    return list(known.order_by("interview__submitted_at", "interview_id", "item_code").values(*COLUMNS))
