"""/health-systems/<pk>/sites/…: hospitals found in the CMS list, and sites typed by hand."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stakeholders.access import MemberRequest, member_object
from stakeholders.forms.health_systems import SiteForm
from stakeholders.models import HealthSystem, Hospital, SavedMeanwhileError, Site, seen_version
from stakeholders.policy import Right
from stakeholders.services.health_systems import add_hospital_as_site, add_site, change_site, delete_site

SHOWN = 25
FIELDS = ("name", "city", "state", "beds", "ehr", "time_zone")


@require_GET
@member_object(Right.EDIT, HealthSystem)
def site_find(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Search the CMS list by name, city, state or CCN; while typing, only the list of results comes back."""
    words = " ".join(request.GET.get("q", "")[:200].split())
    found = list(Hospital.objects.search(words)[: SHOWN + 1]) if words else []
    taken = set(system.sites.exclude(hospital=None).values_list("hospital_id", flat=True))
    context = {
        "section": "health-systems",
        "system": system,
        "q": words,
        "hospitals": [(hospital, hospital.pk in taken) for hospital in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "shown": SHOWN,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "stakeholders/_hospitals.html" if part else "stakeholders/site_find.html", context)


@require_POST
@member_object(Right.EDIT, HealthSystem, related=("organisation",))
def site_add_hospital(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Add a hospital of the CMS list as a site."""
    hospital = Hospital.objects.filter(pk=request.POST.get("ccn", "").replace("\x00", "")[:6]).first()
    if hospital is None:
        messages.error(request, _("This hospital is not in the list. Please search again, or type the site by hand."))
        return redirect("site-find", system.pk)
    try:
        site = add_hospital_as_site(health_system=system, hospital=hospital, actor=request.membership.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("site-find", system.pk)
    messages.success(request, _("%(name)s is added.") % {"name": site.name})
    return redirect("health-system", system.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.EDIT, HealthSystem, related=("organisation",))
def site_new(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Add a site by hand."""
    form = SiteForm(request.POST or None, initial={"state": system.state})
    if request.method == "POST" and form.is_valid():
        try:
            site = add_site(health_system=system, values=form.cleaned_data, actor=request.membership.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": site.name})
            return redirect("health-system", system.pk)
    return render(request, "stakeholders/site_new.html", {"section": "health-systems", "form": form, "system": system})


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.EDIT, Site, related=("health_system__organisation", "hospital"))
def site_edit(request: MemberRequest, site: Site) -> HttpResponse:
    """Change a site."""
    form = SiteForm(request.POST or None, initial={field: getattr(site, field) for field in FIELDS})
    system, name, current = site.health_system, site.name, site.version
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_site(site=site, values=form.cleaned_data, actor=request.membership.user, seen=seen_version(request.POST.get("seen")))
        except ValidationError as error:
            form.refuse(error)
            status = 409 if isinstance(error, SavedMeanwhileError) else 200
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": site.name})
            return redirect("health-system", system.pk)
    context = {
        "section": "health-systems",
        "form": form,
        "system": system,
        "site": site,
        "name": name,
        "seen": current,
    }
    return render(request, "stakeholders/site_edit.html", context, status=status)


@require_POST
@member_object(Right.EDIT, Site, related=("health_system__organisation",))
def site_delete(request: MemberRequest, site: Site) -> HttpResponse:
    """Delete a site that no assessment is about."""
    try:
        delete_site(site=site, actor=request.membership.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": site.name})
    return redirect("health-system", site.health_system_id)
