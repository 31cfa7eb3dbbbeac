"""What a draft cannot hold even while it is incomplete, because the database keeps it nowhere: said by field of an item."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.bank.version import AT_LEAST, AT_MOST, HIGHEST_LEVEL, LEVEL, BankItem

LONGEST = {"title": 200, "need_from": 200, "unit": 30, "condition": 500, "opens_when": 500, "source": 400}
LEAST_NEED = 0.01


def refuse_one_more(rows: QuerySet[Any], most: int) -> None:
    """Refuse a further item or domain of a draft that would be too large for a file. Raises ValidationError."""
    if rows.count() >= most:
        raise ValidationError(_("This draft holds %(most)s of them already, and there cannot be more.") % {"most": most})


def limits_of(item: BankItem) -> Iterator[tuple[str, str]]:
    """Yield each field with a value that cannot be kept, and why."""
    for name, longest in LONGEST.items():
        if len(getattr(item, name)) > longest:
            yield name, _("A text of at most %(longest)s characters is needed.") % {"longest": longest}
    yield from _of_measure(item)
    for position, choice in enumerate(item.choices):
        if choice.label and choice.label.splitlines() != [choice.label]:
            yield f"choices.{item.choices[position].code}", _("One line of text is needed.")
    twice = [role for role in item.when_short if role in item.roles]
    if twice:
        yield "also_when_short", _("%(roles)s: asked in any case, so not only when the item is short.") % {"roles": ", ".join(twice)}


def _of_measure(item: BankItem) -> Iterator[tuple[str, str]]:
    if item.need < LEAST_NEED:
        yield "need", _("The need has to be above 0.")
    elif item.kind == LEVEL and item.need > HIGHEST_LEVEL:
        yield "need", _("A ladder ends at %(highest)s; the need has to be on it.") % {"highest": HIGHEST_LEVEL}
    if item.floor is not None and not _is_below_need(item, item.floor):
        yield (
            "floor",
            _("The floor %(floor)s asks for more than the need %(need)s.") % {"floor": f"{item.floor:g}", "need": f"{item.need:g}"},
        )
    if item.kind == LEVEL and item.direction != AT_LEAST:
        yield "direction", _("On a ladder, more is better.")


def _is_below_need(item: BankItem, floor: float) -> bool:
    return floor >= item.need if item.direction == AT_MOST else floor <= item.need
