"""Save one answer while the person types: a small request, a small response."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.forms.answers import AnswerForm
from assessments.given_answers import GivenAnswer
from assessments.models import Interview
from assessments.services.answers import given_from, save_answer
from assessments.services.questions import questions_of
from assessments.views.respondent import respondent


@require_POST
@respondent(related=("assessment",), lock=True)
def save_one(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Save the answer to the question named by `code`; answers with its fingerprint, or with what is wrong.

    409: the interview takes no answers; 422: this answer does not fit, `confirm` asks to confirm that it is no patient data.
    """
    if not interview.can_be_answered:
        return JsonResponse({"error": _("The interview takes no answers any more.")}, status=409)
    question = next((q for q in questions_of(interview) if q.code == request.POST.get("code")), None)
    if question is None:
        return JsonResponse({"error": _("This question is not asked any more.")}, status=422)
    form = AnswerForm(question, None, request.POST)
    if "confirmed" in form.errors:
        form = AnswerForm(question, _stored(interview, question.code), request.POST)
    if not form.is_valid() or form.given is None:
        return JsonResponse(_faults(form), status=422)
    save_answer(interview=interview, code=question.code, given=form.given)
    return JsonResponse({"was": form.given.fingerprint()})


def _stored(interview: Interview, code: str) -> GivenAnswer | None:
    """Return what is stored, to be read only when something looks like patient data: it may have been confirmed before."""
    answer = interview.answers.filter(item_code=code).first()
    return given_from(answer) if answer else None


def _faults(form: AnswerForm) -> dict[str, str]:
    """Return the first thing to say, under `confirm` when it can be answered by a tick."""
    errors = [str(error) for name, found in form.errors.items() if name != "confirmed" for error in found]
    confirm = [str(error) for error in form.errors.get("confirmed", [])]
    if confirm and not errors:
        return {"confirm": confirm[0]}
    return {"error": errors[0] if errors else _("Please answer the question first.")}
