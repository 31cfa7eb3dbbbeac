"""What a stakeholder enters for one question, as a form that gives back an answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.given_answers import (
    HIGHEST_QUANTITY,
    LONGEST,
    NOT_APPLICABLE,
    UNKNOWN,
    WITHOUT_VALUE,
    GivenAnswer,
    Offer,
    UnfitAnswerError,
    fit_answer,
    plain_number,
)
from assessments.models import Evidence
from assessments.patient_data import signs_in
from assessments.questionnaire import Question

TYPED = ("quantity", "text", "date")
NUMBER_ERRORS = {
    "invalid": gettext_lazy("Please enter a number."),
    "min_value": gettext_lazy("Please enter a number from 0 upwards."),
    "max_value": gettext_lazy("Please enter a number up to 1,000,000,000."),
}
SIGN_NAMES = {
    "social_security_number": gettext_lazy("a social security number"),
    "record_number": gettext_lazy("a patient's record number"),
    "birth_date": gettext_lazy("a date of birth"),
}


def patient_data_warning(texts: Iterable[str | None]) -> str:
    """Return the warning for texts that look like patient data, empty when they do not."""
    signs = signs_in(texts)
    if not signs:
        return ""
    found = _(" and ").join(str(SIGN_NAMES[sign]) for sign in signs)
    return _("This looks like %(found)s. No patient data belongs here: take it out, or confirm that it is none.") % {"found": found}


class Words(forms.CharField):
    """A text as typed, with one kind of line end, so that its length is what the browser counted."""

    def to_python(self, value: Any) -> str:
        """Return the text."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


def words(name: str) -> Words:
    """Return an optional text field as long as an answer's column."""
    return Words(required=False, max_length=LONGEST[name])


class AnswerForm(forms.Form):
    """One question's inputs. After `is_valid`, `given` holds the answer, None when nothing was entered.

    `was` is the fingerprint of the answer that the page showed: what a page leaves as it was is not saved again, so that an
    old tab does not undo a newer one. `offer` is what was answered elsewhere: shown as chosen, saved only when it is sent.
    """

    was = forms.CharField(required=False, max_length=16)
    value = forms.CharField(required=False, max_length=20)
    who = words("reason")
    why_not = words("reason")
    note = words("note")
    reference = words("evidence_reference")
    confirmed = forms.BooleanField(required=False)

    def __init__(
        self,
        question: Question,
        saved: GivenAnswer | None = None,
        data: Mapping[str, Any] | None = None,
        *,
        offer: Offer | None = None,
    ) -> None:
        self.question = question
        self.saved = saved
        self.offer = offer
        self.place, self.is_hidden, self.condition = 0, False, ""
        self.given: GivenAnswer | None = None
        self.evidence: list[Evidence] = []
        self.saved_at: datetime | None = None
        self.file_error = ""
        super().__init__(data, prefix=question.code, initial=_initial(saved or (offer.given if offer else None)))
        typed: dict[str, forms.Field] = {
            "quantity": forms.FloatField(required=False, min_value=0, max_value=HIGHEST_QUANTITY, error_messages=NUMBER_ERRORS),
            "text": words("text"),
            "date": forms.DateField(required=False, error_messages={"invalid": gettext_lazy("Please enter a date.")}),
        }
        if question.kind in typed:
            self.fields["typed"] = typed[question.kind]

    @property
    def is_changed(self) -> bool:
        """Tell whether the person changed what this page showed (after `is_valid`)."""
        return self.given is not None and self.given.fingerprint() != self.cleaned_data["was"]

    @property
    def shown_was(self) -> str:
        """Return the fingerprint to put into the page: what is stored as far as this page knows."""
        if self.is_bound and "was" in getattr(self, "cleaned_data", {}):
            return self.cleaned_data["was"]
        return self.saved.fingerprint() if self.saved else ""

    def mark_saved(self) -> None:
        """Note that the answer is stored now, for a page that is shown again because of another question."""
        if self.given is not None:
            self.cleaned_data["was"] = self.given.fingerprint()

    def clean(self) -> dict[str, Any]:
        """Turn the inputs into an answer, and refuse what does not fit."""
        cleaned = self.cleaned_data
        if self.errors or not self._is_filled():
            return cleaned
        kind, value = self._chosen()
        if self.errors:
            return cleaned
        reasons = {UNKNOWN: cleaned["who"], NOT_APPLICABLE: cleaned["why_not"]}
        entered = GivenAnswer(kind, value, reasons.get(kind, ""), cleaned["note"], cleaned["reference"])
        try:
            self.given = fit_answer(self.question, entered)
        except UnfitAnswerError as error:
            self.add_error("why_not" if kind == NOT_APPLICABLE else "value", str(error))
        else:
            self._refuse_patient_data(self.given)
        return cleaned

    def _is_filled(self) -> bool:
        texts = ("value", "who", "why_not", "note", "reference", "was")
        return any(self.cleaned_data[name] for name in texts) or self._typed() is not None

    def _typed(self) -> Any:
        value = self.cleaned_data.get("typed")
        return None if value == "" else value

    def _chosen(self) -> tuple[str, Any]:
        """Return the kind of answer and its value; adds an error when there is none, or when there are two."""
        choice, typed, kind = self.cleaned_data["value"], self._typed(), self.question.kind
        if choice in WITHOUT_VALUE and typed is not None:
            choice = self._settle(choice, typed)
        if choice in WITHOUT_VALUE:
            return choice, None
        if kind in TYPED and typed is not None:
            return kind, typed
        readers: dict[str, Any] = {"level": _level, "stance": _level, "yes_no": {"yes": True, "no": False}.get, "choice": str}
        if kind in TYPED or not choice:
            self.add_error("value", _("Please answer the question, so that this can be kept with it."))
            return kind, None
        return kind, readers[kind](choice)

    def _settle(self, choice: str, typed: Any) -> str:
        """Return which of two answers is the new one, "I don't know" or what was typed; an error when both are."""
        saved = self.saved
        if saved is not None and saved.kind == self.question.kind and saved.value == typed:
            return choice
        if saved is not None and saved.kind == choice:
            return ""
        self.add_error("value", _("Two answers were given. Please keep one: empty the field or change the choice."))
        return choice

    def _refuse_patient_data(self, given: GivenAnswer) -> None:
        warning = patient_data_warning(_newly_suspect(given, self.saved))
        if warning and not self.cleaned_data["confirmed"]:
            self.add_error("confirmed", warning)


