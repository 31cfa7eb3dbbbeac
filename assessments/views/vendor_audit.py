"""/assessments/<pk>/vendor/: the vendor's own readiness, and what the vendor owes requirement by requirement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from assessments.forms.self_audits import AuditForm
from assessments.models import Assessment
from assessments.services.self_audits import SelfAuditOverError, answer_audit_item, takes_self_audit
from assessments.shown.duties import STATUSES, duties_of
from assessments.shown.items import shown_items
from assessments.shown.self_audits import AuditLine, ShownAudit, shown_audit
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import SavedMeanwhileError
from stakeholders.policy import Right, may

RELATED = ("health_system", "product__version", "organisation", "latest_snapshot")
FEW = 12  # so many duties stand unfolded


@dataclass(frozen=True, slots=True)
class Entry:
    """One item on the page; `is_conflict`: a colleague saved meanwhile, `is_over`: nothing is taken any more."""

    line: AuditLine
    form: AuditForm
    is_conflict: bool = False
    is_over: bool = False
    is_saved: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the ladder is unfolded: nobody has answered, or what was sent is not saved."""
        return self.line.answer is None or self.form.is_bound


@require_safe
@member_object(Right.VIEW, Assessment, related=RELATED)
def vendor_audit(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Show both halves; `saved` in the address names the item that was saved just now."""
    shown = shown_audit(assessment)
    line = shown.line(request.GET.get("saved", ""))
    return audit_page(request, assessment, shown, entry_of(line, is_saved=True) if line else None)


@require_POST
@member_object(Right.EDIT, Assessment, related=RELATED)
def vendor_audit_answer(request: MemberRequest, assessment: Assessment, code: str) -> HttpResponse:
    """Save one item; whoever saves over a colleague's newer answer sees both (409), and nothing is overwritten."""
    line = shown_audit(assessment).line(code)
    if line is None:
        raise Http404
    form = AuditForm(request.POST, saved=line.answer)
    if not form.is_valid():
        return not_saved(request, assessment, code, form, status=422)
    seen, actor = form.cleaned_data["version"], request.membership.user
    try:
        answer_audit_item(assessment=assessment, code=code, given=form.given, actor=actor, seen=seen)
    except SavedMeanwhileError:
        return not_saved(request, assessment, code, form, status=409)
    except SelfAuditOverError:
        return not_saved(request, assessment, code, form, status=409, is_over=True)
    return saved(request, assessment, code)


def entry_of(line: AuditLine, **state: bool) -> Entry:
    """Return an item as it is saved."""
    return Entry(line, AuditForm(saved=line.answer), **state)


def saved(request: MemberRequest, assessment: Assessment, code: str) -> HttpResponse:
    """Show the item as it is now: in its place for HTMX, else back on the page at the item."""
    if not request.htmx:  # type: ignore[attr-defined]
        query = urlencode({"saved": code})
        return HttpResponseRedirect(f"{reverse('vendor-audit', args=[assessment.pk])}?{query}#audit-{code}")
    shown = shown_audit(assessment)
    line = shown.line(code)
    return item_part(request, assessment, shown, entry_of(line, is_saved=True)) if line else HttpResponse(status=204)


def not_saved(
    request: MemberRequest, assessment: Assessment, code: str, form: AuditForm, *, status: int, is_over: bool = False
) -> HttpResponse:
    """Show what was sent beside what is saved now: 422 for what does not fit, 409 for what came too late."""
    shown = shown_audit(assessment)
    line = shown.line(code)
    if line is None:
        raise Http404
    entry = Entry(line, form, is_conflict=status == 409 and not is_over, is_over=is_over)
    show = item_part if request.htmx else audit_page  # type: ignore[attr-defined]
    return show(request, assessment, shown, entry, status=status)


def audit_page(
    request: MemberRequest, assessment: Assessment, shown: ShownAudit, special: Entry | None = None, *, status: int = 200
) -> HttpResponse:
    """Render the whole page, one item of it in a special state."""
    wanted = request.GET.get("status", "")
    wanted = wanted if wanted in STATUSES else ""
    entries = [special if special and special.line.code == line.code else entry_of(line) for line in shown.lines]
    duties = duties_of(shown_items(assessment), wanted) if assessment.latest_snapshot else None
    context = {
        **frame(request, assessment, shown),
        "entries": entries,
        "duties": duties,
        "unfolded": duties is not None and (duties.listed <= FEW or "unfold" in request.GET),
        "statuses": STATUSES,
        "wanted": wanted,
    }
    return render(request, "assessments/vendor_audit.html", context, status=status)


def item_part(request: MemberRequest, assessment: Assessment, shown: ShownAudit, entry: Entry, *, status: int = 200) -> HttpResponse:
    """Render one item for HTMX, and the figures above it."""
    context = {**frame(request, assessment, shown), "entry": entry, "in_place": True}
    return render(request, "assessments/_vendor_item.html", context, status=status)


def frame(request: MemberRequest, assessment: Assessment, shown: ShownAudit) -> Mapping[str, Any]:
    """Return what the page and its parts share."""
    takes = takes_self_audit(assessment)
    return {
        "section": "assessments",
        "tab": "vendor",
        "assessment": assessment,
        "shown": shown,
        "takes_answers": takes,
        "may_answer": takes and may(request.membership.role, Right.EDIT),
    }
