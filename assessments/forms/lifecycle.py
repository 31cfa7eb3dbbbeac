"""Why an assessment is opened again."""

from django.utils.translation import gettext_lazy

from assessments.services.lifecycle import REASON_LENGTH
from stakeholders.forms.fields import HouseForm, Text


class ReopenForm(HouseForm):
    """The reason, which is kept in the assessment's history."""

    reason = Text(label=gettext_lazy("Why is it opened again?"), max_length=REASON_LENGTH)
