"""What the vendor answers about itself to one item, as a form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.answers import patient_data_warning
from assessments.models import SelfAuditAnswer
from assessments.patient_data import signs_in
from assessments.services.self_audits import AuditGiven
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.validators import clean_text

UNKNOWN = "unknown"
LARGEST_VERSION = 2**31 - 1
LEVELS = [*((str(level), str(level)) for level in range(5)), (UNKNOWN, UNKNOWN)]


class Paragraphs(forms.CharField):
    """A text of several lines, with one kind of line end, so that its length is what the browser counted."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text."""
        return clean_text((super().to_python(value) or "").replace("\r\n", "\n"))


class AuditForm(HouseForm):
    """A step of the ladder or "not known", where the evidence can be seen, a note; `version` is what the page showed."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION)
    level = forms.ChoiceField(
        choices=LEVELS,
        error_messages={
            "required": _("Choose a sentence, or say that nobody knows yet."),
            "invalid_choice": _("Choose one of the sentences."),
        },
    )
    evidence_reference = Text(required=False, max_length=500)
    note = Paragraphs(required=False, max_length=4000)
    confirmed = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, saved: SelfAuditAnswer | None = None) -> None:
        self.saved = saved
        super().__init__(data, initial=_initial(saved))

    @property
    def given(self) -> AuditGiven:
        """Return what was answered (after `is_valid`)."""
        data = self.cleaned_data
        level = None if data["level"] == UNKNOWN else int(data["level"])
        return AuditGiven(level, data["evidence_reference"], data["note"])

    def clean(self) -> dict[str, Any]:
        """Warn of what looks like patient data, unless it was there before or is confirmed to be none."""
        cleaned = self.cleaned_data
        names = ("evidence_reference", "note")
        new = [cleaned.get(name) for name in names if cleaned.get(name) != getattr(self.saved, name, "")]
        if signs_in(new) and not cleaned.get("confirmed"):
            self.add_error("confirmed", patient_data_warning(new))
        return cleaned


def _initial(saved: SelfAuditAnswer | None) -> dict[str, Any]:
    if saved is None:
        return {"version": 0}
    level = UNKNOWN if saved.level is None else str(saved.level)
    return {"version": saved.version, "level": level, "evidence_reference": saved.evidence_reference, "note": saved.note}
