"""A version laid out for checking: its items in the order they are asked, and what their conditions look at. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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
    """Return a shortest way round for every circle found, each set of codes once; a way ends where it began."""
    found: dict[frozenset[str], list[str]] = {}
    for start in edges:
        way = _way_back(start, edges)
        if way:
            found.setdefault(frozenset(way), way)
    return list(found.values())


def _way_back(start: str, edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the shortest way from a code back to itself, empty when there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for code in waiting:
        for following in edges.get(code, ()):
            if following not in came_from:
                came_from[following] = code
                waiting.append(following)
    if start not in came_from:
        return []
    way = [start, came_from[start]]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _parsed(text: str) -> Condition | ConditionError:
    try:
        return parse(text)
    except ConditionError as error:
        return error
