"""From answers to an item's fulfilment and range (rules 1 to 8 of "From answers to items")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import NamedTuple

from assessments.arithmetic import exceeds, mean, spanning, weighted_mean
from assessments.scored import SPONSOR, Bundle, Item

HIGHEST_WITHOUT_EVIDENCE = 3
ACCOUNTABLE_WEIGHT = 2
OTHER_WEIGHT = 1


# A known answer as the rules read it: role, value after rule 1, fulfilment 0–1 of that value. One of the two plain tuples
# here, because thousands are made in each run.
Reading = tuple[str, float, float]
# An answer without a value: role, and whether it was "does not apply here" rather than "I don't know".
Blank = tuple[str, bool]


class Heard(NamedTuple):
    """All that was heard about one item, by site; None stands for those who speak for the whole system."""

    known: Mapping[str | None, Sequence[Reading]]
    blank: Mapping[str | None, Sequence[Blank]]


class Voice:
    """What one role says of an item: known values with their fulfilments, and how often it said "I don't know"."""

    __slots__ = ("fulfilments", "unknown", "values")

    def __init__(self) -> None:
        self.values: list[float] = []
        self.fulfilments: list[float] = []
        self.unknown = 0


class Standing(NamedTuple):
    """Where an item stands: fulfilment (None with no known answer), low, high, all 0–1, and the values that counted."""

    fulfilment: float | None
    low: float
    high: float
    answered: bool
    values: Sequence[float]


def fulfilment_of(item: Item, value: float) -> float:
    """Return how far a value fulfils the need, 0–1 (rule 2): clamped here, before any averaging."""
    if item.direction == "at_least":
        return min(value / item.need, 1.0)
    return item.need / value if exceeds(value, item.need) else 1.0


def proven_value(item: Item, value: float, *, evidence: bool) -> float:
    """Return an answer's value after rule 1: a level of 4 without evidence counts as 3."""
    if evidence or item.kind != "level":
        return value
    return min(value, HIGHEST_WITHOUT_EVIDENCE)


def read_answers(bundle: Bundle) -> Mapping[str, Heard]:
    """Return what was heard about each item, by item code."""
    items = {item.code: item for item in bundle.instrument.items}
    speakers = {respondent.id: (respondent.role, respondent.site) for respondent in bundle.respondents}
    known: dict[str, dict[str | None, list[Reading]]] = {code: {} for code in items}
    blank: dict[str, dict[str | None, list[Blank]]] = {code: {} for code in items}
    for answer in bundle.answers:
        item, (role, site) = items[answer.item], speakers[answer.respondent]
        if answer.value is None:
            blank[item.code].setdefault(site, []).append((role, answer.not_applicable))
        else:
            value = proven_value(item, answer.value, evidence=answer.evidence)
            known[item.code].setdefault(site, []).append((role, value, fulfilment_of(item, value)))
    return {code: Heard(known[code], blank[code]) for code in items}


def heard_at(heard: Heard, sites: Iterable[str | None]) -> Heard:
    """Return what was heard at some sites; None among them stands for those who speak for the whole system."""
    return Heard(
        {site: heard.known[site] for site in sites if site in heard.known},
        {site: heard.blank[site] for site in sites if site in heard.blank},
    )


def voices_of(heard: Heard) -> dict[str, Voice]:
    """Return the voice of each role that gave any answer, by role."""
    voices: dict[str, Voice] = defaultdict(Voice)
    for readings in heard.known.values():
        for role, value, fulfilment in readings:
            voice = voices[role]
            voice.values.append(value)
            voice.fulfilments.append(fulfilment)
    for blanks in heard.blank.values():
        for role, not_applicable in blanks:
            voices[role].unknown += not not_applicable
    return voices


def counting(item: Item, voices: Mapping[str, Voice]) -> Mapping[str, Voice]:
    """Return the voices that count: the sponsor's only where the sponsor is accountable (rule 4)."""
    return {role: voice for role, voice in voices.items() if _counts(item, role)}


def is_not_applicable(voices: Mapping[str, Voice]) -> bool:
    """Whether every answer that counts says "does not apply here", and there is at least one (rule 7)."""
    return bool(voices) and not any(voice.values or voice.unknown for voice in voices.values())


def settled_standing(item: Item, value: float) -> Standing:
    """Return the standing of a reconciled item: one answer, by the accountable role, taken as it is (rule 8)."""
    fulfilment = fulfilment_of(item, value)
    return Standing(fulfilment, fulfilment, fulfilment, answered=True, values=(value,))


def answered_standing(item: Item, voices: Mapping[str, Voice]) -> Standing:
    """Return the standing that the voices that count give an item (rules 3 to 6)."""
    known = {role: mean(voice.fulfilments) for role, voice in voices.items() if voice.fulfilments}
    fulfilment = weighted_mean(known.values(), _weights(item, known)) if known else None
    low, high = spanning(fulfilment, *_range(item, voices))
    values = [value for voice in voices.values() for value in voice.values]
    return Standing(fulfilment, low, high, answered=item.accountable in known, values=values)


def _range(item: Item, voices: Mapping[str, Voice]) -> tuple[float, float]:
    """Return low and high, 0–1, over expected roles and all others with a value or an "I don't know" (rule 5)."""
    lows, highs = [], []
    roles = _heard_or_expected(item, voices)
    for voice in roles.values():
        total, given = fsum(voice.fulfilments), len(voice.fulfilments)
        # An expected role that gave nothing spans the same range as one that does not know.
        unknown = voice.unknown if given else 1
        lows.append(total / (given + unknown))
        highs.append((total + unknown) / (given + unknown))
    weights = _weights(item, roles)
    return weighted_mean(lows, weights), weighted_mean(highs, weights)


def _heard_or_expected(item: Item, voices: Mapping[str, Voice]) -> dict[str, Voice]:
    """Return every expected role's voice, silent or not, and every other with a value or an "I don't know" (rule 5)."""
    spoken = {role: voice for role, voice in voices.items() if voice.values or voice.unknown}
    silent = {role: Voice() for role in item.roles if role not in spoken and _counts(item, role)}
    return spoken | silent


def _weights(item: Item, roles: Iterable[str]) -> list[int]:
    return [ACCOUNTABLE_WEIGHT if role == item.accountable else OTHER_WEIGHT for role in roles]


def _counts(item: Item, role: str) -> bool:
    return role != SPONSOR or item.accountable == SPONSOR
