"""/settings/members/: who may do what in the organisation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stakeholders.access import MemberRequest, member, member_object
from stakeholders.forms.accounts import InviteForm, MemberForm
from stakeholders.models import Membership
from stakeholders.policy import Right
from stakeholders.services.members import (
    change_member,
    deactivate_member,
    invite_member,
    reactivate_member,
    send_member_invitation,
)

PER_PAGE = 50


@require_GET
@member(Right.MANAGE)
def members(request: MemberRequest) -> HttpResponse:
    """List the members, those in force first."""
    rows = Membership.objects.for_member(request.membership).select_related("user").order_by("-is_active", "user__email")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stakeholders/members.html", {"section": "settings", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@member(Right.MANAGE)
def member_invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation=request.membership.organisation, actor=request.membership.user, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("members")
    return render(request, "stakeholders/member_invite.html", {"section": "settings", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_object(Right.MANAGE, Membership, related=("user", "organisation"))
def member_edit(request: MemberRequest, seat: Membership) -> HttpResponse:
    """Change what a member may do."""
    form = MemberForm(request.POST or None, initial={"role": seat.role, "only_assigned": seat.only_assigned})
    if request.method == "POST" and form.is_valid():
        try:
            change_member(membership=seat, actor=request.membership.user, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(member)s is saved.") % {"member": seat.user})
            return redirect("members")
    return render(request, "stakeholders/member_edit.html", {"section": "settings", "form": form, "seat": seat})


@require_POST
@member_object(Right.MANAGE, Membership, related=("user", "organisation"))
def member_deactivate(request: MemberRequest, seat: Membership) -> HttpResponse:
    """End a membership."""
    try:
        deactivate_member(membership=seat, actor=request.membership.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("member-edit", seat.pk)
    messages.success(request, _("%(member)s has no access any more.") % {"member": seat.user})
    return redirect("members")


@require_POST
@member_object(Right.MANAGE, Membership, related=("user", "organisation"))
def member_reactivate(request: MemberRequest, seat: Membership) -> HttpResponse:
    """Let a former member in again."""
    if not seat.is_active:
        reactivate_member(membership=seat, actor=request.membership.user)
        messages.success(request, _("%(member)s is a member again; a mail says so.") % {"member": seat.user})
    return redirect("members")


@require_POST
@member_object(Right.MANAGE, Membership, related=("user", "organisation"))
def member_invite_again(request: MemberRequest, seat: Membership) -> HttpResponse:
    """Send the invitation once more, with a fresh link for somebody who has no password yet."""
    if seat.is_active:
        send_member_invitation(membership=seat)
        messages.success(request, _("Another invitation is on its way to %(email)s.") % {"email": seat.user.email})
    return redirect("members")
