"""What is asked, in numbered revisions: read them, try the next one and see what it does, then make it."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms.scope_revisions import RevisionForm, fingerprint
from assessments.models import Assessment, Scope
from assessments.services.scope_history import Revision, revisions
from assessments.services.scope_offers import versions_ahead
from assessments.services.scope_revisions import (
    NothingAskedError,
    NothingChangedError,
    RevisedMeanwhileError,
    revise_scope,
    show_effect,
)
from assessments.services.setup import NotInThisStateError
from assessments.views.scope_frame import Outcome, Proposal, may_revise, posted_proposal, scope_page
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import seen_version
from stakeholders.policy import Right

RELATED = ("product", "health_system", "host", "organisation")


@member_object(Right.VIEW, Assessment, related=RELATED)
@require_safe
def scope(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show what is asked now and every revision; whoever may change it also sees what the next one could change."""
    return scope_page(request, assessment, revisions(assessment))


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def scope_revise(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show what the next revision would do; make it once just this effect was shown and a reason is given."""
    if request.method != "POST":
        return redirect("scope", assessment.pk)
    history = revisions(assessment)
    if not may_revise(request, assessment, history):
        refused = Outcome(409, _("Nothing was changed: the assessment is still being set up, or the deal is settled."))
        return scope_page(request, assessment, history, outcome=refused)
    current, making = history[-1].scope, "make" in request.POST
    form = RevisionForm(request.POST, versions=versions_ahead(current.version))
    form.fields["reason"].required = making
    is_valid = form.is_valid()
    proposal = posted_proposal(assessment, current, form)
    outcome = _tried(request, assessment, history, proposal)
    if outcome.trial is not None and not is_valid:
        outcome = replace(outcome, status=422)
    elif outcome.trial is not None and making:
        made = _made(request, assessment, current, proposal)
        if isinstance(made, Scope):
            messages.success(request, _done(assessment, made))
            return redirect("scope", assessment.pk)
        history, outcome = revisions(assessment), made if made.status != 200 else replace(made, trial=outcome.trial)
    return scope_page(request, assessment, history, proposal=proposal, outcome=outcome)


def _tried(request: MemberRequest, assessment: Assessment, history: Sequence[Revision], proposal: Proposal) -> Outcome:
    """Work out what the revision would do, unless somebody else made one since the page was opened."""
    seen, actor = seen_version(request.POST.get("seen")), request.membership.user
    others = [revision for revision in history if seen is None or revision.scope.number > seen]
    if others:
        return Outcome(409, others=others)
    try:
        trial = show_effect(assessment=assessment, plan=proposal.plan, actor=actor, lines=proposal.offer.lines)
    except NothingAskedError:
        return Outcome(400, _("Nothing that is scored would be left to ask. Leave at least one question on."))
    if not trial.changes.asks_otherwise:
        return Outcome(400, _("Nothing would change: the next revision would ask exactly what is asked now."))
    return Outcome(trial=trial)


def _made(request: MemberRequest, assessment: Assessment, current: Scope, proposal: Proposal) -> Scope | Outcome:
    """Make the revision, but only the one whose effect was on the page; else say why not."""
    if request.POST.get("shown") != fingerprint(proposal.plan, proposal.offer.lines):
        told = _("What is ticked, or the product’s profile, differs from what the effect was shown for. Below is its effect; make it then.")
        return Outcome(200, told)
    reason, author = proposal.form.cleaned_data["reason"], request.membership.user
    try:
        return revise_scope(assessment=assessment, plan=proposal.plan, reason=reason, author=author, seen=current.number)
    except (RevisedMeanwhileError, NothingChangedError, NotInThisStateError):
        return Outcome(409, _("Somebody else changed this at the same moment. Nothing of yours was saved; this is how it stands now."))


def _done(assessment: Assessment, made: Scope) -> str:
    text = _("Revision %(number)s is made.") % {"number": made.number}
    if assessment.host is None:
        return text
    return f"{text} {_('%(host)s gets a mail that says what changed and why.') % {'host': assessment.host}}"