def answer_forms(
    questions: Iterable[Question],
    saved: Mapping[str, GivenAnswer],
    data: Mapping[str, Any] | None = None,
    *,
    offers: Mapping[str, Offer] | None = None,
) -> list[AnswerForm]:
    """Return one form per question, filled with what is saved or offered, or with what was sent."""
    return [AnswerForm(q, saved.get(q.code), data, offer=(offers or {}).get(q.code)) for q in questions]


def was_sent(question: Question, data: Mapping[str, Any]) -> bool:
    """Tell whether a page sent anything for a question: the inputs of a hidden one are not sent."""
    return any(f"{question.code}-{name}" in data for name in ("was", "value", "typed", "who", "why_not", "note", "reference"))


def _level(choice: str) -> int | None:
    return int(choice) if choice in ("0", "1", "2", "3", "4") else None


def _texts(given: GivenAnswer) -> tuple[str | None, ...]:
    return (given.reason, given.note, given.evidence_reference, given.value if given.kind == "text" else None)


def _newly_suspect(given: GivenAnswer, saved: GivenAnswer | None) -> list[str | None]:
    """Return the texts that look like patient data in a way in which the saved ones, confirmed before, did not."""
    before = _texts(saved) if saved else (None,) * len(_texts(given))
    return [text for text, old in zip(_texts(given), before, strict=True) if set(signs_in([text])) - set(signs_in([old]))]


def _initial(saved: GivenAnswer | None) -> dict[str, Any]:
    """Return the inputs that show a saved answer."""
    if saved is None:
        return {}
    typed = plain_number(saved.value) if saved.kind == "quantity" else saved.value
    chosen = {"level": str(saved.value), "stance": str(saved.value), "choice": saved.value, "yes_no": "yes" if saved.value else "no"}
    return {
        "value": saved.kind if saved.kind in WITHOUT_VALUE else chosen.get(saved.kind, ""),
        "typed": typed if saved.kind in TYPED else None,
        "who": saved.reason if saved.kind == UNKNOWN else "",
        "why_not": saved.reason if saved.kind == NOT_APPLICABLE else "",
        "note": saved.note,
        "reference": saved.evidence_reference,
    }
