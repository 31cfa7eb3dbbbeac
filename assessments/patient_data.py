"""Notice what looks like patient data in a text: pure, and a warning only, because figures and dates can be innocent."""

import re
from collections.abc import Iterable

SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])")
NAMED_SSN = re.compile(r"\b(?:ssn|social security(?: number| no)?)\W{0,4}\d{9}\b", re.IGNORECASE)

RECORD_WORDS = r"mrn|medical record(?: number| no)?|patient (?:id|number|no)|chart (?:number|no)|accession (?:number|no)"
NAMED_RECORD = re.compile(rf"\b(?:{RECORD_WORDS})\b\W{{0,6}}(?=[\w-]*\d{{3}})[\w-]{{4,}}", re.IGNORECASE)
# Record numbers have seven to ten digits in most systems; telephone numbers have separators, CLIA numbers a letter.
BARE_RECORD = re.compile(r"(?<![\w.,+-])\d{7,10}(?![\w.,-]*\d)(?![\w-])")

DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]{3,9} \d{4}|[A-Za-z]{3,9} \d{1,2},? \d{4})"
NAMED_BIRTH = re.compile(rf"\b(?:dob|d\.o\.b\.|born|birth ?da(?:te|y)|date of birth)(?!\w)\W{{0,4}}(?:on |is )?{DAY}", re.IGNORECASE)
# A full date before 2010 is rarely about a project and often a birthday.
OLD_DAY = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19\d\d|200\d)|(?:19\d\d|200\d)-\d{2}-\d{2})(?!\d)")

SIGNS = {
    "social_security_number": (SSN, NAMED_SSN),
    "record_number": (NAMED_RECORD, BARE_RECORD),
    "birth_date": (NAMED_BIRTH, OLD_DAY),
}


def patient_data_signs(text: str) -> tuple[str, ...]:
    """Return what the text seems to hold: `social_security_number`, `record_number`, `birth_date`; empty when nothing."""
    return tuple(sign for sign, patterns in SIGNS.items() if any(pattern.search(text) for pattern in patterns))


def signs_in(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the signs of several texts together, each once, in a fixed order."""
    found = {sign for text in texts if text for sign in patient_data_signs(text)}
    return tuple(sign for sign in SIGNS if sign in found)
