"""The page behind an invitation's link: who asks, for what, who will see it. Looking at it changes nothing."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.interviews import DeclineForm
from assessments.models import Interview, InterviewState
from assessments.questionnaire import minutes
from assessments.services.answers import InterviewClosedError
from assessments.services.interviews import decline_interview, reopen_interview, start_interview
from assessments.services.own_answers import asked_now
from assessments.views.more_questions import address_of_first, own_more
from assessments.views.respondent import RELATED, closed_page, who_sees
from stakeholders.access import link_closed, remember_link, token_link
from stakeholders.models import AccessLink, LinkPurpose

LinkView = Callable[[HttpRequest, AccessLink, Interview], HttpResponse]


def of_interview(view: LinkView) -> Callable[[HttpRequest, AccessLink], HttpResponse]:
    """Hand the view the link's interview; a link whose interview is gone or was withdrawn is closed."""

    @wraps(view)
    def found(request: HttpRequest, link: AccessLink) -> HttpResponse:
        interviews = Interview.objects.taking_part().with_current_scope().select_related(*RELATED)
        interview = interviews.filter(pk=link.subject_id).first()
        return link_closed(request, link) if interview is None else view(request, link, interview)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@token_link(LinkPurpose.INTERVIEW)
@of_interview
def landing(request: HttpRequest, link: AccessLink, interview: Interview) -> HttpResponse:
    """Show who asks and who will see what; POST starts, or goes on where it stopped."""
    if request.method == "POST":
        return _start(request, link, interview)
    return _page(request, interview, DeclineForm())


def _start(request: HttpRequest, link: AccessLink, interview: Interview) -> HttpResponse:
    more = own_more(interview) if "more" in request.POST else None
    try:
        start_interview(interview=interview, link=link)
        if more is not None:
            reopen_interview(interview=interview)
    except InterviewClosedError:
        return closed_page(request, interview)
    remember_link(request, link)
    return redirect(address_of_first(interview, more))


@require_POST
@token_link(LinkPurpose.INTERVIEW)
@of_interview
def decline(request: HttpRequest, link: AccessLink, interview: Interview) -> HttpResponse:
    """Note that the person would rather not answer; they can change their mind on the same page."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, interview, form, status=422)
    try:
        decline_interview(interview=interview, reason=form.cleaned_data["reason"])
    except InterviewClosedError:
        return closed_page(request, interview)
    return redirect(request.path.removesuffix("decline/"))


def _page(request: HttpRequest, interview: Interview, form: DeclineForm, status: int = 200) -> HttpResponse:
    closed = not interview.assessment.takes_answers and interview.state != InterviewState.SUBMITTED
    if closed:
        return closed_page(request, interview)
    asked = asked_now(interview)
    core = [question for question in asked if question.core]
    context = {
        "interview": interview,
        "assessment": interview.assessment,
        "form": form,
        "questions": len(core),
        "minutes": minutes(sum(question.seconds for question in core)),
        "deeper": len(asked) - len(core),
        "who_sees": who_sees(interview),
        "more": own_more(interview),
    }
    return render(request, "assessments/interview/landing.html", context, status=status)
