"""Which organisation the signed-in user works for in this session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from stakeholders.models import Membership

SESSION_KEY = "organisation"


def active_membership(request: HttpRequest) -> Membership | None:
    """Return the membership in the session's organisation, else the first one, else None."""
    if not request.user.is_authenticated:
        return None
    mine = list(Membership.objects.active_of(request.user))
    for seat in mine:
        seat.user = request.user
    chosen = request.session.get(SESSION_KEY)
    return next((m for m in mine if str(m.organisation_id) == chosen), mine[0] if mine else None)


class MembershipMiddleware:
    """Sets `request.membership` for signed-in users; anonymous requests cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach the membership."""
        request.membership = active_membership(request)  # type: ignore[attr-defined]
        return self.get_response(request)
