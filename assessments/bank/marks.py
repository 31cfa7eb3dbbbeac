"""Read a question bank's YAML as plain values that know their lines, and refuse whatever a bank has no use for. Pure."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml
from yaml.resolver import Resolver

MOST_BYTES: Final = 2 * 1024 * 1024
DEEPEST: Final = 20
# A bank of a thousand items has about sixty thousand; two megabytes of commas would have a million.
MOST_VALUES: Final = 200_000
# libyaml's parser where it is built in: two megabytes in a quarter of a second instead of five.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place = tuple[str | int, ...]
# The types of the parser know neither anchors nor that events always have a mark.
_Event = Any
Plain = dict[str, Any] | list[Any] | str | int | float | bool | None

# Escape sequences bring in what the file itself may not hold; tab and line ends are text.
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# YAML 1.1 would take 012 for ten and 1:30 for ninety; nobody who writes a bank means that.
DECIMAL: Final = re.compile(r"[-+]?(0|[1-9]\d{0,17})(\.\d{0,20})?([eE][-+]?\d{1,3})?")
TAG: Final = "tag:yaml.org,2002:"
TRUE_WORDS: Final = frozenset({"yes", "true", "on"})


class BankFileError(ValueError):
    """One thing in a bank's file that cannot be read; the text names file, line and path as far as they are known."""

    def __init__(self, message: str, *, line: int | None = None, path: str = "", file: str = "") -> None:
        self.message, self.line, self.path, self.file = message, line, path, file
        position = ", ".join(part for part in (file, f"line {line}" if line else "", path) if part)
        super().__init__(f"{position}: {message}" if position else message)


class BankFileErrors(ValueError):  # noqa: N818 (it is several)
    """All that is wrong in a bank's files, in the order of the files: nothing of them is used."""

    def __init__(self, errors: Iterable[BankFileError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain values, and the line on which every path in it begins."""

    value: Plain
    lines: Mapping[Place, int]
    file: str = ""

    def error(self, place: Place, message: str) -> BankFileError:
        """Return the error at a path; what is missing has the line of the mapping that lacks it."""
        known = next((self.lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in self.lines), None)
        return BankFileError(message, line=known, path=path_text(place), file=self.file)


def path_text(place: Place) -> str:
    """Return a path as people write it: `items[3].steps`; overlong keys are cut."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part[:60]}" for part in place)
    return "".join(parts).removeprefix(".")


def decoded(content: bytes, file: str = "") -> str:
    """Return a file's text. Raises BankFileError when it is too large or not UTF-8."""
    if len(content) > MOST_BYTES:
        raise BankFileError(f"the file has more than {MOST_BYTES // 1024 // 1024} MiB.", file=file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BankFileError("the file is not UTF-8.", line=content.count(b"\n", 0, error.start) + 1, file=file) from error


def load(text: str, file: str = "") -> Document:
    """Return the one document of a YAML text with the line of every path. Raises BankFileError."""
    if len(text) > MOST_BYTES:
        raise BankFileError(f"the file has more than {MOST_BYTES // 1024 // 1024} MiB.", file=file)
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        raise BankFileError("a control character or half a character is not allowed.", line=line, file=file)
    return _Composer(text, file).document()


class _Composer:
    """Composes plain values from the parser's events, which nest no calls: depth is bounded before Python's stack is."""

    def __init__(self, text: str, file: str) -> None:
        self.events: Iterator[_Event] = yaml.parse(text, Loader=LOADER)
        self.file = file
        self.lines: dict[Place, int] = {}
        self.resolver = Resolver()

    def document(self) -> Document:
        """Return the whole document; the parser's own complaints get the form of ours."""
        try:
            value = self._only_document()
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise BankFileError(f"this is not YAML: {error.problem}.", line=line, file=self.file) from error
        except yaml.YAMLError as error:
            raise BankFileError(f"this is not YAML: {' '.join(str(error).split())}.", file=self.file) from error
        return Document(value, self.lines, self.file)

    def _only_document(self) -> Plain:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise BankFileError("the file is empty.", file=self.file)
        value = self._value(next(self.events), ())
        next(self.events)
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise self._error(following, (), "only one document is allowed in a file.")
        return value

    def _value(self, event: _Event, place: Place) -> Plain:
        self.lines.setdefault(place, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._error(event, place, "anchors and aliases (& and *) are not allowed.")
        if event.tag is not None:
            raise self._error(event, place, "tags (!) are not allowed.")
        if len(self.lines) > MOST_VALUES:
            raise self._error(event, (), f"the file has more than {MOST_VALUES} values.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if len(place) >= DEEPEST:
            raise self._error(event, place, f"lists and mappings are nested more than {DEEPEST} deep.")
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._list(place)

    def _list(self, place: Place) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*place, len(values))))
        return values

    def _mapping(self, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, place)
            if key in values:
                raise self._error(event, (*place, key), "the key stands twice.")
            self.lines[(*place, key)] = event.start_mark.line + 1
            values[key] = self._value(next(self.events), (*place, key))
        return values

    def _key(self, event: _Event, place: Place) -> str:
        key = self._value(event, (*place, "")) if isinstance(event, yaml.ScalarEvent) else None
        self.lines.pop((*place, ""), None)
        if not isinstance(key, str):
            raise self._error(event, place, "a text is needed as key; put numbers, dates, yes and no in quotes.")
        return key

    def _scalar(self, event: _Event, place: Place) -> Plain:
        if UNPRINTABLE.search(event.value):
            raise self._error(event, place, "a control character or half a character is not allowed.")
        # Only a plain scalar may be something other than a text; quoted and block ones never are.
        kind = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit).removeprefix(TAG)
        if kind in {"int", "float"}:
            return self._number(event, place)
        if kind not in {"str", "null", "bool"}:
            raise self._error(event, place, "dates and the like are not read; put the text in quotes.")
        return {"null": None, "bool": event.value.lower() in TRUE_WORDS}.get(kind, event.value)

    def _number(self, event: _Event, place: Place) -> int | float:
        text = event.value
        number = float(text) if DECIMAL.fullmatch(text) else math.nan
        if not math.isfinite(number):
            raise self._error(event, place, "a number in plain decimal digits is needed, such as 12 or 2.5.")
        return number if set(text) & set(".eE") else int(text)

    def _error(self, event: _Event, place: Place, message: str) -> BankFileError:
        return BankFileError(message, line=event.start_mark.line + 1, path=path_text(place), file=self.file)
