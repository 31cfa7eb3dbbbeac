"""Checkbox cards for choosing sites and service lines, and the names of roles and states."""

from typing import Any

from django import forms
from django.template import Library
from django.utils.translation import gettext_lazy as _

from assessments.seats import BOARD_STATES
from stakeholders.models import Role

register = Library()


@register.inclusion_tag("assessments/_choice_cards.html")
def choice_cards(form: forms.Form, name: str) -> dict[str, Any]:
    """Show the choices of a field as cards, ticked as saved or typed; a site's card says where it is."""
    bound, field = form[name], form.fields[name]
    ticked = {str(getattr(value, "pk", value)) for value in bound.value() or []}
    choices: Any = getattr(field, "choices", [])
    options = [
        {"value": str(value), "label": label, "hint": _place(getattr(value, "instance", None)), "ticked": str(value) in ticked}
        for value, label in choices
    ]
    return {"name": bound.html_name, "id": bound.auto_id, "options": options, "errors": bound.errors, "label": field.label}


def _place(row: Any) -> str:
    return ", ".join(part for part in (getattr(row, "city", ""), getattr(row, "state", "")) if part)


STATE_WORDS = {
    "waiting": _("Waiting for host"),
    "silent": _("Silent"),
    "bounced": _("Bounced"),
    "opened": _("Opened"),
    "in_progress": _("In progress"),
    "submitted": _("Submitted"),
    "declined": _("Declined"),
}


@register.filter
def role_label(code: str) -> str:
    """Return a role's name."""
    return str(Role(code).label)


@register.filter
def state_word(code: str) -> str:
    """Return the name of a column of the coverage board."""
    return str(STATE_WORDS[code])


@register.filter
def by_state(counts: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return the board's counts with the name of each column."""
    return [(state_word(state), count) for state, count in zip(BOARD_STATES, counts, strict=True)]
