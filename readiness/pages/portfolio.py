"""/: what waits for the lead, then every assessment with its verdict and score, read from the latest snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.models import Assessment, AssessmentState, ScoreSnapshot, Verdict
from readiness.pages.needs import Need, need_of, waiting
from readiness.pages.selection import NO_VERDICT, Selection
from stakeholders.access import MemberRequest, member
from stakeholders.models import HealthSystem, Membership
from stakeholders.policy import Right, may
from stakeholders.zones import today_in, zone_label

PER_PAGE = 25
NEEDS_SHOWN = 6


@dataclass(frozen=True)
class Row:
    """One assessment as the list shows it: days to the contract, and the short name of the zone that each date is meant in."""

    assessment: Assessment
    snapshot: ScoreSnapshot | None
    days: int | None
    zone: str
    go_live_zone: str
    need: Need | None


@require_GET
@member(Right.VIEW)
def portfolio(request: MemberRequest) -> HttpResponse:
    """Show the portfolio; the number of queries is the same for one assessment and for ten thousand."""
    selection = Selection.of(request.GET)
    today = today_in_zones(request.membership)
    mine = Assessment.objects.for_member(request.membership)
    waits = waiting(mine, today)
    chosen = selection.narrow(waits if selection.waiting else mine)
    page = Paginator(listed(chosen if selection.waiting else selection.order(chosen)), PER_PAGE).get_page(request.GET.get("page"))
    may_edit = may(request.membership.role, Right.EDIT)
    needs = rows_of(listed(waits)[: NEEDS_SHOWN + 1], today) if may_edit and not selection.narrows else []
    context = {
        "section": "assessments",
        "selection": selection,
        "page": page,
        "rows": rows_of(page.object_list, today),
        "needs": needs[:NEEDS_SHOWN],
        "more_needs": len(needs) > NEEDS_SHOWN,
        "may_edit": may_edit,
        "states": AssessmentState.choices,
        "verdicts": [*Verdict.choices, (NO_VERDICT, "")],
    }
    return render(request, "readiness/portfolio.html", context)


def today_in_zones(membership: Membership) -> dict[str, date]:
    """Return today's date in every time zone in which the organisation has a health system."""
    now = timezone.now()
    zones = HealthSystem.objects.for_member(membership).order_by().values_list("time_zone", flat=True).distinct()
    return {zone: today_in(zone, now) for zone in zones}


def listed(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Return the assessments with what a row shows, in one query and without the snapshots' long results."""
    return assessments.select_related("health_system", "product", "latest_snapshot").defer("latest_snapshot__result")


def rows_of(assessments: Iterable[Assessment], today: Mapping[str, date]) -> list[Row]:
    """Return the rows of the list."""
    return [row_of(assessment, today[assessment.health_system.time_zone]) for assessment in assessments]


def row_of(assessment: Assessment, today: date) -> Row:
    """Return one row, with days counted from today in the health system's zone."""
    zone = assessment.health_system.time_zone
    return Row(
        assessment=assessment,
        snapshot=assessment.latest_snapshot,
        days=assessment.days_to_contract(today),
        zone=zone_label(zone, assessment.contract_date or today),
        go_live_zone=zone_label(zone, assessment.promised_go_live or today),
        need=need_of(assessment),
    )
