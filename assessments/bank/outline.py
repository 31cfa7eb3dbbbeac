"""A version laid out for checking: its items in the order they are asked, and what their conditions look at. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from assessments.bank.version import BankItem, BankVersion
from assessments.conditions import Comparison, Condition, ConditionError, codes, comparisons, parse


@dataclass(frozen=True, slots=True)
class Outline:
    """A version with its items in order: by domain, then as they stand; of items with one code the first counts."""

    version: BankVersion
    items: tuple[BankItem, ...]
    positions: Mapping[str, int]
    conditions: Mapping[str, Condition | ConditionError] = field(default_factory=dict)

    def item(self, code: str) -> BankItem | None:
        """Return the item with the code, None when the version has none."""
        return self.items[self.positions[code]] if code in self.positions else None

    def is_before(self, earlier: BankItem, later: BankItem) -> bool:
        """Tell whether one item is asked before the other."""
        return self.positions[earlier.code] < self.positions[later.code]

    def comparisons(self, item: BankItem) -> Iterator[tuple[Comparison, BankItem]]:
        """Yield what the item's conditions compare, with the item whose answer they look at, as far as it is known."""
        for condition in self.readable(item):
            for comparison in comparisons(condition):
                target = self.item(comparison.code)
                if target is not None:
                    yield comparison, target

    def looks_at(self, item: BankItem) -> set[str]:
        """Return the codes of the items whose answers the item's conditions look at."""
        return {code for condition in self.readable(item) for code in codes(condition)}

    def readable(self, item: BankItem) -> list[Condition]:
        """Return the item's conditions that can be read."""
        found = (self.conditions[text] for text in conditions_of(item))
        return [condition for condition in found if not isinstance(condition, ConditionError)]


def outline(version: BankVersion) -> Outline:
    """Return the version laid out; items of an unknown domain come last."""
    places = {domain.code: place for place, domain in enumerate(version.domains)}
    items = tuple(sorted(version.items, key=lambda item: places.get(item.domain, len(places))))
    positions = {item.code: position for position, item in reversed(list(enumerate(items)))}
    return Outline(version, items, positions, {text: _parsed(text) for item in items for text in conditions_of(item)})


def conditions_of(item: BankItem) -> list[str]:
    """Return the texts of the item's conditions."""
    return [text for text in (item.condition, item.opens_when) if text.strip()]


def circles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return a way round for every circle that shares no code with another found; a way ends where it began."""
    remaining = {code: tuple(following) for code, following in edges.items()}
    found = []
    while way := _way_round(remaining):
        first = min(map(list(edges).index, way))
        turned = way.index(list(edges)[first])
        found.append([*way[turned:], *way[: turned + 1]])
        remaining = {code: following for code, following in remaining.items() if code not in way}
    return found


def _way_round(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the codes of one circle in order, each once; empty when there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        backwards: list[str] = error.args[1]
        return backwards[:0:-1]
    return []


def _parsed(text: str) -> Condition | ConditionError:
    try:
        return parse(text)
    except ConditionError as error:
        return error
