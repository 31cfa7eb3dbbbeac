"""What a stakeholder enters beside the answers: why they decline, and the protected entries."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.answers import Words, patient_data_warning
from assessments.models import Disclosure, HowOften
from assessments.services.disclosures import MOST_ENTRIES, Entry


class DeclineForm(forms.Form):
    """Why somebody would rather not answer, if they say so."""

    reason = Words(
        label=_("Why, if you like to say"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
    confirmed = forms.BooleanField(label=_("This is not patient data. Keep it."), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what looks like patient data until it is confirmed."""
        warning = "" if self.errors else patient_data_warning([self.cleaned_data["reason"]])
        if warning and not self.cleaned_data["confirmed"]:
            self.add_error("confirmed", warning)
        return self.cleaned_data


class ProtectedForm(forms.Form):
    """One protected entry; empty when there is nothing to say."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    what = Words(
        label=_("What happens that the written way does not cover, and what do you do then?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    how_often = Words(label=_("How often does it happen?"), required=False, max_length=120)
    what_breaks = Words(
        label=_("What would break if that stopped?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    confirmed = forms.BooleanField(label=_("This is not patient data. Keep it."), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what looks like patient data until it is confirmed, and details without the thing itself."""
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        warning = patient_data_warning(self._texts())
        if warning and not cleaned["confirmed"]:
            self.add_error("confirmed", warning)
        if not cleaned["what"].strip() and any(text.strip() for text in self._texts()):
            self.add_error("what", _("Please say what you really do, or empty the other fields."))
        return cleaned

    @property
    def often(self) -> list[tuple[str, str]]:
        """Return what can be chosen for how often; words that were typed before there was a choice stay as they are."""
        known = [("", ""), *((often.value, str(often.label)) for often in HowOften)]
        value = self["how_often"].value() or ""
        return known if value in dict(known) else [*known, (value, value)]

    def entry(self) -> Entry:
        """Return the entry as the service takes it."""
        return Entry(self.cleaned_data["key"], *self._texts())

    def _texts(self) -> tuple[str, str, str]:
        return self.cleaned_data["what"], self.cleaned_data["how_often"], self.cleaned_data["what_breaks"]


def protected_forms(entries: Iterable[Disclosure]) -> list[ProtectedForm]:
    """Return one form per entry and a blank one, whose key is made now, so that sending it twice keeps it once."""
    filled: list[dict[str, Any]] = [{"key": e.pk, "what": e.what, "how_often": e.how_often, "what_breaks": e.what_breaks} for e in entries]
    for initial in filled:
        initial["confirmed"] = bool(patient_data_warning([initial["what"], initial["how_often"], initial["what_breaks"]]))
    blank = [{"key": uuid.uuid4()}] if len(filled) < MOST_ENTRIES else []
    return [ProtectedForm(prefix=f"entry-{n}", initial=initial) for n, initial in enumerate([*filled, *blank])]


def sent_protected_forms(data: Mapping[str, Any]) -> list[ProtectedForm]:
    """Return the forms that were sent, as many as there may be entries."""
    return [ProtectedForm(data, prefix=f"entry-{n}") for n in range(MOST_ENTRIES) if f"entry-{n}-what" in data]
