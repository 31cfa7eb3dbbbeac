"""Set an assessment up, step by step; every step has its own URL and saves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.setup import DatesForm, HostForm, PartiesForm, PromiseForm, StartForm
from assessments.forms.versioned import AssessmentForm
from assessments.models import Assessment
from assessments.scope_outline import DomainOutline
from assessments.services.approvals import CannotAskError, ask_host, host_status
from assessments.services.invitations import TooManyMailsError
from assessments.services.outline import CheckedScope, checked_scope, current_scope, proposal_differs
from assessments.services.scope_history import names_in
from assessments.services.scope_offers import offer_of
from assessments.services.setup import EditedMeanwhileError, NotInThisStateError, switch_domains
from assessments.services.setup_state import in_words, missing_things, setup_facts, step_url
from assessments.setup_steps import Step, first_open_step
from assessments.shown.scope_offers import DomainLine, offer_lines
from assessments.views.setup_frame import RELATED, edited_meanwhile, frame, is_locked, next_url, saved
from stakeholders.access import MemberRequest, member, member_object
from stakeholders.models import Role, seen_version
from stakeholders.policy import Right

FORMS: dict[str, type[AssessmentForm]] = {
    Step.PROMISE: PromiseForm,
    Step.PRODUCT: PartiesForm,
    Step.DATES: DatesForm,
    Step.HOST: HostForm,
}


@member(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_new(request: MemberRequest) -> HttpResponse:
    """Start an assessment from the promise, the product and the customer."""
    form = StartForm(request.POST or None, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("setup-sites", form.save().pk)
        except ValidationError as error:
            form.refuse(error)
    return render(request, "assessments/assessment_new.html", {"section": "assessments", "form": form})


@member_object(Right.EDIT, Assessment)
@require_safe
def setup(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Go on where the set-up stopped."""
    return redirect(step_url(assessment, first_open_step(setup_facts(assessment))))


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def setup_step(request: MemberRequest, assessment: Assessment, step: str) -> HttpResponse:
    """Show and save a step that is a plain form."""
    if step not in FORMS:
        raise Http404
    here, membership = Step(step), request.membership
    form = FORMS[step](request.POST or None, assessment=assessment, membership=membership)
    try:
        if request.method == "POST" and form.is_valid() and saved(form, membership.user):
            messages.success(request, _("Saved."))
            return redirect(next_url(assessment, here))
    except EditedMeanwhileError:
        return edited_meanwhile(request, form, here, "assessments/setup.html")
    return render(request, "assessments/setup.html", {**frame(assessment, here), "form": form, "step": here})


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def setup_check(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show what would be asked of whom before anything is sent; a domain can be switched off, with its effect."""
    status, error = 200, ""
    if request.method == "POST":
        status, error = _switch(request, assessment)
        if status == 200 and not request.htmx:  # type: ignore[attr-defined]
            return redirect("setup-check", assessment.pk)
        assessment = Assessment.objects.select_related(*RELATED).get(pk=assessment.pk)
    template = "assessments/_scope.html" if request.htmx else "assessments/setup_check.html"  # type: ignore[attr-defined]
    # The list in which something was switched stays unfolded.
    opened = str(request.htmx.trigger or "").removeprefix("items-")  # type: ignore[attr-defined]
    return render(request, template, {**_check(assessment), "error": error, "opened": opened}, status=status)


def _switch(request: MemberRequest, assessment: Assessment) -> tuple[int, str]:
    """Keep which domains and single questions are on; returns the status and what went wrong."""
    offer = offer_of(assessment, assessment.product.version)
    left_out = set(offer.domain_codes) - set(request.POST.getlist("domain"))
    # A page without the single questions switches none of them.
    items = set(offer.core) - set(request.POST.getlist("item")) if "items" in request.POST else None
    seen = seen_version(request.POST.get("version"))
    try:
        if seen is None:
            raise EditedMeanwhileError
        switch_domains(assessment=assessment, left_out=left_out, left_out_items=items, actor=request.membership.user, seen=seen)
    except EditedMeanwhileError:
        return 409, _("Somebody else has changed the set-up meanwhile. This is how it stands now; nothing of yours was saved.")
    except NotInThisStateError:
        return 409, _("The host has approved the questions. They can no longer be changed here.")
    except ValueError:
        return 400, _("At least one domain with a question has to stay on.")
    return 200, ""


def _check(assessment: Assessment) -> dict[str, Any]:
    page, scope = frame(assessment, Step.CHECK), current_scope(assessment)
    missing = in_words(assessment, missing_things(assessment, page["facts"]))
    named = list(assessment.interviews.taking_part().order_by().values_list("role", flat=True))
    checked = checked_scope(assessment)
    return {
        **page,
        "outline": checked.outline,
        "roles": [{"label": Role(r.role).label, "figures": r, "people": named.count(r.role)} for r in checked.outline.roles],
        "domains": _domains(checked),
        "missing": missing,
        "blocked": any(thing.blocks for thing in missing),
        "host_status": host_status(assessment),
        "changed_since_asked": page["is_draft"] and scope is not None and proposal_differs(assessment, scope),
        "locked": is_locked(assessment, Step.CHECK),
    }


def _domains(checked: CheckedScope) -> list[dict[str, Any]]:
    """Return every domain with its single questions, and how many questions each role has in it."""
    lines = offer_lines(checked.offer, checked.plan, {}, names_in([checked.offer.version.pk]), now=checked.plan)
    counted = {domain.code: domain for domain in checked.outline.domains}
    return [_domain(line, counted.get(line.code)) for line in lines.domains]


def _domain(line: DomainLine, counted: DomainOutline | None) -> dict[str, Any]:
    by_role = counted.by_role if counted else ()
    figures = {"questions": counted.questions, "gates": counted.gates} if counted else {"questions": 0, "gates": 0}
    return {"line": line, "roles": [(Role(role).label, number) for role, number in by_role], **figures}


CANNOT_ASK = {
    "host": gettext_lazy("Name a host first."),
    "people": gettext_lazy("There is nobody whom the host has not decided on yet."),
    "scope": gettext_lazy("No question would be left: switch a domain on."),
}


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_POST
def host_ask(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Mail the host a link to approve; nothing goes to anybody else before."""
    missing = in_words(assessment, [m for m in missing_things(assessment, setup_facts(assessment)) if m.blocks])
    if missing:
        messages.error(request, _("The host cannot be asked yet. %(text)s") % {"text": missing[0].text})
        return redirect("setup-check", assessment.pk)
    try:
        ask_host(assessment=assessment, actor=request.membership.user)
    except CannotAskError as error:
        messages.error(request, CANNOT_ASK[str(error)])
    except NotInThisStateError:
        messages.error(request, _("The assessment takes no more answers, so there is nothing to approve."))
    except TooManyMailsError:
        messages.error(request, _("The host got ten mails within the hour. Please wait a while."))
    else:
        messages.success(request, _("%(host)s gets a mail with a link to approve.") % {"host": assessment.host})
    return redirect("people", assessment.pk)
