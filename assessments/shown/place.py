"""What is known of a place without being scored: the context that steered the questions, by role and never by name."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.branching import Steered
from assessments.conditions import Answer as Known
from assessments.given_answers import plain_number
from assessments.services.facts import Steering, facts_of, steering_now
from assessments.services.visibility import VENDOR, Viewer
from assessments.wording import role_title


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """One thing about the place: what was asked in short, what was answered, by which role."""

    code: str
    title: str
    words: str
    role: str


def place_shown(scope_pk: uuid.UUID, viewer: Viewer = VENDOR) -> list[PlaceFact]:
    """Return what is known of the place as the viewer may see it, in the bank's order; one query, the first time three.

    Where people of the accountable role differ, nothing is known.
    """
    steering, facts = steering_now(scope_pk), facts_of(scope_pk, viewer)
    known = [item for item in steering.items if item.code in steering.context and item.code in facts.shown]
    return [_fact(item, steering, facts.shown[item.code]) for item in known]


def _fact(item: Steered, steering: Steering, value: Known) -> PlaceFact:
    words = _words(value, steering.labels.get(item.code, {}))
    return PlaceFact(item.code, steering.titles[item.code], words, role_title(item.accountable))


def _words(value: Known, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return labels.get(value, value)
    return plain_number(value)
