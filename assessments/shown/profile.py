"""A product's requirement profile in words: what is asked, whom, beside the bank's own values, and how long it takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.models import InstrumentVersion, Item, ItemText, Product, ProductRequirement, TextField
from assessments.requirements import Requirement, effort_at, table_of
from assessments.services.profile_requirements import PartOfProfile, Profile, ProfileLine, is_adjusted
from assessments.shown.estimates import effort_words, lead_words, source_words
from assessments.wording import LEVELS, listed, number, role_title


class Beside(NamedTuple):
    """A value as it counts, and the bank's beside it where the product departs."""

    now: str
    bank: str = ""


class AskedRole(NamedTuple):
    """A role by name, and whether it is asked at once or only once the item is opened."""

    name: str
    first: bool


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One requirement of a profile in words; `owner` is the product on whose page it is adjusted."""

    code: str
    title: str
    domain: str
    owner: Product
    gate: bool
    gate_note: str
    core: bool
    scored: bool
    roles: tuple[AskedRole, ...]
    need: Beside
    floor: Beside
    weight: Beside
    lead: str
    lead_from: str
    effort: str
    effort_from: str
    condition: bool
    adjusted: bool
    reasons: tuple[str, ...]
    source: str
    overlap: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A requirement that the product leaves out, and why."""

    code: str
    title: str
    reason: str
    owner: Product


def titles_of(version: InstrumentVersion) -> dict[str, str]:
    """Return the items' titles by code, in the page's language where there are some, else in the bank's; one query."""
    languages = [version.language, get_language() or "en"]
    rows = ItemText.objects.filter(item__version=version, field=TextField.TITLE, role="", language__in=languages).order_by()
    found = {(language, code): text for language, code, text in rows.values_list("language", "item__code", "text")}
    return {code: text for language in languages for (known, code), text in found.items() if known == language}


def profile_rows(profile: Profile, titles: Mapping[str, str]) -> list[ProfileRow]:
    """Return every requirement and context question of a profile in words, in the bank's order."""
    table = table_of(line.requirement for line in profile.lines)
    return [_row(line, titles, table, sold=profile.products[0], together=bool(profile.modules)) for line in profile.lines]


def left_out_rows(profile: Profile, titles: Mapping[str, str]) -> list[LeftOutRow]:
    """Return what the product (or an add-on that alone would ask it) leaves out."""
    rows = []
    for each in profile.left_out:
        part = each.parts[0]
        rows.append(LeftOutRow(each.item.code, titles.get(each.item.code, each.item.code), _reason(part.row), part.product))
    return rows


def _row(line: ProfileLine, titles: Mapping[str, str], table: frozenset[str], *, sold: Product, together: bool) -> ProfileRow:
    asked, item = line.requirement, line.item
    asking = [part for part in line.parts if part.own is not None]
    was_gate = any(part.plain.gate for part in asking)
    return ProfileRow(
        code=asked.code,
        title=titles.get(asked.code, asked.code),
        domain=asked.domain,
        owner=line.parts[0].product,
        gate=asked.gate,
        gate_note=_gate_note(asked.gate, was_gate),
        core=bool(asked.core) or not table,
        scored=asked.is_scored,
        roles=_roles(asked, table),
        need=_beside(asked, asked.need, item.need),
        floor=_beside(asked, asked.floor, item.floor),
        weight=_weight(asked.weight, item.weight),
        lead=lead_words(asked.lead),
        lead_from=_lead_from(asked, item, asking),
        effort=effort_words(effort_at(asked, table)),
        effort_from=_effort_from(asked, item, asking),
        condition=bool(asked.condition),
        adjusted=any(is_adjusted(part.row) for part in line.parts),
        reasons=tuple(reason for part in line.parts if (reason := _reason(part.row))),
        source=_source(sold, asking) if together else "",
        overlap=overlap_words(asking) if together else (),
    )


def _reason(row: ProductRequirement | None) -> str:
    return row.reason if row is not None and is_adjusted(row) else ""


def _source(sold: Product, asking: Sequence[PartOfProfile]) -> str:
    """Return which add-ons need it, too, or alone; empty for what only the product itself needs."""
    modules = listed([part.product.name for part in asking if part.product is not sold])
    if not modules:
        return ""
    words = _("also for %(modules)s") if any(part.product is sold for part in asking) else _("for %(modules)s only")
    return words % {"modules": modules}


def _gate_note(gate: bool, was_gate: bool) -> str:
    if gate and not was_gate:
        return _("a gate here, not in the bank")
    return _("no gate here, a gate in the bank") if was_gate and not gate else ""


def _roles(asked: Requirement, table: frozenset[str]) -> tuple[AskedRole, ...]:
    """Return who is asked, the accountable role first; roles that are not at the type's table are asked nothing."""
    roles = dict.fromkeys((*asked.roles, *asked.when_short))
    seated = [role for role in roles if not table or role in table or role == asked.accountable]
    return tuple(AskedRole(role_title(role), not table or role in asked.core) for role in seated)


def value_words(requirement: Requirement, value: float | None) -> str:
    """Return a need or a floor briefly: "3 (in place)", "at most 9 days"; a dash for none."""
    if value is None:
        return "–"
    if requirement.kind == "level":
        step = int(value)
        # One piece, so that a narrow column does not tear it apart.
        return f"{step} ({LEVELS[step]})".replace(" ", "\N{NO-BREAK SPACE}") if value == step and 0 <= step < len(LEVELS) else number(value)
    amount = f"{number(value)} {requirement.unit}".strip()
    return _("at most %(amount)s") % {"amount": amount} if requirement.direction == "at_most" else amount


def _beside(requirement: Requirement, now: float | None, bank: float | None) -> Beside:
    words, before = value_words(requirement, now), value_words(requirement, bank)
    return Beside(words, "" if words == before else before)


def _weight(now: int, bank: int) -> Beside:
    return Beside(str(now), "" if now == bank else str(bank))


def _lead_from(asked: Requirement, item: Item, parts: Sequence[PartOfProfile]) -> str:
    count = max((len(part.records) for part in parts), default=0)
    return source_words(asked.lead_from, is_estimate=item.lead_is_estimate, count=count) if any(asked.lead) else ""


def _effort_from(asked: Requirement, item: Item, parts: Sequence[PartOfProfile]) -> str:
    count = max((sum(bool(record.hours) for record in part.records) for part in parts), default=0)
    return source_words(asked.effort_from, is_estimate=item.effort_is_estimate, count=count) if any(asked.effort.values()) else ""


def overlap_words(parts: Sequence[PartOfProfile]) -> tuple[str, ...]:
    """Return what several products ask differently of one item, and what was taken: "Need: 3 (in place) from A, 4 (…) from B"."""
    asking = [(part.product.name, part.own) for part in parts if part.own is not None]
    if len(asking) < 2:
        return ()
    compared: tuple[tuple[str, Any], ...] = (
        (_("Need"), lambda own: value_words(own, own.need)),
        (_("Floor"), lambda own: _("none") if own.floor is None else value_words(own, own.floor)),
        (_("Weight"), lambda own: str(own.weight)),
        (_("Gate"), lambda own: _("yes") if own.gate else _("no")),
    )
    pairs = ((words, [(name, show(own)) for name, own in asking]) for words, show in compared)
    return tuple(_difference(words, values) for words, values in pairs if len({value for _name, value in values}) > 1)


def _difference(words: str, values: Iterable[tuple[str, str]]) -> str:
    told = [_("%(value)s for %(product)s") % {"value": value, "product": name} for name, value in values]
    return _("%(what)s: %(values)s; the stricter counts") % {"what": words, "values": listed(told)}
