"""What a person gave as an answer, before it is saved, and whether it fits the question. Pure but for the translated words."""

import hashlib
import json
import math
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.questionnaire import STANCE, Question
from stakeholders.validators import clean_text

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
WITHOUT_VALUE = (UNKNOWN, NOT_APPLICABLE)

HIGHEST_LEVEL = 4
# Nothing that a hospital counts, in any unit, comes near; beyond it a figure is a slip of the finger.
HIGHEST_QUANTITY = 1e9
LONGEST = {"text": 4000, "reason": 500, "note": 4000, "evidence_reference": 500}


class UnfitAnswerError(ValueError):
    """An answer that does not fit its question; the message is for the person who gave it."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer: its kind, its value (None for "I don't know" and "does not apply here") and what was said beside it.

    `reason` says why it does not apply, or who would know.
    """

    kind: str
    value: Any = None
    reason: str = ""
    note: str = ""
    evidence_reference: str = ""

    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that change whenever the answer does."""
        written = json.dumps(astuple(self), default=str, ensure_ascii=False)
        return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer known from elsewhere, to be confirmed by the person: what it is, and where it comes from."""

    given: GivenAnswer
    source: str


def fit_answer(question: Question, given: GivenAnswer) -> GivenAnswer:
    """Return the answer as it is stored; raises UnfitAnswerError when it does not fit the question."""
    alternatives = () if question.is_stance else WITHOUT_VALUE
    if given.kind not in (question.kind, *alternatives):
        raise UnfitAnswerError(_("This question asks for another kind of answer."))
    if given.kind == NOT_APPLICABLE and not given.reason.strip():
        raise UnfitAnswerError(_("Please say in a few words why this does not apply here."))
    refuse_texts({name: getattr(given, name) for name in ("reason", "note", "evidence_reference")})
    value = None if given.kind in WITHOUT_VALUE else VALUES[given.kind](question, given.value)
    return GivenAnswer(
        kind=given.kind,
        value=value,
        reason=clean_text(given.reason).strip(),
        note=clean_text(given.note).strip(),
        evidence_reference=clean_text(given.evidence_reference).strip(),
    )


def in_words(question: Question, given: GivenAnswer) -> str:
    """Return an answer as its owner reads it: the step's sentence, the number with its unit, or what stands for them."""
    if given.kind == UNKNOWN:
        return _("I don't know")
    if given.kind == NOT_APPLICABLE:
        return _("Does not apply here")
    if given.kind == "yes_no":
        return _("Yes") if given.value else _("No")
    if given.kind == "quantity":
        return f"{plain_number(given.value)} {question.unit}".strip()
    if given.kind == "date":
        return date_format(given.value, "j F Y")
    chosen = {option.value: option.text for option in question.options}
    return chosen.get(str(given.value), str(given.value))


def plain_number(value: float) -> str:
    """Return a number without an exponent and without a needless `.0`."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def refuse_texts(texts: dict[str, str]) -> None:
    """Raise UnfitAnswerError for a text that is too long or holds a NUL, which no database row may hold."""
    for name, text in texts.items():
        if "\x00" in text:
            raise UnfitAnswerError(_("A text holds a character that cannot be stored. Please type it again."))
        if len(text) > LONGEST[name]:
            raise UnfitAnswerError(_("A text is too long: at most %(most)d characters.") % {"most": LONGEST[name]})


def _level(question: Question, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST_LEVEL:
        raise UnfitAnswerError(_("Please choose one of the steps."))
    return value


def _quantity(question: Question, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or (isinstance(value, float) and math.isnan(value)):
        raise UnfitAnswerError(_("Please enter a number."))
    if not 0 <= value <= HIGHEST_QUANTITY:
        raise UnfitAnswerError(_("Please enter a number from 0 to 1,000,000,000."))
    return float(value) + 0.0  # minus zero becomes zero


def _choice(question: Question, value: Any) -> str:
    if value not in {option.value for option in question.options}:
        raise UnfitAnswerError(_("Please choose one of the answers."))
    return str(value)


def _text(question: Question, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnfitAnswerError(_("Please write an answer."))
    refuse_texts({"text": value})
    return clean_text(value).strip()


def _date(question: Question, value: Any) -> date:
    if type(value) is not date:
        raise UnfitAnswerError(_("Please enter a date."))
    return value


def _yes_no(question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnfitAnswerError(_("Please choose yes or no."))
    return value


VALUES = {"level": _level, "quantity": _quantity, "choice": _choice, "text": _text, "date": _date, "yes_no": _yes_no, STANCE: _level}
