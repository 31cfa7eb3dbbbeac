"""More questions since somebody submitted: on the people page with the button that mails, and for the person themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.models import Assessment, Interview, InterviewState
from assessments.services.more_questions import MoreQuestions, mail_more_questions, may_be_told, more_for, more_questions, told_when
from assessments.services.questions import questions_of
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right


def asked_more(assessment: Assessment) -> dict[str, Any]:
    """Return who has more questions since they submitted, with when they were told, and whether anybody can be."""
    found = more_questions(assessment)
    for more in found:
        more.interview.assessment = assessment
    told = told_when(found) if found else {}
    rows = [(more, told.get(more.interview.pk), may_be_told(more.interview)) for more in found]
    return {"more_rows": rows, "can_tell": any(reachable for _more, _at, reachable in rows)}


@member_object(Right.EDIT, Assessment, related=("organisation",))
@require_POST
def people_more(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Mail everybody who has more questions since they submitted."""
    sent = mail_more_questions(assessment=assessment, actor=request.membership.user)
    if sent:
        words = ngettext("%(n)s mail about more questions is on its way.", "%(n)s mails about more questions are on their way.", sent)
        messages.success(request, words % {"n": sent})
    else:
        messages.info(request, _("Nobody to mail: nobody has new questions, or they were told within the last day."))
    return redirect("people", assessment.pk)


def own_more(interview: Interview) -> MoreQuestions | None:
    """Return the questions that came since the person submitted, None when there are none or none can be answered now."""
    if interview.state != InterviewState.SUBMITTED or not interview.assessment.takes_answers:
        return None
    return more_for(interview)


def address_of_first(interview: Interview, more: MoreQuestions | None) -> str:
    """Return where the new questions begin; without any, where the interview goes on."""
    found = (question for question in questions_of(interview) if more is not None and question.code in more.codes)
    first = next(found, None)
    if first is None:
        return reverse("interview", args=[interview.pk])
    return reverse("section", args=[interview.pk, first.domain]) + f"#item-{first.code}"
