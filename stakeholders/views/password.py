"""/p/<token>/: a new member sets a first password."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from stakeholders.access import link_closed, token_link
from stakeholders.forms.accounts import FirstPasswordForm
from stakeholders.middleware import SESSION_KEY
from stakeholders.models import AccessLink, LinkPurpose
from stakeholders.services.passwords import LinkClosedError, invited_member, set_first_password


@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
@token_link(LinkPurpose.PASSWORD)
def set_password(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """Show the form, which changes nothing; a good password sets it, closes the link and signs in."""
    membership = invited_member(link)
    if membership is None:
        return link_closed(request, link)
    form = FirstPasswordForm(request.POST or None, user=membership.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "stakeholders/set_password.html", {"form": form, "membership": membership})
    try:
        user = set_first_password(link=link, password=form.cleaned_data["password"], name=form.cleaned_data["name"])
    except LinkClosedError:
        return link_closed(request, link)
    get_adapter().login(request, user)
    request.session[SESSION_KEY] = str(membership.organisation_id)
    messages.success(request, _("Your password is set, and you are signed in. Next time, sign in with your e-mail address."))
    return redirect("portfolio")
