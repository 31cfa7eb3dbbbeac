"""/health-systems/: the customers as the organisation knows them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stakeholders.access import MemberRequest, member, member_object
from stakeholders.forms.health_systems import ChangeHealthSystemForm, HealthSystemForm
from stakeholders.models import HealthSystem
from stakeholders.policy import Right, may
from stakeholders.services.health_systems import (
    ChangedMeanwhileError,
    change_health_system,
    create_health_system,
    delete_health_system,
)

PER_PAGE = 25
FIELDS = ("name", "state", "time_zone", "version")


@require_GET
@member(Right.VIEW)
def health_systems(request: MemberRequest) -> HttpResponse:
    """List the health systems, found by name, state, or a site's name or city."""
    words = request.GET.get("q", "")[:200]
    found = HealthSystem.objects.for_member(request.membership).search(words).annotate(site_count=Count("sites", distinct=True))
    page = Paginator(found.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    may_edit = may(request.membership.role, Right.EDIT)
    context = {"section": "health-systems", "page": page, "q": words, "may_edit": may_edit}
    return render(request, "stakeholders/health_systems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member(Right.EDIT)
def health_system_new(request: MemberRequest) -> HttpResponse:
    """Add a health system."""
    form = HealthSystemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            system = create_health_system(organisation=request.membership.organisation, actor=request.membership.user, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is added. Next: its sites.") % {"name": system.name})
            return redirect("health-system", system.pk)
    return render(request, "stakeholders/health_system_new.html", {"section": "health-systems", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.EDIT, HealthSystem, related=("organisation",))
def health_system_edit(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Change a health system; what somebody else saved meanwhile is shown beside what was typed, with 409."""
    form = ChangeHealthSystemForm(request.POST or None, initial={field: getattr(system, field) for field in FIELDS})
    context = {"section": "health-systems", "form": form, "system": system}
    if request.method != "POST" or not form.is_valid():
        return render(request, "stakeholders/health_system_edit.html", context)
    version = form.cleaned_data.pop("version")
    try:
        change_health_system(health_system=system, version=version, values=form.cleaned_data, actor=request.membership.user)
    except ChangedMeanwhileError:
        form = ChangeHealthSystemForm({**request.POST.dict(), "version": system.version})
        return render(request, "stakeholders/health_system_edit.html", {**context, "form": form, "conflict": True}, status=409)
    except ValidationError as error:
        form.refuse(error)
        return render(request, "stakeholders/health_system_edit.html", context)
    messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
    return redirect("health-system", system.pk)


@require_POST
@member_object(Right.EDIT, HealthSystem, related=("organisation",))
def health_system_delete(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Delete a health system that nothing depends on."""
    try:
        delete_health_system(health_system=system, actor=request.membership.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("health-system", system.pk)
    messages.success(request, _("%(name)s is deleted.") % {"name": system.name})
    return redirect("health-systems")
