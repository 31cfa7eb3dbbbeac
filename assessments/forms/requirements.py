"""Forms of one requirement of a product: its own values, and what it took at earlier customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.adjustments import MOST_HOURS, MOST_WEEKS, problems
from assessments.forms.versioned import Day
from assessments.requirements import Adjustment, Requirement
from assessments.services.requirement_changes import problem_words
from assessments.shown.estimates import pool_title
from assessments.shown.profile import value_words
from assessments.wording import LEVELS
from stakeholders.forms.fields import HouseForm, Text, is_visible

LEADS = ("lead_optimistic", "lead_likely", "lead_pessimistic")
WEIGHTS = ((1, gettext_lazy("1 – least")), (2, "2"), (3, "3"), (4, "4"), (5, gettext_lazy("5 – most")))
LONGEST_PASTE = 60_000
LEAD_HELP = '<p class="form-text mt-0">{{ lead_help }}</p>'
EFFORT_HELP = '<p class="form-text mt-0">{{ effort_help }}</p>'


@dataclass(frozen=True, slots=True)
class Basis:
    """What a form starts from: what the type asks, the estimates that count without own ones, who works, and the ladder."""

    plain: Requirement
    inherited: Requirement
    pools: Sequence[str]
    ladder: Sequence[str]


class Amount(forms.FloatField):
    """A number of something that cannot be negative."""

    def __init__(self, *, most: float, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"min": 0, "max": most, "step": "any", "inputmode": "decimal"})
        super().__init__(min_value=0, max_value=most, required=False, widget=widget, **kwargs)


class RequirementForm(HouseForm):
    """The product's own values; empty estimates take those that count without."""

    left_out = forms.BooleanField(label=gettext_lazy("This product does not need it: leave the requirement out"), required=False)
    gate = forms.BooleanField(label=gettext_lazy("A gate: below its floor, no contract is signed"), required=False)
    weight = forms.TypedChoiceField(label=gettext_lazy("Weight in the score"), choices=WEIGHTS, coerce=int)
    reason = Text(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text=gettext_lazy(
            "Needed whenever the product asks less than the question bank does. Reports print it under “what the vendor changed”."
        ),
    )

    def __init__(self, data: Any = None, *, basis: Basis, own: Adjustment, reason: str = "") -> None:
        self.basis = basis
        super().__init__(data, initial=_saved(basis.plain, own, reason))
        for name, words in (("need", _("Needed at go-live")), ("floor", _("Floor: true before the contract"))):
            self.fields[name] = self._value_field(name, words)
        for name, words, weeks in zip(LEADS, (_("Shortest"), _("Most likely"), _("Longest")), basis.inherited.lead, strict=True):
            self.fields[name] = Amount(most=MOST_WEEKS, label=words)
            self.fields[name].widget.attrs["placeholder"] = f"{weeks:g}"
        for pool in basis.pools:
            self.fields[f"effort_{pool}"] = Amount(most=MOST_HOURS, label=pool_title(pool))
            self.fields[f"effort_{pool}"].widget.attrs["placeholder"] = f"{basis.inherited.effort.get(pool, 0):g}"
        self.rows = self._layout()

    def _value_field(self, name: str, words: str) -> forms.Field:
        """Return the field of need or floor: sentences of the ladder, or an amount in the item's unit."""
        bank = getattr(self.basis.plain, name)
        value = _("none") if bank is None else value_words(self.basis.plain, bank)
        # Escaped here, because help texts are printed as they are, and the unit is somebody's own text.
        told = escape(_("The question bank: %(value)s.") % {"value": value})
        if self.basis.plain.kind != "level":
            label = f"{words} ({self.basis.plain.unit})" if self.basis.plain.unit else words
            field: forms.Field = forms.FloatField(label=label, min_value=0, required=name == "need", help_text=told)
            field.widget.attrs["step"] = "any"
            return field
        steps = [(float(step), self._step(step)) for step in range(1 if name == "need" else 0, len(LEVELS))]
        if bank is not None and bank not in dict(steps):
            steps.append((bank, f"{bank:g}"))
        if name == "floor" and bank is None:
            steps.insert(0, ("", _("No floor")))  # type: ignore[arg-type]
        return forms.TypedChoiceField(
            label=words,
            choices=steps,
            coerce=float,
            empty_value=None,
            required=name == "need" or bank is not None,
            widget=forms.RadioSelect,
            help_text=told,
        )

    def _step(self, step: int) -> str:
        sentence = self.basis.ladder[step] if step < len(self.basis.ladder) else ""
        return f"{step} – {sentence or LEVELS[step]}"

    def _layout(self) -> tuple[Any, ...]:
        efforts = [Column(f"effort_{pool}", css_class="col-6 col-md-4") for pool in self.basis.pools]
        weeks = [Column(name, css_class="col-4") for name in LEADS]
        return (
            "left_out",
            Fieldset(_("What must be true"), "need", "floor", "gate", "weight", css_class="form-section"),
            Fieldset(_("Weeks until it is met"), HTML(LEAD_HELP), Row(*weeks), css_class="form-section"),
            Fieldset(_("Hours of work"), HTML(EFFORT_HELP), Row(*efforts), css_class="form-section"),
            "reason",
        )

    def clean_reason(self) -> str:
        """Take a text that nobody can see for no reason at all."""
        reason: str = self.cleaned_data["reason"]
        return reason if is_visible(reason) else ""

    def clean(self) -> dict[str, Any]:
        """Ask for all three lead times or none, and name at once all that the service would refuse."""
        data = super().clean() or {}
        given = [name for name in LEADS if data.get(name) is not None]
        if given and len(given) < len(LEADS) and not any(name in self.errors for name in LEADS):
            missing = next(name for name in LEADS if name not in given)
            self.add_error(missing, _("Give all three weeks, or none to take the estimate."))
        if not {"need", "floor", "weight", "reason"} & set(self.errors):
            for problem in problems(self.basis.plain, self.adjustment(), reason=data["reason"]):
                self.add_error(problem.field, problem_words(problem))
        return data

    def adjustment(self) -> Adjustment:
        """Return what was typed; efforts that stay empty beside others keep the inherited hours."""
        data = self.cleaned_data
        optimistic, likely, pessimistic = (data.get(name) for name in LEADS)
        weeks = None if optimistic is None or likely is None or pessimistic is None else (optimistic, likely, pessimistic)
        hours = {pool: data.get(f"effort_{pool}") for pool in self.basis.pools}
        typed = any(value is not None for value in hours.values())
        inherited = self.basis.inherited.effort
        return Adjustment(
            left_out=data["left_out"],
            need=data["need"],
            floor=data["floor"],
            weight=data["weight"],
            gate=data["gate"],
            lead=weeks,
            effort={pool: inherited.get(pool, 0) if value is None else value for pool, value in hours.items()} if typed else None,
        )


