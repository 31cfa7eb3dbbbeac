"""Read the CMS Hospital General Information file: bytes in, rows and problems out. Pure: no database, no settings.

Every line is looked at by itself, so that one bad row never costs the rest of the file.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

# The file's column for each field; the older name of a column after it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "ccn": ("Facility ID", "Provider ID"),
    "name": ("Facility Name", "Hospital Name"),
    "address": ("Address",),
    "city": ("City/Town", "City"),
    "state": ("State",),
    "zip_code": ("ZIP Code",),
    "county": ("County/Parish", "County Name"),
    "telephone": ("Telephone Number", "Phone Number"),
    "hospital_type": ("Hospital Type",),
    "ownership": ("Hospital Ownership",),
    "emergency_services": ("Emergency Services",),
    "overall_rating": ("Hospital overall rating",),
}
LONGEST = {
    "name": 200,
    "address": 200,
    "city": 100,
    "state": 2,
    "zip_code": 10,
    "county": 100,
    "telephone": 30,
    "hospital_type": 100,
    "ownership": 100,
}
CCN = re.compile(r"[0-9A-Z]{6}")
CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f]+")
MISSING = "Not Available"
YES_NO = {"Yes": True, "No": False, "": None}
RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "": None}
LARGEST_FILE = 50 * 1024 * 1024
LINES_OF_A_RECORD = 20


@dataclass(frozen=True)
class HospitalRow:
    """One hospital of the file; texts are stripped, "Not Available" is empty or None."""

    ccn: str
    name: str
    address: str
    city: str
    state: str
    zip_code: str
    county: str
    telephone: str
    hospital_type: str
    ownership: str
    emergency_services: bool | None
    overall_rating: int | None


class Problem(NamedTuple):
    """A row that was left out: its line in the file (from 1) and why."""

    line: int
    reason: str


class HospitalFile(NamedTuple):
    """What could be read, each CCN once, and what was left out."""

    rows: list[HospitalRow]
    problems: list[Problem]


class HospitalFileError(ValueError):
    """Nothing can be read: it is not the file that it should be. The text says why and what to do."""


class Columns(NamedTuple):
    """Where each field is in a row, and how many columns a row has."""

    places: dict[str, int]
    width: int


class BadRowError(ValueError):
    """A row that cannot be used; the text says why."""


def read_hospitals(data: bytes) -> HospitalFile:
    """Return the hospitals of a CMS Hospital General Information file (CSV, UTF-8 with or without BOM, any line ends).

    A row that cannot be used is left out and named by line and reason; of several rows with one CCN the first stays.
    Raises HospitalFileError when the file is not such a file at all.
    """
    lines = split_lines(data)
    records = read_records(lines)
    columns = find_columns(next(records)[1])
    rows: dict[str, HospitalRow] = {}
    first_lines: dict[str, int] = {}
    problems: list[Problem] = []
    for line, record in records:
        try:
            row = read_row(record, columns)
            if row.ccn in rows:
                raise BadRowError(f"CCN {row.ccn} is already in line {first_lines[row.ccn]}")
        except BadRowError as error:
            problems.append(Problem(line, str(error)))
            continue
        rows[row.ccn], first_lines[row.ccn] = row, line
    return HospitalFile(list(rows.values()), problems)


def split_lines(data: bytes) -> list[bytes]:
    """Return the file's lines without BOM; raises HospitalFileError for an empty, too large or binary file."""
    if len(data) > LARGEST_FILE:
        raise HospitalFileError(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB; the CMS file has about 1.5 MB.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise HospitalFileError("The file is UTF-16. Save it as “CSV UTF-8” and load it again.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise HospitalFileError("The file is empty.")
    if b"\x00" in data.split(b"\n", 1)[0] or data.startswith((b"PK\x03\x04", b"%PDF")):
        raise HospitalFileError("The file is binary, not CSV text. Unpack or export it as “CSV UTF-8” first.")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def read_records(lines: Sequence[bytes]) -> Iterator[tuple[int, list[str] | BadRowError]]:
    """Yield each record with the number of its first line; what cannot be read is yielded as the error that says why.

    A quoted field may hold line ends. A quote that is never closed costs its own line alone.
    """
    place = 0
    while place < len(lines):
        used, record = read_record(lines, place)
        if record:
            yield place + 1, record
        place += used


def read_record(lines: Sequence[bytes], place: int) -> tuple[int, list[str] | BadRowError]:
    """Return how many lines the record at `place` takes, and the record, empty for a blank line."""
    raw = lines[place]
    if not raw.strip():
        return 1, []
    try:
        if b'"' not in raw:
            return 1, raw.decode("utf-8").split(",")
        text = b"\n".join(lines[place : place + LINES_OF_A_RECORD]).decode("utf-8") if raw.count(b'"') % 2 else raw.decode("utf-8")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        record = next(reader)
    except UnicodeDecodeError:
        return 1, BadRowError("it is not UTF-8 (perhaps Latin-1); save the file as “CSV UTF-8”")
    except csv.Error as error:
        return 1, BadRowError(f"its quotes or fields cannot be read ({error})")
    return reader.line_num, record


def find_columns(header: list[str] | BadRowError) -> Columns:
    """Return where each field's column is; raises HospitalFileError naming the columns that are missing."""
    if isinstance(header, BadRowError):
        raise HospitalFileError(f"The first line cannot be read: {header}.")
    names = {name.strip().casefold(): place for place, name in enumerate(header)}
    places = {field: [names[n.casefold()] for n in known if n.casefold() in names] for field, known in COLUMNS.items()}
    missing = [COLUMNS[field][0] for field, found in places.items() if not found]
    if missing:
        listed = ", ".join(missing)
        raise HospitalFileError(f"This is not the CMS Hospital General Information file: the first line lacks the columns {listed}.")
    return Columns({field: found[0] for field, found in places.items()}, len(header))


def read_row(record: list[str] | BadRowError, columns: Columns) -> HospitalRow:
    """Return the hospital of one record; raises BadRowError with the reason why it cannot be used."""
    if isinstance(record, BadRowError):
        raise record
    if len(record) != columns.width:
        raise BadRowError(f"it has {len(record)} columns instead of {columns.width}")
    if any("\x00" in value for value in record):
        raise BadRowError("it holds a NUL character")
    texts = {field: clean(record[columns.places[field]]) for field in COLUMNS}
    texts["ccn"], texts["state"] = texts["ccn"].upper(), texts["state"].upper()
    check_texts(texts)
    return HospitalRow(
        **{f.name: texts[f.name] for f in fields(HospitalRow) if f.name not in ("emergency_services", "overall_rating")},
        emergency_services=YES_NO[texts["emergency_services"]],
        overall_rating=RATINGS[texts["overall_rating"]],
    )


def clean(value: str) -> str:
    """Return a field stripped, with single spaces for control characters; "Not Available" is empty."""
    text = CONTROL.sub(" ", value).strip()
    return "" if text == MISSING else text


def check_texts(texts: dict[str, str]) -> None:
    """Raise BadRowError when a field cannot be what its column says."""
    ccn = texts["ccn"]
    if not CCN.fullmatch(ccn):
        hint = "; a spreadsheet may have taken leading zeros away" if ccn.isdigit() and len(ccn) < 6 else ""
        raise BadRowError(f"“{shorten(ccn)}” is not a CCN of six digits or capital letters{hint}")
    if not texts["name"]:
        raise BadRowError("it has no facility name")
    for field, limit in LONGEST.items():
        if len(texts[field]) > limit:
            raise BadRowError(f"“{COLUMNS[field][0]}” has {len(texts[field]):,} characters, at most {limit} fit")
    if texts["state"] and not re.fullmatch("[A-Z]{2}", texts["state"]):
        raise BadRowError(f"“{shorten(texts['state'])}” is not a state of two letters")
    for field, known in (("emergency_services", YES_NO), ("overall_rating", RATINGS)):
        if texts[field] not in known:
            raise BadRowError(f"“{shorten(texts[field])}” is not a value of “{COLUMNS[field][0]}”")


def shorten(text: str) -> str:
    """Return the text, cut to 20 characters with an ellipsis: a reason stays one line."""
    return text if len(text) <= 20 else f"{text[:19]}…"
