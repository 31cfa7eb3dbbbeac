"""The people of an assessment: who is asked, where they stand, and what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.lifecycle import ReopenForm
from assessments.forms.people import PasteForm, PersonForm, lines_left, preview
from assessments.models import Assessment, AssessmentState, Interview
from assessments.seats import BOARD_STATES
from assessments.services.approvals import host_status
from assessments.services.coverage import board_of, seat_rows
from assessments.services.invitations import (
    NotApprovedError,
    NotReachableError,
    TooManyMailsError,
    close_links,
    remind_everybody,
    send_invitation,
    send_new_link,
    send_reminder,
)
from assessments.services.nominations import nominated
from assessments.services.outline import roles_that_must_answer
from assessments.services.people import TAKES_PEOPLE, restore_interview, withdraw_interview
from assessments.services.setup import NotInThisStateError
from assessments.services.setup_state import setup_facts, shown_steps
from assessments.setup_steps import Step
from assessments.views.more_questions import asked_more
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import Role
from stakeholders.policy import Right, may
from stakeholders.validators import clean_text

RELATED = ("product", "health_system", "host", "organisation")
PAGE = 50
LONGEST_NAME = 120


@member_object(Right.VIEW, Assessment, related=RELATED)
@require_safe
def people(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show the coverage board and everybody who is asked; names and addresses only to whoever may see answers."""
    rows = seat_rows(assessment)
    frame = _frame(request, assessment)
    role, state = request.GET.get("role", ""), request.GET.get("state", "")
    shown = [row for row in rows if role in ("", row.interview.role) and state in ("", row.state)]
    page = {
        **frame,
        "named": [group for group in nominated(assessment) if not group.listed] if frame["sees_names"] else [],
        "board": board_of(rows, roles_that_must_answer(assessment)),
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "any": bool(rows),
        "can_remind": any(row.can_be_reminded for row in rows),
        "withdrawn": list(assessment.interviews.filter(state="withdrawn").with_people()),
        "chosen": {"role": role, "state": state},
        "roles": Role.choices,
        "states": BOARD_STATES,
        "host_status": host_status(assessment),
        "reopen_form": ReopenForm(),
        **asked_more(assessment),
    }
    return render(request, "assessments/people.html", page)


