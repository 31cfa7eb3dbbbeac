"""What the pages of a draft share: the way back for whoever cannot change it, and the list of its items."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from assessments.forms.bank_drafts import NewDomainForm, NewItemForm
from assessments.models import InstrumentVersion, VersionState
from assessments.shown.bank_listing import Narrowed
from assessments.shown.drafts import DraftShown
from assessments.views.instruments import filter_choices, version_frame
from stakeholders.access import MemberRequest

RELATED = ("instrument__organisation", "based_on__instrument")


def not_a_draft(request: MemberRequest, version: InstrumentVersion) -> HttpResponse | None:
    """Return the way back to a version that cannot be changed here, None for the organisation's own draft."""
    own = version.instrument.organisation_id == request.membership.organisation_id
    return None if own and version.state == VersionState.DRAFT else no_longer_a_draft(request, version)


def no_longer_a_draft(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Say why nothing was changed and lead to the version as it stands."""
    messages.error(request, _("Nothing was changed: a published version and the product's own bank never change. Start a draft from it."))
    return go_to(request, reverse("instrument-version", args=[version.pk]))


def go_to(request: MemberRequest, address: str) -> HttpResponse:
    """Lead on, out of the part of a page that HTMX would put the answer into."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]


def draft_address(request: MemberRequest, version: InstrumentVersion) -> str:
    """Return the page of the draft, narrowed as it was."""
    query = request.GET.urlencode()
    return reverse("draft", args=[version.pk]) + (f"?{query}" if query else "")


def draft_page(
    request: MemberRequest, version: InstrumentVersion, *, status: int = 200, said: str = "", forms: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Render a draft with its items, or that part alone for HTMX."""
    shown, wanted = DraftShown.of(version), Narrowed.of(request.GET)
    groups = shown.groups(wanted)
    domains = [(domain.code, domain.title) for domain in shown.domains]
    page = {
        **version_frame(request, version),
        **filter_choices(),
        "shown": shown,
        "wanted": wanted,
        "domains": shown.domains,
        "groups": groups,
        "count": sum(len(group.rows) for group in groups),
        "query": request.GET.urlencode(),
        "said": said,
        "item_form": NewItemForm(domains=domains, prefix="item"),
        "domain_form": NewDomainForm(prefix="domain"),
        **(forms or {}),
    }
    template = "_draft_body.html" if request.htmx else "draft.html"  # type: ignore[attr-defined]
    return render(request, f"assessments/{template}", page, status=status)


def done(request: MemberRequest, version: InstrumentVersion, said: str) -> HttpResponse:
    """Show the draft as it stands now: in place for HTMX, else on its own page."""
    if request.htmx:  # type: ignore[attr-defined]
        return draft_page(request, version, said=said)
    messages.success(request, said)
    return redirect(draft_address(request, version))
