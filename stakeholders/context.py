"""What every page's frame shows of the member."""

from typing import Any

from django.http import HttpRequest

from stakeholders.models import Membership


def membership(request: HttpRequest) -> dict[str, Any]:
    """Return the active membership and, for those who have several, all of them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"membership": None}
    return {
        "membership": getattr(request, "membership", None),
        "memberships": lambda: list(Membership.objects.active_of(user)),
    }
