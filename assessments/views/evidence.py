"""Files that prove an answer: attached and removed by their owner, read by members as far as they may see the answer."""

import uuid

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import Assessment, Evidence, Interview, InterviewState
from assessments.services.answers import InterviewClosedError
from assessments.services.evidence import remove_evidence
from assessments.services.visibility import VENDOR, answer_view, lone_respondents
from assessments.views.respondent import respondent
from assessments.views.section import file_fault
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right


@require_POST
@respondent(related=("assessment",), lock=True)
def evidence_add(request: HttpRequest, interview: Interview, code: str) -> HttpResponse:
    """Attach the files sent to one's answer; returns the list of its files, with what is wrong."""
    answer = interview.answers.filter(item_code=code).first()
    try:
        faults = [file_fault(answer, upload) for upload in request.FILES.getlist(f"{code}-file")]
    except InterviewClosedError:
        return _list(request, interview, code, _("The interview takes no answers any more."), status=409)
    fault = next((fault for fault in faults if fault), "")
    return _list(request, interview, code, fault, status=422 if fault else 200)


@require_POST
@respondent(related=("assessment",), lock=True)
def evidence_remove(request: HttpRequest, interview: Interview, evidence: uuid.UUID) -> HttpResponse:
    """Remove one of one's own files; returns the list of those left."""
    found = get_object_or_404(_own(interview), pk=evidence)
    code = found.answer.item_code
    try:
        remove_evidence(evidence=found)
    except InterviewClosedError:
        return _list(request, interview, code, _("The interview takes no answers any more."), status=409)
    return _list(request, interview, code, "")


@require_safe
@respondent(related=("assessment",))
def evidence_own(request: HttpRequest, interview: Interview, evidence: uuid.UUID) -> FileResponse:
    """Give a person one of their own files back."""
    return attachment(get_object_or_404(_own(interview), pk=evidence))


@require_safe
@member_object(Right.ANSWERS, Evidence, related=("answer__interview__assessment", "answer__interview__stakeholder"))
def evidence_file(request: MemberRequest, evidence: Evidence) -> FileResponse:
    """Give a member a file as far as they may see its answer: never before it is handed in, never of figures only."""
    interview = evidence.answer.interview
    get_object_or_404(Assessment.objects.for_member(request.membership), pk=interview.assessment_id)
    alone = interview.pk in lone_respondents(interview.assessment)
    view = answer_view(interview=interview, viewer=VENDOR, alone=alone)
    if interview.state != InterviewState.SUBMITTED or not view.shows_answer:
        raise Http404
    return attachment(evidence)


def attachment(evidence: Evidence) -> FileResponse:
    """Return a file to be saved, never to be shown in the browser."""
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=evidence.name, content_type=evidence.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _own(interview: Interview) -> QuerySet[Evidence]:
    return Evidence.objects.filter(answer__interview=interview).select_related("answer")


def _list(request: HttpRequest, interview: Interview, code: str, fault: str, status: int = 200) -> HttpResponse:
    evidence = _own(interview).filter(answer__item_code=code)
    context = {"interview": interview, "code": code, "evidence": evidence, "file_error": fault}
    return render(request, "assessments/interview/_evidence.html", context, status=status)
