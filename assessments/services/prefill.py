"""Offer answers about a place that are known already: from an earlier assessment, or from its record. Nothing is saved here.

Only context that is never scored, only what may be seen singly in the health system, and never a name.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.condition_terms import fold
from assessments.given_answers import GivenAnswer, Offer, UnfitAnswerError, fit_answer
from assessments.models import Answer, Interview, InterviewState
from assessments.questionnaire import Question
from assessments.services.answers import given_from
from stakeholders.models import Visibility

# The one question of the product's own bank that a site's record answers, and its answer where the sites differ.
HEALTH_RECORD: Final = "CTX-01"
MORE_THAN_ONE: Final = "more_than_one"


def offers_for(interview: Interview, questions: Iterable[Question]) -> dict[str, Offer]:
    """Return what to offer for the context among these unanswered questions, by item code; two queries, none without context.

    An earlier assessment of the same health system, by the same organisation, counts before the record of the sites.
    """
    context = {question.code: question for question in questions if question.context}
    if not context:
        return {}
    offers = {code: offer for code, question in context.items() for offer in _of_record(interview, question)}
    for answer in _earlier(interview, context):
        offers |= _of_earlier(answer, context[answer.item_code])
    return offers


def _earlier(interview: Interview, questions: Mapping[str, Question]) -> Iterable[Answer]:
    """Return what the same role answered in other assessments of the health system, the last one last."""
    figures_only = Q(interview__visibility_health_system=Visibility.FIGURES_ONLY) | Q(
        interview__assessment__visibility_health_system=Visibility.FIGURES_ONLY
    )
    here = interview.assessment
    answers = Answer.objects.filter(
        item_code__in=questions,
        interview__role=interview.role,
        interview__state=InterviewState.SUBMITTED,
        interview__assessment__organisation=here.organisation_id,
        interview__assessment__health_system=here.health_system_id,
    )
    others = answers.exclude(interview__assessment=here).exclude(figures_only)
    return others.select_related("interview__assessment__product").order_by("interview__submitted_at", "pk")


def _of_earlier(answer: Answer, question: Question) -> dict[str, Offer]:
    """Return the offer that an earlier answer makes; none where the question has changed since."""
    if answer.kind != question.kind or answer.interview.submitted_at is None:
        return {}
    try:
        given = fit_answer(question, GivenAnswer(answer.kind, given_from(answer).value))
    except UnfitAnswerError:
        return {}
    product = answer.interview.assessment.product.name
    day = date_format(localtime(answer.interview.submitted_at), "j F Y")
    source = _("As answered for %(product)s on %(day)s – please confirm or change.") % {"product": product, "day": day}
    return {question.code: Offer(given, source)}


def _of_record(interview: Interview, question: Question) -> Iterable[Offer]:
    """Return the offer that the sites' record makes for the health record: the choice of that name."""
    if question.code != HEALTH_RECORD:
        return []
    noted = {fold(ehr) for ehr in interview.assessment.sites.exclude(ehr="").values_list("ehr", flat=True)}
    codes = {fold(option.text): option.value for option in question.options}
    several = MORE_THAN_ONE if MORE_THAN_ONE in codes.values() else None
    chosen = codes.get(next(iter(noted))) if len(noted) == 1 else several if noted else None
    return [Offer(GivenAnswer(question.kind, chosen), _("As noted for your sites – please confirm or change."))] if chosen else []
