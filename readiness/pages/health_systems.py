"""/health-systems/<pk>/: sites, service lines, people and past assessments of one customer."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.models import Assessment
from readiness.pages.portfolio import listed, rows_of, today_in_zones
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import HealthSystem
from stakeholders.policy import Right, may

PEOPLE_PER_PAGE = 50
ASSESSMENTS_SHOWN = 20


@require_GET
@member_object(Right.VIEW, HealthSystem)
def health_system(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Show a health system; addresses and job titles of its people only to members who may see contact data."""
    role = request.membership.role
    people = system.stakeholders.select_related("site", "service_line").order_by("name", "pk")
    assessments = Assessment.objects.for_member(request.membership).filter(health_system=system).order_by("-created_at", "pk")
    context = {
        "section": "health-systems",
        "system": system,
        "sites": system.sites.select_related("hospital"),
        "service_lines": system.service_lines.prefetch_related("sites"),
        "people": Paginator(people, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
        "assessments": rows_of(listed(assessments)[:ASSESSMENTS_SHOWN], today_in_zones(request.membership)),
        "may_edit": may(role, Right.EDIT),
        "sees_contact_data": may(role, Right.ANSWERS),
    }
    return render(request, "readiness/health_system.html", context)
