"""Forms of the findings page: what to decide about one, and which to list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Finding, Severity
from assessments.services.finding_decisions import Decider, adjust_severity, confirm_finding, dismiss_finding, undo_decision
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.models import User

LARGEST_VERSION = 2**31 - 1


class DecisionForm(HouseForm):
    """A decision about a finding; the version that the page showed travels with it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION)

    def decide(self, finding: Finding, actor: User) -> Finding:
        """Call the decision's service."""
        raise NotImplementedError

    def by(self, actor: User) -> Decider:
        """Return who decides, having seen which version."""
        return Decider(actor, self.cleaned_data["version"])


class ConfirmForm(DecisionForm):
    """Confirm."""

    def decide(self, finding: Finding, actor: User) -> Finding:
        """Confirm the finding."""
        return confirm_finding(finding=finding, by=self.by(actor))


class UndoForm(DecisionForm):
    """Take the last decision back."""

    def decide(self, finding: Finding, actor: User) -> Finding:
        """Undo the last decision."""
        return undo_decision(finding=finding, by=self.by(actor))


def reason_field(**attrs: Any) -> Text:
    """Return the field of a reason, which both decisions that need one share."""
    missing = {"required": _("Give a reason: others will read it in the report.")}
    return Text(label=_("Reason"), max_length=500, error_messages=missing, widget=forms.Textarea(attrs={"rows": 2, **attrs}))


class AdjustForm(DecisionForm):
    """Another severity, with its reason."""

    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)
    reason = reason_field()

    def decide(self, finding: Finding, actor: User) -> Finding:
        """Adjust the severity."""
        data = self.cleaned_data
        return adjust_severity(finding=finding, severity=data["severity"], reason=data["reason"], by=self.by(actor))


class DismissForm(DecisionForm):
    """A dismissal, with its reason."""

    reason = reason_field()

    def decide(self, finding: Finding, actor: User) -> Finding:
        """Dismiss the finding."""
        return dismiss_finding(finding=finding, reason=self.cleaned_data["reason"], by=self.by(actor))


DECISIONS: Mapping[str, type[DecisionForm]] = {"confirm": ConfirmForm, "adjust": AdjustForm, "dismiss": DismissForm, "undo": UndoForm}
