"""…/reports/: issued versions, the draft as a page and as a PDF, issuing, and the files of what was issued."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.models import Assessment, Audience, Paper
from readiness.reports.content import NothingToReportError, report_content
from readiness.reports.document import Issue, build_document
from readiness.reports.forms import ReportChoice
from readiness.reports.issue import draft_pdf, issue_report, report_file, stored_bytes
from readiness.reports.pdf import RenderError
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right, may

PARTIES = ("health_system", "product", "organisation", "latest_snapshot", "promise")


class Choice(NamedTuple):
    """The report that a request asks for."""

    audience: str
    paper: str


@require_GET
@member_object(Right.VIEW, Assessment, related=PARTIES)
def reports(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """List the issued versions, with what can be done next."""
    issued = assessment.reports.select_related("issued_by").defer("content").order_by("-number")
    context = {
        "issued": issued,
        "audiences": readable_audiences(request),
        "papers": Paper.choices,
        "may_issue": may(request.membership.role, Right.EDIT),
    }
    return render(request, "reports/reports.html", context | frame(assessment))


@require_GET
@member_object(Right.VIEW, Assessment, related=PARTIES)
def report_preview(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show the draft as a page."""
    choice = chosen(request)
    try:
        document = build_document(report_content(assessment), audience=choice.audience, issue=Issue())
    except NothingToReportError:
        return redirect("reports", assessment.pk)
    context = {"report": document, "choice": choice, "audiences": readable_audiences(request), "papers": Paper.choices}
    return render(request, "reports/preview.html", context | frame(assessment))


@require_GET
@member_object(Right.VIEW, Assessment, related=PARTIES)
def report_draft(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Return the draft as a PDF."""
    choice = chosen(request)
    try:
        pdf = draft_pdf(assessment, audience=choice.audience, paper=choice.paper)
    except NothingToReportError:
        return redirect("reports", assessment.pk)
    except RenderError as error:
        return not_rendered(request, assessment, error)
    return pdf_response(pdf.content, f"{file_name(assessment)}-draft-{slugify(choice.audience)}.pdf")


@require_POST
@member_object(Right.EDIT, Assessment, related=PARTIES)
def report_issue(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Issue the report as it is now, and make its first PDF."""
    newest = assessment.reports.values_list("number", flat=True).first()
    try:
        report = issue_report(assessment=assessment, issued_by=request.membership.user)
        report_file(report=report)
    except NothingToReportError:
        messages.error(request, _("There is nothing to report yet: nobody has submitted an answer."))
    except RenderError as error:
        messages.warning(request, _("The version is issued and kept. Its PDF is made when you open it: %(why)s") % {"why": error})
    else:
        message = _("Nothing has changed since issue %(number)s.") if report.number == newest else _("Issue %(number)s is frozen.")
        messages.success(request, message % {"number": report.number})
    return redirect("reports", assessment.pk)


@require_GET
@member_object(Right.VIEW, Assessment, related=PARTIES)
def report_download(request: MemberRequest, assessment: Assessment, number: int) -> HttpResponse:
    """Return the PDF of an issued version, as it was stored."""
    choice = chosen(request)
    report = get_object_or_404(assessment.reports, number=number)
    try:
        content = stored_bytes(report_file(report=report, audience=choice.audience, paper=choice.paper))
    except RenderError as error:
        return not_rendered(request, assessment, error)
    return pdf_response(content, f"{file_name(assessment)}-issue-{number}-{slugify(choice.audience)}.pdf")


def chosen(request: MemberRequest) -> Choice:
    """Return which report the address asks for; an unknown one does not exist, one beyond the member's rights is refused."""
    form = ReportChoice(request.GET)
    if not form.is_valid():
        raise Http404
    choice = Choice(**form.cleaned_data)
    if choice.audience not in dict(readable_audiences(request)):
        raise PermissionDenied
    return choice


def readable_audiences(request: MemberRequest) -> list[tuple[str, str]]:
    """Return the audiences whose report the member may open: only some members may read single answers."""
    reads_answers = may(request.membership.role, Right.ANSWERS)
    return [(value, str(label)) for value, label in reversed(Audience.choices) if reads_answers or value == Audience.DEAL_REVIEW]


def frame(assessment: Assessment) -> dict[str, object]:
    """Return what the frame of an assessment's pages needs."""
    return {"assessment": assessment, "tab": "reports", "section": "assessments"}


def file_name(assessment: Assessment) -> str:
    """Return the start of a file's name: plain letters, so that it survives every mail system."""
    return slugify(f"readiness {assessment.product.name} {assessment.health_system.name}")[:80] or "readiness"


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF that a browser shows and keeps under a name."""
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def not_rendered(request: HttpRequest, assessment: Assessment, error: RenderError) -> HttpResponse:
    """Say why there is no PDF now, and what to do."""
    response = render(request, "reports/not_rendered.html", {"why": str(error)} | frame(assessment), status=503)
    response["Retry-After"] = "60"
    return response
