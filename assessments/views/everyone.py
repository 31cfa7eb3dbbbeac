"""What people are asked beside the items: who else it will touch, and four anonymous statements. Works without a script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessments.forms.everyone import ClimateForm, NominationsForm
from assessments.models import Interview
from assessments.services.climate import own_climate, save_climate, statements_for, was_handed_in
from assessments.services.nominations import save_nominations
from assessments.services.own_answers import own_answers
from assessments.views.respondent import RELATED, frame, not_open, respondent


@require_http_methods(["GET", "HEAD", "POST"])
@respondent(lock=True)
def nominations(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Ask who else it will touch, and show what the person named so far; POST keeps it."""
    if request.method != "POST":
        return not_open(request, interview) or _nominations_page(request, interview, _named_form(interview))
    form = NominationsForm(request.POST, own_role=interview.role)
    if not interview.can_be_answered:
        return _nominations_page(request, interview, form, refused=too_late(), status=409)
    if not form.is_valid():
        return _nominations_page(request, interview, form, status=422)
    save_nominations(interview=interview, named=form.named())
    return redirect(_after_nominations(interview, request.POST.get("go", "")), interview.pk)


def _named_form(interview: Interview) -> NominationsForm:
    return NominationsForm(own_role=interview.role, named=interview.nominations.all())


def _after_nominations(interview: Interview, go: str) -> str:
    """Return the page that the pressed button leads to."""
    onward = "climate" if statements_for(interview) else "review"
    return {"more": "nominations", "back": "protected"}.get(go, onward)


def too_late() -> str:
    """Return what is said when something was sent after the interview was closed or handed in."""
    return _("The interview takes no answers any more. What you entered still stands below.")


def _nominations_page(
    request: HttpRequest, interview: Interview, form: NominationsForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = frame(
        own_answers(interview), form=form, faulty=[form] if form.errors else [], refused=refused, goes_on=bool(statements_for(interview))
    )
    return render(request, "assessments/interview/nominations.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@respondent((*RELATED, "site"), lock=True)
def climate(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Ask the anonymous statements while they are the person's own; POST keeps what is chosen."""
    elsewhere = None if request.method == "POST" else not_open(request, interview)
    statements = statements_for(interview)
    if elsewhere is not None or not statements:
        return elsewhere or redirect("review", interview.pk)
    settled = was_handed_in(interview)
    form = ClimateForm(request.POST or None, statements=statements, chosen={} if settled else own_climate(interview))
    if request.method != "POST":
        return _climate_page(request, interview, form, settled=settled)
    if settled or not interview.can_be_answered:
        return _climate_page(request, interview, form, settled=settled, status=409)
    if not form.is_valid():
        return _climate_page(request, interview, form, status=422)
    save_climate(interview=interview, agreements=form.agreements())
    return redirect("nominations" if request.POST.get("go") == "back" else "review", interview.pk)


def _climate_page(
    request: HttpRequest, interview: Interview, form: ClimateForm, *, settled: bool = False, status: int = 200
) -> HttpResponse:
    refused = too_late() if status == 409 and not settled else ""
    faulty = [form] if form.errors else []
    context = frame(own_answers(interview), form=form, settled=settled, refused=refused, faulty=faulty)
    return render(request, "assessments/interview/climate.html", context, status=status)
