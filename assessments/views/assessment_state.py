"""Close an assessment, open it again, mark it signed or lost."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assessments.forms.lifecycle import ReopenForm
from assessments.models import Assessment
from assessments.services.lifecycle import close_assessment, mark_lost, mark_signed, reopen_assessment
from assessments.services.setup import NotInThisStateError
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right

STEPS = {
    "close": (close_assessment, gettext_lazy("The assessment is closed: no more answers are taken.")),
    "sign": (mark_signed, gettext_lazy("The deal is marked as signed.")),
    "lose": (mark_lost, gettext_lazy("The deal is marked as lost.")),
}


@member_object(Right.EDIT, Assessment, related=("organisation",))
@require_POST
def assessment_state(request: MemberRequest, assessment: Assessment, step: str) -> HttpResponse:
    """Take the step that the URL names; opening again needs a reason, which is kept."""
    if step not in (*STEPS, "reopen"):
        raise Http404
    try:
        done = _reopen(request, assessment) if step == "reopen" else _take(request, assessment, step)
    except NotInThisStateError:
        messages.error(request, _("Nothing was changed: the assessment is not in a state that allows it."))
    else:
        (messages.success if done else messages.error)(
            request, done or _("Please give a reason (up to 100 characters). Nothing was changed.")
        )
    return redirect("people", assessment.pk)


def _take(request: MemberRequest, assessment: Assessment, step: str) -> str:
    service, done = STEPS[step]
    service(assessment=assessment, actor=request.membership.user)
    return str(done)


def _reopen(request: MemberRequest, assessment: Assessment) -> str:
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return ""
    reopen_assessment(assessment=assessment, reason=form.cleaned_data["reason"], actor=request.membership.user)
    return _("The assessment is open again; the reason is kept.")
