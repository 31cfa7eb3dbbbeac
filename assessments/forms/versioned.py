"""Forms of rows that two people edit: the version that was shown travels with the form."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment
from stakeholders.forms.fields import HouseForm
from stakeholders.models import Membership, User

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class Day(forms.DateField):
    """A plain date of a deal, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        between = gettext_lazy("Give a date between 2000 and 2100.")
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": str(FIRST_DAY), "max": str(LAST_DAY)})
        limits = [MinValueValidator(FIRST_DAY, between), MaxValueValidator(LAST_DAY, between)]
        super().__init__(widget=widget, validators=limits, required=False, **kwargs)


class Difference(NamedTuple):
    """A field in which what was typed is not what somebody else has saved."""

    label: str
    yours: str
    theirs: str


def plain_number(value: Decimal) -> str:
    """Return a decimal without the zeros at its end: 90.00 as 90, 34.50 as 34.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(field: forms.Field, value: Any) -> str:
    """Return a field's value as people read it."""
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(sorted(str(one) for one in value)) or _("nothing")
    labels: Any = {} if isinstance(value, Model) else getattr(field, "choices", {})
    return str(dict(labels).get(value, value))


class AssessmentForm(HouseForm):
    """A step of an assessment's set-up: starts from what is saved, and knows the version that it started from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, assessment: Assessment, membership: Membership, **kwargs: Any) -> None:
        self.assessment, self.membership = assessment, membership
        super().__init__(data, initial={"version": assessment.version, **self.saved_values()}, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the assessment."""

    def saved_values(self) -> dict[str, Any]:
        """Return the fields' values as they are saved."""
        return {}

    def save(self, actor: User) -> None:
        """Call the step's service."""
        raise NotImplementedError

    @property
    def helper(self) -> Any:
        """Add the hidden version to whatever the form lays out."""
        helper = super().helper
        if self.rows:
            helper.layout.append("version")
        return helper

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def against(self, current: Assessment) -> tuple[Self, list[Difference]]:
        """Return the form over the current version, keeping what was typed, and where that differs from what is saved now."""
        saved = type(self)(assessment=current, membership=self.membership)
        names = [name for name in saved.initial if name != "version"]
        rows = [(self.fields[name], self.cleaned_data.get(name), saved.initial[name]) for name in names]
        pairs = [Difference(str(field.label), shown(field, yours), shown(field, theirs)) for field, yours, theirs in rows]
        data: Any = copy(self.data)
        data["version"] = str(current.version)
        kept = type(self)(data, assessment=current, membership=self.membership)
        return kept, [pair for pair in pairs if pair.yours != pair.theirs]
