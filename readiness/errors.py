"""Error pages: what happened, what was kept, what to do."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from readiness.middleware import is_outage, outage
from stakeholders.access import public


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old, and that nothing was saved."""
    return render(request, "403_csrf.html", status=403)


@public
def failure(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong; an outage met before or after the view, by a middleware, is an outage here, too."""
    return outage(request) if is_outage(sys.exc_info()[1]) else server_error(request)
