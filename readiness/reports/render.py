"""From a report's document to HTML and PDF: one set of templates for page, file and PDF."""

import base64
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from assessments.models import Paper
from readiness.reports.bundled import STATIC
from readiness.reports.document import Document
from readiness.reports.pdf import Pdf, render_pdf

PICTURE = re.compile(r'<svg\b[^>]*\baria-label="([^"]*)"[^>]*>')
DECORATION = re.compile(r'<svg class="([^"]*)"([^>]*)\baria-hidden="true">(.*?)</svg>', re.DOTALL)
STYLESHEETS = ("css/report.css", "css/report-screen.css")
SCREEN_FONT = "fonts/Inter-Variable.woff2"


@dataclass(frozen=True)
class Printable:
    """A document for the PDF renderer, and the files that it uses beside the bundled ones."""

    html: str
    files: dict[str, bytes]


def report_pdf(document: Document, *, paper: str = Paper.LETTER) -> Pdf:
    """Return the report as a PDF; raises RenderError."""
    printable = for_print(print_html(document, paper=paper))
    return render_pdf(printable.html, files=printable.files, identifier=f"{document.fingerprint}-{document.audience}-{paper}")


def print_html(document: Document, *, paper: str) -> str:
    """Return the whole print document."""
    return render_to_string("reports/document.html", {"report": document, "paper": paper, "language": get_language() or "en"})


def report_file_html(document: Document) -> str:
    """Return the report as one HTML file that needs no other: stylesheets and font are inside."""
    font = base64.b64encode((STATIC / SCREEN_FONT).read_bytes()).decode()
    face = f'@font-face{{font-family:"Inter";font-weight:100 900;src:url(data:font/woff2;base64,{font}) format("woff2")}}\n'
    styles = face + "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLESHEETS)
    # The stylesheets are the product's own files: nothing of a report is in them.
    context = {"report": document, "language": get_language() or "en", "styles": mark_safe(styles)}  # noqa: S308 # nosec B308, B703
    return render_to_string("reports/file.html", context)


def for_print(html: str) -> Printable:
    """Return the markup as the PDF renderer tags it best: charts with their text as `<title>`, decoration as background.

    It takes a picture's alternative from `<title>` alone, and knows no other way to leave a drawing out of the reading
    order than to paint it as a background.
    """
    drawings: dict[tuple[str, str], int] = {}

    def background(found: re.Match[str]) -> str:
        number = drawings.setdefault((found[2], found[3]), len(drawings))
        return f'<span class="{found[1]} drawing-{number}"></span>'

    titled = PICTURE.sub(lambda found: f"{found[0]}<title>{found[1]}</title>", html)
    painted = DECORATION.sub(background, titled)
    link = '<link rel="stylesheet" href="css/drawings.css"></head>'
    return Printable(painted.replace("</head>", link, 1), drawing_files(drawings))


def drawing_files(drawings: dict[tuple[str, str], int]) -> dict[str, bytes]:
    """Return one SVG file for each drawing, and the stylesheet that paints them."""
    files = {
        f"css/drawing-{number}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()
        for (attributes, body), number in drawings.items()
    }
    rule = ".drawing-{0}{{background:url(drawing-{0}.svg) no-repeat center/contain}}"
    return files | {"css/drawings.css": "\n".join(rule.format(number) for number in drawings.values()).encode()}
