"""How the pages of a draft show it: items with their defects, and each defect with the field that mends it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from assessments.bank.checks import Defect, defects
from assessments.bank.version import PRODUCT_TYPES, ROLES, BankDomain, BankVersion
from assessments.models import Domain, InstrumentVersion
from assessments.shown.bank_listing import DomainLines, ItemLine, Narrowed, domain_lines, item_lines
from assessments.shown.bank_words import type_title
from assessments.wording import role_title

# Where in the editor of an item a defect is mended; anything else leads to its top.
PLACES: Mapping[str, str] = {
    "domain-unknown": "id_domain",
    "code-twice": "id_code",
    "title-missing": "id_title",
    "requirement-missing": "id_requirement",
    "why-missing": "id_why",
    "item-not-answerable": "id_question",
    "item-without-type": "section-types",
    "core-role-not-asked": "section-types",
    "kind-of-part": "id_kind",
    "ladder-incomplete": "id_step_0",
    "choice-without-answers": "id_choices",
    "quantity-without-unit": "id_unit",
    "placeholder-unknown": "section-wording",
    "need-off-ladder": "id_need",
    "floor-above-need": "id_floor",
    "gate-without-floor": "id_floor",
    "gate-not-scored": "section-types",
    "gate-not-core": "section-types",
    "gate-with-condition": "id_condition",
    "unknown-dependency": "id_depends_on",
    "source-missing": "id_source",
    "action-missing": "id_action_health_system",
    "many-checks": "section-asked",
}
CODES = re.compile("|".join(sorted((*ROLES, *PRODUCT_TYPES), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Fault:
    """A defect or a piece of advice with what a page needs to lead to its mending; `pk` is 0 where it is about no one item."""

    name: str
    code: str
    title: str
    message: str
    pk: int
    place: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An item on the page of its draft."""

    line: ItemLine
    faults: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class DraftDomain:
    """A domain on the page of its draft."""

    domain: Domain
    rows: tuple[DraftRow, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft as it stands: a fixed number of queries, however many items it has."""

    version: InstrumentVersion
    domains: tuple[Domain, ...]
    lines: tuple[ItemLine, ...]
    bank: BankVersion
    defects: tuple[Defect, ...]

    @classmethod
    def of(cls, version: InstrumentVersion) -> Self:
        """Read a draft with its items and look for what is wrong."""
        domains, lines = tuple(version.domains.all()), tuple(item_lines(version))
        bank = bank_of_lines(version, domains, lines)
        return cls(version, domains, lines, bank, tuple(defects(bank)))

    def groups(self, wanted: Narrowed) -> list[DraftDomain]:
        """Return the domains with their wanted items, each knowing whether it can be moved on."""
        faulty = [defect.item for defect in self.defects]
        in_order = [line.pk for group in domain_lines(self.domains, self.lines, Narrowed()) for line in group.lines]
        ends = (in_order[:1], in_order[-1:])

        def row(line: ItemLine) -> DraftRow:
            return DraftRow(line, faulty.count(line.item.code), [line.pk] == ends[0], [line.pk] == ends[1])

        def shown(group: DomainLines) -> DraftDomain:
            edges = (group.domain == self.domains[0], group.domain == self.domains[-1])
            return DraftDomain(group.domain, tuple(row(line) for line in group.lines), *edges)

        return [shown(group) for group in domain_lines(self.domains, self.lines, wanted)]

    def faults(self, found: Iterable[Defect]) -> list[Fault]:
        """Return defects with title and place of the item that each is about."""
        by_code = {line.item.code: line for line in reversed(self.lines)}
        return [_fault(defect, by_code.get(defect.item)) for defect in found]

    def faults_of(self, code: str) -> list[Fault]:
        """Return what is wrong with one item."""
        return self.faults(defect for defect in self.defects if defect.item == code)

    def neighbours(self, pk: int) -> tuple[int | None, int | None]:
        """Return the items before and after one, in the order in which they are asked."""
        order = [line.pk for line in self.lines]
        here = order.index(pk) if pk in order else -1
        if here < 0:
            return None, None
        return (order[here - 1] if here else None), next(iter(order[here + 1 :]), None)


def bank_of_lines(version: InstrumentVersion, domains: Sequence[Domain], lines: Sequence[ItemLine]) -> BankVersion:
    """Return a version that was read for a page as plain values."""
    return BankVersion(
        code=version.instrument.code,
        number=version.number,
        title=version.bank_title,
        description=version.description,
        note=version.note,
        language=version.language,
        domains=tuple(BankDomain(d.code, d.title, d.description, d.weight) for d in domains),
        items=tuple(line.item for line in lines),
    )


def _fault(defect: Defect, line: ItemLine | None) -> Fault:
    title, pk = (line.item.title, line.pk) if line else ("", 0)
    place = PLACES.get(defect.code) or ("id_condition" if defect.code.startswith("condition") else "section-wording")
    return Fault(defect.code, defect.item, title, with_titles(defect.message), pk, place)


def with_titles(message: str) -> str:
    """Return a message of the checks with the names of roles and types in place of their codes."""
    return CODES.sub(lambda match: role_title(match[0]) if match[0] in ROLES else type_title(match[0]), message)
