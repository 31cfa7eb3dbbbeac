"""The editor of one item of a question bank: a form over everything that an item holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.version import BARRIERS, CLARITY_GAPS, POOLS, PRODUCT_TYPES, ROLES, BankItem
from assessments.forms.bank_fields import Choices, Codes, Condition, Lines, LongText, Number, item_code
from assessments.forms.bank_layout import item_layout
from assessments.forms.bank_values import item_of, values_of
from assessments.models import Direction, Kind, Part, ProductType
from assessments.services.drafts_limits import limits_of
from assessments.shown.bank_words import pool_title
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.models import Role

BARRIER_WORDS = {
    "workflow": gettext_lazy("workflow"),
    "evidence": gettext_lazy("evidence"),
    "economic": gettext_lazy("economic"),
    "operational": gettext_lazy("operational"),
}
CLARITY_WORDS = {
    "outcome": gettext_lazy("outcome"),
    "decision": gettext_lazy("decision"),
    "workflow": gettext_lazy("workflow"),
    "capacity": gettext_lazy("capacity"),
    "none": gettext_lazy("none"),
}
NOT_SAID = ("", gettext_lazy("Not said"))
FIELD_OF_LIMIT = {"also_when_short": "when_short"}


def several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Return ticks, one per role."""
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ItemForm(HouseForm):
    """Everything of an item. What is incomplete is saved and listed as a defect; only what cannot be kept is refused here."""

    code = item_code()
    domain = forms.ChoiceField(label=gettext_lazy("Domain"))
    part = forms.ChoiceField(label=gettext_lazy("Part"), choices=Part.choices, initial=Part.REQUIREMENT)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=Kind.choices, initial=Kind.LEVEL)
    title = Text(label=gettext_lazy("Title"), max_length=200, required=False)
    requirement = LongText(label=gettext_lazy("Requirement"), help_text=gettext_lazy("What has to be true, as one sentence."))
    why = LongText(label=gettext_lazy("Why we ask"))
    usually_known_by = LongText(label=gettext_lazy("Who usually knows"), rows=1)
    choices = Choices(
        label=gettext_lazy("Answers to choose from"),
        rows=5,
        help_text=gettext_lazy("A line each: code, colon, words. For example “epic: Epic”."),
    )
    accountable = forms.ChoiceField(label=gettext_lazy("Answers for it"), choices=[NOT_SAID, *Role.choices], required=False)
    checks = several(gettext_lazy("Checks"), gettext_lazy("Asked too: somebody who would notice if the first answer were too kind."))
    when_short = several(gettext_lazy("Heard only when it is short or contested"))
    need = Number(label=gettext_lazy("Need"), required=True, initial="3", help_text=gettext_lazy("The step or amount at go-live."))
    need_is_estimate = forms.BooleanField(label=gettext_lazy("The need is an estimate"), required=False)
    need_from = Text(label=gettext_lazy("What a product's own need is worked out from"), max_length=200, required=False)
    floor = Number(label=gettext_lazy("Floor"), help_text=gettext_lazy("What a gate needs before the signature."))
    weight = forms.TypedChoiceField(label=gettext_lazy("Weight"), coerce=int, choices=[(n, n) for n in range(1, 6)], initial=3)
    unit = Text(label=gettext_lazy("Unit"), max_length=30, required=False)
    direction = forms.ChoiceField(label=gettext_lazy("The need is"), choices=Direction.choices, initial=Direction.AT_LEAST)
    barrier = forms.ChoiceField(
        label=gettext_lazy("Kind of barrier"), choices=[NOT_SAID, *((b, BARRIER_WORDS[b]) for b in BARRIERS)], required=False
    )
    clarity_gap = forms.ChoiceField(
        label=gettext_lazy("What would be unclear"), choices=[NOT_SAID, *((c, CLARITY_WORDS[c]) for c in CLARITY_GAPS)], required=False
    )
    condition = Condition(
        label=gettext_lazy("Asked only when"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Empty: always. For example “CTX-01 is epic” or “all(LAB-01 at least 2; not(CTX-02 is none))”."),
    )
    opens_when = Condition(
        label=gettext_lazy("Opened as soon as"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For a deeper item: opens it by rule."),
    )
    lead_optimistic = Number(label=gettext_lazy("Lead time at best, weeks"), initial="0")
    lead_likely = Number(label=gettext_lazy("Most likely, weeks"), initial="0")
    lead_pessimistic = Number(label=gettext_lazy("At worst, weeks"), initial="0")
    lead_is_estimate = forms.BooleanField(label=gettext_lazy("The lead time is an estimate"), required=False, initial=True)
    effort_is_estimate = forms.BooleanField(label=gettext_lazy("The hours are an estimate"), required=False, initial=True)
    depends_on = Codes(
        label=gettext_lazy("Waits for"), max_length=500, required=False, help_text=gettext_lazy("Codes of items whose work comes first.")
    )
    evidence = Lines(label=gettext_lazy("What proves it"), rows=3, help_text=gettext_lazy("A line each."))
    action_health_system = LongText(label=gettext_lazy("Default action of the health system"))
    action_vendor = LongText(label=gettext_lazy("Default action of the vendor"))
    source = Text(
        label=gettext_lazy("Source"),
        max_length=400,
        required=False,
        initial="practice guidance",
        help_text=gettext_lazy("A public standard with its section, or practice guidance."),
    )
    source_is_public = forms.BooleanField(label=gettext_lazy("The source is public and is cited"), required=False)

    def __init__(self, data: Any = None, *, domains: Sequence[tuple[str, str]], item: BankItem | None = None, **kwargs: Any) -> None:
        self.item = item
        self.reading_address = ""
        super().__init__(data, initial=kwargs.pop("initial", None) or (values_of(item) if item else {}), **kwargs)
        domain_field: Any = self.fields["domain"]
        domain_field.choices = domains
        self._add_questions()
        self._add_steps()
        self._add_uses()
        for pool in POOLS:
            self.fields[f"effort_{pool}"] = Number(label=pool_title(pool))

    @property
    def rows(self) -> tuple[Any, ...]:  # type: ignore[override]
        """Return the form in sections."""
        return item_layout(self)

    def clean(self) -> dict[str, Any]:
        """Refuse what does not fit together and could not be kept."""
        if self.errors:
            return self.cleaned_data
        for product_type in PRODUCT_TYPES:
            self._refuse_use_of_nothing(product_type)
        if self.cleaned_data["checks"] and not self.cleaned_data["accountable"]:
            self.add_error("accountable", _("Say who answers for it before who checks."))
        weeks = [self.cleaned_data[f"lead_{name}"] or 0 for name in ("optimistic", "likely", "pessimistic")]
        if weeks != sorted(weeks):
            self.add_error("lead_likely", _("The three have to rise: at best, most likely, at worst."))
        for path, message in () if self.errors else limits_of(self.value()):
            name = path.split(".")[0]
            self.add_error(FIELD_OF_LIMIT.get(name, name), message)
        return self.cleaned_data

    def value(self) -> BankItem:
        """Return the item as it was typed; lists that hold the same as before keep their order."""
        return item_of(self.cleaned_data, self.item)

    def _refuse_use_of_nothing(self, product_type: str) -> None:
        used = self.cleaned_data[f"gate_{product_type}"] or self.cleaned_data[f"core_{product_type}"]
        if used and not self.cleaned_data[f"asked_{product_type}"]:
            self.add_error(f"asked_{product_type}", _("Tick this too, or untick gate and core of this type."))

    def _add_questions(self) -> None:
        self.fields["question"] = LongText(label=_("Question for everybody without one of their own"))
        for role in ROLES:
            self.fields[f"question_{role}"] = LongText(label=_("Question for %(role)s") % {"role": Role(role).label})

    def _add_steps(self) -> None:
        for level in range(5):
            self.fields[f"step_{level}"] = LongText(label=_("Step %(level)s") % {"level": level})

    def _add_uses(self) -> None:
        for product_type in PRODUCT_TYPES:
            words = str(ProductType(product_type).label)
            self.fields[f"asked_{product_type}"] = forms.BooleanField(label=_("Asked for: %(type)s") % {"type": words}, required=False)
            self.fields[f"gate_{product_type}"] = forms.BooleanField(label=_("A gate"), required=False)
            self.fields[f"core_{product_type}"] = several(_("In the core of (%(type)s)") % {"type": words})
