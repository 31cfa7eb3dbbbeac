"""Bring the national list of hospitals into the database."""

from dataclasses import asdict
from typing import NamedTuple

from django.db import transaction

from stakeholders.hospital_file import HospitalFile, HospitalRow
from stakeholders.models import Hospital

FIELDS = [field for field in HospitalRow.__dataclass_fields__ if field != "ccn"]
BATCH = 500


class Loaded(NamedTuple):
    """How many hospitals were added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load_hospitals(*, hospitals: HospitalFile) -> Loaded:
    """Insert new hospitals and update known ones by CCN; loading the same file again changes nothing.

    A hospital that is missing from the file stays: sites may point at it.
    """
    known = {row["ccn"]: row for row in Hospital.objects.values("ccn", *FIELDS)}
    rows = [asdict(row) for row in hospitals.rows]
    written = [Hospital(**row) for row in rows if known.get(row["ccn"]) != row]
    Hospital.objects.bulk_create(written, batch_size=BATCH, update_conflicts=True, unique_fields=["ccn"], update_fields=FIELDS)
    added = sum(row["ccn"] not in known for row in rows)
    return Loaded(added, len(written) - added, len(rows) - len(written))
