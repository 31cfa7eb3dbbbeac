"""What is wrong in the conditions that decide whether an item is asked. Pure: one function per rule."""

from collections.abc import Iterator

from assessments.bank.outline import Outline, circles, conditions_of
from assessments.bank.version import CHOICE, CONTEXT, HIGHEST_LEVEL, LEVEL, QUANTITY, REQUIREMENT, SELF_AUDIT, TEXT, YES_NO, BankItem
from assessments.condition_terms import as_number, fold
from assessments.conditions import Answered, AtLeast, AtMost, Comparison, ConditionError, Is, Mentions


def condition_unreadable(item: BankItem, bank: Outline) -> Iterator[str]:
    """A condition is written in its language."""
    for text in conditions_of(item):
        error = bank.conditions[text]
        if isinstance(error, ConditionError):
            yield f"The condition “{text[:80]}” cannot be read: {error}."


def condition_unknown_item(item: BankItem, bank: Outline) -> Iterator[str]:
    """A condition looks at items that there are."""
    for code in sorted(bank.looks_at(item)):
        if bank.item(code) is None:
            yield f"The condition looks at {code}, which is not in this version."


def condition_not_earlier(item: BankItem, bank: Outline) -> Iterator[str]:
    """A condition looks at answers that are there by then."""
    for code in sorted(bank.looks_at(item)):
        target = bank.item(code)
        if target is not None and not bank.is_before(target, item):
            yield f"The condition looks at {code}, which is not asked earlier."


def condition_kind(item: BankItem, bank: Outline) -> Iterator[str]:
    """A condition compares an answer with something that the answer can be."""
    for comparison, target in bank.comparisons(item):
        if not _may_steer(item, target):
            yield f"{target.code} is answered by others or anonymously; its answers cannot steer this item."
        elif not _fits(comparison, target):
            yield f"The condition on {target.code} can never hold: its answers are of the kind {target.kind}{_known_choices(target)}."


def condition_circle(bank: Outline) -> Iterator[tuple[str, str]]:
    """No item decides in the end whether it is asked itself, and no work waits for itself."""
    for way in circles({item.code: sorted(bank.looks_at(item)) for item in bank.items}):
        yield way[0], f"The conditions go in a circle: {' → '.join(way)}."
    for way in circles({item.code: item.depends_on for item in bank.items}):
        yield way[0], f"The work goes in a circle: {' → '.join(way)}."


def _may_steer(item: BankItem, target: BankItem) -> bool:
    return target.part in {REQUIREMENT, CONTEXT} or item.part == target.part == SELF_AUDIT


def _fits(comparison: Comparison, target: BankItem) -> bool:
    match comparison:
        case Answered():
            return True
        case Mentions():
            return target.kind == TEXT
        case AtLeast(_, limit) | AtMost(_, limit):
            return _is_amount(limit, target)
        case Is(_, value):
            return _is_answer(value, target)
        case _:
            return all(_is_answer(value, target) for value in comparison.values)


def _is_amount(limit: float, target: BankItem) -> bool:
    return target.kind == QUANTITY or (target.kind == LEVEL and 0 <= limit <= HIGHEST_LEVEL)


def _is_answer(value: str, target: BankItem) -> bool:
    """Tell whether a value is one that answers to the item can have."""
    if target.kind in {CHOICE, YES_NO}:
        known = {choice.code for choice in target.choices} if target.kind == CHOICE else {"yes", "no"}
        return fold(value) in known
    number = as_number(value)
    return target.kind == TEXT or (number is not None and _is_amount(number, target))


def _known_choices(target: BankItem) -> str:
    codes = ", ".join(choice.code for choice in target.choices)
    return f" ({codes})" if target.kind == CHOICE else ""
