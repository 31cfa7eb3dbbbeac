"""Recognise a file by its content, and clean its name: pure. Nothing is ever unpacked or parsed."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

LONGEST_NAME = 120

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
SAME = {"jpeg": "jpg"}
TEXTS = ("txt", "csv")
# The part that makes a zip archive a document or a workbook; the names stand in the archive's directory, unpacked.
OFFICE_PARTS = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml"}
MACROS = b"vbaProject.bin"
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is: its extension without the dot, and its media type."""

    extension: str

    @property
    def content_type(self) -> str:
        """Return the media type."""
        return CONTENT_TYPES[self.extension]


def recognise(name: str, content: bytes) -> FileType | None:
    """Return what the file is, None unless its content is of an allowed type and its name says the same."""
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    extension = SAME.get(extension, extension)
    if extension not in CONTENT_TYPES:
        return None
    is_it = _is_text(content) if extension in TEXTS else extension in _kinds(content)
    return FileType(extension) if is_it else None


def _kinds(content: bytes) -> set[str]:
    """Return the allowed binary types that the content is."""
    try:
        found = {match.extension.lstrip(".") for match in puremagic.magic_string(content) if match.offset == 0}
    except (puremagic.PureError, ValueError):
        return set()
    kinds = {SAME.get(kind, kind) for kind in found} & {"pdf", "png", "jpg"}
    return kinds | _office_kinds(content)


def _office_kinds(content: bytes) -> set[str]:
    if not content.startswith(b"PK\x03\x04") or b"[Content_Types].xml" not in content or MACROS in content:
        return set()
    return {kind for kind, part in OFFICE_PARTS.items() if part in content}


def _is_text(content: bytes) -> bool:
    """Tell whether the content is text in UTF-8 or Windows' Latin, and no markup that a browser might run."""
    if not content or CONTROLS.search(content):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return not text.lstrip().startswith("<")


def clean_name(name: str, file_type: FileType) -> str:
    """Return a file name that is safe to show and to save: no path, no control or direction characters, at most 120 long,
    and with the extension of what the file is.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*;%')
    stem = PurePosixPath(printable).stem.strip(" .") or "evidence"
    return f"{stem[: LONGEST_NAME - len(file_type.extension) - 1]}.{file_type.extension}"
