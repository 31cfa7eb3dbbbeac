"""The next revision of a scope: what is ticked, which version of the bank, and the reason that it needs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import InstrumentVersion
from assessments.services.profile_requirements import ProfileLine
from assessments.services.scope_offers import Ticked
from assessments.services.scopes import ScopePlan
from stakeholders.forms.fields import HouseForm, Text


class RevisionForm(HouseForm):
    """Version of the bank, profile as it is now, and the reason; the ticked domains and items are read beside it."""

    reason = Text(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stands in the history and in every report for ever, and the host reads it."),
    )
    refreshed = forms.BooleanField(
        label=gettext_lazy("Take need, floor, weight and gates from the product's profile as it is now"),
        required=False,
        help_text=gettext_lazy("Else they stay as they were frozen."),
    )
    version = forms.TypedChoiceField(label=gettext_lazy("Version of the question bank"), coerce=str)
    rows = ("reason", "refreshed", "version")

    def __init__(self, *args: Any, versions: Sequence[InstrumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in versions}
        field: Any = self.fields["version"]
        field.choices = [(key, str(version)) for key, version in self.versions.items()]
        field.initial = str(versions[0].pk)
        if len(versions) == 1:
            field.required, field.widget = False, forms.HiddenInput()

    @property
    def ticked(self) -> Ticked:
        """Return what was ticked; codes that the page did not list are sorted out by whoever makes the plan."""
        data: Any = self.data
        return Ticked(data.getlist("domain"), data.getlist("item"), data.getlist("open"))

    @property
    def listed_version(self) -> InstrumentVersion:
        """Return the version whose items the page listed, the assessment's own where the field holds something else."""
        return self.versions.get(str(self.data.get("listed")), next(iter(self.versions.values())))

    def wanted(self, plan: ScopePlan) -> ScopePlan:
        """Return the plan with the version and the profile that were chosen; needs a form that was checked."""
        version = self.versions.get(self.cleaned_data.get("version") or "", plan.version)
        return replace(plan, version=version, refreshed=self.cleaned_data.get("refreshed", False))


def fingerprint(plan: ScopePlan, lines: Sequence[ProfileLine]) -> str:
    """Return what tells one plan and the profile it takes from another, so that only what was shown is made."""
    parts = [str(plan.version.pk), plan.refreshed, *(sorted(part) for part in (plan.left_out_domains, plan.left_out_items, plan.opened))]
    return hashlib.sha256(json.dumps([parts, [repr(line.requirement) for line in lines]]).encode()).hexdigest()