def _frame(request: MemberRequest, assessment: Assessment) -> dict[str, Any]:
    role, is_draft = request.membership.role, assessment.state == AssessmentState.DRAFT
    can_edit = may(role, Right.EDIT)
    steps = shown_steps(assessment, setup_facts(assessment), Step.PEOPLE) if is_draft and can_edit else []
    return {
        "section": "assessments",
        "tab": "people",
        "assessment": assessment,
        "can_edit": can_edit,
        "sees_names": may(role, Right.ANSWERS),
        "is_draft": is_draft,
        "takes_people": assessment.state in TAKES_PEOPLE,
        "steps": steps,
    }


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Add one person, or put one in the place of another (`?replaces=`); `?role=`, `?name=` and `?title=` fill the form in."""
    replaced = request.GET.get("replaces", "")
    former = _interview(assessment, replaced) if replaced else None
    form = PersonForm(request.POST or None, assessment=assessment, replaces=former, proposed=_proposed(request))
    if request.method == "POST" and form.is_valid() and _saved(form, request):
        messages.success(request, _("%(name)s is added and waits for the host.") % {"name": form.cleaned_data["name"]})
        return redirect("person-add" if "more" in request.POST and former is None else "people", assessment.pk)
    return render(request, "assessments/person.html", {**_frame(request, assessment), "form": form, "former": former})


def _proposed(request: MemberRequest) -> dict[str, str]:
    """Return what the address proposes for the form; what fits none of its fields is left out."""
    asked = {name: clean_text(request.GET.get(name, ""))[:LONGEST_NAME] for name in ("role", "name", "title")}
    return {name: text for name, text in asked.items() if text and (name != "role" or text in Role.values)}


def _interview(assessment: Assessment, key: str | UUID) -> Interview:
    try:
        pk = UUID(str(key))
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(assessment.interviews.with_people().select_related("assessment__organisation", "assessment__host"), pk=pk)


def _saved(form: PersonForm, request: MemberRequest) -> bool:
    try:
        return form.save(request.membership.user) is not None
    except NotInThisStateError:
        form.add_error(None, _("The assessment is closed: nobody can be added any more."))
    return False


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: MemberRequest, assessment: Assessment, interview: UUID) -> HttpResponse:
    """Change a person and their seat."""
    found = _interview(assessment, interview)
    current = found.stakeholder.version
    form = PersonForm(request.POST or None, assessment=assessment, interview=found)
    if request.method == "POST" and form.is_valid() and _saved(form, request):
        messages.success(request, _("Saved."))
        found.refresh_from_db()
        if found.invited_at is not None and found.host_approved_at is None:
            messages.warning(request, _("The address or role is new, so the links sent so far are closed, and the host is asked again."))
        return redirect("people", assessment.pk)
    page = {**_frame(request, assessment), "form": form, "interview": found, "seen": current}
    return render(request, "assessments/person.html", page, status=409 if form.saved_meanwhile else 200)


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def people_paste(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Paste a list: look at what was read, then add the valid lines; faulty ones stay in the box."""
    form = PasteForm(request.POST or None, assessment=assessment)
    page: dict[str, Any] = {**_frame(request, assessment), "form": form, "roles": Role.choices}
    if request.method != "POST" or not form.is_valid():
        return render(request, "assessments/people_paste.html", page)
    pasted = form.pasted
    if "add" not in request.POST or not pasted.people:
        return render(request, "assessments/people_paste.html", {**page, **preview(form, pasted)})
    try:
        added = form.save(request.membership.user)
    except NotInThisStateError:
        messages.error(request, _("The assessment is closed: nobody can be added any more."))
        return render(request, "assessments/people_paste.html", {**page, **preview(form, pasted)})
    messages.success(request, ngettext("%(n)s person is added.", "%(n)s people are added.", added) % {"n": added})
    if not pasted.faulty:
        return redirect("people", assessment.pk)
    messages.warning(request, lines_left(len(pasted.faulty)))
    # Read anew, so that the numbers are those of the lines left in the box.
    rest = PasteForm({"people": pasted.remaining_text()}, assessment=assessment)
    rest.full_clean()
    return render(request, "assessments/people_paste.html", {**page, "form": rest, **preview(rest, rest.pasted)})


Act = Callable[..., Any]
ACTS: dict[str, tuple[Act, Any]] = {
    "invite": (send_invitation, gettext_lazy("The invitation is on its way.")),
    "remind": (send_reminder, gettext_lazy("The reminder is on its way.")),
    "new-link": (send_new_link, gettext_lazy("A new link is on its way; the links sent so far are closed.")),
    "close-links": (close_links, gettext_lazy("All links of this person are closed. They can be sent a new one.")),
    "withdraw": (withdraw_interview, gettext_lazy("This person is withdrawn: links are closed, answers no longer count.")),
    "restore": (restore_interview, gettext_lazy("This person takes part again and waits for the host.")),
}
REFUSALS: dict[type[Exception], Any] = {
    NotApprovedError: gettext_lazy("The host has not approved this person yet, so no mail was sent."),
    NotReachableError: gettext_lazy(
        "No mail was sent: this person has answered, was withdrawn or has no address, or the assessment is not open."
    ),
    TooManyMailsError: gettext_lazy("No mail was sent: this address got ten mails within the hour. Please wait a while."),
    NotInThisStateError: gettext_lazy("Nothing was changed: the assessment or this person no longer allows it."),
}


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_POST
def person_act(request: MemberRequest, assessment: Assessment, interview: UUID, act: str) -> HttpResponse:
    """Invite, remind, send a new link, close links, withdraw or take back one person."""
    found = _interview(assessment, interview)
    if act not in ACTS:
        raise Http404
    service, done = ACTS[act]
    try:
        service(interview=found, actor=request.membership.user)
    except tuple(REFUSALS) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, done)
    return redirect("people", assessment.pk)


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_POST
def people_remind(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Remind everybody who has not answered and got no mail within a day."""
    sent = remind_everybody(assessment=assessment, actor=request.membership.user)
    if sent:
        messages.success(request, ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent) % {"n": sent})
    else:
        messages.info(request, _("Nobody to remind: everybody has answered, or got a mail within the last day."))
    return redirect("people", assessment.pk)
