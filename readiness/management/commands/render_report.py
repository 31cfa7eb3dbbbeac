"""manage.py render_report ASSESSMENT --out FILE.pdf|FILE.html."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from assessments.models import Assessment, Audience, Paper
from readiness.reports.content import NothingToReportError, report_content
from readiness.reports.document import Issue, build_document
from readiness.reports.issue import draft_pdf
from readiness.reports.pdf import RenderError
from readiness.reports.render import report_file_html

SUFFIXES = (".pdf", ".html")
BAD_INPUT = 2


class Command(BaseCommand):
    help = "Write the draft report of an assessment as a PDF or as one HTML file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("assessment", help="primary key of the assessment")
        parser.add_argument("--out", type=Path, required=True, help="file to write; its suffix, .pdf or .html, says what")
        parser.add_argument("--audience", choices=Audience.values, default=Audience.DEAL_REVIEW.value)
        parser.add_argument("--paper", choices=Paper.values, default=Paper.LETTER.value)

    def handle(self, *args: Any, assessment: str, out: Path, audience: str, paper: str, **options: Any) -> None:
        if out.suffix.lower() not in SUFFIXES:
            raise CommandError(f"{out}: the file's name must end in .pdf or .html.", returncode=BAD_INPUT)
        if not out.absolute().parent.is_dir():
            raise CommandError(f"{out.parent}: there is no such folder.", returncode=BAD_INPUT)
        found = find_assessment(assessment)
        try:
            content, told = rendered(found, out.suffix.lower(), audience, paper)
        except NothingToReportError as error:
            raise CommandError("Nothing to report yet: this assessment has no score.", returncode=BAD_INPUT) from error
        except RenderError as error:
            raise CommandError(str(error)) from error
        write(out, content)
        self.stdout.write(f"{out}: {told}")


def find_assessment(key: str) -> Assessment:
    """Return the assessment with a primary key; raises CommandError where there is none."""
    try:
        return Assessment.objects.with_parties().get(pk=UUID(key))
    except (ValueError, Assessment.DoesNotExist) as error:
        raise CommandError(f"No assessment has the primary key {key[:80]!r}.", returncode=BAD_INPUT) from error


def rendered(assessment: Assessment, suffix: str, audience: str, paper: str) -> tuple[bytes, str]:
    """Return the file's bytes and what to tell about them."""
    if suffix == ".pdf":
        pdf = draft_pdf(assessment, audience=audience, paper=paper)
        return pdf.content, f"{pdf.pages} pages, {len(pdf.content)} bytes"
    html = report_file_html(build_document(report_content(assessment), audience=audience, issue=Issue()))
    return html.encode(), f"{len(html.encode())} bytes"


def write(out: Path, content: bytes) -> None:
    """Write the file; raises CommandError where that is not possible."""
    try:
        out.write_bytes(content)
    except (OSError, ValueError) as error:
        raise CommandError(f"{str(out)!r} cannot be written: {error}", returncode=BAD_INPUT) from error
