"""Reading PDFs in tests: text by page, bookmarks, structure."""

import re
from collections import Counter
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader

from readiness.reports.pdf import Pdf


def page_texts(pdf: Pdf | bytes) -> list[str]:
    """The text of each page, white space made single."""
    content = pdf if isinstance(pdf, bytes) else pdf.content
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(content)).pages]


def whole_text(pdf: Pdf | bytes) -> str:
    return " ".join(page_texts(pdf))


def page_of(pdf: Pdf, heading: str) -> int:
    """The number of the page that a chapter's bookmark points at, from 1."""
    reader = PdfReader(BytesIO(pdf.content))
    found = [entry for entry in reader.outline if not isinstance(entry, list) and entry.title == heading]
    number = reader.get_destination_page_number(found[0])
    assert number is not None
    return number + 1


class Structure:
    """The structure tree of a tagged PDF."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pikepdf.open(BytesIO(pdf.content))
        self.elements: list[Any] = []
        self._walk(self.pdf.Root.StructTreeRoot)
        self.tags = Counter(str(element.S) for element in self.elements)

    def _walk(self, element: Any) -> None:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/S" in element:
            self.elements.append(element)
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._walk(kid)

    def tagged(self, tag: str) -> list[Any]:
        return [element for element in self.elements if tag == element.S]