def _saved(plain: Requirement, own: Adjustment, reason: str) -> dict[str, Any]:
    """Return the fields as they are saved: the product's own values, else the bank's; estimates only where they are its own."""
    values: dict[str, Any] = {name: _first(getattr(own, name), getattr(plain, name)) for name in ("need", "floor", "weight", "gate")}
    if plain.kind == "level":
        values |= {name: None if values[name] is None else float(values[name]) for name in ("need", "floor")}
    else:
        values |= {name: _typed(values[name]) for name in ("need", "floor")}
    values |= {name: _typed(weeks) for name, weeks in zip(LEADS, own.lead or (), strict=False)}
    values |= {f"effort_{pool}": _typed(hours) for pool, hours in (own.effort or {}).items()}
    return {**values, "left_out": own.left_out, "reason": reason}


def _typed(value: float | None) -> float | int | None:
    """Return a number as people would type it: 4, not 4.0."""
    return int(value) if value is not None and value == int(value) else value


def _first(own: Any, plain: Any) -> Any:
    return plain if own is None else own


class RecordForm(HouseForm):
    """What meeting the requirement took at one earlier customer."""

    place = Text(label=gettext_lazy("Where"), max_length=120, help_text=gettext_lazy("Your own word for the customer."))
    weeks = forms.FloatField(
        label=gettext_lazy("Weeks it took"),
        min_value=0,
        max_value=MOST_WEEKS,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=gettext_lazy("From the start of the work until it was met."),
    )
    finished_on = Day(label=gettext_lazy("Finished on"))

    def __init__(self, data: Any = None, *, pools: Sequence[str]) -> None:
        super().__init__(data, prefix="record")
        self.pools = pools
        for pool in pools:
            self.fields[f"hours_{pool}"] = Amount(most=MOST_HOURS, label=_("Hours: %(who)s") % {"who": pool_title(pool)})
        hours = [Column(f"hours_{pool}", css_class="col-6 col-md-4") for pool in pools]
        self.rows = ("place", Row(Column("weeks", css_class="col-6"), Column("finished_on", css_class="col-6")), Row(*hours))

    def clean_finished_on(self) -> date | None:
        """Refuse a day that is still to come."""
        day: date | None = self.cleaned_data["finished_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Record what is finished."))
        return day

    def values(self) -> Mapping[str, Any]:
        """Return the record's fields; hours only of those that were typed."""
        data = self.cleaned_data
        hours = {pool: data[f"hours_{pool}"] for pool in self.pools if data[f"hours_{pool}"] is not None}
        return {"place": data["place"], "weeks": data["weeks"], "finished_on": data["finished_on"], "hours": hours}


class RecordsForm(HouseForm):
    """Several records, pasted from a spreadsheet."""

    records = forms.CharField(
        label=gettext_lazy("Records, one a line"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 10, "class": "font-monospace", "spellcheck": "false"}),
    )
