"""What every page of a stakeholder shares: the way in, the way out, and what stands around the questions."""

from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.models import Interview, InterviewState
from assessments.services.own_answers import OwnAnswers
from assessments.services.visibility import is_only_one_asked, visibility_sentences
from stakeholders.access import Decorator, link_object
from stakeholders.models import LinkPurpose

RELATED = (
    "assessment__organisation",
    "assessment__health_system",
    "assessment__product",
    "assessment__host",
    "assessment__created_by",
    "stakeholder__health_system",
    "stakeholder__site",
)


def respondent(related: tuple[str, ...] = RELATED, *, lock: bool = False) -> Decorator:
    """Let the browser in that pressed Start, and hand the view the interview with all that its pages show; one query."""
    return link_object(LinkPurpose.INTERVIEW, Interview, related=related, selection="with_current_scope", lock=lock)


def not_open(request: HttpRequest, interview: Interview) -> HttpResponse | None:
    """Return where to go instead when the interview takes no answers now, None when it does."""
    if interview.can_be_answered:
        return None
    if interview.state == InterviewState.SUBMITTED:
        return redirect("receipt", interview.pk)
    return closed_page(request, interview)


def closed_page(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Return the friendly page for an interview that takes no answers: why, and what was kept."""
    context = {"interview": interview, "kept": interview.answers.count()}
    return render(request, "assessments/interview/closed.html", context, status=409 if request.method == "POST" else 200)


def who_sees(interview: Interview) -> list[str]:
    """Return what the person is told about who sees the answers; one query."""
    return visibility_sentences(interview=interview, alone=is_only_one_asked(interview))


def zone_of(interview: Interview) -> tzinfo:
    """Return the person's time zone; UTC where the name that is stored is none."""
    try:
        return ZoneInfo(interview.stakeholder.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def frame(own: OwnAnswers, **more: Any) -> dict[str, Any]:
    """Return what the pages of an open interview show around their own content."""
    counted = [(section, section.answered(own.given)) for section in own.sections]
    return {"interview": own.interview, "own": own, "progress": own.progress, "counted_sections": counted, **more}
