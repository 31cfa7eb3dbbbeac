"""Requirement × role as a heat table: each role's mean answer printed, the sponsor's shown apart where it does not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.fulfilment import fulfilment_of
from assessments.scored import Item
from assessments.shown.items import ShownItem
from assessments.wording import SPONSOR, Asked, counts, number, role_title
from stakeholders.models import Role

HIGHEST_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One role's mean answer to one item.

    `state` is `value`, `withheld` (few answers for figures only), `unknown` (asked, no value known), `off` (the item does
    not apply) or `empty` (the role is not asked). `warmth` colours a value: the level itself, or a quantity's fulfilment on
    the same 0–4. `apart`: shown, not counted.
    """

    role: str
    state: str
    text: str = ""
    warmth: float | None = None
    apart: bool = False
    accountable: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One item with a cell for each role of the table."""

    item: ShownItem
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Roles (code, words) in the columns' order, sponsors last, and the items' rows."""

    roles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def heat_table(items: Iterable[ShownItem]) -> HeatTable:
    """Return the table of the items; a role that none of them asks and that said nothing has no column."""
    shown = list(items)
    roles = columns(shown)
    rows = tuple(Row(item, tuple(cell(item, role) for role in roles)) for item in shown)
    return HeatTable(tuple((role, role_title(role)) for role in roles), rows)


def columns(items: Sequence[ShownItem]) -> list[str]:
    """Return the roles that are asked or said something, in the product's order, the sponsor last."""
    present = {role for item in items for role in (*item.roles, *item.asked.means)}
    return sorted(present, key=lambda role: (role == SPONSOR, Role.values.index(role)))


def cell(item: ShownItem, role: str) -> Cell:
    """Return what one role says of one item."""
    apart, accountable = not counts(item.asked, role), role == item.asked.accountable
    if role not in item.asked.means:
        state = "empty" if role not in item.roles else "off" if item.status == "not_applicable" else "unknown"
        return Cell(role, state, accountable=accountable)
    mean = item.asked.means[role]
    if mean is None:
        return Cell(role, "withheld", apart=apart, accountable=accountable)
    return Cell(role, "value", number(mean), warmth_of(item.asked, mean), apart=apart, accountable=accountable)


def warmth_of(asked: Asked, value: float) -> float:
    """Return 0–4: a level as it is, a quantity by how far it fulfils the need under the scoring rule."""
    if asked.kind == "level":
        return value
    rule = Item(
        code=asked.code,
        domain="",
        kind="quantity",
        weight=1,
        need=asked.need,
        roles=(),
        accountable=asked.accountable,
        direction="at_most" if asked.direction == "at_most" else "at_least",
    )
    return HIGHEST_LEVEL * fulfilment_of(rule, value)
