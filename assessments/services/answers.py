"""Save what a stakeholder answers: the current row per question, and a revision of every save."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.given_answers import WITHOUT_VALUE, GivenAnswer, UnfitAnswerError, fit_answer
from assessments.models import VALUE_KINDS, Answer, AnswerRevision, Interview, InterviewState
from assessments.questionnaire import STANCE
from assessments.services.questions import questions_of
from stakeholders.models import User

CHANGES = ["kind", *(kind.value for kind in VALUE_KINDS), "reason", "note", "evidence_reference", "updated_at"]


class InterviewClosedError(Exception):
    """The interview takes no answers now: submitted, declined, withdrawn, or the assessment is not open."""


def save_answer(*, interview: Interview, code: str, given: GivenAnswer, typed_by: User | None = None) -> Answer | None:
    """Save one answer and append its revision; returns the current row, None for the stance, which the interview holds.

    Raises InterviewClosedError and UnfitAnswerError, having changed nothing. The last save wins; the caller holds the
    interview's row lock (`link_object(lock=True)` does), so that nothing slips in behind a submit. `typed_by`: the member
    who typed in a live interview.
    """
    return save_answers(interview=interview, given={code: given}, typed_by=typed_by).get(code)


def save_answers(*, interview: Interview, given: Mapping[str, GivenAnswer], typed_by: User | None = None) -> dict[str, Answer]:
    """Save several answers at once, by item code; as `save_answer`, all of them or none."""
    if not interview.can_be_answered:
        raise InterviewClosedError
    questions = {question.code: question for question in questions_of(interview)}
    if not given.keys() <= questions.keys():
        raise UnfitAnswerError(_("This question is not among yours."))
    fitting = {code: fit_answer(questions[code], answer) for code, answer in given.items()}
    # No savepoint: everything is checked by now, and a savepoint costs two round trips of every autosave.
    with transaction.atomic(savepoint=False):
        if STANCE in fitting:
            _save_stance(interview, fitting.pop(STANCE).value)
        answers = _write(interview, fitting, typed_by) if fitting else {}
        _mark_in_progress(interview)
    return answers


def answer_columns(given: GivenAnswer) -> dict[str, Any]:
    """Return the columns of an answer: the one of its kind filled, every other value column empty."""
    values: dict[str, Any] = dict.fromkeys((kind.value for kind in VALUE_KINDS), None)
    if given.kind not in WITHOUT_VALUE:
        values[given.kind] = given.value
    return values | {
        "kind": given.kind,
        "reason": given.reason,
        "note": given.note,
        "evidence_reference": given.evidence_reference,
    }


def given_from(answer: Answer) -> GivenAnswer:
    """Return a stored answer as it was given."""
    return GivenAnswer(answer.kind, answer.value, answer.reason, answer.note, answer.evidence_reference)


def _write(interview: Interview, given: Mapping[str, GivenAnswer], typed_by: User | None) -> dict[str, Answer]:
    now = timezone.now()
    columns = {code: answer_columns(answer) | {"item_code": code} for code, answer in given.items()}
    answers = Answer.objects.bulk_create(
        [Answer(interview=interview, updated_at=now, **values) for values in columns.values()],
        update_conflicts=True,
        unique_fields=["interview", "item_code"],
        update_fields=CHANGES,
    )
    AnswerRevision.objects.bulk_create(
        [AnswerRevision(interview=interview, at=now, typed_by=typed_by, **values) for values in columns.values()]
    )
    return {answer.item_code: answer for answer in answers}


def _save_stance(interview: Interview, stance: int) -> None:
    interview.stance = stance
    interview.save(update_fields=["stance"])


def _mark_in_progress(interview: Interview) -> None:
    if interview.state == InterviewState.OPENED:
        interview.state = InterviewState.IN_PROGRESS
        interview.save(update_fields=["state"])
