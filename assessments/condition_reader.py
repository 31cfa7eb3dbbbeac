"""Read the text of a condition, or say where it stops being one and what was expected there."""

import re
from enum import StrEnum
from typing import Final, NoReturn
from unicodedata import category

from assessments.condition_terms import (
    BARE,
    NUMBER,
    All,
    Answered,
    Any,
    AtLeast,
    AtMost,
    Comparison,
    Condition,
    Is,
    Mentions,
    Not,
    OneOf,
    as_number,
    fold,
)

MAX_LENGTH: Final = 500
MAX_NESTING: Final = 8

TOKEN: Final = re.compile(r'"(?:[^"]|"")*"|[(),;"]|[^\s(),;"]+')
ITEM_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,19}")


class Expected(StrEnum):
    """What should have stood where reading a condition failed."""

    CONDITION = "an item’s code, all(…), any(…) or not(…)"
    COMPARISON = "is, is one of, is answered, at least, at most or mentions"
    VALUE = "a choice’s code, a number, yes, no, or a text in straight quotation marks"
    NUMBER = "a number such as 2 or 0.5"
    AROUND = "not(…) around the whole comparison, as in not(CTX-01 is epic)"
    CLOSING_QUOTE = "a closing quotation mark for this one"
    NEXT_OR_CLOSE = "a semicolon or a closing bracket"
    CLOSE = "a closing bracket"
    END = "the end of the condition"
    FLATTER = f"at most {MAX_NESTING} levels of all, any and not"
    SHORTER = f"at most {MAX_LENGTH} characters"


class ConditionError(ValueError):
    """A text that is no condition: the `position` in it, counted from 0, and what was `expected` there."""

    def __init__(self, position: int, expected: Expected) -> None:
        super().__init__(position, expected)
        self.position = position
        self.expected = expected

    def __str__(self) -> str:
        return f"character {self.position + 1}: expected {self.expected}"


def read(text: str) -> Condition:
    """Return the condition that the text says; ConditionError when it says none, or is too long or nested too deeply."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(MAX_LENGTH, Expected.SHORTER)
    reader = _Reader(text)
    condition = reader.condition()
    if reader.here:
        reader.refuse(Expected.END)
    return condition


class _Reader:
    """Reads a text from left to right, a token at a time; `here` is the next one, empty at the end."""

    def __init__(self, text: str) -> None:
        self.tokens = [(match[0], match.start()) for match in TOKEN.finditer(text)]
        self.tokens += [("", len(text))] * 2  # what follows `here` can be asked for at the end too
        self.at = 0

    @property
    def here(self) -> str:
        return self.tokens[self.at][0]

    @property
    def following(self) -> str:
        return self.tokens[self.at + 1][0]

    def refuse(self, expected: Expected) -> NoReturn:
        raise ConditionError(self.tokens[self.at][1], expected)

    def takes(self, *words: str) -> bool:
        """Go past these words if they come next, in whatever case."""
        found = [token.lower() for token, _ in self.tokens[self.at : self.at + len(words)]]
        if found != list(words):
            return False
        self.at += len(words)
        return True

    def condition(self, depth: int = 0) -> Condition:
        word = self.here.lower()
        if word not in ("all", "any", "not") or self.following != "(":
            return self.comparison()
        if depth == MAX_NESTING:
            self.refuse(Expected.FLATTER)
        self.at += 2
        if word == "not":
            return self.closed(Not(self.condition(depth + 1)), Expected.CLOSE)
        parts = self.parts(depth + 1)
        return self.closed(All(parts) if word == "all" else Any(parts), Expected.NEXT_OR_CLOSE)

    def parts(self, depth: int) -> tuple[Condition, ...]:
        parts = [self.condition(depth)]
        while self.takes(";"):
            parts.append(self.condition(depth))
        return tuple(parts)

    def closed(self, condition: Condition, expected: Expected) -> Condition:
        if not self.takes(")"):
            self.refuse(expected)
        return condition

    def comparison(self) -> Comparison:
        code = self.here
        if not ITEM_CODE.fullmatch(code):
            self.refuse(Expected.CONDITION)
        self.at += 1
        if self.takes("is"):
            return self.equality(code)
        if self.takes("at", "least"):
            return AtLeast(code, self.number())
        if self.takes("at", "most"):
            return AtMost(code, self.number())
        if not self.takes("mentions"):
            self.refuse(Expected.COMPARISON)
        return Mentions(code, self.value())

    def equality(self, code: str) -> Comparison:
        if self.takes("answered"):
            return Answered(code)
        if self.takes("one", "of"):
            return OneOf(code, self.values())
        if self.here.lower() == "not":
            self.refuse(Expected.AROUND)
        return Is(code, self.value())

    def values(self) -> tuple[str, ...]:
        values = [self.value()]
        while self.takes(","):
            values.append(self.value())
        return tuple(values)

    def value(self) -> str:
        """Take a bare word, a number, or a text in quotation marks, in which a doubled one stands for one."""
        written = self.here
        if written == '"':
            self.refuse(Expected.CLOSING_QUOTE)
        quoted = written.startswith('"')
        value = written[1:-1].replace('""', '"') if quoted else written.lower()
        if not (_is_text(value) if quoted else BARE.fullmatch(value) or NUMBER.fullmatch(value)):
            self.refuse(Expected.VALUE)
        self.at += 1
        return value

    def number(self) -> float:
        number = as_number(self.here)
        if number is None:
            self.refuse(Expected.NUMBER)
        self.at += 1
        return number


def _is_text(value: str) -> bool:
    """Tell whether the value is something that a person can answer: not blank, and nothing that cannot be kept."""
    return bool(fold(value)) and not any(category(letter) in ("Cc", "Cs") for letter in value)
