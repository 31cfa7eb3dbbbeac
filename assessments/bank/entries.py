"""Take a bank's values out of plain documents, strictly, and note everything that is wrong with line and path. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from assessments.bank.marks import BankFileError, BankFileErrors, Document, Place

MOST_ERRORS: Final = 20
MOST_ENTRIES: Final = 1000
MOST: Final = 100_000
TEXT_NEEDED: Final = "a text is needed; put numbers, dates, yes and no in quotes."


class Notes:
    """What is wrong in the files of one bank, collected so that it is mended in one go."""

    def __init__(self) -> None:
        self.errors: list[BankFileError] = []

    def add(self, error: BankFileError) -> None:
        """Keep an error; too many of them end the reading at once."""
        self.errors.append(error)
        if len(self.errors) >= MOST_ERRORS:
            self.settle()

    def settle(self) -> None:
        """Raise BankFileErrors if anything was wrong."""
        if self.errors:
            raise BankFileErrors(self.errors)


class Entry:
    """One mapping of a document; whatever cannot be read is noted and read as if it had been left out."""

    def __init__(self, document: Document, place: Place, value: Any, notes: Notes) -> None:
        self.document, self.place, self.notes = document, place, notes
        self.known: set[str] = set()
        self.values: dict[str, Any] = {}
        if isinstance(value, dict):
            self.values = value
        else:
            self.wrong("a mapping is needed.")

    def wrong(self, message: str, *below: str | int) -> None:
        """Note an error at this mapping, or at a path below it."""
        self.notes.add(self.document.error((*self.place, *below), message))

    def take(self, name: str) -> Any:
        """Return the raw value of a key, None when it is left out; the key counts as known from now on."""
        self.known.add(name)
        return self.values.get(name)

    def finish(self) -> None:
        """Note every key that nobody has asked for."""
        for name in self.values:
            if name not in self.known:
                self.wrong("this key is not known here.", name)

    def text(self, name: str, default: str = "", *, longest: int = 5000) -> str:
        """Return a text of at most so many characters."""
        value = self.take(name)
        return default if value is None else self._text(value, longest, name)

    def code(self, name: str, pattern: re.Pattern[str], wanted: str) -> str:
        """Return a code that has to be there and to have a certain form."""
        value = self.take(name)
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        self.wrong(f"{wanted} is needed.", name)
        return ""

    def one_of(self, name: str, known: Iterable[str], default: str) -> str:
        """Return one of the known words."""
        value = self.take(name)
        if value is None or (isinstance(value, str) and value in known):
            return default if value is None else value
        self.wrong(f"one of {', '.join(known)} is needed.", name)
        return default

    def number(self, name: str, default: float = 0, *, low: float = 0, high: float = MOST) -> float:
        """Return a number within its range."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.wrong(f"a number from {low:g} to {high:g} is needed.", name)
        return default

    def optional_number(self, name: str) -> float | None:
        """Return a number from 0, None when it is left out."""
        return None if self.take(name) is None else self.number(name)

    def whole_number(self, name: str, default: int, *, low: int, high: int) -> int:
        """Return a whole number within its range."""
        value = self.take(name)
        if value is None or (type(value) is int and low <= value <= high):
            return default if value is None else value
        self.wrong(f"a whole number from {low} to {high} is needed.", name)
        return default

    def entries(self, name: str, most: int = MOST_ENTRIES) -> list[Any]:
        """Return a list, empty when it is left out."""
        value = self.take(name)
        if isinstance(value, list) and len(value) <= most:
            return value
        if value is not None:
            self.wrong(f"a list of at most {most} entries is needed.", name)
        return []

    def texts(self, name: str, most: int = MOST_ENTRIES) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._text(value, 5000, name, position) for position, value in enumerate(self.entries(name, most)))

    def lines(self, name: str) -> tuple[str, ...]:
        """Return a list of texts of one line each, none of them empty."""
        return tuple(self._line(value, name, position) for position, value in enumerate(self.entries(name)))

    def words(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return a list of known words, each once."""
        values = self.entries(name)
        for position, value in enumerate(values):
            if not isinstance(value, str) or value not in known:
                self.wrong(f"one of {', '.join(known)} is needed.", name, position)
            elif value in values[:position]:
                self.wrong(f"{value} stands twice.", name, position)
        return tuple(value for value in values if isinstance(value, str))

    def mapping(self, name: str) -> "Entry":
        """Return a mapping below this one, empty when it is left out."""
        value = self.take(name)
        return Entry(self.document, (*self.place, name), {} if value is None else value, self.notes)

    def keys(self, known: Iterable[str]) -> Iterator[str]:
        """Return this mapping's keys as far as they are known words; others are noted."""
        for name in self.values:
            if name in known:
                yield name
            else:
                self.wrong(f"one of {', '.join(known)} is needed as key.", name)

    def _text(self, value: Any, longest: int, *below: str | int) -> str:
        if not isinstance(value, str):
            self.wrong(TEXT_NEEDED, *below)
        elif len(value) > longest:
            self.wrong(f"a text of at most {longest} characters is needed.", *below)
        else:
            return value
        return ""

    def _line(self, value: Any, *below: str | int) -> str:
        # They are stored as the lines of one text.
        if isinstance(value, str) and (value.splitlines() != [value] or not value.strip()):
            self.wrong("one line of text is needed.", *below)
        return self._text(value, 5000, *below)
