"""Add, change and paste the people who are asked."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Assessment, Interview
from assessments.people_paste import FaultyLine, Known, Pasted, PastedPerson, Problem, parse_people, plain
from assessments.services.people import (
    PERSON_FIELDS,
    AddressTakenError,
    AlreadyAskedError,
    AlreadyStartedError,
    Person,
    add_people,
    add_person,
    edit_person,
    replace_person,
)
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.models import Influence, Role, SavedMeanwhileError, ServiceLine, Site, Stakeholder, User, seen_version

# What people write for a role beside its code and its name.
OTHER_NAMES = {
    Role.LAB_DIRECTOR: ("lab", "laboratory director", "pathology"),
    Role.IT_INTEGRATION_LEAD: ("it", "integration", "it lead", "it integration"),
    Role.COMPLIANCE: ("compliance", "privacy", "security"),
    Role.NURSING_INFORMATICS: ("nursing",),
    Role.PATIENT_NAVIGATION: ("navigation", "navigator", "patient navigator"),
    Role.CLINICIAN: ("physician", "doctor"),
    Role.FINANCE_SUPPLY_CHAIN: ("finance", "supply chain"),
    Role.EXECUTIVE_SPONSOR: ("executive", "sponsor"),
    Role.TRANSITION_MANAGER: ("manager", "transition", "operations manager"),
}
PROBLEMS = {
    "name_missing": gettext_lazy("the name is missing"),
    "email_missing": gettext_lazy("the e-mail address is missing"),
    "email": gettext_lazy("“%(value)s” is not an e-mail address"),
    "role_missing": gettext_lazy("the role is missing"),
    "role": gettext_lazy("“%(value)s” is none of the nine roles"),
    "site": gettext_lazy("“%(value)s” is not a site of this assessment"),
    "service_line": gettext_lazy("“%(value)s” is not a service line of this assessment"),
    "front_line": gettext_lazy("front line is yes or no, not “%(value)s”"),
    "name_long": gettext_lazy("the name is longer than %(value)s characters"),
    "email_long": gettext_lazy("the e-mail address is longer than %(value)s characters"),
    "title_long": gettext_lazy("the job title is longer than %(value)s characters"),
    "quotes": gettext_lazy("the quotation marks do not close"),
    "too_many_cells": gettext_lazy("there are %(value)s columns, more than expected"),
    "too_many": gettext_lazy("more than 500 lines at once; it stays here for the next round"),
    "other_name": gettext_lazy("the address already belongs to %(value)s"),
    "twice": gettext_lazy("%(value)s is asked in this role already"),
}


class PersonForm(HouseForm):
    """A person, and the seat that they take."""

    saved_meanwhile = False

    name = Text(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    title = Text(label=gettext_lazy("Job title"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Asked as"), choices=[("", gettext_lazy("Choose a role")), *Role.choices])
    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=Site.objects.none(), required=False, empty_label=gettext_lazy("The whole system")
    )
    service_line = forms.ModelChoiceField(
        label=gettext_lazy("Service line"), queryset=ServiceLine.objects.none(), required=False, empty_label=gettext_lazy("None")
    )
    front_line = forms.BooleanField(label=gettext_lazy("Does the affected work daily (front line)"), required=False)
    influence = forms.ChoiceField(label=gettext_lazy("Influence"), choices=Influence.choices, initial=Influence.MEDIUM)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial="en")
    rows = (
        Row(Column("name", css_class="col-md-6"), Column("email", css_class="col-md-6")),
        Row(Column("title", css_class="col-md-6"), Column("role", css_class="col-md-6")),
        Row(Column("site", css_class="col-md-6"), Column("service_line", css_class="col-md-6")),
        "front_line",
        Row(Column("influence", css_class="col-md-6"), Column("language", css_class="col-md-6")),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        assessment: Assessment,
        interview: Interview | None = None,
        replaces: Interview | None = None,
        proposed: Mapping[str, str] | None = None,
    ) -> None:
        self.assessment, self.interview, self.replaces = assessment, interview, replaces
        super().__init__(data, initial={**self._start(), **(proposed or {})})
        for name, rows in (("site", assessment.sites.all()), ("service_line", assessment.service_lines.all())):
            field: Any = self.fields[name]
            field.queryset = rows
        if interview is not None and interview.opened_at is not None:
            for name in ("email", "role", "site", "service_line", "front_line"):
                self.fields[name].disabled = True
            self.fields["email"].help_text = _("It stays: the answers hang on it. For somebody else, replace the person.")

    def _start(self) -> dict[str, Any]:
        seat = self.interview or self.replaces
        if seat is None:
            return {}
        place = {name: getattr(seat, name) for name in ("role", "site", "service_line", "front_line")}
        if self.replaces is not None:
            return place
        return place | {name: getattr(seat.stakeholder, name) for name in PERSON_FIELDS}

    def save(self, actor: User) -> Interview | None:
        """Add, change or replace the person; None with an error at the field that the service refused."""
        person = Person(**self.cleaned_data)
        try:
            if self.interview is not None:
                return edit_person(interview=self.interview, person=person, actor=actor, seen=seen_version(self.data.get("seen")))
            if self.replaces is not None:
                return replace_person(interview=self.replaces, person=person, actor=actor)
            return add_person(assessment=self.assessment, person=person, actor=actor)
        except AddressTakenError as error:
            self.add_error("email", _("This address already belongs to %(name)s.") % {"name": error})
        except AlreadyAskedError:
            self.add_error("role", _("This person is asked in this role already."))
        except SavedMeanwhileError as error:
            self.saved_meanwhile = True
            self.add_error(None, error)
        except AlreadyStartedError:
            self.add_error(None, _("This person has pressed Start meanwhile: address, role and place stay."))
        return None


class PasteForm(forms.Form):
    """A list of people pasted from a spreadsheet."""

    people = forms.CharField(
        label=gettext_lazy("The list"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off", "class": "form-control font-monospace"}),
    )

    def __init__(self, data: Any = None, *, assessment: Assessment, text: str = "") -> None:
        self.assessment = assessment
        self.sites = list(assessment.sites.all())
        self.lines = list(assessment.service_lines.all())
        super().__init__(data, initial={"people": text})

    def clean_people(self) -> str:
        """Read the list; a text without a single line is an error."""
        text = str(self.cleaned_data["people"])
        self.pasted = parse_people(text, self._known())
        if not self.pasted.people and not self.pasted.faulty:
            raise ValidationError(_("There is no line with a person in it."))
        return text

    def _known(self) -> Known:
        seats = Interview.objects.taking_part().filter(assessment=self.assessment).values_list("stakeholder__email", "role")
        people = Stakeholder.objects.filter(health_system=self.assessment.health_system_id).values_list("email", "name")
        return Known(
            roles=role_names(),
            sites={plain(word): str(site.pk) for site in self.sites for word in (site.code, site.name)},
            service_lines={plain(word): str(line.pk) for line in self.lines for word in (line.code, line.name)},
            people={email.lower(): name for email, name in people if email},
            seats=frozenset((email.lower(), role) for email, role in seats),
            is_email=is_email,
        )

    def person(self, row: PastedPerson) -> Person:
        """Return a valid line as a person of this assessment."""
        site = next((site for site in self.sites if str(site.pk) == row.site), None)
        line = next((line for line in self.lines if str(line.pk) == row.service_line), None)
        return Person(row.name, row.email, row.role, row.title, site, line, row.front_line)

    def save(self, actor: User) -> int:
        """Add the people of the valid lines; returns how many."""
        return len(add_people(assessment=self.assessment, people=[self.person(row) for row in self.pasted.people], actor=actor))


def is_email(value: str) -> bool:
    """Tell whether the text is an e-mail address."""
    try:
        EmailValidator()(value)
    except ValidationError:
        return False
    return True


def role_names() -> dict[str, str]:
    """Return every name by which a role may be called in a list, normalised, with the role's code."""
    names = {plain(name): role.value for role, others in OTHER_NAMES.items() for name in others}
    return names | {plain(str(word)): role.value for role in Role for word in (role.value, role.label)}


def problem_text(problem: Problem) -> str:
    """Return why a line cannot be used, in words."""
    return str(PROBLEMS[problem.code]) % {"value": problem.value}


def preview(form: PasteForm, pasted: Pasted) -> dict[str, Any]:
    """Return what the page shows of a list: valid people with their role's name, and faulty lines with every reason."""
    people = [form.person(row) for row in pasted.people]
    return {
        "valid": [{"line": row.line, "person": p, "role": Role(p.role).label} for row, p in zip(pasted.people, people, strict=True)],
        "faulty": [_faulty(line) for line in pasted.faulty],
    }


def _faulty(line: FaultyLine) -> dict[str, Any]:
    return {"line": line.line, "text": line.text[:200], "problems": "; ".join(problem_text(p) for p in line.problems)}


def lines_left(count: int) -> str:
    """Return how many lines still need work, in words."""
    return ngettext("%(count)s line is left below.", "%(count)s lines are left below.", count) % {"count": count}
