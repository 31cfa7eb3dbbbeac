"""/assessments/<pk>/findings/: what was found, gravest first, and what is decided about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.forms.findings import DECISIONS, DecisionForm
from assessments.models import Assessment, Finding, FindingState, Severity
from assessments.services.finding_decisions import FindingChangedError, NothingToDecideError
from assessments.shown.findings import VANISHED, Named, Wanted, changes_of, finding_line, lines_of, severity_counts
from assessments.shown.items import shown_items
from assessments.wording import RULES
from stakeholders.access import MemberRequest, member_object
from stakeholders.policy import Right, may
from stakeholders.validators import clean_text

RELATED = ("health_system", "product", "latest_snapshot", "organisation")
PER_PAGE = 25
LIST_NAMES = ("severity", "rule", "domain", "state", "q", "page")
LONGEST_QUERY = 600


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def findings(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """List findings, those that would stop a signature first; the number of queries is the same for one and for ten thousand."""
    named = Named.of(assessment, shown_items(assessment))
    wanted = Wanted.of(request.GET, named)
    mine = Finding.objects.for_member(request.membership).filter(assessment=assessment).select_related("decided_by")
    page = Paginator(wanted.narrow(mine, named), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, assessment),
        "wanted": wanted,
        "page": page,
        "lines": lines_of(page.object_list, named),
        "counts": severity_counts(mine),
        "severities": Severity.choices,
        "rules": RULES,
        "states": [*FindingState.choices, (VANISHED, _("no longer shown by the score"))],
        "domains": named.items.domains,
    }
    return render(request, "assessments/findings.html", context)


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def finding(request: MemberRequest, assessment: Assessment, key: UUID) -> HttpResponse:
    """Show one finding with its history."""
    return finding_page(request, assessment, row_of(request, assessment, key))


@require_POST
@member_object(Right.EDIT, Assessment, related=RELATED)
def finding_decide(request: MemberRequest, assessment: Assessment, key: UUID, decision: str) -> HttpResponse:
    """Confirm, adjust, dismiss or undo; the second of two editors gets both texts (409) and nothing is overwritten."""
    row = row_of(request, assessment, key)
    if decision not in DECISIONS:
        raise Http404
    form = DECISIONS[decision](request.POST)
    if not form.is_valid():
        return finding_page(request, assessment, row, status=422, refused={decision: form})
    try:
        decided = form.decide(row, request.membership.user)
    except FindingChangedError as error:
        return conflict(request, assessment, error.current, form, decision)
    except NothingToDecideError:
        return done(request, assessment, row, note=_("There was nothing to decide any more: the finding stands as you see it."))
    return done(request, assessment, decided, note=_("Saved. You can undo it."))


def frame(request: MemberRequest, assessment: Assessment) -> dict[str, Any]:
    """Return what the pages about findings share."""
    return {
        "section": "assessments",
        "tab": "findings",
        "assessment": assessment,
        "may_edit": may(request.membership.role, Right.EDIT),
    }


def row_of(request: MemberRequest, assessment: Assessment, key: UUID) -> Finding:
    """Return the assessment's finding, or 404."""
    mine = Finding.objects.for_member(request.membership).select_related("decided_by", "assessment")
    return get_object_or_404(mine, assessment=assessment, pk=key)


def finding_page(
    request: MemberRequest,
    assessment: Assessment,
    row: Finding,
    *,
    status: int = 200,
    note: str = "",
    refused: Mapping[str, DecisionForm] | None = None,
) -> HttpResponse:
    """Render a finding's own page, or its part for HTMX, with what was typed when a form was refused."""
    line = finding_line(row, Named.of(assessment, shown_items(assessment)))
    context = {**frame(request, assessment), "line": line, "refused": refused or {}, "severities": Severity.choices, "note": note}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "assessments/_finding.html", context, status=status)
    return render(request, "assessments/finding.html", context | {"changes": changes_of(row)}, status=status)


def conflict(request: MemberRequest, assessment: Assessment, current: Finding, form: DecisionForm, decision: str) -> HttpResponse:
    """Show what somebody else decided beside what was meant; deciding again is then a choice."""
    line = finding_line(current, Named.of(assessment, shown_items(assessment)))
    asked = {"adjust": _("Adjust the severity"), "dismiss": _("Dismiss"), "confirm": _("Confirm"), "undo": _("Take the last decision back")}
    severities = dict(Severity.choices)
    context = {
        **frame(request, assessment),
        "line": line,
        "decision": decision,
        "asked": asked[decision],
        "severity": form.cleaned_data.get("severity", ""),
        "severity_words": severities.get(form.cleaned_data.get("severity", ""), ""),
        "reason": form.cleaned_data.get("reason", ""),
    }
    template = "_finding_conflict.html" if request.htmx else "finding_conflict.html"  # type: ignore[attr-defined]
    return render(request, f"assessments/{template}", context, status=409)


def done(request: MemberRequest, assessment: Assessment, row: Finding, *, note: str) -> HttpResponse:
    """Show the finding as it stands now: in its place for HTMX, else back in the list as it was filtered."""
    if request.htmx:  # type: ignore[attr-defined]
        return finding_page(request, assessment, row_of(request, assessment, row.pk), note=note)
    messages.info(request, note)
    query = list_query(request.POST.get("back", ""))
    return HttpResponseRedirect(f"{reverse('findings', args=[assessment.pk])}{query}#finding-{row.pk}")


def list_query(text: str) -> str:
    """Return the query string of the list, of its own names only: what a form sends back never leads elsewhere."""
    sent = QueryDict(clean_text(text)[:LONGEST_QUERY])
    kept = {name: sent[name] for name in LIST_NAMES if sent.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
