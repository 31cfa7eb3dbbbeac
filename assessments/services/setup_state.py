"""How far an assessment's set-up is, and the words for what is missing."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Interview, Promise, Wave
from assessments.services.outline import asked_items
from assessments.setup_steps import ORDER, Facts, Missing, Step, is_done, what_is_missing
from stakeholders.models import Message, MessageKind, Role

TITLES = {
    Step.PROMISE: gettext_lazy("Promise"),
    Step.PRODUCT: gettext_lazy("Product and customer"),
    Step.SITES: gettext_lazy("Sites and service lines"),
    Step.WAVES: gettext_lazy("Waves"),
    Step.DATES: gettext_lazy("Dates"),
    Step.HOST: gettext_lazy("Host and terms"),
    Step.PEOPLE: gettext_lazy("People"),
    Step.CHECK: gettext_lazy("Check and send"),
}
WORDS = {
    "promise": gettext_lazy("The promise is not written yet."),
    "sites": gettext_lazy("No site is chosen yet."),
    "host": gettext_lazy("No host is named. Nobody is written to without one."),
    "people": gettext_lazy("Nobody is named yet."),
    "idle_role": gettext_lazy("Nothing is left to ask these roles, though people are named for them: %(roles)s."),
    "silent_role": gettext_lazy("Nobody is named for roles that must answer, so their gates will stay unknown: %(roles)s."),
    "contract_date": gettext_lazy("The contract date is open."),
    "promised_go_live": gettext_lazy("The promised go-live is open."),
    "service_lines": gettext_lazy("No service line is named, so no clinician has to answer."),
    "waves": gettext_lazy("There are no waves: the verdict will be for all sites at once."),
}
PATH_STEPS = {Step.SITES: "setup-sites", Step.WAVES: "setup-waves", Step.PEOPLE: "people", Step.CHECK: "setup-check"}


class ShownStep(NamedTuple):
    """A step as the page lists it."""

    step: Step
    title: str
    url: str
    done: bool
    current: bool


class ShownMissing(NamedTuple):
    """A missing thing in words, with the page that mends it."""

    text: str
    url: str
    blocks: bool


def setup_facts(assessment: Assessment) -> Facts:
    """Return what of the set-up is there, in one query."""
    mine = OuterRef("pk")
    exists: dict[str, Any] = {
        "promise": Exists(Promise.objects.filter(assessment=mine)),
        "sites": Exists(Assessment.sites.through.objects.filter(assessment=mine)),
        "service_lines": Exists(Assessment.service_lines.through.objects.filter(assessment=mine)),
        "waves": Exists(Wave.objects.filter(assessment=mine)),
        "people": Exists(Interview.objects.taking_part().filter(assessment=mine)),
        "asked": Exists(Message.objects.filter(subject_id=mine, kind=MessageKind.HOST_APPROVAL)),
    }
    # Annotations may not be named like fields of the model.
    row: Any = Assessment.objects.filter(pk=assessment.pk).values(**{f"has_{name}": value for name, value in exists.items()}).get()
    return Facts(
        contract_date=assessment.contract_date is not None,
        promised_go_live=assessment.promised_go_live is not None,
        host=assessment.host_id is not None,
        **{name: row[f"has_{name}"] for name in exists},
    )


def step_url(assessment: Assessment, step: Step) -> str:
    """Return the page of a step."""
    if step in PATH_STEPS:
        return reverse(PATH_STEPS[step], args=[assessment.pk])
    return reverse("setup-step", args=[assessment.pk, step.value])


def shown_steps(assessment: Assessment, facts: Facts, current: Step) -> list[ShownStep]:
    """Return all steps for the line above a page."""
    return [ShownStep(step, str(TITLES[step]), step_url(assessment, step), is_done(step, facts), step == current) for step in ORDER]


def missing_things(assessment: Assessment, facts: Facts) -> list[Missing]:
    """Return what is missing, with the roles that are silent or would be asked nothing; three queries at most."""
    items = asked_items(assessment)
    named = set(assessment.interviews.taking_part().order_by().values_list("role", flat=True).distinct())
    required = {item.roles[0] for item in items} | ({Role.CLINICIAN.value} if facts.service_lines else set())
    idle = named - {role for item in items for role in item.roles} - {Role.CLINICIAN.value}
    return what_is_missing(facts, silent_roles=sorted(required - named), idle_roles=sorted(idle))


def in_words(assessment: Assessment, missing: list[Missing]) -> list[ShownMissing]:
    """Return missing things as sentences with the page that mends each."""
    return [ShownMissing(_words(thing), step_url(assessment, thing.step), thing.blocks) for thing in missing]


def _words(thing: Missing) -> str:
    return str(WORDS[thing.code]) % {"roles": ", ".join(str(Role(role).label) for role in thing.roles)}
