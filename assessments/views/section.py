"""The questions, one section a page. Works without a script: sending the page saves all that is filled in."""

import json

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms.answers import AnswerForm, answer_forms, was_sent
from assessments.models import Answer, Interview
from assessments.questionnaire import Question, Section
from assessments.services.answers import InterviewClosedError, save_answers
from assessments.services.evidence import RefusedFileError, attach_evidence, remove_evidence
from assessments.services.own_answers import OwnAnswers, own_answers
from assessments.services.prefill import offers_for
from assessments.views.respondent import frame, not_open, respondent, who_sees, zone_of


@require_safe
@respondent(related=("assessment",))
def resume(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Go to the first open question, or to the review when all are answered."""
    elsewhere = not_open(request, interview)
    if elsewhere is not None:
        return elsewhere
    own = own_answers(interview)
    question = own.first_open
    return redirect("review", interview.pk) if question is None else redirect(_address(own, question))


@require_http_methods(["GET", "HEAD", "POST"])
@respondent(lock=True)
def section(request: HttpRequest, interview: Interview, domain: str) -> HttpResponse:
    """Show one section; POST saves what changed in it, keeps what does not fit with an error, and goes on.

    A section of which nothing is asked any more leads to where the questions go on; what an old page of it sends is kept.
    """
    own = own_answers(interview)
    shown = _section(own, domain)
    if request.method == "POST" and shown is not None:
        return _save(request, own, shown)
    elsewhere = not_open(request, interview)
    if elsewhere is not None:
        return elsewhere
    if shown is None:
        raise Http404
    if domain not in {section.code for section in own.sections}:
        return redirect("interview", interview.pk)
    return _page(request, own, shown, _forms(own, shown))


def _section(own: OwnAnswers, domain: str) -> Section | None:
    """Return a section with what is asked in it, and what an answer on its page may call up; None where nothing ever is."""
    could = own.could_ask(domain)
    return Section(domain, could[0].domain_title, own.page_questions(domain)) if could else None


def _forms(own: OwnAnswers, shown: Section) -> list[AnswerForm]:
    """Return a form for each question of the page, with what is known from elsewhere offered where nothing is answered."""
    unanswered = [question for question in shown.questions if question.code not in own.answers]
    return answer_forms(shown.questions, own.stored, offers=offers_for(own.interview, unanswered))


def _address(own: OwnAnswers, question: Question) -> str:
    """Return the address of a question; the first of a section is met by the top of its page."""
    is_first = any(section.questions[0] == question for section in own.sections)
    return reverse("section", args=[own.interview.pk, question.domain]) + ("" if is_first else f"#item-{question.code}")


def _save(request: HttpRequest, own: OwnAnswers, shown: Section) -> HttpResponse:
    forms = _sent_forms(request, own, shown)
    changed = [form for form in forms if form.is_valid() and form.is_changed]
    try:
        save_answers(interview=own.interview, given={form.question.code: form.given for form in changed if form.given})
    except InterviewClosedError:
        refused = _("This was not saved: the interview takes no answers any more. What you typed still stands below.")
        return _page(request, own, shown, forms, refused=refused, status=409)
    for form in changed:
        form.mark_saved()
    now = own_answers(own.interview)
    _take_files(request, now, forms)
    if any(form.errors or form.file_error for form in forms):
        return _page(request, own_answers(own.interview), shown, forms, status=422)
    came_up = _came_up(request, own, now, shown)
    return redirect(_address(now, came_up) if came_up else _next_address(now, shown, request.POST.get("go", "")))


def _sent_forms(request: HttpRequest, own: OwnAnswers, shown: Section) -> list[AnswerForm]:
    """Return the forms of what is asked, and of what was sent though it is not asked: it is kept all the same."""
    forms = []
    for question in own.could_ask(shown.code):
        sent = question.code in own.asked or was_sent(question, request.POST)
        if sent or question in shown.questions:
            forms += answer_forms([question], own.stored, request.POST if sent else None)
    return forms


def _came_up(request: HttpRequest, own: OwnAnswers, now: OwnAnswers, shown: Section) -> Question | None:
    """Return the first question that these answers called up on this very page, and that the page did not show yet.

    A browser with scripts shows it at once; without, going on leads to it first.
    """
    if request.POST.get("go", "") not in ("next", ""):
        return None
    new = [q for q in now.questions if q.domain == shown.code and q.code not in own.asked and q.code not in now.given]
    return next((question for question in new if not was_sent(question, request.POST)), None)


def _take_files(request: HttpRequest, own: OwnAnswers, forms: list[AnswerForm]) -> None:
    """Attach the files that came with the page, and remove the one whose button was pressed."""
    for form in forms:
        for upload in request.FILES.getlist(f"{form.prefix}-file"):
            form.file_error = file_fault(own.answers.get(form.question.code), upload) or form.file_error
    mine = [evidence for answer in own.answers.values() for evidence in answer.evidence.all()]
    for evidence in mine:
        if str(evidence.pk) == request.POST.get("remove"):
            remove_evidence(evidence=evidence)


def file_fault(answer: Answer | None, upload: UploadedFile) -> str:
    """Attach a file to an answer and return why that failed, empty when it did not."""
    if answer is None:
        return _("Please answer the question first, then attach the file.")
    try:
        attach_evidence(answer=answer, upload=upload)
    except RefusedFileError as error:
        return f"{upload.name}: {error}"
    return ""


def _next_address(own: OwnAnswers, shown: Section, go: str) -> str:
    """Return where the pressed button leads: `back`, `stay:<item>`, `to:<section>`, `review`; any other word: the next page.

    After the last core section comes the protected question, after the last of all the review.
    """
    codes = [section.code for section in own.sections]
    here = codes.index(shown.code) if shown.code in codes else len(codes)
    verb, _colon, target = go.partition(":")
    ends_core = shown.code in [section.code for section in own.core_sections[-1:]]
    after = "" if ends_core else next(iter(codes[here + 1 :]), "")
    before = codes[max(here - 1, 0)] if codes else shown.code
    section = {"back": before, "stay": shown.code, "to": target if target in codes else shown.code}.get(verb, after)
    if verb == "review" or not section:
        return reverse("protected" if ends_core and verb != "review" else "review", args=[own.interview.pk])
    is_here = target in {question.code for question in shown.questions}
    return reverse("section", args=[own.interview.pk, section]) + (f"#item-{target}" if is_here else "")


def _page(
    request: HttpRequest, own: OwnAnswers, shown: Section, forms: list[AnswerForm], *, refused: str = "", status: int = 200
) -> HttpResponse:
    for place, form in enumerate(forms):
        form.place = place  # the bank's order, in which conditions look back
        _complete(form, own)
    deeper = [form for form in forms if shown.core and not form.question.core]
    codes = [section.code for section in own.sections]
    context = frame(
        own,
        section=shown,
        forms=[form for form in forms if form.question.core or not shown.core],
        deeper_forms=deeper,
        deeper_number=sum(not form.is_hidden for form in deeper),
        deeper_is_open=any(form.shown_was or form.errors or form.file_error for form in forms if not form.question.core),
        refused=refused,
        number=codes.index(shown.code) + 1 if shown.code in codes else len(codes),
        faulty=[form for form in forms if form.errors or form.file_error],
        who_sees=who_sees(own.interview),
        zone=zone_of(own.interview),
    )
    return render(request, "assessments/interview/section.html", context, status=status)


def _complete(form: AnswerForm, own: OwnAnswers) -> None:
    """Give a form what its page shows besides the answer: evidence, when it was saved, whether it is asked at all."""
    code = form.question.code
    answer = own.answers.get(code)
    form.evidence = list(answer.evidence.all()) if answer else []
    form.saved_at = answer.updated_at if answer else None
    condition = own.condition_on_page(form.question)
    form.condition = json.dumps(condition) if condition else ""
    # What has an error is shown in any case, or nobody could put it right.
    form.is_hidden = code not in own.asked and not form.errors and not form.file_error
