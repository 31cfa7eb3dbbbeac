"""What changed from one version of a question bank to another, item by item and field by field. Pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assessments.bank.version import BankDomain, BankItem, BankVersion

Value = str | int | float | bool | tuple[str, ...] | tuple[float, ...] | None
Fields = Mapping[str, Value]

HEAD: Final = ("number", "title", "description", "note", "language")
DOMAIN: Final = ("title", "description", "weight")
# Everything of an item that is one value; its place in the order is compared apart.
PLAIN: Final = (
    "part",
    "kind",
    "title",
    "requirement",
    "why",
    "usually_known_by",
    "unit",
    "direction",
    "evidence",
    "action_health_system",
    "action_vendor",
    "roles",
    "when_short",
    "need",
    "need_is_estimate",
    "need_from",
    "floor",
    "weight",
    "condition",
    "opens_when",
    "lead_weeks",
    "lead_is_estimate",
    "effort_is_estimate",
    "depends_on",
    "barrier",
    "clarity_gap",
    "source",
    "source_is_public",
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, None where it was not there. Parts are named `steps[2]`, `question.clinician`, `gate.in_house_assay`."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item of both versions that reads or counts differently."""

    old: BankItem
    new: BankItem
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DomainChange:
    """A domain that differs; one that came or went has None on the other side."""

    old: BankDomain | None
    new: BankDomain | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An item that stands in another domain, or elsewhere among the items that stayed; positions count from 1 in the domain."""

    item: BankItem
    old_domain: str
    new_domain: str
    old_position: int
    new_position: int


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed between two versions; items are in the order of the version that has them."""

    head: tuple[FieldChange, ...]
    domains: tuple[DomainChange, ...]
    added: tuple[BankItem, ...]
    removed: tuple[BankItem, ...]
    moved: tuple[Move, ...]
    changed: tuple[ItemChange, ...]

    def __bool__(self) -> bool:
        return any((self.head, self.domains, self.added, self.removed, self.moved, self.changed))


def differences(old: BankVersion, new: BankVersion) -> Differences:
    """Return what changed from the old version to the new; items and domains are the same when their codes are."""
    before, after = _by_code(old), _by_code(new)
    both = [(before[code], item) for code, item in after.items() if code in before]
    changes = (ItemChange(earlier, item, _changes(_fields(earlier), _fields(item))) for earlier, item in both)
    return Differences(
        head=_changes(_values(old, HEAD), _values(new, HEAD)),
        domains=_domains(old, new),
        added=tuple(item for code, item in after.items() if code not in before),
        removed=tuple(item for code, item in before.items() if code not in after),
        moved=_moves(before, after),
        changed=tuple(change for change in changes if change.fields),
    )


def _by_code(version: BankVersion) -> dict[str, BankItem]:
    """Return the items by code in the order they are asked; of a code that stands twice the first counts."""
    places = {domain.code: place for place, domain in enumerate(version.domains)}
    found: dict[str, BankItem] = {}
    for item in sorted(version.items, key=lambda item: places.get(item.domain, len(places))):
        found.setdefault(item.code, item)
    return found


def _changes(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*old, *new))
    pairs = (FieldChange(name, old.get(name), new.get(name)) for name in names)
    return tuple(pair for pair in pairs if pair.old != pair.new)


def _values(holder: BankVersion | BankDomain | BankItem | None, names: Sequence[str]) -> Fields:
    return {} if holder is None else {name: getattr(holder, name) for name in names}


def _fields(item: BankItem) -> Fields:
    """Return all of an item but its place, with a name for every part that people would compare by itself."""
    questions = {f"question.{role}" if role else "question": text for role, text in item.questions.items()}
    steps = {f"steps[{level}]": step for level, step in enumerate(item.steps)}
    choices = {f"choices.{choice.code}": choice.label for choice in item.choices}
    # The order of answers and of types can change without any of them doing so.
    orders = {"choices": tuple(choice.code for choice in item.choices), "product_types": tuple(use.product_type for use in item.uses)}
    gates = {f"gate.{use.product_type}": use.gate for use in item.uses}
    cores = {f"core.{use.product_type}": use.core for use in item.uses}
    efforts = {f"effort.{pool}": hours for pool, hours in item.effort_hours.items()}
    return {**_values(item, PLAIN), **questions, **steps, **choices, **orders, **gates, **cores, **efforts}


def _domains(old: BankVersion, new: BankVersion) -> tuple[DomainChange, ...]:
    before = {domain.code: domain for domain in old.domains}
    after = {domain.code: domain for domain in new.domains}
    changes = (DomainChange(before.get(code), after.get(code), _domain_fields(before, after, code)) for code in {**before, **after})
    return tuple(change for change in changes if change.fields)


def _domain_fields(before: Mapping[str, BankDomain], after: Mapping[str, BankDomain], code: str) -> tuple[FieldChange, ...]:
    """Return what changed in a domain; its position counts among the domains of both versions only."""
    sides = []
    for here, there in ((before, after), (after, before)):
        shared = [each for each in here if each in there]
        place = {"position": shared.index(code) + 1} if code in shared else {}
        sides.append({**_values(here.get(code), DOMAIN), **place})
    return _changes(*sides)


def _moves(before: Mapping[str, BankItem], after: Mapping[str, BankItem]) -> tuple[Move, ...]:
    """Return the fewest items that have to be moved to get from one order to the other; moving a domain moves none."""
    places = {code: place for place, code in enumerate(before)}
    by_domain: dict[str, list[int]] = {}
    for code, item in after.items():
        if code in before and before[code].domain == item.domain:
            by_domain.setdefault(item.domain, []).append(places[code])
    stayed = {place for domain_places in by_domain.values() for place in _longest_rising(domain_places)}
    old_positions, new_positions = _positions(before), _positions(after)
    return tuple(
        Move(item, before[code].domain, item.domain, old_positions[code], new_positions[code])
        for code, item in after.items()
        if code in places and places[code] not in stayed
    )


def _positions(items: Mapping[str, BankItem]) -> dict[str, int]:
    """Return every item's position within its domain, from 1."""
    counts: dict[str, int] = {}
    positions = {}
    for code, item in items.items():
        counts[item.domain] = positions[code] = counts.get(item.domain, 0) + 1
    return positions


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Return a longest selection of the numbers that rises from first to last."""
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, place)
        previous[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    chosen: set[int] = set()
    place_at: int | None = ends[-1]
    while place_at is not None:
        chosen.add(place_at)
        place_at = previous[place_at]
    return chosen
