"""The sites, service lines and waves of an assessment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.versioned import AssessmentForm
from assessments.models import Stage, Wave
from assessments.services.places import Places, WaveDraft, save_places, save_waves
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.models import Hospital, ServiceLine, Site, User

MOST_WAVES = 20


class PlacesForm(AssessmentForm):
    """Which sites and service lines of the health system the deal touches; hospitals of the CMS list and names can be added."""

    sites = forms.ModelMultipleChoiceField(label=gettext_lazy("Sites"), queryset=Site.objects.none(), required=False)
    hospitals = forms.ModelMultipleChoiceField(label=gettext_lazy("Hospitals"), queryset=Hospital.objects.all(), required=False)
    new_site = Text(label=gettext_lazy("Name of a clinic or site that is not in the list"), max_length=160, required=False)
    service_lines = forms.ModelMultipleChoiceField(label=gettext_lazy("Service lines"), queryset=ServiceLine.objects.none(), required=False)
    new_service_line = Text(
        label=gettext_lazy("Another service line"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("For example medical oncology."),
    )
    q = Text(label=gettext_lazy("Find a hospital"), max_length=100, required=False)

    def prepare(self) -> None:
        """Offer the health system's own."""
        system = self.assessment.health_system
        sites: Any = self.fields["sites"]
        lines: Any = self.fields["service_lines"]
        sites.queryset, lines.queryset = system.sites.all(), system.service_lines.all()

    def saved_values(self) -> dict[str, Any]:
        """Return the chosen sites and service lines."""
        return {"sites": list(self.assessment.sites.all()), "service_lines": list(self.assessment.service_lines.all())}

    def save(self, actor: User) -> None:
        """Save sites and service lines."""
        data = self.cleaned_data
        places = Places(
            sites=list(data["sites"]),
            service_lines=list(data["service_lines"]),
            hospitals=list(data["hospitals"]),
            new_sites=[data["new_site"]] if data["new_site"] else [],
            new_service_lines=[data["new_service_line"]] if data["new_service_line"] else [],
        )
        save_places(assessment=self.assessment, places=places, actor=actor, seen=data["version"])


class WaveForm(HouseForm):
    """One wave: its title, stage, sites and place in the order."""

    code = forms.SlugField(widget=forms.HiddenInput, max_length=60, required=False)
    title = Text(label=gettext_lazy("Title"), max_length=120)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Stage.choices, initial=Stage.WAVE)
    position = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=99, required=False)
    sites = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sites that go live together"),
        queryset=Site.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one site.")},
    )

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sites"]
        field.queryset = Site.objects.filter(pk__in=[site.pk for site in sites])
        # The choices are the same for every wave: without this each wave would read them again.
        field.choices = [(str(site.pk), site.name) for site in sites]


WaveFormSet: type[BaseFormSet[WaveForm]] = formset_factory(
    WaveForm, extra=1, can_delete=True, max_num=MOST_WAVES, absolute_max=2 * MOST_WAVES, validate_max=True
)


class WavesForm(AssessmentForm):
    """All waves of an assessment, and one empty row for the next."""

    def prepare(self) -> None:
        """Bind the rows to the same data."""
        self.sites = list(self.assessment.sites.all())
        self.saved = list(self.assessment.waves.prefetch_related("sites"))
        rows = [
            {"code": w.code, "title": w.title, "stage": w.stage, "position": n, "sites": list(w.sites.all())}
            for n, w in enumerate(self.saved, 1)
        ]
        self.waves = WaveFormSet(self.data if self.is_bound else None, initial=rows, prefix="wave", form_kwargs={"sites": self.sites})

    def is_valid(self) -> bool:
        """Check the version and every row."""
        return super().is_valid() and self.waves.is_valid()

    def drafts(self) -> list[WaveDraft]:
        """Return the waves as typed, without empty and removed rows; a wave without a number comes last."""
        rows = [f.cleaned_data for f in self.waves.forms if f.cleaned_data.get("title") and not f.cleaned_data.get("DELETE")]
        return [WaveDraft(row["title"], list(row["sites"]), row["stage"], row["position"] or 100, row["code"]) for row in rows]

    def save(self, actor: User) -> None:
        """Save the waves."""
        save_waves(assessment=self.assessment, waves=self.drafts(), actor=actor, seen=self.cleaned_data["version"])

    def theirs(self) -> list[str]:
        """Return the waves as somebody else has saved them, one line each."""
        return [wave_line(wave) for wave in self.saved]


def wave_line(wave: Wave) -> str:
    """Return a wave in one line: title, stage and sites."""
    sites = ", ".join(site.name for site in wave.sites.all()) or _("no site")
    return f"{wave.title} ({wave.get_stage_display()}): {sites}"
