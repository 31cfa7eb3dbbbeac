"""The steps of setting an assessment up, and what is still missing before the host can be asked. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """A step of the way, in its order: the promise first."""

    PROMISE = "promise"
    PRODUCT = "product"
    SITES = "sites"
    WAVES = "waves"
    DATES = "dates"
    HOST = "host"
    PEOPLE = "people"
    CHECK = "check"


ORDER = tuple(Step)


class Facts(NamedTuple):
    """What is there already."""

    promise: bool = False
    sites: bool = False
    service_lines: bool = False
    waves: bool = False
    contract_date: bool = False
    promised_go_live: bool = False
    host: bool = False
    people: bool = False
    asked: bool = False


class Missing(NamedTuple):
    """Something that is not there: its code, the step that mends it, whether the host cannot be asked without it, its roles."""

    code: str
    step: Step
    blocks: bool
    roles: tuple[str, ...] = ()


def is_done(step: Step, facts: Facts) -> bool:
    """Tell whether a step is done; the product is chosen from the start."""
    done = {
        Step.PROMISE: facts.promise,
        Step.PRODUCT: True,
        Step.SITES: facts.sites,
        Step.WAVES: facts.waves,
        Step.DATES: facts.contract_date and facts.promised_go_live,
        Step.HOST: facts.host,
        Step.PEOPLE: facts.people,
        Step.CHECK: facts.asked,
    }
    return done[step]


def first_open_step(facts: Facts) -> Step:
    """Return where to go on: the first step that is not done, the check when all are."""
    return next((step for step in ORDER if not is_done(step, facts)), Step.CHECK)


def step_after(step: Step) -> Step:
    """Return the next step; the check is the last."""
    return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]


def step_before(step: Step) -> Step | None:
    """Return the step before, None before the first."""
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None


def what_is_missing(facts: Facts, *, silent_roles: Sequence[str] = (), idle_roles: Sequence[str] = ()) -> list[Missing]:
    """Return what is missing, what blocks first.

    `silent_roles` are required roles that nobody is named for: allowed, because silence is shown, but their gates stay
    unknown. `idle_roles` are roles of people who would be asked nothing: their invitation would be for nothing.
    """
    found = [
        Missing("promise", Step.PROMISE, True) if not facts.promise else None,
        Missing("sites", Step.SITES, True) if not facts.sites else None,
        Missing("host", Step.HOST, True) if not facts.host else None,
        Missing("people", Step.PEOPLE, True) if not facts.people else None,
        Missing("idle_role", Step.PEOPLE, True, tuple(idle_roles)) if idle_roles else None,
        Missing("silent_role", Step.PEOPLE, False, tuple(silent_roles)) if silent_roles else None,
        Missing("contract_date", Step.DATES, False) if not facts.contract_date else None,
        Missing("promised_go_live", Step.DATES, False) if not facts.promised_go_live else None,
        Missing("service_lines", Step.SITES, False) if not facts.service_lines else None,
        Missing("waves", Step.WAVES, False) if not facts.waves else None,
    ]
    return [missing for missing in found if missing is not None]
