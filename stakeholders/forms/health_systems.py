"""Forms about health systems, their sites and service lines."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.fields import HouseForm, Text, TimeZone, state_choices
from stakeholders.models import Site


class HealthSystemForm(HouseForm):
    """Name, state and time zone of a health system."""

    name = Text(label=_("Name"), max_length=160)
    state = forms.ChoiceField(label=_("State"), choices=state_choices, required=False)
    time_zone = TimeZone(required=False, help_text=_("Deal dates are read in this zone. Empty: the state's."))
    rows: tuple[Any, ...] = ("name", Row(Column("state", css_class="col-md-6"), Column("time_zone", css_class="col-md-6")))


class ChangeHealthSystemForm(HealthSystemForm):
    """As above, with the version that was on the screen, so that two people do not overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    time_zone = TimeZone(help_text=_("Deal dates are read in this zone."))
    rows: tuple[Any, ...] = (*HealthSystemForm.rows, "version")


class SiteForm(HouseForm):
    """A hospital or clinic, typed by hand."""

    name = Text(label=_("Name"), max_length=160)
    city = Text(label=_("City"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), choices=state_choices, required=False)
    beds = forms.IntegerField(label=_("Beds"), min_value=0, max_value=100_000, required=False)
    ehr = Text(label=_("EHR"), max_length=80, required=False, help_text=_("The electronic health record in use."))
    time_zone = TimeZone(required=False, help_text=_("Empty: the state's zone, where it differs from the health system's."))
    rows: tuple[Any, ...] = (
        "name",
        Row(Column("city", css_class="col-md-6"), Column("state", css_class="col-md-6")),
        Row(Column("beds", css_class="col-md-6"), Column("ehr", css_class="col-md-6")),
        "time_zone",
    )


class ServiceLineForm(HouseForm):
    """A clinical service line, and the sites that have it."""

    name = Text(label=_("Name"), max_length=160, help_text=_("For example medical oncology."))
    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"),
        queryset=Site.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: at every site."),
    )

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sites"]
        field.queryset = sites
