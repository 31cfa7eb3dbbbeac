"""The host's pages, by link: see who and what would be asked, and approve, make it stricter or ask for changes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.approval import HostDecisionForm
from assessments.host_state import HostState
from assessments.models import Assessment, AssessmentState, Interview
from assessments.questionnaire import Question
from assessments.services.approvals import (
    NobodyLeftError,
    NotAskedError,
    approve,
    ask_for_changes,
    changed_since_asked,
    host_status,
    waiting_for_host,
)
from assessments.services.climate import statements_of
from assessments.services.deeper_questions import deeper_questions
from assessments.services.facts import known_words
from assessments.services.outline import current_scope
from assessments.services.parties import vendor_lead
from assessments.services.questions import role_questions, with_stance
from assessments.services.setup import NotInThisStateError
from stakeholders.access import link_object, remember_link, token_link
from stakeholders.models import AccessLink, LinkPurpose, Role
from stakeholders.services.links import mark_link_used

RELATED = ("product", "health_system", "host", "organisation", "created_by")


@token_link(LinkPurpose.HOST)
@require_http_methods(["GET", "HEAD", "POST"])
def host_landing(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """Say who asks; the button opens the page. A visit changes nothing, because mail scanners visit."""
    if request.method == "POST":
        mark_link_used(link=link)
        remember_link(request, link)
        return redirect("host-approval", link.subject_id)
    assessment = Assessment.objects.select_related(*RELATED).get(pk=link.subject_id)
    to_decide = may_decide(assessment, host_status(assessment).state)
    return render(request, "assessments/host_landing.html", {"link": link, "to_decide": to_decide, **_about(assessment)})


def _about(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "vendor": assessment.organisation.name,
        "system": assessment.health_system.name,
        "product": assessment.product,
        "host": assessment.host,
        "lead": vendor_lead(assessment),
    }


@link_object(LinkPurpose.HOST, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def host_approval(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Show the host what they decide about, and take the decision."""
    status, waiting = host_status(assessment), waiting_for_host(assessment)
    if not may_decide(assessment, status.state):
        people = _people(assessment)
        page = {**_about(assessment), "status": status, **people, **_asked(assessment, people["approved"])}
        return render(request, "assessments/host_decided.html", page)
    form = HostDecisionForm(request.POST or None, assessment=assessment, waiting=waiting)
    if request.method == "POST" and form.is_valid() and _decided(request, form):
        return redirect("host-approval", assessment.pk)
    page = {**_about(assessment), "form": form, "people": form.people(), "status": status, **_asked(assessment, waiting)}
    return render(request, "assessments/host_approval.html", {**page, **_people(assessment)})


def may_decide(assessment: Assessment, state: HostState) -> bool:
    """Tell whether there is something to decide: the host was asked about just this, or people were added since they approved."""
    if assessment.state not in (AssessmentState.DRAFT, AssessmentState.OPEN):
        return False
    return state in (HostState.ASKED, HostState.MORE_PEOPLE) and not changed_since_asked(assessment)


def _decided(request: HttpRequest, form: HostDecisionForm) -> bool:
    """Take the decision; False with the reason in the form when it cannot be taken."""
    try:
        if form.returns:
            ask_for_changes(assessment=form.assessment, comment=form.cleaned_data["comment"])
            messages.success(request, _("Thank you. Nobody is written to; your comment is on its way."))
            return True
        approve(assessment=form.assessment, terms=form.terms(), struck=form.struck_out(), shown=form.seen())
    except NobodyLeftError:
        form.add_error(None, _("Nobody would be asked. Leave somebody in, or ask for changes."))
        return False
    except (NotInThisStateError, NotAskedError):
        form.add_error(None, _("The assessment was changed or closed meanwhile. Please open this page again."))
        return False
    messages.success(request, _("Thank you. The invitations are on their way, in both your names."))
    return True


def _asked(assessment: Assessment, interviews: Iterable[Interview]) -> dict[str, Any]:
    """Return the questions of every role that is asked, word for word: how many come first, and which may come later."""
    scope = current_scope(assessment)
    if scope is None:
        return {"questions": []}
    seats = {interview.role for interview in interviews}
    roles = [role for role in Role if role in seats]
    now = {role: with_stance(role_questions(scope.pk, role.value, "en"), role) for role in roles}
    later = deeper_questions(assessment, scope, roles, "en")
    words = known_words(scope.pk, [question for asked in (now, later) for questions in asked.values() for question in questions])
    statements = [statement for statement in statements_of(assessment, scope.pk, language="en") if seats & set(statement.roles)]
    return {"questions": [_of_role(role, now[role], later[role], words) for role in roles], "statements": statements}


def _of_role(role: Role, now: Sequence[Question], later: Sequence[Question], words: Mapping[str, str]) -> dict[str, Any]:
    """Return one role's questions as the host reads them, with what is known of the place filled in."""
    asked, deeper = ([question.in_words(words) for question in questions] for questions in (now, later))
    return {"label": role.label, "asked": asked, "first": sum(question.core for question in now), "deeper": deeper}


def _people(assessment: Assessment) -> dict[str, Any]:
    """Return the people whom the host approved before."""
    rows = assessment.interviews.taking_part().filter(host_approved_at__isnull=False).with_people()
    return {"approved": list(rows), "promise": getattr(assessment, "promise", None)}
