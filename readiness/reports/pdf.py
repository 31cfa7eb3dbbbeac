"""From a document to a PDF: in a child process, from memory, bounded in size, time and memory."""

import html
import json
import re
import subprocess  # nosec B404: runs this Python with fixed arguments
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

from readiness.reports.bundled import bundled_files, covers, own_fonts_only

CHILD = Path(__file__).with_name("render_child.py")
MOST_CHARACTERS = 12_000_000
LONGEST_WORD = 20_000
DEEPEST_NESTING = 60
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
WORD = re.compile(rf"[^\s<>]{{{LONGEST_WORD + 1}}}")


AT_ONCE = BoundedSemaphore(2)


class RenderError(Exception):
    """The PDF could not be made; the message says why and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: seconds of wall clock and of processor, megabytes of address space."""

    seconds: int = 90
    megabytes: int = 1500


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF with its number of pages and the child's peak of resident memory (kilobytes)."""

    content: bytes
    pages: int
    peak_kilobytes: int


def render_pdf(document: str, *, files: Mapping[str, bytes] | None = None, identifier: str = "", limits: Limits | None = None) -> Pdf:
    """Return the document as a tagged PDF (PDF/UA-1).

    It may use the bundled fonts, stylesheets and logo and what `files` adds, by plain name, and nothing else: the child
    reads neither files nor the network. Raises RenderError when the document is too large, too long in one word, too
    deeply nested, or needs more than the limits.
    """
    check_document(document)
    limits = limits or Limits()
    # As many as the machine has processors at the least; more would only slow each other down.
    if not AT_ONCE.acquire(timeout=limits.seconds):
        raise RenderError(_("Other reports are being made just now."))
    try:
        return run_child(document, {**bundled_files(), **(files or {})}, identifier or "groundwork", limits)
    finally:
        AT_ONCE.release()


def run_child(document: str, files: Mapping[str, bytes], identifier: str, limits: Limits) -> Pdf:
    """Return what a child process makes of the document, in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        environment = {"TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
        if covers(document):
            environment["FONTCONFIG_FILE"] = str(own_fonts_only(Path(folder)))
        command = [sys.executable, "-I", str(CHILD), str(limits.megabytes), str(limits.seconds), identifier]
        archive = packed({**files, "document.html": document.encode()})
        try:
            done = subprocess.run(  # noqa: S603 # nosec B603
                command, input=archive, capture_output=True, env=environment, cwd=folder, timeout=limits.seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise RenderError(_("The PDF took longer than %(seconds)s seconds and was stopped.") % {"seconds": limits.seconds}) from error
    return finished(done)


def finished(done: "subprocess.CompletedProcess[bytes]") -> Pdf:
    """Return what the child wrote; raises RenderError when it died."""
    header, _newline, content = done.stdout.partition(b"\n")
    if done.returncode or not content.startswith(b"%PDF-"):
        raise RenderError(_("The PDF could not be made: it needed more memory or time than it may use."))
    facts = json.loads(header)
    return Pdf(content=content, pages=facts["pages"], peak_kilobytes=facts["peak_kilobytes"])


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one uncompressed archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def check_document(document: str) -> None:
    """Refuse a document that would take minutes or break the renderer's recursion, before it is started."""
    if len(document) > MOST_CHARACTERS:
        raise RenderError(_("The report is too long to become one PDF."))
    if WORD.search(html.unescape(document)):
        raise RenderError(_("The report holds a word of more than %(most)s characters.") % {"most": LONGEST_WORD})
    if nesting(document) > DEEPEST_NESTING:
        raise RenderError(_("The report is nested too deeply."))


def nesting(document: str) -> int:
    """Return how deep the document's elements are nested, counting each start without an end as open."""
    depth = deepest = 0
    for closing, name, alone in TAG.findall(document):
        if alone or name.lower() in VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest
