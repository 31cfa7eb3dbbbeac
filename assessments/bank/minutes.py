"""How long an item takes to answer, and a role to get through its questions: computed from the words. Pure.

Reading speed: silent reading of non-fiction in English, 238 words a minute (Brysbaert 2019, doi 10.1016/j.jml.2019.104047).
Every other figure here is our own estimate, to be replaced by real answering times when there are some.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assessments.bank.version import (
    CHOICE,
    CLIMATE,
    CONTEXT,
    DATE,
    LEVEL,
    QUANTITY,
    REQUIREMENT,
    ROLES,
    TEXT,
    YES_NO,
    BankItem,
    BankUse,
    BankVersion,
)

WORDS_A_MINUTE: Final = 238
# Estimates: to find one's own state among five, to look at an agreement and pick from a scale, to recall an amount.
DECIDING: Final = {LEVEL: 8, QUANTITY: 20, CHOICE: 6, YES_NO: 4, DATE: 10, TEXT: 30}
AGREEING: Final = 4
# Estimates of everything else on the way.
LANDING: Final = 40
STANCE: Final = 15
WHO_ELSE: Final = 20
PROTECTED: Final = 20
REVIEW: Final = 20
ROLE_WITH_STANCE: Final = "clinician"
TEN_MINUTES: Final = 600


@dataclass(frozen=True, slots=True)
class RoleMinutes:
    """What a role is asked about a type of product, and how long it takes; the core includes everything else on the way.

    `context` of the core's questions only steer; the others are scored.
    """

    role: str
    core_questions: int
    context: int
    deeper_questions: int
    gates: int
    core_seconds: int
    deeper_seconds: int

    @property
    def core_minutes(self) -> float:
        """Return the core's minutes to one decimal, never rounded down."""
        return math.ceil(self.core_seconds / 6) / 10


def seconds(item: BankItem, role: str) -> int:
    """Return how long a role needs to read and answer an item; 0 when it has no question for the role."""
    question = item.question_for(role)
    return math.ceil(_reading([question, *_answers(item)]) + DECIDING[item.kind]) if question else 0


def role_minutes(version: BankVersion, product_type: str, measured: Mapping[str, int] | None = None) -> list[RoleMinutes]:
    """Return every role that has a core for the type, in the order of the roles.

    `measured` are real seconds by item code; they count before those computed from the words.
    """
    used = [(item, use) for item in version.items for use in item.uses if use.product_type == product_type]
    with_core = {role for _item, use in used for role in use.core}
    return [_minutes_of(role, used, measured or {}) for role in ROLES if role in with_core]


def _minutes_of(role: str, used: list[tuple[BankItem, BankUse]], measured: Mapping[str, int]) -> RoleMinutes:
    def taken(items: Iterable[BankItem]) -> int:
        return sum(measured.get(item.code) or seconds(item, role) for item in items)

    core = [(item, use) for item, use in used if _is_core(item, use, role)]
    deeper = [item for item, use in used if _is_deeper(item, use, role)]
    statements = [item for item, _use in used if item.part == CLIMATE and role in item.roles]
    return RoleMinutes(
        role=role,
        core_questions=len(core),
        context=sum(item.part == CONTEXT for item, _use in core),
        deeper_questions=len(deeper),
        gates=sum(use.gate for _item, use in core),
        core_seconds=taken(item for item, _use in core) + _on_the_way(role) + _climate(statements, role),
        deeper_seconds=taken(deeper),
    )


def _is_core(item: BankItem, use: BankUse, role: str) -> bool:
    """Tell whether a role is asked an item at once; what steers the questions always is."""
    return (item.part == REQUIREMENT and role in use.core) or (item.part == CONTEXT and role in (*item.roles, *use.core))


def _is_deeper(item: BankItem, use: BankUse, role: str) -> bool:
    return item.part == REQUIREMENT and role in (*item.roles, *item.when_short) and role not in use.core


def _on_the_way(role: str) -> int:
    return LANDING + WHO_ELSE + PROTECTED + REVIEW + (STANCE if role == ROLE_WITH_STANCE else 0)


def _climate(statements: list[BankItem], role: str) -> int:
    """Return the seconds for the statements of agreement; they share one scale, which is read once."""
    if not statements:
        return 0
    texts = [*(item.question_for(role) for item in statements), *statements[0].steps]
    return math.ceil(_reading(texts) + AGREEING * len(statements))


def _answers(item: BankItem) -> Iterable[str]:
    """Return the answers that are read before one is chosen."""
    answers = {LEVEL: item.steps, CHOICE: tuple(choice.label for choice in item.choices)}
    return answers.get(item.kind, ())


def _reading(texts: Iterable[str]) -> float:
    return sum(len(text.split()) for text in texts) * 60 / WORDS_A_MINUTE
