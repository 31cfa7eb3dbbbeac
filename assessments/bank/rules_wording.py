"""What is missing or wrong in the words of an item, and who is asked them. Pure: one function per rule, messages in English."""

import re
from collections.abc import Iterator
from typing import Final

from assessments.bank.outline import Outline
from assessments.bank.version import CHOICE, CLIMATE, CONTEXT, LEVEL, QUANTITY, REQUIREMENT, SELF_AUDIT, BankItem

STEPS: Final = 5
FEWEST_CHOICES: Final = 2
# `{CTX-01|your health record}`: the answer to CTX-01, or these words as long as there is none.
PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9_.-]{0,19})(\|[^{}]*)?\}")


def title_missing(item: BankItem, bank: Outline) -> Iterator[str]:
    """Every item is shown by its title."""
    if not item.title.strip():
        yield "The item has no title."


def requirement_missing(item: BankItem, bank: Outline) -> Iterator[str]:
    """A requirement says what has to be true."""
    if item.part == REQUIREMENT and not item.requirement.strip():
        yield "It is not said what has to be true."


def why_missing(item: BankItem, bank: Outline) -> Iterator[str]:
    """Whoever is asked may know why; statements of the climate explain themselves together."""
    if item.part != CLIMATE and not item.why.strip():
        yield "It is not said why we ask."


def source_missing(item: BankItem, bank: Outline) -> Iterator[str]:
    """A requirement rests on something that is named."""
    if item.part == REQUIREMENT and not item.source.strip():
        yield "No source is named, not even practice guidance."


def action_missing(item: BankItem, bank: Outline) -> Iterator[str]:
    """A requirement that is not met leads to work, on either side."""
    if item.part != REQUIREMENT:
        return
    for side, action in (("the health system", item.action_health_system), ("the vendor", item.action_vendor)):
        if not action.strip():
            yield f"There is no default action for {side}."


def ladder_incomplete(item: BankItem, bank: Outline) -> Iterator[str]:
    """A ladder has five sentences that a person can choose between."""
    steps = {step.strip().casefold() for step in item.steps} - {""}
    if item.kind == LEVEL and not (len(steps) == len(item.steps) == STEPS):
        yield "A ladder needs five different sentences."


def choice_without_answers(item: BankItem, bank: Outline) -> Iterator[str]:
    """A choice has answers to choose between."""
    labels = [choice.label for choice in item.choices if choice.label.strip()]
    if item.kind == CHOICE and (len(labels) < FEWEST_CHOICES or len(labels) < len(item.choices)):
        yield "A choice needs two answers or more, each with words."


def quantity_without_unit(item: BankItem, bank: Outline) -> Iterator[str]:
    """A number means nothing without its unit."""
    if item.kind == QUANTITY and not item.unit.strip():
        yield "The quantity has no unit."


def item_not_answerable(item: BankItem, bank: Outline) -> Iterator[str]:
    """Somebody is asked, in words for them, and where others are asked at once, so is who answers for it."""
    if item.part == SELF_AUDIT:
        if not item.question_for("").strip():
            yield "The vendor has no question."
        return
    if not item.roles:
        yield "No role is asked."
    for role in dict.fromkeys((*item.roles, *item.when_short)):
        if not item.question_for(role).strip():
            yield f"There is no question for {role}."
    yield from _accountable_left_out(item)


def _accountable_left_out(item: BankItem) -> Iterator[str]:
    """A gate without its accountable role in the core has a rule of its own."""
    if item.part != REQUIREMENT or not item.roles:
        return
    for use in item.uses:
        if use.core and not use.gate and item.roles[0] not in use.core:
            yield f"{use.product_type}: {item.roles[0]} answers for it and is not in the core, though others are."


def core_role_not_asked(item: BankItem, bank: Outline) -> Iterator[str]:
    """A core holds only roles that are asked the item."""
    for use in item.uses:
        for role in use.core:
            if role not in item.roles:
                yield f"{use.product_type}: {role} is in the core and not among the roles that are asked."


def placeholder_unknown(item: BankItem, bank: Outline) -> Iterator[str]:
    """Words that an earlier answer fills in name an earlier context item, and stand on their own without it."""
    for text in _texts(item):
        for code, words in PLACEHOLDER.findall(text):
            target = bank.item(code)
            if target is None or target.part != CONTEXT or not bank.is_before(target, item):
                yield f"{{{code}|…}} has to name a context item that is asked earlier."
            elif not words[1:].strip():
                yield f"{{{code}|…}} needs words for as long as there is no answer."


def _texts(item: BankItem) -> list[str]:
    shown = [item.title, item.requirement, item.why, item.usually_known_by, item.action_health_system, item.action_vendor]
    labels = [choice.label for choice in item.choices]
    return [*shown, *item.questions.values(), *item.steps, *labels, *item.evidence]
