"""/settings/: one's own account, the organisation, and changing to another organisation."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stakeholders.access import MemberRequest, member, signed_in
from stakeholders.forms.accounts import NameForm, OrganisationForm
from stakeholders.middleware import SESSION_KEY
from stakeholders.models import Membership
from stakeholders.policy import Right, may
from stakeholders.services.members import change_own_name
from stakeholders.services.organisations import change_organisation


@require_GET
@member(Right.VIEW)
def settings_page(request: MemberRequest) -> HttpResponse:
    """Show the member's own account and, to an admin, what can be changed about the organisation."""
    may_manage = may(request.membership.role, Right.MANAGE)
    return render(request, "stakeholders/settings.html", {"section": "settings", "may_manage": may_manage})


@require_http_methods(["GET", "HEAD", "POST"])
@member(Right.VIEW)
def own_name(request: MemberRequest) -> HttpResponse:
    """Change one's own name."""
    user = request.membership.user
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        change_own_name(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("settings")
    return render(request, "stakeholders/own_name.html", {"section": "settings", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member(Right.MANAGE)
def organisation_settings(request: MemberRequest) -> HttpResponse:
    """Change the organisation's name and time zone."""
    organisation = request.membership.organisation
    form = OrganisationForm(request.POST or None, initial={"name": organisation.name, "time_zone": organisation.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation=organisation, actor=request.membership.user, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The organisation is saved."))
            return redirect("settings")
    return render(request, "stakeholders/organisation.html", {"section": "settings", "form": form})


@require_POST
@signed_in
def switch_organisation(request: MemberRequest) -> HttpResponse:
    """Work for another organisation of one's own in this session; one without a seat does not exist."""
    try:
        chosen = UUID(request.POST.get("organisation", ""))
    except ValueError as error:
        raise Http404 from error
    if not Membership.objects.filter(user=request.user, organisation=chosen, is_active=True).exists():  # type: ignore[misc]
        raise Http404
    request.session[SESSION_KEY] = str(chosen)
    return redirect("portfolio")
