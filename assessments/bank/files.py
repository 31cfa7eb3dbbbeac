"""Read the product's own question bank from its folder: the head in one file, and one file per domain. Pure but for reading."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from assessments.bank.entries import Entry, Notes
from assessments.bank.marks import BankFileError, BankFileErrors, Document, decoded, load
from assessments.bank.reading import head_of, read_items
from assessments.bank.version import BankItem, BankVersion

HEAD: Final = "instrument.yaml"


def read_bank(folder: Path) -> BankVersion:
    """Return the version in the folder: `instrument.yaml` and one file per domain. Raises BankFileErrors."""
    notes = Notes()
    head_file = folder / HEAD
    version = _head(head_file, notes)
    files = [folder / f"{domain.code}.yaml" for domain in version.domains]
    items: list[BankItem] = []
    for domain, file in zip(version.domains, files, strict=True):
        items += _items(file, domain.code, notes)
    _refuse_twice(items, notes)
    notes.settle()
    return replace(version, items=tuple(items), content_hash=content_hash([head_file, *files]))


def content_hash(files: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of the files; line ends count as one, whatever the system."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _document(file: Path) -> Document:
    if not file.is_file():
        raise BankFileError("the file is missing.", file=file.name)
    return load(decoded(file.read_bytes(), file.name), file.name)


def _head(file: Path, notes: Notes) -> BankVersion:
    """Return the head; without a readable one there is nothing else to look for."""
    try:
        document = _document(file)
    except BankFileError as error:
        raise BankFileErrors([error]) from error
    head = Entry(document, (), document.value, notes)
    version = head_of(head)
    head.finish()
    # A domain whose code cannot be read names no file.
    return replace(version, domains=tuple(domain for domain in version.domains if domain.code))


def _items(file: Path, domain: str, notes: Notes) -> tuple[BankItem, ...]:
    try:
        return read_items(_document(file), domain, notes)
    except BankFileError as error:
        notes.add(error)
        return ()


def _refuse_twice(items: Iterable[BankItem], notes: Notes) -> None:
    """Note codes that stand in the files of two domains; twice in one file is noted with its line."""
    domains: dict[str, str] = {}
    for item in items:
        first = domains.setdefault(item.code, item.domain)
        if item.code and first != item.domain:
            notes.add(BankFileError(f"the code {item.code} stands in {first}.yaml, too.", file=f"{item.domain}.yaml"))
