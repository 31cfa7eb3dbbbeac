"""Who is not asked what because of its condition: read the same way for the score and for every page that shows answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from assessments.branching import Person, Steered, expected_roles, looked_at
from assessments.models import Answer, Assessment, Interview, Scope, ScopeItem
from assessments.services.facts import answers_that_count, steered, ways_among


@dataclass(frozen=True, slots=True)
class Exemptions:
    """The interviews that are not asked an item because of its condition, by (interview, item code).

    `roles` are the expected roles of items with a condition, less those of which everybody is exempt.
    """

    pairs: frozenset[tuple[UUID, str]] = frozenset()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def covers(self, interview: UUID, code: str) -> bool:
        """Tell whether an interview is not asked an item."""
        return (interview, code) in self.pairs

    def counting(self, answers: Iterable[Answer]) -> list[Answer]:
        """Return the answers whose question is asked of whoever gave them."""
        return [answer for answer in answers if not self.covers(answer.interview_id, answer.item_code)]


NOBODY = Exemptions()


def exemptions_in(assessment: Assessment, rows: Sequence[ScopeItem], interviews: Iterable[Interview] | None = None) -> Exemptions:
    """Return who is exempt from what under the items of a scope, which need not be saved; no query where none has a condition,
    else one for the answers, and one more unless the interviews that take part are given.
    """
    items = [steered(row) for row in rows]
    conditional = [item for item in items if item.condition]
    if not conditional:
        return NOBODY
    named = {code for item in conditional for code in looked_at(item.condition)}
    seats = [Person(i.pk, i.role, i.limited_to) for i in (assessment.interviews.taking_part() if interviews is None else interviews)]
    steering = [item for item in items if item.condition or item.code in named]
    return _exemptions(steering, seats, answers_that_count(named, Q(interview__assessment=assessment)))


def exemptions_now(assessment: Assessment) -> Exemptions:
    """Return who is exempt from what under the current scope; one query, three where an item has a condition."""
    newest = Scope.objects.filter(assessment=assessment).order_by("-number").values("pk")[:1]
    return exemptions_in(assessment, list(ScopeItem.objects.filter(scope__in=newest)))


def _exemptions(items: Sequence[Steered], seats: Sequence[Person[UUID]], answers: Sequence[Mapping[str, object]]) -> Exemptions:
    people, ways = ways_among(items, answers, seats)
    return Exemptions(ways.exempt, {item.code: expected_roles(item, people, ways) for item in items if item.condition})
