"""What holds for every request: outages are 503, private pages are not stored, unstorable input is refused."""

from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponseBase]
RETRY_AFTER_SECONDS = "10"


class DatabaseOutageMiddleware:
    """Turns a database that cannot be reached into 503 with Retry-After, so that browsers try again."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an outage; leave every other exception alone."""
        return outage(request) if is_outage(exception) else None


def is_outage(exception: BaseException | None) -> bool:
    """Tell whether an exception says that the database cannot be reached."""
    return isinstance(exception, (OperationalError, InterfaceError))


def outage(request: HttpRequest) -> HttpResponse:
    """Return the page that says to try again in a moment; it reads no database."""
    from django.template.loader import get_template

    html = get_template("503.html").render({}) if request else ""
    return HttpResponse(html, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"})


class PrivatePagesMiddleware:
    """Marks every page but static files as not to be stored by browsers or proxies."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the header unless the view set its own."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


def storable(values: Iterable[str]) -> bool:
    """Tell whether texts hold neither NUL nor lone surrogates, which no database can store."""
    return not any("\x00" in value or any("\ud800" <= c <= "\udfff" for c in value) for value in values)


class CleanInputMiddleware:
    """Refuses query strings and form fields that hold NUL or broken characters with 400, before any view sees them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check the address and the query string; the body is checked by forms, which keep what was entered."""
        query = [text for key, values in request.GET.lists() for text in (key, *values)]
        if not storable([request.path, *query]):
            return render(request, "400.html", status=400)
        return self.get_response(request)
