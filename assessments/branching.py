"""Who is asked what, once conditions are looked at: the same rule for the questionnaire, the score and the browser. Pure.

A person's own answers say more than what others answered, and an answer to a question that is not asked says nothing. Both
are decided in one pass in the bank's order, because a condition looks at earlier questions only.
"""

from collections import ChainMap
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from assessments.conditions import (
    All,
    Answer,
    Answered,
    Any,
    Comparison,
    Condition,
    ConditionError,
    Json,
    Not,
    as_json,
    codes,
    holds,
    parse,
)

Key = TypeVar("Key", bound=Hashable)
Known = Mapping[str, Answer]
AT_MOST = "at_most"
ALWAYS: Json = {"op": "all", "parts": []}
NEVER: Json = {"op": "any", "parts": []}


@lru_cache(maxsize=2048)
def condition_of(text: str) -> Condition | None:
    """Return the condition, None where there is none or nobody can read it: such a question is asked."""
    try:
        return parse(text) if text else None
    except ConditionError:
        return None


def looked_at(text: str) -> frozenset[str]:
    """Return the codes of the items that a condition looks at."""
    condition = condition_of(text)
    return frozenset() if condition is None else codes(condition)


def is_asked(text: str, known: Known) -> bool:
    """Tell whether somebody is asked a question with this condition, given what is known."""
    condition = condition_of(text)
    return condition is None or holds(condition, known)


def own_way(conditions: Iterable[tuple[str, str]], *, facts: Known, own: Known) -> tuple[frozenset[str], dict[str, Answer]]:
    """Return the codes that one person is asked, of (code, condition) in the bank's order, and what is known to them then.

    `own` are the person's known answers; they count before the facts, unless their question is not asked.
    """
    asked, known = set(), dict(facts)
    for code, condition in conditions:
        if is_asked(condition, known):
            asked.add(code)
            if code in own:
                known[code] = own[code]
    return frozenset(asked), known


@dataclass(frozen=True, slots=True)
class Steered:
    """One item of a scope as far as conditions go; a gate's condition is empty, for a gate is always asked."""

    code: str
    roles: tuple[str, ...]
    accountable: str
    condition: str = ""
    kind: str = "choice"
    direction: str = "at_least"


@dataclass(frozen=True, slots=True)
class Person(Generic[Key]):
    """One interview: its role, the codes that it is limited to (None: all of its role), its known answers that count."""

    key: Key
    role: str
    limited_to: Collection[str] | None = None
    answers: Known = field(default_factory=dict)

    def may_be_asked(self, item: Steered) -> bool:
        """Tell whether the item is one of the person's, conditions aside."""
        return self.role in item.roles and (self.limited_to is None or item.code in self.limited_to)


@dataclass(frozen=True, slots=True)
class Ways(Generic[Key]):
    """What is known of a place, and which person is not asked which item because of its condition."""

    facts: Known
    exempt: frozenset[tuple[Key, str]]

    def is_exempt(self, key: Key, code: str) -> bool:
        """Tell whether a person is not asked an item because of its condition."""
        return (key, code) in self.exempt


def ways_of(items: Iterable[Steered], people: Sequence[Person[Key]]) -> Ways[Key]:
    """Return the facts that the accountable roles' answers make, and who is exempt from what; items in the bank's order."""
    facts: dict[str, Answer] = {}
    own: dict[Key, dict[str, Answer]] = {person.key: {} for person in people}
    exempt: set[tuple[Key, str]] = set()
    for item in items:
        said = []
        for person in people:
            if not person.may_be_asked(item):
                continue
            if not is_asked(item.condition, ChainMap(own[person.key], facts)):
                exempt.add((person.key, item.code))
            elif item.code in person.answers:
                own[person.key][item.code] = person.answers[item.code]
                said += [person.answers[item.code]] if person.role == item.accountable else []
        facts |= _fact(item, said)
    return Ways(facts, frozenset(exempt))


def expected_roles(item: Steered, people: Iterable[Person[Key]], ways: Ways[Key]) -> tuple[str, ...]:
    """Return the item's roles less those of which everybody is exempt; the accountable role always stays.

    A role of which nobody takes part is exempt when the facts alone make it so. When everybody is exempt, all roles stay:
    then the item leaves the score by the answers "does not apply here".
    """
    asked = {person.role for person in people if person.may_be_asked(item) and not ways.is_exempt(person.key, item.code)}
    present = {person.role for person in people if person.may_be_asked(item)}
    absent = set(item.roles) - present if is_asked(item.condition, ways.facts) else set()
    if not asked:
        return item.roles
    return tuple(role for role in item.roles if role in asked | absent | {item.accountable})


def _fact(item: Steered, said: Sequence[Answer]) -> dict[str, Answer]:
    """Return what several people of the accountable role make known together, nothing when they differ.

    Of levels the lowest counts, of quantities the one that is furthest from enough, and texts stand one after the other.
    """
    if not said:
        return {}
    if item.kind in ("level", "quantity"):
        worst = max if item.kind == "quantity" and item.direction == AT_MOST else min
        return {item.code: worst(float(value) for value in said)}
    if item.kind == "text":
        return {item.code: "\n".join(sorted({str(value) for value in said}))}
    return {item.code: said[0]} if len(set(said)) == 1 else {}


def for_browser(text: str, *, page: Collection[str], known: Known, facts: Known) -> Json:
    """Return the condition as the browser evaluates it while the answers on one page change.

    Everything that is not on the page is decided here already, so that nobody's answer is sent to anybody else's browser.
    `known` is what is known from other pages, `facts` what others made known of the questions on this page, which counts
    where the person has not answered.
    """
    condition = condition_of(text)
    return ALWAYS if condition is None else _decided(condition, page, known, facts)


def _decided(condition: Condition, page: Collection[str], known: Known, facts: Known) -> Json:
    match condition:
        case All(parts):
            return {"op": "all", "parts": [_decided(part, page, known, facts) for part in parts]}
        case Any(parts):
            return {"op": "any", "parts": [_decided(part, page, known, facts) for part in parts]}
        case Not(part):
            return {"op": "not", "part": _decided(part, page, known, facts)}
        case _:
            return _comparison(condition, page, known, facts)


def _comparison(comparison: Comparison, page: Collection[str], known: Known, facts: Known) -> Json:
    if comparison.code not in page:
        return ALWAYS if holds(comparison, known) else NEVER
    here = as_json(comparison)
    if not holds(comparison, facts):
        return here
    unanswered: Json = {"op": "not", "part": as_json(Answered(comparison.code))}
    return {"op": "any", "parts": [here, unanswered]}
