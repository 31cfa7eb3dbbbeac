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
    """One place's answers to a statement: how many chose what, in words, and the mean with the lowest and highest choice."""

    place: str
    people: int
    answers: str
    mean: str
    span: str


@dataclass(frozen=True)
class ClimateLine:
    """One statement: all shown places together, and each of them where there are several."""

    text: str
    together: PlaceLine
    places: tuple[PlaceLine, ...]


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
    steps = steps_of(facts["steps"])
    tallies = [Tally(tuple(place["counts"])) for place in facts["places"]]
    named = [(place_words(place["place"]), counted) for place, counted in zip(facts["places"], tallies, strict=True)]
    places = tuple(place_line(name, counted, steps) for name, counted in named)
    if len(places) == 1:
        return ClimateLine(facts["text"], places[0], ())
    return ClimateLine(facts["text"], place_line(_("All places shown"), total(tallies), steps), places)


def place_words(name: str) -> str:
    """Return a place's name, or what is counted together under none."""
    return name or _("Whole system and smaller places")


def steps_of(steps: Sequence[str]) -> tuple[str, ...]:
    """Return the scale's words, its numbers where a bank has none."""
    return tuple(step or str(point) for point, step in enumerate(steps))


def place_line(place: str, counted: Tally, steps: Sequence[str]) -> PlaceLine:
    """Return one line of figures: "2 strongly agree · 1 disagree", most agreement first."""
    chosen = [f"{count} {step[:1].lower()}{step[1:]}" for step, count in zip(steps, counted.counts, strict=False) if count]
    span = number(counted.lowest) if counted.lowest == counted.highest else f"{counted.lowest}–{counted.highest}"
    return PlaceLine(place, counted.people, " · ".join(reversed(chosen)), number(counted.mean), span)
