"""/health-systems/<pk>/service-lines/…: the clinical service lines of a health system."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.access import MemberRequest, member_object
from stakeholders.forms.health_systems import ServiceLineForm
from stakeholders.models import HealthSystem, SavedMeanwhileError, ServiceLine, seen_version
from stakeholders.policy import Right
from stakeholders.services.health_systems import add_service_line, change_service_line, delete_service_line


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.EDIT, HealthSystem, related=("organisation",))
def service_line_new(request: MemberRequest, system: HealthSystem) -> HttpResponse:
    """Add a service line."""
    form = ServiceLineForm(request.POST or None, sites=system.sites.all())
    if request.method == "POST" and form.is_valid():
        try:
            line = add_service_line(health_system=system, actor=request.membership.user, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": line.name})
            return redirect("health-system", system.pk)
    return render(request, "stakeholders/service_line_new.html", {"section": "health-systems", "form": form, "system": system})


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.EDIT, ServiceLine, related=("health_system__organisation",))
def service_line_edit(request: MemberRequest, line: ServiceLine) -> HttpResponse:
    """Change a service line."""
    system, name, current = line.health_system, line.name, line.version
    initial = {"name": name, "sites": list(line.sites.all())}
    form = ServiceLineForm(request.POST or None, sites=system.sites.all(), initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_service_line(
                service_line=line, actor=request.membership.user, **form.cleaned_data, seen=seen_version(request.POST.get("seen"))
            )
        except ValidationError as error:
            form.refuse(error)
            status = 409 if isinstance(error, SavedMeanwhileError) else 200
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": line.name})
            return redirect("health-system", system.pk)
    context = {
        "section": "health-systems",
        "form": form,
        "system": system,
        "line": line,
        "name": name,
        "seen": current,
    }
    return render(request, "stakeholders/service_line_edit.html", context, status=status)


@require_POST
@member_object(Right.EDIT, ServiceLine, related=("health_system__organisation",))
def service_line_delete(request: MemberRequest, line: ServiceLine) -> HttpResponse:
    """Delete a service line that no assessment is about."""
    try:
        delete_service_line(service_line=line, actor=request.membership.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": line.name})
    return redirect("health-system", line.health_system_id)
