"""Read a list of people pasted from a spreadsheet or a mail, line by line: pure parsing, nothing of Django."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

FIELDS = ("name", "email", "role", "title", "site", "service_line", "front_line")
MAX_LINES = 500
LENGTHS = {"name": 120, "email": 254, "title": 120}
HEADINGS = {
    "name": "name",
    "full name": "name",
    "person": "name",
    "email": "email",
    "e mail": "email",
    "mail": "email",
    "email address": "email",
    "e mail address": "email",
    "role": "role",
    "title": "title",
    "job title": "title",
    "position": "title",
    "site": "site",
    "hospital": "site",
    "location": "site",
    "service line": "service_line",
    "service": "service_line",
    "front line": "front_line",
    "frontline": "front_line",
    "does the work": "front_line",
}
YES = {"yes", "y", "x", "1", "true", "si", "sí", "front line", "frontline"}
NO = {"", "no", "n", "0", "false", "-", "–"}
WHOLE_SYSTEM = {"", "system", "whole system", "all", "all sites", "-", "–"}


class Problem(NamedTuple):
    """Why a line cannot be used: a code and what the message needs to name."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class PastedPerson:
    """A valid line: texts are trimmed, the role is its code, site and service line are the keys they were looked up to."""

    line: int
    name: str
    email: str
    role: str
    title: str = ""
    site: str | None = None
    service_line: str | None = None
    front_line: bool = False


class FaultyLine(NamedTuple):
    """A line that cannot be used, as it was typed, with every reason."""

    line: int
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Known:
    """What lines are checked against; every name is normalised with `plain`.

    `people` maps the address (lower case) to the name on file, `seats` holds (address, role) of those already asked.
    """

    roles: Mapping[str, str]
    sites: Mapping[str, str] = field(default_factory=dict)
    service_lines: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    seats: frozenset[tuple[str, str]] = frozenset()
    is_email: Callable[[str], bool] = lambda value: bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value))


@dataclass(frozen=True)
class Pasted:
    """What was read: valid people, faulty lines and the header line, if there was one, all in the order of the text."""

    people: tuple[PastedPerson, ...]
    faulty: tuple[FaultyLine, ...]
    header: str = ""

    def remaining_text(self) -> str:
        """Return what still needs work: the header and the faulty lines as they were typed."""
        lines = [self.header] if self.header and self.faulty else []
        return "\n".join([*lines, *(fault.text for fault in self.faulty)])


def plain(text: str) -> str:
    """Return a name in lower case with single spaces for everything that is neither letter nor digit."""
    kept = (c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text.casefold())
    return " ".join("".join(kept).split())


def split_cells(line: str) -> list[str] | None:
    """Return the cells of a line separated by tabs, else semicolons, else commas; None when its quotation marks do not close."""
    delimiter = next((d for d in "\t;" if d in line), ",")
    try:
        rows = list(csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error:
        return None
    return [" ".join(cell.split()) for cell in rows[0]] if rows else []


def read_header(cells: Sequence[str] | None) -> list[str] | None:
    """Return the fields that a header names, in its order ("" for a column nobody knows); None for a line of data."""
    if not cells:
        return None
    columns = [HEADINGS.get(plain(cell), "") for cell in cells]
    named = [column for column in columns if column]
    return columns if "email" in named and len(named) >= 2 else None


def parse_people(text: str, known: Known) -> Pasted:
    """Read up to 500 lines of people; empty lines are skipped, every other line ends among the people or the faulty lines.

    Columns: name, e-mail, role, title, site, service line, front line; a header line may put them in another order.
    """
    lines = [(n, line) for n, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if line.strip(" \t,;\u00a0")]
    columns = read_header(split_cells(lines[0][1])) if lines else None
    header = lines[0][1] if columns is not None else ""
    people: list[PastedPerson] = []
    faulty: list[FaultyLine] = []
    names, seats = dict(known.people), set(known.seats)
    for count, (number, line) in enumerate(lines[1:] if header else lines):
        found = (Problem("too_many"),) if count >= MAX_LINES else _read_line(number, line, columns or FIELDS, known)
        if isinstance(found, PastedPerson):
            problems = _clashes(found, names, seats)
            if not problems:
                people.append(found)
                names.setdefault(found.email.lower(), found.name)
                seats.add((found.email.lower(), found.role))
                continue
            found = problems
        faulty.append(FaultyLine(number, line, found))
    return Pasted(tuple(people), tuple(faulty), header)


def _read_line(number: int, line: str, columns: Sequence[str], known: Known) -> PastedPerson | tuple[Problem, ...]:
    cells = split_cells(line)
    if cells is None:
        return (Problem("quotes"),)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        return (Problem("too_many_cells", str(len(cells))),)
    row = dict.fromkeys(FIELDS, "") | {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    problems = tuple(_problems(row, known))
    if problems:
        return problems
    return PastedPerson(
        line=number,
        name=row["name"],
        email=row["email"],
        role=known.roles[plain(row["role"])],
        title=row["title"],
        site=known.sites.get(plain(row["site"])),
        service_line=known.service_lines.get(plain(row["service_line"])),
        front_line=row["front_line"].casefold() in YES,
    )


def _problems(row: Mapping[str, str], known: Known) -> list[Problem]:
    service_line = row["service_line"].strip("-–")
    checks = [
        ("name_missing", not row["name"], ""),
        ("email_missing", not row["email"], ""),
        ("email", bool(row["email"]) and not known.is_email(row["email"]), row["email"]),
        ("role_missing", not row["role"], ""),
        ("role", bool(row["role"]) and plain(row["role"]) not in known.roles, row["role"]),
        ("site", row["site"].casefold() not in WHOLE_SYSTEM and plain(row["site"]) not in known.sites, row["site"]),
        ("service_line", bool(service_line) and plain(service_line) not in known.service_lines, service_line),
        ("front_line", row["front_line"].casefold() not in YES | NO, row["front_line"]),
        *((f"{name}_long", len(row[name]) > longest, str(longest)) for name, longest in LENGTHS.items()),
    ]
    return [Problem(code, value[:80]) for code, wrong, value in checks if wrong]


def _clashes(person: PastedPerson, names: Mapping[str, str], seats: set[tuple[str, str]]) -> tuple[Problem, ...]:
    email = person.email.lower()
    if plain(names.get(email, person.name)) != plain(person.name):
        return (Problem("other_name", names[email]),)
    if (email, person.role) in seats:
        return (Problem("twice", person.email),)
    return ()
