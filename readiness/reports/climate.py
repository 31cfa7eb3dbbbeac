"""How people see it: the anonymous statements in counts, as page and report show them. Never scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.climate import Tally, total
from assessments.models import Assessment
from assessments.shown.climate import climate_shown
from assessments.wording import number
from readiness.reports.subject import Facts, Subject


@dataclass(frozen=True)
class PlaceLine:
    """One place's answers to a statement: how many chose each point, and the mean with the lowest and highest choice."""

    place: str
    people: int
    counts: tuple[int, ...]
    mean: str
    span: str


@dataclass(frozen=True)
class ClimateLine:
    """One statement: the scale's words, all shown places together, and each of them where there are several."""

    text: str
    steps: tuple[str, ...]
    together: PlaceLine
    places: tuple[PlaceLine, ...]

    @property
    def counted(self) -> list[str]:
        """Return how many chose each point that anybody chose: "2 Strongly agree", most agreement first."""
        return [f"{count} {step}" for step, count in zip(self.steps, self.together.counts, strict=False) if count][::-1]


def climate_of(assessment: Assessment, scope_pk: UUID) -> list[dict[str, Any]]:
    """Return a scope's statements that may be shown, with their counts by place; one query once the scope was read.

    In English, as all content.
    """
    return [
        {
            "code": shown.statement.code,
            "text": shown.statement.text,
            "steps": list(shown.statement.steps),
            "places": [{"place": unit.unit, "counts": list(unit.tally.counts)} for unit in shown.units],
        }
        for shown in climate_shown(assessment, scope_pk=scope_pk, language="en")
    ]


def climate_lines(subject: Subject) -> tuple[ClimateLine, ...]:
    """Return the statements in words; none in contents that are older than the question."""
    return tuple(climate_line(facts) for facts in subject.content.get("climate", ()))


def climate_line(facts: Facts) -> ClimateLine:
    """Return one statement in words."""
    tallies = [Tally(tuple(place["counts"])) for place in facts["places"]]
    places = [place_line(place_words(place["place"]), counted) for place, counted in zip(facts["places"], tallies, strict=True)]
    together = place_line(_("All places shown"), total(tallies)) if len(places) > 1 else places[0]
    return ClimateLine(facts["text"], steps_of(facts["steps"]), together, tuple(places) if len(places) > 1 else ())


def place_words(name: str) -> str:
    """Return a place's name, or what is counted together under none."""
    return name or _("Whole system and smaller places")


def steps_of(steps: Sequence[str]) -> tuple[str, ...]:
    """Return the scale's words, its numbers where a bank has none."""
    return tuple(step or str(point) for point, step in enumerate(steps))


def place_line(place: str, counted: Tally) -> PlaceLine:
    """Return one line of figures."""
    span = number(counted.lowest) if counted.lowest == counted.highest else f"{counted.lowest}–{counted.highest}"
    return PlaceLine(place, counted.people, counted.counts, number(counted.mean), span)
