"""Question banks and their versions, to read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Instrument, InstrumentVersion, Part, ProductType, VersionState
from assessments.shown.bank_listing import Narrowed, domain_lines, item_lines
from stakeholders.access import MemberRequest, member, member_object
from stakeholders.models import Role
from stakeholders.policy import Right, may


@member(Right.VIEW)
@require_safe
def instruments(request: MemberRequest) -> HttpResponse:
    """List the question banks that the organisation can use, with their versions."""
    visible = InstrumentVersion.objects.readable_by(request.membership).select_related("based_on__instrument")
    counted = visible.annotate(items_count=Count("items")).order_by(F("published_at").desc(nulls_first=True), "-number")
    banks = Instrument.objects.for_member(request.membership).prefetch_related(Prefetch("versions", counted))
    return render(request, "assessments/instruments.html", {"banks": banks, **frame(request)})


@member_object(Right.VIEW, InstrumentVersion, related=("instrument", "based_on__instrument"))
@require_safe
def instrument_version(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Show a version's questions with ladder, reason, evidence and source; narrowed by domain, role, type, gate and words."""
    require_readable(request, version)
    wanted = Narrowed.of(request.GET)
    domains = list(version.domains.all())
    groups = domain_lines(domains, item_lines(version), wanted)
    page = {
        **version_frame(request, version),
        **filter_choices(),
        "domains": domains,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "wanted": wanted,
    }
    return render(request, "assessments/instrument_version.html", page)


def require_readable(request: MemberRequest, version: InstrumentVersion) -> None:
    """Refuse a draft to whoever could not change it: until it is published, it is nothing that anybody is asked."""
    if version.state == VersionState.DRAFT and not may(request.membership.role, Right.EDIT):
        raise PermissionDenied


def frame(request: MemberRequest) -> dict[str, Any]:
    """Return what every page about question banks shows."""
    return {"section": "instruments", "can_edit": may(request.membership.role, Right.EDIT)}


def version_frame(request: MemberRequest, version: InstrumentVersion) -> dict[str, Any]:
    """Return what every page about one version shows, and whether the reader can change it."""
    own = version.instrument.organisation_id == request.membership.organisation_id
    page = frame(request)
    page["can_change"] = page["can_edit"] and own and version.state == VersionState.DRAFT
    return {**page, "version": version, "own": own}


def filter_choices() -> dict[str, Any]:
    """Return what a list of items can be narrowed by."""
    return {"roles": Role.choices, "product_types": ProductType.choices, "parts": Part.choices}
