"""Look over one's answers, hand them in, keep a copy, and take them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import Interview, InterviewState
from assessments.services.answers import InterviewClosedError
from assessments.services.climate import own_climate, statements_for, was_handed_in
from assessments.services.interviews import NothingAnsweredError, reopen_interview, submit_interview
from assessments.services.own_answers import own_answers
from assessments.views.more_questions import address_of_first, own_more
from assessments.views.respondent import closed_page, frame, not_open, respondent, who_sees, zone_of


@require_safe
@respondent()
def review(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Show all answers, the open questions first."""
    elsewhere = not_open(request, interview)
    if elsewhere is not None:
        return elsewhere
    own = own_answers(interview)
    statements = statements_for(interview)
    context = frame(
        own,
        lines=own.lines(),
        who_sees=who_sees(interview),
        named=interview.nominations.all(),
        statements=statements,
        chosen=len(own_climate(interview)) if statements else 0,
        settled=bool(statements) and was_handed_in(interview),
    )
    return render(request, "assessments/interview/review.html", context)


@require_POST
@respondent()
def submit(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Hand the answers in."""
    try:
        submit_interview(interview=interview)
    except InterviewClosedError:
        return closed_page(request, interview)
    except NothingAnsweredError:
        messages.error(request, _("Nothing is answered yet, so there is nothing to hand in."))
        return redirect("review", interview.pk)
    return redirect("receipt", interview.pk)


@require_safe
@respondent()
def receipt(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Show that the answers were handed in, what happens next, and a copy of them."""
    if interview.state != InterviewState.SUBMITTED:
        return not_open(request, interview) or redirect("interview", interview.pk)
    own = own_answers(interview)
    context = frame(
        own,
        lines=own.lines(),
        who_sees=who_sees(interview),
        zone=zone_of(interview),
        named=interview.nominations.all(),
        statements=statements_for(interview),
        more=own_more(interview),
    )
    return render(request, "assessments/interview/receipt.html", context)


@require_POST
@respondent()
def reopen(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Take the answers back to change them, or to answer questions that came since, as long as the assessment is open."""
    more = own_more(interview) if "more" in request.POST else None
    try:
        reopen_interview(interview=interview)
    except InterviewClosedError:
        messages.error(request, _("The assessment is closed, so the answers stay as you handed them in."))
        return redirect("receipt", interview.pk)
    return redirect("review", interview.pk) if more is None else redirect(address_of_first(interview, more))
