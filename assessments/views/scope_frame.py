"""What the page of a scope shows: the revisions, what the next one could change, and what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from assessments.forms.scope_revisions import RevisionForm, fingerprint
from assessments.models import Assessment, Scope
from assessments.scope_outline import outline_scope
from assessments.services.outline import outline_items
from assessments.services.scope_history import Names, Revision, names_in
from assessments.services.scope_offers import Offer, offer_of, plan_from, suggested_openings, versions_ahead
from assessments.services.scope_revisions import MAY_REVISE, Trial, most_with_more, score_of
from assessments.services.scopes import ScopePlan, plan_of
from assessments.shown.hidden import hidden_figures
from assessments.shown.scope_offers import offer_lines
from assessments.shown.scope_words import change_lines, gate_lines, load_lines
from assessments.wording import role_title
from stakeholders.access import MemberRequest
from stakeholders.policy import Right, may


@dataclass(frozen=True, slots=True)
class Proposal:
    """A next revision as the page has it: the form, the plan that follows from it, and what it was chosen from."""

    form: RevisionForm
    plan: ScopePlan
    offer: Offer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal: its effect, or why there is none; `others` are revisions that somebody else made."""

    status: int = 200
    notice: str = ""
    trial: Trial | None = None
    others: Sequence[Revision] = ()


NO_OUTCOME = Outcome()


def may_revise(request: MemberRequest, assessment: Assessment, history: Sequence[Revision]) -> bool:
    """Tell whether this member may make the next revision now."""
    return may(request.membership.role, Right.EDIT) and assessment.state in MAY_REVISE and bool(history)


def first_proposal(assessment: Assessment, current: Scope) -> Proposal:
    """Return what the page starts from: the revision as it is."""
    form = RevisionForm(versions=versions_ahead(current.version))
    return Proposal(form, plan_of(current), offer_of(assessment, current.version))


def posted_proposal(assessment: Assessment, current: Scope, form: RevisionForm) -> Proposal:
    """Return what a checked form asks for: read against what the page listed, shown against the version it moves to."""
    listed = offer_of(assessment, form.listed_version)
    plan = plan_from(form.wanted(plan_of(current)), listed, form.ticked)
    return Proposal(form, plan, listed if plan.version == listed.version else offer_of(assessment, plan.version))


def scope_page(
    request: MemberRequest,
    assessment: Assessment,
    history: Sequence[Revision],
    *,
    proposal: Proposal | None = None,
    outcome: Outcome = NO_OUTCOME,
) -> HttpResponse:
    """Return the page: the history for everybody, the form for whoever may make the next revision."""
    if proposal is None and may_revise(request, assessment, history):
        proposal = first_proposal(assessment, history[-1].scope)
    versions = {revision.scope.version_id for revision in history} | ({proposal.offer.version.pk} if proposal else set())
    names = names_in(versions)
    page = {
        "section": "assessments",
        "tab": "scope",
        "assessment": assessment,
        "can_edit": may(request.membership.role, Right.EDIT),
        "notice": outcome.notice,
        "others": [(revision, change_lines(revision.changes, names)) for revision in outcome.others],
        **_history(history, names),
        **(_offered(assessment, history[-1], proposal, outcome.trial, names) if proposal else {}),
        **(_effect(assessment, proposal, outcome.trial, names) if proposal and outcome.trial else {}),
    }
    return render(request, "assessments/scope.html", page, status=outcome.status)


def _history(history: Sequence[Revision], names: Names) -> dict[str, Any]:
    """Return the latest revision in figures, and all of them, the newest first."""
    if not history:
        return {}
    outline = outline_scope(outline_items(history[-1].items), [])
    return {
        "current": history[-1].scope,
        "outline": outline,
        "roles": [(role_title(role.role), role) for role in outline.roles],
        "history": [(revision, change_lines(revision.changes, names)) for revision in reversed(history)],
    }


def _offered(assessment: Assessment, now: Revision, proposal: Proposal, trial: Trial | None, names: Names) -> dict[str, Any]:
    """Return what can be switched off and opened; what opens by rule is ticked when the page is opened."""
    closed = replace(proposal.plan, opened=frozenset(now.scope.opened))
    result = trial.now.result if trial else score_of(assessment, now.scope, now.items)
    suggested = suggested_openings(assessment, offer=proposal.offer, plan=closed, result=result)
    opened = proposal.plan.opened if proposal.form.is_bound else proposal.plan.opened | suggested.keys()
    shown = replace(proposal.plan, opened=opened)
    lines = offer_lines(proposal.offer, shown, suggested, names, now=plan_of(now.scope))
    return {"form": proposal.form, "offered": lines, "listed": proposal.offer.version.pk, "next": now.scope.number + 1}


def _effect(assessment: Assessment, proposal: Proposal, trial: Trial, names: Names) -> dict[str, Any]:
    """Return what the revision would do, now and then side by side."""
    services = dict(assessment.service_lines.values_list("code", "name"))
    hidden = hidden_figures(assessment).is_close_to_one
    return {
        "trial": trial,
        "score_hidden": hidden,
        "gates_hidden": hidden and trial.moves_gates,
        "most_with_more": most_with_more(assessment, trial.asked) if hidden else None,
        "shown": fingerprint(proposal.plan, proposal.offer.lines),
        "changed": change_lines(trial.changes, names),
        "gates": gate_lines(trial, names, services, only_same=hidden),
        "loads": load_lines(trial),
    }
