"""What a condition is made of, how its values are spelled, and what comparing them with an answer leaves out."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Final, TypeAlias
from unicodedata import normalize

from assessments.arithmetic import exceeds, reaches

BARE: Final = re.compile(r"[a-z0-9_-]{1,40}")
# Fifteen digits at most, so that a number survives being written and read again.
NUMBER: Final = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,4})?")
YES_NO: Final = {"yes": True, "no": False}
# Listed, because Python and browsers disagree on what a space is.
SPACES: Final = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LOWER: Final = {letter: letter + 32 for letter in range(ord("A"), ord("Z") + 1)}

Answer: TypeAlias = str | float | bool


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is the value: the choice, the number, yes or no, or the whole text."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of the values."""

    code: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The level or quantity reaches the limit."""

    code: str
    limit: float


@dataclass(frozen=True, slots=True)
class AtMost:
    """The level or quantity does not exceed the limit."""

    code: str
    limit: float


@dataclass(frozen=True, slots=True)
class Mentions:
    """The words stand somewhere in the text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """There is an answer, whatever it is."""

    code: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; so this does while its question is unanswered."""

    part: "Condition"


Comparison: TypeAlias = Is | OneOf | AtLeast | AtMost | Mentions | Answered
Condition: TypeAlias = Comparison | All | Any | Not


def fold(text: str) -> str:
    """Return the text without what comparing texts leaves out: case of Latin letters, accented or not, and extra spaces.

    Normal form D, spaces collapsed and trimmed, A–Z lowered, normal form C: unlike other rules for case, these never change
    between versions of Unicode, so every Python and every browser agrees.
    """
    spaced = SPACES.sub(" ", normalize("NFD", text)).strip(" ")
    return normalize("NFC", spaced.translate(LOWER))


def known(answer: Answer | None) -> Answer | None:
    """Return the answer ready to compare, or None when it says nothing."""
    if isinstance(answer, str):
        return fold(answer) or None
    if answer is None or isinstance(answer, bool):
        return answer
    return float(answer) if isfinite(answer) else None


def is_number(answer: Answer) -> bool:
    """Tell whether the answer is a level or a quantity."""
    return not isinstance(answer, (bool, str))  # Python counts booleans among its numbers


def equals(answer: Answer, value: str) -> bool:
    """Tell whether the known answer is the value, read as an answer of its kind."""
    if isinstance(answer, str):
        return answer == fold(value)
    if isinstance(answer, bool):
        return YES_NO.get(fold(value)) is answer
    number = as_number(value)
    return number is not None and reaches(answer, number) and not exceeds(answer, number)


def as_number(value: str) -> float | None:
    """Return the number that the value is, None when it is none."""
    return float(value) + 0.0 if NUMBER.fullmatch(value) else None  # adding 0 makes -0 plain
