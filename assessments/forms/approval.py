"""What the host decides: who is asked, who sees what, uploads, retention; or what has to change first."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.setup import TermsFields
from assessments.models import Assessment, Interview
from assessments.services.approvals import HostTerms
from assessments.services.setup import TERMS
from stakeholders.forms.fields import Text
from stakeholders.models import STRICTNESS, Visibility
from stakeholders.validators import clean_text

APPROVE, RETURN = "approve", "return"


class Keys(forms.MultipleChoiceField):
    """Keys of people of whom some may have gone meanwhile: those are ignored."""

    def clean(self, value: Any) -> list[str]:
        """Return the keys that are still among the choices."""
        choices: Any = self.choices
        known = {key for key, _label in choices}
        return [key for key in value or [] if key in known]


class HostDecisionForm(TermsFields):
    """The host's answer; visibility is offered from what was proposed to the strictest."""

    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)])
    comment = forms.CharField(
        label=gettext_lazy("A comment, or what has to change first"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    struck = Keys(required=False)
    shown = Keys(required=False)

    def __init__(self, data: Any = None, *, assessment: Assessment, waiting: Sequence[Interview]) -> None:
        self.assessment, self.waiting = assessment, list(waiting)
        super().__init__(data, initial={name: getattr(assessment, name) for name in TERMS})
        for name in ("visibility_vendor", "visibility_health_system"):
            field: Any = self.fields[name]
            field.choices = stricter(getattr(assessment, name))
        keys = [(str(interview.pk), str(interview.pk)) for interview in self.waiting]
        for name in ("struck", "shown"):
            choices: Any = self.fields[name]
            choices.choices = keys
        for interview in self.waiting:
            label = _("Why not %(name)s?") % {"name": interview.stakeholder}
            self.fields[f"reason-{interview.pk}"] = Text(label=label, max_length=200, required=False)

    def clean_comment(self) -> str:
        """Return the comment without what no database row may hold."""
        return clean_text(self.cleaned_data["comment"]).strip()

    def clean(self) -> dict[str, Any]:
        """Ask for a reason for everybody who is struck, and for a comment when changes are asked for."""
        data = super().clean() or {}
        for key in data.get("struck", []):
            if not data.get(f"reason-{key}"):
                self.add_error(f"reason-{key}", _("Please say in a few words why this person is not to be asked."))
        if data.get("decision") == RETURN and not data.get("comment"):
            self.add_error("comment", _("Please say what has to change."))
        return data

    @property
    def returns(self) -> bool:
        """Tell whether the host asks for changes."""
        return self.cleaned_data["decision"] == RETURN

    def terms(self) -> HostTerms:
        """Return the terms as decided."""
        return HostTerms(**{name: self.cleaned_data[name] for name in TERMS}, comment=self.cleaned_data["comment"])

    def struck_out(self) -> dict[uuid.UUID, str]:
        """Return the struck people with the reason."""
        return {uuid.UUID(key): self.cleaned_data[f"reason-{key}"] for key in self.cleaned_data["struck"]}

    def seen(self) -> list[uuid.UUID]:
        """Return the people whom the host saw on the page."""
        return [uuid.UUID(key) for key in self.cleaned_data["shown"]]

    def people(self) -> list[dict[str, Any]]:
        """Return the waiting people for the page, each with what was ticked and typed about them."""
        struck = {str(key) for key in self["struck"].value() or []}
        return [{"interview": i, "struck": str(i.pk) in struck, "reason": self[f"reason-{i.pk}"]} for i in self.waiting]


def stricter(proposed: str) -> list[tuple[str, Any]]:
    """Return the choices of visibility from the proposed one to the strictest."""
    least = STRICTNESS[Visibility(proposed)]
    return [(value, label) for value, label in Visibility.choices if STRICTNESS[Visibility(value)] >= least]
