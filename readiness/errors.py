"""Error pages: what happened, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stakeholders.access import public


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old, and that nothing was saved."""
    return render(request, "403_csrf.html", status=403)
