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
    """Return a way round for every circle that shares no code with another found; a way ends where it began."""
    places = {code: place for place, code in enumerate(edges)}
    return [_turned(way, places) for way in _ways_round(edges)]


def _turned(way: list[str], places: Mapping[str, int]) -> list[str]:
    """Return a way round from the code that comes first, and back to it."""
    turn = way.index(min(way, key=places.__getitem__))
    return [*way[turn:], *way[: turn + 1]]


def _ways_round(edges: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Yield the codes of circles in order, each code in one at most: one walk that goes along every edge once.

    A code is walked once it is `left`, for then no way round that is still to be found goes through it: either it led
    nowhere new, or it is in a circle that was yielded.
    """
    left: set[str] = set()
    for start in edges:
        path = {} if start in left else {start: iter(edges[start])}
        while path:
            code = next(reversed(path))
            following = next((f for f in path[code] if f in edges and f not in left), None)
            if following is None:
                left.add(code)
                del path[code]
            elif following in path:
                way = _back_to(following, path)
                left.update(way)
                yield way
            else:
                path[following] = iter(edges[following])


def _back_to(code: str, path: dict[str, Iterator[str]]) -> list[str]:
    """Take the end of the path off, from the code on, and return it."""
    way = [path.popitem()[0]]
    while way[-1] != code:
        way.append(path.popitem()[0])
    return way[::-1]


def _parsed(text: str) -> Condition | ConditionError:
    try:
        return parse(text)
    except ConditionError as error:
        return error
