"""Read what earlier customers took, pasted from a spreadsheet, line by line: pure parsing, nothing of Django."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from assessments.people_paste import plain, split_cells

FIELDS: Final = ("code", "place", "weeks", "finished_on")
HEADINGS: Final = {
    "code": "code",
    "requirement": "code",
    "item": "code",
    "place": "place",
    "customer": "place",
    "where": "place",
    "health system": "place",
    "weeks": "weeks",
    "lead time": "weeks",
    "duration": "weeks",
    "finished on": "finished_on",
    "finished": "finished_on",
    "date": "finished_on",
}
MAX_LINES: Final = 500
LONGEST_PLACE: Final = 120
MOST_WEEKS: Final = 520
FIRST_DAY: Final = date(2000, 1, 1)
NUMBER: Final = re.compile(r"\d{1,6}([.,]\d{1,4})?")
ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
AMERICAN_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Problem(NamedTuple):
    """Why a line cannot be used: a code and what the message needs to name."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class PastedRecord:
    """A valid line: the requirement's code as the bank writes it, the place, weeks and the day it was met, if given."""

    line: int
    code: str
    place: str
    weeks: float
    finished_on: date | None = None


class FaultyLine(NamedTuple):
    """A line that cannot be used, as it was typed, with every reason."""

    line: int
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Known:
    """What lines are checked against: the codes by their plain form, (code, place) already recorded, and today."""

    codes: Mapping[str, str]
    today: date
    recorded: Collection[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Pasted:
    """What was read: records and faulty lines in the order of the text."""

    records: tuple[PastedRecord, ...]
    faulty: tuple[FaultyLine, ...]


def parse_records(text: str, known: Known) -> Pasted:
    """Read up to 500 lines; empty ones are skipped, every other line ends among the records or the faulty lines.

    Columns: code, place, weeks, finished on; a header line may put them in another order.
    """
    lines = [(n, line) for n, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if line.strip(" \t,;\u00a0")]
    columns = _header(split_cells(lines[0][1])) if lines else None
    records: list[PastedRecord] = []
    faulty: list[FaultyLine] = []
    taken = set(known.recorded)
    for count, (number, line) in enumerate(lines[1:] if columns else lines):
        found = (Problem("too_many"),) if count >= MAX_LINES else _line(number, line, columns or FIELDS, known)
        if isinstance(found, PastedRecord):
            key = (found.code, found.place.casefold())
            if key not in taken:
                taken.add(key)
                records.append(found)
                continue
            found = (Problem("twice", found.place),)
        faulty.append(FaultyLine(number, line, found))
    return Pasted(tuple(records), tuple(faulty))


def _header(cells: Sequence[str] | None) -> list[str] | None:
    """Return the fields that a header names, in its order; None for a line of data."""
    columns = [HEADINGS.get(plain(cell), "") for cell in cells or ()]
    return columns if {"code", "weeks"} <= set(columns) else None


def _line(number: int, line: str, columns: Sequence[str], known: Known) -> PastedRecord | tuple[Problem, ...]:
    cells = split_cells(line)
    if cells is None:
        return (Problem("quotes"),)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        return (Problem("too_many_cells", str(len(cells))),)
    row = dict.fromkeys(FIELDS, "") | {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    weeks, day = weeks_in(row["weeks"]), day_in(row["finished_on"])
    problems = _problems(row, weeks, day, known)
    if problems or weeks is None:
        return problems
    return PastedRecord(number, known.codes[plain(row["code"])], row["place"], weeks, day)


def _problems(row: Mapping[str, str], weeks: float | None, day: date | None, known: Known) -> tuple[Problem, ...]:
    dated = row["finished_on"]
    checks = [
        ("code_missing", not row["code"], ""),
        ("code", bool(row["code"]) and plain(row["code"]) not in known.codes, row["code"]),
        ("place_missing", not plain(row["place"]), ""),
        ("place_long", len(row["place"]) > LONGEST_PLACE, str(LONGEST_PLACE)),
        ("weeks_missing", not row["weeks"], ""),
        ("weeks", bool(row["weeks"]) and weeks is None, row["weeks"]),
        ("day", bool(dated) and day is None, dated),
        ("day_early", day is not None and day < FIRST_DAY, dated),
        ("day_ahead", day is not None and day > known.today, dated),
    ]
    return tuple(Problem(code, value[:80]) for code, wrong, value in checks if wrong)


def weeks_in(text: str) -> float | None:
    """Return a number of weeks from 0 to 520, with a point or a comma before its decimals; None for anything else."""
    if not text.isascii() or not NUMBER.fullmatch(text):
        return None
    weeks = float(text.replace(",", "."))
    return weeks if weeks <= MOST_WEEKS else None


def day_in(text: str) -> date | None:
    """Return a day written as 2026-03-31 or as 3/31/2026; None for anything else."""
    if not text.isascii():
        return None
    iso, american = ISO_DAY.fullmatch(text), AMERICAN_DAY.fullmatch(text)
    parts = iso.groups() if iso else (american[3], american[1], american[2]) if american else None
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
