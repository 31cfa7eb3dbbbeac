"""Sites, service lines and waves of an assessment."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.places import PlacesForm, WavesForm
from assessments.models import Assessment
from assessments.services.setup import EditedMeanwhileError
from assessments.setup_steps import Step
from assessments.views.setup_frame import RELATED, edited_meanwhile, frame, next_url, saved
from stakeholders.access import MemberRequest, member_object
from stakeholders.models import Hospital
from stakeholders.policy import Right

MOST_HOSPITALS = 12
LONGEST_SEARCH = 100


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def setup_sites(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Choose sites and service lines; hospitals are found in the CMS list. Finding saves what is ticked."""
    words = (request.POST if request.method == "POST" else request.GET).get("q", "")[:LONGEST_SEARCH]
    if request.htmx and request.method != "POST":  # type: ignore[attr-defined]
        return render(request, "assessments/_hospitals.html", found_hospitals(assessment, words))
    form = PlacesForm(request.POST or None, assessment=assessment, membership=request.membership)
    try:
        if request.method == "POST" and form.is_valid() and saved(form, request.membership.user):
            return redirect(_after(assessment, request.POST.get("go", ""), words))
    except EditedMeanwhileError:
        template = "assessments/setup_sites.html"
        return edited_meanwhile(request, form, Step.SITES, template, **found_hospitals(assessment, words))
    page = {**frame(assessment, Step.SITES), "form": form, **found_hospitals(assessment, words)}
    return render(request, "assessments/setup_sites.html", page)


def _after(assessment: Assessment, button: str, words: str) -> str:
    here = reverse("setup-sites", args=[assessment.pk])
    if button == "find":
        return f"{here}?{urlencode({'q': words})}#hospitals"
    return here if button == "stay" else next_url(assessment, Step.SITES)


def found_hospitals(assessment: Assessment, words: str) -> dict[str, Any]:
    """Return hospitals of the CMS list for the words, less those that are sites of the health system."""
    if not words.strip():
        return {"q": "", "hospitals": None}
    rows = Hospital.objects.search(words).exclude(sites__health_system=assessment.health_system)
    found = list(rows[: MOST_HOSPITALS + 1])
    nothing_loaded = not found and not Hospital.objects.exists()
    return {"q": words, "hospitals": found[:MOST_HOSPITALS], "more": len(found) > MOST_HOSPITALS, "nothing_loaded": nothing_loaded}


@member_object(Right.EDIT, Assessment, related=RELATED)
@require_http_methods(["GET", "HEAD", "POST"])
def setup_waves(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    """Name the waves in which sites go live together."""
    form = WavesForm(request.POST or None, assessment=assessment, membership=request.membership)
    try:
        if request.method == "POST" and form.is_valid() and saved(form, request.membership.user):
            messages.success(request, _("Saved."))
            more = request.POST.get("go") == "stay"
            return redirect("setup-waves", assessment.pk) if more else redirect(next_url(assessment, Step.WAVES))
    except EditedMeanwhileError:
        current = WavesForm(assessment=Assessment.objects.get(pk=assessment.pk), membership=request.membership)
        return edited_meanwhile(request, form, Step.WAVES, "assessments/setup_waves.html", theirs=current.theirs())
    return render(request, "assessments/setup_waves.html", {**frame(assessment, Step.WAVES), "form": form})
