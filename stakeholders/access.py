"""Access decorators: each resolves the object and the right at once, so that no view holds an object without a right to it.

A view without one of them is refused by a system check (`readiness.checks`).
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from stakeholders.models import AccessLink, Membership
from stakeholders.policy import Right, may

M = TypeVar("M", bound=Model)


class MemberRequest(HttpRequest):
    """A request of a signed-in member; `membership` is the active one."""

    membership: Membership


class View(Protocol):
    """A view function with whatever arguments its URL gives."""

    __name__: str

    def __call__(self, request: Any, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request."""


Decorator = Callable[[View], View]


def _with_policy(inner: View, outer: Callable[..., HttpResponseBase], policy: str) -> View:
    wrapped: Any = wraps(inner)(outer)
    wrapped.policy = policy
    return wrapped


def public(view: View) -> View:
    """Mark a view that anybody may open: it shows nothing of any tenant."""
    return _with_policy(view, lambda request, *args, **kwargs: view(request, *args, **kwargs), "public")


def signed_in(view: View) -> View:
    """Let a signed-in user in, member or not; anonymous visitors go to sign-in."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _with_policy(view, guarded, "signed in")


def _without_right(request: HttpRequest, right: Right) -> HttpResponseBase | None:
    """Return the refusal for a visitor without the right, or None for a member who has it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return render(request, "stakeholders/no_membership.html", status=403)
    if not may(membership.role, right):
        raise PermissionDenied
    return None


def member(right: Right) -> Decorator:
    """Let members with the right in; the view finds the membership in `request.membership`."""

    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _without_right(request, right) or view(request, *args, **kwargs)

        return _with_policy(view, guarded, f"member: {right}")

    return decorate


def member_object(right: Right, model: type[Model], *, related: tuple[str, ...] = ()) -> Decorator:
    """Let members with the right in and hand the view the object of the URL's `pk`; another tenant's object does not exist.

    `related` names the relations to read in the same query.
    """

    def decorate(view: View) -> View:
        def guarded(request: MemberRequest, pk: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _without_right(request, right)
            if refusal is not None:
                return refusal
            mine = model._default_manager.for_member(request.membership)  # type: ignore[attr-defined]
            found = get_object_or_404(mine.select_related(*related) if related else mine, pk=pk)
            return view(request, found, *args, **kwargs)

        return _with_policy(view, guarded, f"member: {right} of own {model.__name__}")

    return decorate


SESSION_KEY = "links"


def remember_link(request: HttpRequest, link: AccessLink) -> None:
    """Let this browser open the link's subject from now on, so that the token can leave the URL."""
    links = dict(request.session.get(SESSION_KEY, {}))
    links[f"{link.purpose}:{link.subject_id}"] = str(link.pk)
    request.session[SESSION_KEY] = links


def link_object(
    purpose: str, model: type[Model], *, related: tuple[str, ...] = (), selection: str = "all", lock: bool = False
) -> Decorator:
    """Let a browser in that pressed the button behind an e-mailed link, as long as that link is valid.

    Hands the view the link's subject of the URL's `pk`. Revoking or expiring the link closes the page at once.
    `selection` names the queryset's method that adds what the view needs to the one query; `lock` keeps the row locked on POST,
    in a transaction around the whole view, so that what the view checks still holds when it writes.
    """

    def subject(pk: UUID, link_id: str, locked: bool) -> Model | None:
        valid = AccessLink.objects.valid().of(purpose, pk).filter(pk=link_id)
        # In no order: there is one row at most, and every autosave pays for what a query is made of.
        rows = getattr(model._default_manager, selection)().filter(Exists(valid), pk=pk).order_by()
        rows = rows.select_related(*related) if related else rows
        return next(iter(rows.select_for_update(of=("self",), no_key=True) if locked else rows), None)

    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            link_id = request.session.get(SESSION_KEY, {}).get(f"{purpose}:{pk}")
            if link_id is None:
                return link_closed(request)
            locked = lock and request.method == "POST"
            with transaction.atomic() if locked else nullcontext():
                found = subject(pk, link_id, locked)
                return link_closed(request) if found is None else view(request, found, *args, **kwargs)

        return _with_policy(view, guarded, f"link: {purpose}")

    return decorate


def token_link(purpose: str) -> Decorator:
    """Hand the view the access link of the URL's `token`; a closed one gets a friendly page, an unknown one does not exist.

    Opening the page changes nothing, because mail scanners open links.
    """

    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            from stakeholders.models import token_hash

            link = AccessLink.objects.select_related("organisation").filter(purpose=purpose, token_hash=token_hash(token)).first()
            if link is None:
                raise Http404
            if not link.is_valid:
                return link_closed(request, link)
            return view(request, link, *args, **kwargs)

        return _with_policy(view, guarded, f"token: {purpose}")

    return decorate


def link_closed(request: HttpRequest, link: AccessLink | None = None) -> HttpResponse:
    """Return the friendly page for a link that is expired, revoked, or not known to this browser."""
    return render(request, "stakeholders/link_closed.html", {"link": link}, status=410)
