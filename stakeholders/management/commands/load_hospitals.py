from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stakeholders.hospital_file import LARGEST_FILE, HospitalFileError, read_hospitals
from stakeholders.services.hospitals import load_hospitals


class Command(BaseCommand):
    help = (
        "Load the CMS Hospital General Information file (CSV). Hospitals are updated by CCN; loading a file again changes nothing. "
        "A row that cannot be used is named by line and reason and left out. Exit status 1 only when nothing could be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file, for example Hospital_General_Information.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            hospitals = read_hospitals(read_bytes(path))
        except HospitalFileError as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error
        for problem in hospitals.problems:
            self.stderr.write(f"{path}, line {problem.line}: {problem.reason}; left out")
        if not hospitals.rows:
            raise CommandError(f"{path}: no row can be used. Nothing was changed.")
        loaded = load_hospitals(hospitals=hospitals)
        left_out = f" {len(hospitals.problems):,} rows were left out, see above." if hospitals.problems else ""
        counts = f"{loaded.added:,} added, {loaded.changed:,} changed, {loaded.unchanged:,} as they were"
        self.stdout.write(f"{len(hospitals.rows):,} hospitals read: {counts}.{left_out}")


def read_bytes(path: str) -> bytes:
    """Return the file's bytes, at most a little more than the parser takes; raises HospitalFileError when it cannot be opened."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "this is not a file name"
        raise HospitalFileError(f"The file cannot be opened: {reason}.") from error
