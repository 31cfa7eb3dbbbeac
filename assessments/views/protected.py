"""The protected question: how it is really done. Kept apart from everything else that is answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessments.forms.interviews import ProtectedForm, protected_forms, sent_protected_forms
from assessments.models import Interview
from assessments.services.disclosures import save_disclosures
from assessments.services.own_answers import own_answers
from assessments.views.respondent import frame, not_open, respondent


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@respondent(lock=True)
def protected(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Show the person's own entries while they are theirs; POST keeps them."""
    if request.method != "POST":
        return not_open(request, interview) or _page(request, interview, protected_forms(interview.disclosures.all()))
    forms = sent_protected_forms(request.POST)
    if not interview.can_be_answered:
        return _page(
            request, interview, forms, refused=_("The interview takes no answers any more. What you typed still stands below."), status=409
        )
    if not all(form.is_valid() for form in forms):
        return _page(request, interview, forms, status=422)
    save_disclosures(interview=interview, entries=[form.entry() for form in forms])
    wanted = request.POST.get("go", "")
    if wanted == "back":
        return _back(interview)
    return redirect("protected" if wanted == "more" else "nominations", interview.pk)


def _back(interview: Interview) -> HttpResponse:
    sections = own_answers(interview).core_sections
    return redirect("section", interview.pk, sections[-1].code) if sections else redirect("review", interview.pk)


def _page(request: HttpRequest, interview: Interview, forms: list[ProtectedForm], *, refused: str = "", status: int = 200) -> HttpResponse:
    faulty = [form for form in forms if form.errors]
    context = frame(own_answers(interview), forms=forms, faulty=faulty, refused=refused)
    return render(request, "assessments/interview/protected.html", context, status=status)
