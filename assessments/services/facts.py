"""Read what is known of a place: the answers of submitted interviews that steer questions and fill in their words.

What counts when several people answer is decided in `assessments.branching`: the accountable role's known answers, where they
agree. What decides uses every answer, as scoring does. What is shown in words uses only answers that the reader may see
singly, and never a name.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import get_language

from assessments.branching import Person, Steered, Ways, looked_at, ways_of
from assessments.conditions import Answer as Known
from assessments.models import VALUE_KINDS, Answer, Item, ItemText, Kind, Part, ScopeItem, TextField
from assessments.placeholders import naming_words
from assessments.questionnaire import Question
from assessments.services.visibility import HEALTH_SYSTEM, Viewer
from stakeholders.models import STRICTNESS, Visibility

KEPT = 64  # scope × language, some 10 kB each
COLUMNS = ("item_code", "interview_id", "kind", *(kind.value for kind in VALUE_KINDS))
PERSON = ("interview__role", "interview__limited_to")


@dataclass(frozen=True, slots=True)
class Steering:
    """The items of a scope that can steer others, in the bank's order, and for choices the words of each answer.

    `context` are the codes of those that are about the place and never scored.
    """

    items: tuple[Steered, ...] = ()
    context: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the items."""
        return tuple(item.code for item in self.items)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a place by item code: what decides, what of it may be shown, and said in the words of a question."""

    known: Mapping[str, Known] = field(default_factory=dict)
    shown: Mapping[str, Known] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Facts()


@lru_cache(maxsize=KEPT)
def steering_of(scope_pk: uuid.UUID, language: str) -> Steering:
    """Return what can steer questions under a scope revision: context, and whatever a condition looks at. Kept, as it is frozen."""
    texts = ItemText.objects.filter(field__in=(TextField.TITLE, TextField.CHOICES), role="", language__in=(language, "en"))
    items = ScopeItem.objects.filter(scope=scope_pk).select_related("item").prefetch_related(Prefetch("item__texts", texts))
    rows = list(items)
    named = {code for row in rows for code in looked_at(row.condition)}
    steering = [row for row in rows if row.code in named or is_context(row)]
    return Steering(
        items=tuple(steered(row) for row in steering),
        context=frozenset(row.code for row in steering if is_context(row)),
        titles={row.code: row.item.text(TextField.TITLE, language=language) or row.code for row in steering},
        labels={row.code: row.item.choices(language=language) for row in steering if row.kind == Kind.CHOICE},
    )


def steering_now(scope_pk: uuid.UUID) -> Steering:
    """Return what can steer questions under a scope revision, in the page's language."""
    return steering_of(scope_pk, (get_language() or "en").split("-")[0])


def is_context(row: ScopeItem) -> bool:
    """Tell whether a row asks about the place without being scored (reads the item)."""
    item: Item = row.item
    return item.part == Part.CONTEXT and not row.is_scored


def steered(row: ScopeItem) -> Steered:
    """Return a scope's row as branching reads it."""
    return Steered(
        code=row.code,
        roles=tuple(row.roles),
        accountable=row.accountable,
        condition="" if row.gate else row.condition,
        kind=row.kind,
        direction=row.direction,
    )


def facts_of(scope_pk: uuid.UUID, viewer: Viewer = HEALTH_SYSTEM) -> Facts:
    """Return what submitted interviews made known under a scope, in words as the viewer may see it; one query, the first
    time three.
    """
    steering = steering_now(scope_pk)
    if not steering.items:
        return NOTHING_KNOWN
    rows = _steering_answers(scope_pk, steering.codes)
    known = _ways(steering, rows).facts
    shown = _ways(steering, [row for row in rows if _shows(row, viewer)]).facts
    return Facts(known, shown, words_of(shown, steering.labels))


def known_words(scope_pk: uuid.UUID, questions: Iterable[Question]) -> Mapping[str, str]:
    """Return what may be put into the words of these questions; no query where none has room for it."""
    return facts_of(scope_pk).words if any(question.has_placeholders for question in questions) else {}


def words_of(known: Mapping[str, Known], labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what the chosen answers are called within a question, by item code."""
    named = {code: naming_words(known.get(code), words) for code, words in labels.items()}
    return {code: words for code, words in named.items() if words}


def known_values(rows: Iterable[Mapping[str, Any]]) -> dict[str, Known]:
    """Return what answers say by item code; "I don't know" and "does not apply here" say nothing."""
    return {row["item_code"]: plain(row[row["kind"]]) for row in rows if row["kind"] in VALUE_KINDS}


def plain(value: Any) -> Known:
    """Return an answer's value as conditions compare it: a date as it is written."""
    known: Known = value.isoformat() if isinstance(value, date) else value
    return known


def ways_among(
    items: Sequence[Steered], rows: Iterable[Mapping[str, Any]], seats: Iterable[Person[uuid.UUID]]
) -> tuple[list[Person[uuid.UUID]], Ways[uuid.UUID]]:
    """Return the people with their known answers to some items, and what follows from them.

    After a change of scope an answer may be of another kind than its item; then it says nothing.
    """
    kinds = {item.code: item.kind for item in items}
    given: dict[uuid.UUID, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["kind"] == kinds.get(row["item_code"]):
            given.setdefault(row["interview_id"], []).append(row)
    people = [Person(seat.key, seat.role, seat.limited_to, known_values(given.get(seat.key, ()))) for seat in seats]
    return people, ways_of(items, people)


def answers_that_count(codes: Collection[str], where: Q) -> list[dict[str, Any]]:
    """Return the rows of answers to some items that enter the score; one query."""
    sees = [f"interview__{owner}visibility_{viewer}" for owner in ("", "assessment__") for viewer in ("vendor", "health_system")]
    return list(Answer.objects.scored().filter(where, item_code__in=codes).order_by("pk").values(*COLUMNS, *PERSON, *sees))


def _steering_answers(scope_pk: uuid.UUID, codes: Sequence[str]) -> list[dict[str, Any]]:
    return answers_that_count(codes, Q(interview__assessment__scopes=scope_pk))


def _ways(steering: Steering, rows: Sequence[Mapping[str, Any]]) -> Ways[uuid.UUID]:
    seats = {row["interview_id"]: Person(row["interview_id"], row["interview__role"], row["interview__limited_to"]) for row in rows}
    return ways_among(steering.items, rows, seats.values())[1]


def _shows(row: Mapping[str, Any], viewer: Viewer) -> bool:
    """Tell whether the viewer may see a single answer: neither what was promised nor what holds now is figures only."""
    seen = (row[f"interview__{owner}visibility_{viewer}"] for owner in ("", "assessment__"))
    return max((STRICTNESS[Visibility(one)] for one in seen if one), default=0) < STRICTNESS[Visibility.FIGURES_ONLY]
