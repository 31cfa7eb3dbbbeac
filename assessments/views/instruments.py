"""Question banks and their versions, to read."""

from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Instrument, InstrumentVersion
from assessments.services.profiles import bank_rows
from stakeholders.access import MemberRequest, member, member_object
from stakeholders.policy import Right

LONGEST_SEARCH = 100


@member(Right.VIEW)
@require_safe
def instruments(request: MemberRequest) -> HttpResponse:
    """List the question banks that the organisation can use, with their versions."""
    visible = (
        InstrumentVersion.objects.for_member(request.membership).annotate(items_count=Count("items")).order_by("-published_at", "-number")
    )
    banks = Instrument.objects.for_member(request.membership).prefetch_related(Prefetch("versions", visible))
    return render(request, "assessments/instruments.html", {"section": "instruments", "banks": banks})


@member_object(Right.VIEW, InstrumentVersion, related=("instrument",))
@require_safe
def instrument_version(request: MemberRequest, version: InstrumentVersion) -> HttpResponse:
    """Show a version's questions with ladder, reason, evidence and source; narrowed by domain and words."""
    domain, words = request.GET.get("domain", "")[:10], request.GET.get("q", "")[:LONGEST_SEARCH]
    groups = bank_rows(version, domain=domain, words=words)
    page = {
        "section": "instruments",
        "version": version,
        "domains": version.domains.all(),
        "groups": groups,
        "count": sum(len(group["rows"]) for group in groups),
        "chosen": {"domain": domain, "q": words},
    }
    return render(request, "assessments/instrument_version.html", page)
