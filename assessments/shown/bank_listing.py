"""Read a version of a question bank for the pages that list it: whole items in their order, narrowed as the reader likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from assessments.bank.version import LEVEL, BankItem
from assessments.models import Domain, InstrumentVersion, Item
from assessments.services.bank_rows import bank_item
from assessments.shown.bank_words import condition_words, kind_title, part_title, pool_title, type_title
from assessments.wording import role_title

LONGEST_SEARCH = 100
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which items a reader wants to see; whatever is empty narrows nothing."""

    domain: str = ""
    words: str = ""
    role: str = ""
    product_type: str = ""
    gate: bool = False
    part: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """Return what an address asks for; overlong words are cut, unknown codes match nothing."""
        codes = {field: asked.get(name, "")[:LONGEST_CODE] for field, name in CODE_NAMES.items()}
        words = " ".join(asked.get("q", "")[:LONGEST_SEARCH].split())
        return cls(words=words, gate=asked.get("gate") == "1", **codes)

    @property
    def narrows(self) -> bool:
        """Tell whether any item could be left out."""
        return self != Narrowed()

    def keeps(self, item: BankItem) -> bool:
        """Tell whether an item is wanted; a gate is one in the wanted type of product, if any."""
        uses = [use for use in item.uses if self.product_type in ("", use.product_type)]
        return (
            self.domain in ("", item.domain)
            and self.part in ("", item.part)
            and (not self.role or self.role in (*item.roles, *item.when_short))
            and (not self.product_type or bool(uses))
            and (not self.gate or any(use.gate for use in uses))
            and all(word in haystack(item) for word in self.words.casefold().split())
        )


CODE_NAMES = {"domain": "domain", "role": "role", "product_type": "type", "part": "part"}


def haystack(item: BankItem) -> str:
    """Return all the words of an item, to search in."""
    texts = [item.code, item.title, item.requirement, item.why, item.usually_known_by, item.source, item.need_from, item.unit]
    lists = [*item.questions.values(), *item.steps, *(choice.label for choice in item.choices), *item.evidence]
    return "\n".join([*texts, *lists, item.action_health_system, item.action_vendor]).casefold()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as a page lists it, with the names of its roles, types and answers."""

    pk: int
    item: BankItem
    items: Mapping[str, BankItem]

    @property
    def part(self) -> str:
        """Return what the item is for."""
        return part_title(self.item.part)

    @property
    def kind(self) -> str:
        """Return how it is answered."""
        return kind_title(self.item.kind)

    @property
    def roles(self) -> list[str]:
        """Return who is asked, the accountable role first."""
        return [role_title(role) for role in self.item.roles]

    @property
    def when_short(self) -> list[str]:
        """Return who is heard only when the item is short or contested."""
        return [role_title(role) for role in self.item.when_short]

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Return each wording with the role that reads it; the one for everybody else has no role."""
        return [(role_title(role) if role else "", text) for role, text in self.item.questions.items()]

    @property
    def ladder(self) -> Sequence[str]:
        """Return the sentences of a ladder, least first."""
        return self.item.steps if self.item.kind == LEVEL else ()

    @property
    def types(self) -> list[tuple[str, bool, list[str]]]:
        """Return each type of product with whether the item is a gate there, and in whose core it is."""
        return [(type_title(use.product_type), use.gate, [role_title(role) for role in use.core]) for use in self.item.uses]

    @property
    def gate_for(self) -> list[str]:
        """Return the types of product that the item can stop."""
        return [type_title(use.product_type) for use in self.item.uses if use.gate]

    @property
    def efforts(self) -> list[tuple[str, float]]:
        """Return the hours by role or vendor."""
        return [(pool_title(pool), hours) for pool, hours in self.item.effort_hours.items()]

    @property
    def condition(self) -> str:
        """Return in plain words when the item is asked, empty for always."""
        return condition_words(self.item.condition, self.items) or self.item.condition

    @property
    def opens_when(self) -> str:
        """Return in plain words what opens the deeper item, empty when nothing does."""
        return condition_words(self.item.opens_when, self.items) or self.item.opens_when


@dataclass(frozen=True, slots=True)
class DomainLines:
    """A domain with those of its items that are wanted."""

    domain: Domain
    lines: tuple[ItemLine, ...]


def item_lines(version: InstrumentVersion) -> list[ItemLine]:
    """Return every item of a version in the order in which it stands; a fixed number of queries."""
    rows = list(version.items.whole().order_by("domain__position", "position"))
    return lines_of(rows, version.language)


def lines_of(rows: Sequence[Item], language: str) -> list[ItemLine]:
    """Return items that were read with their parts."""
    pairs = [(row.pk, bank_item(row, language)) for row in rows]
    by_code = {item.code: item for _, item in pairs}
    return [ItemLine(pk, item, by_code) for pk, item in pairs]


def domain_lines(domains: Sequence[Domain], lines: Sequence[ItemLine], wanted: Narrowed) -> list[DomainLines]:
    """Return the domains with the wanted items; while nothing is narrowed, empty domains stay."""
    kept = [line for line in lines if wanted.keeps(line.item)]
    groups = [DomainLines(domain, tuple(line for line in kept if line.item.domain == domain.code)) for domain in domains]
    return [group for group in groups if group.lines or not wanted.narrows]


def bank_lines(version: InstrumentVersion, wanted: Narrowed = Narrowed()) -> list[DomainLines]:
    """Return a version's domains with their wanted items; a fixed number of queries."""
    return domain_lines(list(version.domains.all()), item_lines(version), wanted)
