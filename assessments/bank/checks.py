"""What keeps a version of a question bank from being published, and what its editors should look at again. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assessments.bank import rules_conditions, rules_measures, rules_wording
from assessments.bank.minutes import TEN_MINUTES, role_minutes
from assessments.bank.outline import Outline, outline
from assessments.bank.version import PRODUCT_TYPES, REQUIREMENT, BankItem, BankVersion

MOST_GATES: Final = 12
MOST_CORE_ITEMS: Final = 15
MOST_CORE_ITEMS_OF: Final = {"clinician": 5, "executive_sponsor": 8}
# Who answers for an item, and one role that checks.
MOST_ROLES: Final = 2


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing to mend: the rule's name, the item's code (empty: the version as a whole) and a sentence for its editor."""

    code: str
    item: str
    message: str


ItemRule = Callable[[BankItem, Outline], Iterable[str]]
VersionRule = Callable[[Outline], Iterable[tuple[str, str]]]

ITEM_RULES: Final[Mapping[str, ItemRule]] = {
    "domain-unknown": rules_measures.domain_unknown,
    "title-missing": rules_wording.title_missing,
    "requirement-missing": rules_wording.requirement_missing,
    "why-missing": rules_wording.why_missing,
    "item-not-answerable": rules_wording.item_not_answerable,
    "item-without-type": rules_measures.item_without_type,
    "core-role-not-asked": rules_wording.core_role_not_asked,
    "kind-of-part": rules_measures.kind_of_part,
    "ladder-incomplete": rules_wording.ladder_incomplete,
    "choice-without-answers": rules_wording.choice_without_answers,
    "quantity-without-unit": rules_wording.quantity_without_unit,
    "placeholder-unknown": rules_wording.placeholder_unknown,
    "need-off-ladder": rules_measures.need_off_ladder,
    "floor-above-need": rules_measures.floor_above_need,
    "gate-without-floor": rules_measures.gate_without_floor,
    "gate-not-scored": rules_measures.gate_not_scored,
    "gate-not-core": rules_measures.gate_not_core,
    "gate-with-condition": rules_measures.gate_with_condition,
    "condition-unreadable": rules_conditions.condition_unreadable,
    "condition-unknown-item": rules_conditions.condition_unknown_item,
    "condition-not-earlier": rules_conditions.condition_not_earlier,
    "condition-kind": rules_conditions.condition_kind,
    "unknown-dependency": rules_measures.unknown_dependency,
    "source-missing": rules_wording.source_missing,
    "action-missing": rules_wording.action_missing,
}
VERSION_RULES: Final[Mapping[str, VersionRule]] = {
    "type-without-items": rules_measures.type_without_items,
    "domain-empty": rules_measures.domain_empty,
    "code-twice": rules_measures.code_twice,
    "condition-circle": rules_conditions.condition_circle,
}


def defects(version: BankVersion) -> list[Defect]:
    """Return everything that keeps the version from being published: of the whole version first, then item by item."""
    bank = outline(version)
    whole = [Defect(name, item, message) for name, rule in VERSION_RULES.items() for item, message in rule(bank)]
    return whole + [Defect(name, item.code, text) for item in bank.items for name, rule in ITEM_RULES.items() for text in rule(item, bank)]


def advice(version: BankVersion) -> list[Defect]:
    """Return what is allowed and still worth another look."""
    bank = outline(version)
    kinds = (_many_gates(version), _long_cores(version), _long_minutes(version), _many_checks(bank), _never_asked(bank))
    return [advised for kind in kinds for advised in kind]


def _many_gates(version: BankVersion) -> Iterator[Defect]:
    gates = Counter(use.product_type for item in version.items for use in item.uses if use.gate)
    for product_type, count in gates.items():
        if count > MOST_GATES:
            yield Defect("many-gates", "", f"{product_type} has {count} gates; more than {MOST_GATES} seldom truly stop a signature.")


def _long_cores(version: BankVersion) -> Iterator[Defect]:
    uses = [use for item in version.items if item.is_scored for use in item.uses]
    for (product_type, role), count in Counter((use.product_type, role) for use in uses for role in use.core).items():
        most = MOST_CORE_ITEMS_OF.get(role, MOST_CORE_ITEMS)
        if count > most:
            yield Defect("long-core", "", f"{product_type}: the core of {role} has {count} scored items, more than {most}.")


def _long_minutes(version: BankVersion) -> Iterator[Defect]:
    for product_type in PRODUCT_TYPES:
        for row in role_minutes(version, product_type):
            if row.core_seconds > TEN_MINUTES:
                message = f"{product_type}: the core of {row.role} takes about {row.core_minutes:g} minutes, more than ten."
                yield Defect("long-minutes", "", message)


def _many_checks(bank: Outline) -> Iterator[Defect]:
    for item in bank.items:
        if item.part == REQUIREMENT and len(item.roles) > MOST_ROLES:
            yield Defect("many-checks", item.code, f"{len(item.roles) - 1} roles check what {item.roles[0]} answers; one is enough.")


def _never_asked(bank: Outline) -> Iterator[Defect]:
    """Where a condition looks at an item that the type leaves out, its answer is missing for ever."""
    for item in bank.items:
        for _comparison, target in bank.comparisons(item):
            types = {use.product_type for use in target.uses}
            for use in item.uses:
                if use.product_type not in types:
                    message = f"{use.product_type} does not ask {target.code}, so what is compared with it never holds there."
                    yield Defect("condition-outside-type", item.code, message)
