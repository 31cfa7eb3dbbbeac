"""What people are asked beside the items: who else it will touch, and four anonymous statements."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.climate import POINTS
from assessments.forms.answers import Words, patient_data_warning
from assessments.models import Nomination, NominationKind
from assessments.services.climate import Statement
from assessments.services.nominations import MOST_NOMINATIONS, Named
from stakeholders.models import Role

LONGEST_NAME = 120
FEWEST_LINES = 2  # shown of either kind, so that the page says what it wants
WRITTEN = {
    NominationKind.SERVICE: gettext_lazy("Service or unit %(number)s"),
    NominationKind.PERSON: gettext_lazy("Person %(number)s"),
}


class NominationsForm(forms.Form):
    """Roles to tick, services and people to write down; all of it may stay empty."""

    roles = forms.MultipleChoiceField(required=False)
    confirmed = forms.BooleanField(label=gettext_lazy("This is not patient data. Keep it."), required=False)

    def __init__(self, data: Any = None, *, own_role: str, named: Iterable[Nomination] = ()) -> None:
        self.own = [(NominationKind(row.kind), row.role or row.text) for row in named]
        super().__init__(data, prefix="who", initial={"roles": [words for kind, words in self.own if kind == NominationKind.ROLE]})
        roles: Any = self.fields["roles"]
        roles.choices = [(code, label) for code, label in Role.choices if code != own_role]
        for kind in WRITTEN:
            self._add_lines(kind, data)
        self.initial["confirmed"] = bool(patient_data_warning(words for _kind, words in self.own))

    def _add_lines(self, kind: NominationKind, data: Mapping[str, Any] | None) -> None:
        """Add a line per entry and one to go on with; as many as were sent when something was."""
        known = [words for own, words in self.own if own == kind]
        lines = min(max(len(known) + 1, FEWEST_LINES), MOST_NOMINATIONS)
        if data is not None:
            lines = max((number + 1 for number in range(MOST_NOMINATIONS) if f"{self.prefix}-{kind.value}_{number}" in data), default=0)
        for number in range(lines):
            label = WRITTEN[kind] % {"number": number + 1}
            self.fields[f"{kind.value}_{number}"] = Words(label=label, required=False, max_length=LONGEST_NAME)
            self.initial[f"{kind.value}_{number}"] = known[number] if number < len(known) else ""

    @property
    def services(self) -> list[forms.BoundField]:
        """Return the lines for services and units."""
        return self._lines(NominationKind.SERVICE)

    @property
    def people(self) -> list[forms.BoundField]:
        """Return the lines for people."""
        return self._lines(NominationKind.PERSON)

    def _lines(self, kind: NominationKind) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{kind.value}_")]

    def clean(self) -> dict[str, Any]:
        """Refuse more than ten entries, and what looks like patient data until it is confirmed."""
        if self.errors:
            return self.cleaned_data
        named = self.named()
        if len(named) > MOST_NOMINATIONS:
            self.add_error(
                None, _("Please name at most %(most)s; you named %(number)s.") % {"most": MOST_NOMINATIONS, "number": len(named)}
            )
        warning = patient_data_warning(entry.words for entry in named)
        if warning and not self.cleaned_data["confirmed"]:
            self.add_error("confirmed", warning)
        return self.cleaned_data

    def named(self) -> list[Named]:
        """Return the entries as the service takes them, empty lines left out (after `is_valid`)."""
        roles = [Named(NominationKind.ROLE, role) for role in self.cleaned_data["roles"]]
        lines = [(kind, line) for kind in WRITTEN for line in self._lines(kind)]
        written = [Named(kind, self.cleaned_data[line.name]) for kind, line in lines]
        return [*roles, *(entry for entry in written if entry.words.strip())]


class ClimateForm(forms.Form):
    """How far somebody agrees with each statement; any of them may be left open."""

    def __init__(self, data: Any = None, *, statements: Sequence[Statement], chosen: Mapping[str, int]) -> None:
        super().__init__(data, prefix="climate", initial={code: str(point) for code, point in chosen.items()})
        self.statements = statements
        points = [(str(point), "") for point in range(POINTS)]
        for statement in statements:
            self.fields[statement.code] = forms.ChoiceField(choices=[("", ""), *points], required=False)

    @property
    def lines(self) -> list[tuple[Statement, forms.BoundField]]:
        """Return the statements with their fields."""
        return [(statement, self[statement.code]) for statement in self.statements]

    def agreements(self) -> dict[str, int]:
        """Return what was chosen, by statement (after `is_valid`)."""
        return {code: int(point) for code, point in self.cleaned_data.items() if point}
