"""What is wrong in how an item is measured, gates included, and in how items hang together. Pure: one function per rule."""

from collections import Counter
from collections.abc import Iterator

from assessments.bank.outline import Outline
from assessments.bank.version import AT_LEAST, AT_MOST, CLIMATE, HIGHEST_LEVEL, LEVEL, SELF_AUDIT, BankItem


def need_off_ladder(item: BankItem, bank: Outline) -> Iterator[str]:
    """What a scored item needs can be reached: on the ladder, or above nothing."""
    if not item.is_scored:
        return
    if item.kind == LEVEL and not (0 < item.need <= HIGHEST_LEVEL and item.direction == AT_LEAST):
        yield f"A ladder goes up to {HIGHEST_LEVEL}; the need has to be on it, above 0."
    elif item.need <= 0:
        yield "The need has to be above 0."


def floor_above_need(item: BankItem, bank: Outline) -> Iterator[str]:
    """A floor asks for no more than the need does."""
    if item.floor is None or not item.is_scored:
        return
    if item.floor < item.need if item.direction == AT_MOST else item.floor > item.need:
        yield f"The floor {item.floor:g} asks for more than the need {item.need:g}."


def gate_without_floor(item: BankItem, bank: Outline) -> Iterator[str]:
    """A gate says what the least is before a contract is signed."""
    if item.floor is None and _gates(item):
        yield "A gate needs a floor."


def gate_not_scored(item: BankItem, bank: Outline) -> Iterator[str]:
    """Only what is measured can stop a signature."""
    if not item.is_scored and _gates(item):
        yield "Only a requirement that is a ladder or a quantity can be a gate."


def gate_not_core(item: BankItem, bank: Outline) -> Iterator[str]:
    """Whoever answers for a gate is asked it at once."""
    for use in item.uses:
        if use.gate and item.roles and item.roles[0] not in use.core:
            yield f"{use.product_type}: a gate has to be in the core of {item.roles[0]}, who answers for it."


def gate_with_condition(item: BankItem, bank: Outline) -> Iterator[str]:
    """A gate is always asked."""
    if item.condition.strip() and _gates(item):
        yield "A gate is always asked; it cannot have a condition."


def kind_of_part(item: BankItem, bank: Outline) -> Iterator[str]:
    """Statements of the climate and the vendor's own audit are answered on ladders."""
    if item.part in {CLIMATE, SELF_AUDIT} and item.kind != LEVEL:
        yield "Items of this part are ladders."


def item_without_type(item: BankItem, bank: Outline) -> Iterator[str]:
    """An item belongs to a type of product."""
    if not item.uses:
        yield "The item belongs to no type of product, so nobody is ever asked it."


def unknown_dependency(item: BankItem, bank: Outline) -> Iterator[str]:
    """Work waits only for items that there are."""
    for code in item.depends_on:
        if bank.item(code) is None:
            yield f"It depends on {code}, which is not in this version."


def domain_unknown(item: BankItem, bank: Outline) -> Iterator[str]:
    """An item stands in a domain of its version."""
    if item.domain not in {domain.code for domain in bank.version.domains}:
        yield f"{item.domain} is not a domain of this version."


def code_twice(bank: Outline) -> Iterator[tuple[str, str]]:
    """A code names one item, or one domain."""
    for what, named in (("domains", bank.version.domains), ("items", bank.items)):
        for code, times in Counter(each.code for each in named).items():
            if times > 1:
                yield code, f"{times} {what} have the code {code}."


def domain_empty(bank: Outline) -> Iterator[tuple[str, str]]:
    """A domain has items."""
    used = {item.domain for item in bank.items}
    for domain in bank.version.domains:
        if domain.code not in used:
            yield "", f"The domain {domain.code} has no items."


def type_without_items(bank: Outline) -> Iterator[tuple[str, str]]:
    """A type of product that is named at all has something to score."""
    named = {use.product_type: None for item in bank.items for use in item.uses}
    scored = {use.product_type for item in bank.items if item.is_scored for use in item.uses}
    for product_type in named:
        if product_type not in scored:
            yield "", f"{product_type} has no item that is scored."
    if not bank.items:
        yield "", "The version has no items."


def _gates(item: BankItem) -> bool:
    return any(use.gate for use in item.uses)
