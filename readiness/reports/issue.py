"""Issue a report: number it, freeze what it shows, and keep its PDFs with hashes of their own."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.models import Assessment, Audience, Paper, Report, ReportFile
from assessments.services.scores import score_assessment
from readiness.reports.content import NothingToReportError, fingerprint, instant, report_content
from readiness.reports.document import Issue, build_document
from readiness.reports.pdf import Pdf, RenderError
from readiness.reports.render import report_pdf
from stakeholders.models import User
from stakeholders.services.audit import record_event

# A report's PDF is written in one language, whoever asks for it; pages follow the reader's.
LANGUAGE = "en"


@transaction.atomic
def issue_report(*, assessment: Assessment, issued_by: User | None) -> Report:
    """Freeze what the report shows now as the next numbered version, and return it.

    The same content is issued once: pressed twice, or again when nothing has changed, the latest version is returned.
    What has been submitted since the last scoring is scored first. Raises NothingToReportError without a score. The
    PDFs are made afterwards (`report_file`), so that a killed rendering leaves a version that is whole.
    """
    locked = Assessment.objects.select_for_update(of=("self",)).with_parties().get(pk=assessment.pk)
    if locked.latest_snapshot is None:
        raise NothingToReportError
    score_assessment(assessment=locked, reason="issued")
    content = report_content(locked)
    digits = fingerprint(content)
    latest = Report.objects.filter(assessment=locked).order_by("-number").first()
    if latest is not None and latest.fingerprint == digits:
        return latest
    report = Report.objects.create(
        assessment=locked,
        number=latest.number + 1 if latest else 1,
        snapshot=locked.latest_snapshot,
        content=content,
        fingerprint=digits,
        issued_by=issued_by,
    )
    record_event(organisation=locked.organisation, verb="report.issued", subject=report, actor=issued_by, assessment_id=locked.pk)
    return report


def report_file(*, report: Report, audience: str = Audience.DEAL_REVIEW, paper: str = Paper.LETTER) -> ReportFile:
    """Return the stored PDF of an issued report for an audience and a paper, made from the frozen content when it is missing.

    Two at once keep one file. Raises RenderError.
    """
    wanted = {"report": report, "audience": audience, "language": LANGUAGE, "paper": paper}
    found = ReportFile.objects.filter(**wanted).first()
    return found or store_pdf(issued_pdf(report, audience, paper), wanted)


def issued_pdf(report: Report, audience: str, paper: str) -> Pdf:
    """Return the PDF of an issued report; the same report gives the same text."""
    with translation.override(LANGUAGE):
        issue = Issue(number=report.number, at=instant(report.issued_at))
        return report_pdf(build_document(report.content, audience=audience, issue=issue), paper=paper)


def store_pdf(pdf: Pdf, wanted: dict[str, object]) -> ReportFile:
    """Store a PDF with its hash; where somebody was faster, drop it and return theirs."""
    row = ReportFile(
        **wanted,
        file=ContentFile(pdf.content, name="report.pdf"),
        sha256=hashlib.sha256(pdf.content).hexdigest(),
        size=len(pdf.content),
        pages=pdf.pages,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.file.storage.delete(str(row.file.name))
        return ReportFile.objects.get(**wanted)
    return row


def stored_bytes(row: ReportFile) -> bytes:
    """Return the PDF as it was stored; raises RenderError where it is gone or is no longer what was stored."""
    try:
        with row.file.open("rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise RenderError(_("The stored PDF cannot be read. Its content is kept; ask your administrator to restore the file.")) from error
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise RenderError(_("The stored PDF is not the one that was issued. Ask your administrator to restore the file."))
    return content


def draft_pdf(assessment: Assessment, *, audience: str, paper: str) -> Pdf:
    """Return the PDF of the report as it would be issued now; raises NothingToReportError and RenderError."""
    with translation.override(LANGUAGE):
        return report_pdf(build_document(report_content(assessment), audience=audience, issue=Issue()), paper=paper)
