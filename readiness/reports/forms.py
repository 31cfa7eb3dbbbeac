"""Which report is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Audience, Paper


class ReportChoice(forms.Form):
    """An audience and a paper, both with a default; read from the address."""

    audience = forms.ChoiceField(label=_("For"), choices=Audience.choices, required=False)
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices, required=False)

    def clean_audience(self) -> str:
        """Return the audience, the deal review unless another is asked for."""
        return self.cleaned_data["audience"] or Audience.DEAL_REVIEW

    def clean_paper(self) -> str:
        """Return the paper, US Letter unless another is asked for."""
        return self.cleaned_data["paper"] or Paper.LETTER
