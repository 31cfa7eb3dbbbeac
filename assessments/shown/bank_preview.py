"""What a version would ask a role about a type of product: the same questions as in an interview, made from a draft."""

import json
import re
from dataclasses import dataclass

from assessments.bank.minutes import seconds
from assessments.bank.rules_wording import PLACEHOLDER
from assessments.bank.version import CHOICE, CLIMATE, CONTEXT, LEVEL, REQUIREMENT, SELF_AUDIT, VENDOR, BankItem, BankUse, BankVersion
from assessments.conditions import ConditionError, as_json, codes, parse
from assessments.forms.answers import AnswerForm
from assessments.questionnaire import Option, Question, Section, sections_of
from assessments.services.climate import ASKED_OF

INTERVIEW = (REQUIREMENT, CONTEXT)


@dataclass(frozen=True, slots=True)
class PreviewedForm:
    """A question with its inputs, and the condition that hides it, as the browser's script reads it."""

    form: AnswerForm
    condition: str


@dataclass(frozen=True, slots=True)
class PreviewedSection:
    """A section as a page would show it: what is asked at once, and what is deeper."""

    section: Section
    core: tuple[PreviewedForm, ...]
    deeper: tuple[PreviewedForm, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a role would be asked: the interview's sections, and the statements that are asked apart and anonymously.

    `steering` are questions to other roles whose answers decide what this one is asked.
    """

    sections: tuple[PreviewedSection, ...]
    statements: tuple[Question, ...] = ()
    steering: tuple[PreviewedForm, ...] = ()

    @property
    def count(self) -> int:
        """Return how many questions there are."""
        return sum(len(shown.core) + len(shown.deeper) for shown in self.sections) + len(self.statements)


def preview(bank: BankVersion, role: str, product_type: str) -> Preview:
    """Return what the role is asked about the type of product; the vendor is asked its own audit."""
    used = [(item, use) for item in bank.items for use in item.uses if use.product_type == product_type]
    if role == VENDOR:
        audit = [item for item, _use in used if item.part == SELF_AUDIT]
        return Preview(_sections(bank, [(item, True) for item in audit], ""))
    has_cores = any(use.core for _item, use in used)
    asked = [(item, _is_core(item, use, role, has_cores)) for item, use in used if item.part in INTERVIEW and _is_asked(item, use, role)]
    statements = tuple(
        question_of(item, role, core=True, domain_title="")
        for item, use in used
        if item.part == CLIMATE and role in (use.core or item.roles or ASKED_OF)
    )
    return Preview(_sections(bank, asked, role), statements, _steering(bank, [item for item, _core in asked]))


def _is_asked(item: BankItem, use: BankUse, role: str) -> bool:
    return role in (*item.roles, *item.when_short, *use.core)


def _is_core(item: BankItem, use: BankUse, role: str, has_cores: bool) -> bool:
    """Tell whether the question is asked at once: what steers always is, and everything where nothing is deeper."""
    return role in use.core or item.part == CONTEXT or not has_cores


def _steering(bank: BankVersion, asked: list[BankItem]) -> tuple[PreviewedForm, ...]:
    """Return the questions that conditions look at and that the role is not asked itself."""
    own = {item.code for item in asked}
    named = {code for item in asked for code in _codes(item.condition)} - own
    others = [item for item in bank.items if item.code in named]
    questions = [question_of(item, next(iter(item.roles), ""), core=True, domain_title="") for item in others]
    return tuple(PreviewedForm(AnswerForm(question), "") for question in questions)


def _codes(condition: str) -> frozenset[str]:
    try:
        return codes(parse(condition)) if condition.strip() else frozenset()
    except ConditionError:
        return frozenset()


def _sections(bank: BankVersion, asked: list[tuple[BankItem, bool]], role: str) -> tuple[PreviewedSection, ...]:
    titles = {domain.code: domain.title for domain in bank.domains}
    places = {domain.code: place for place, domain in enumerate(bank.domains)}
    in_order = sorted(asked, key=lambda pair: places.get(pair[0].domain, len(places)))
    conditions = {item.code: condition_json(item.condition) for item, _core in asked}
    questions = [question_of(item, role, core=core, domain_title=titles.get(item.domain, item.domain)) for item, core in in_order]

    def forms(some: tuple[Question, ...]) -> tuple[PreviewedForm, ...]:
        return tuple(PreviewedForm(AnswerForm(question), conditions[question.code]) for question in some)

    return tuple(PreviewedSection(section, forms(section.core), forms(section.deeper)) for section in sections_of(questions))


def question_of(item: BankItem, role: str, *, core: bool, domain_title: str) -> Question:
    """Return an item as the role reads it; words that an earlier answer would fill in stand as they do without one."""
    return Question(
        code=item.code,
        domain=item.domain,
        domain_title=domain_title,
        kind=item.kind,
        text=without_places(item.question_for(role) or item.title or item.code),
        why=without_places(item.why),
        known_by=without_places(item.usually_known_by),
        proof=without_places("; ".join(item.evidence)),
        unit=item.unit,
        options=_options(item),
        core=core,
        condition=item.condition,
        reading=seconds(item, role),
    )


def _options(item: BankItem) -> tuple[Option, ...]:
    if item.kind == LEVEL:
        return tuple(Option(str(level), without_places(step)) for level, step in enumerate(item.steps))
    return tuple(Option(choice.code, choice.label) for choice in item.choices) if item.kind == CHOICE else ()


def without_places(text: str) -> str:
    """Return a text with the words that stand for an answer which is not there yet."""
    return re.sub(PLACEHOLDER, lambda match: (match[2] or "").removeprefix("|"), text)


def condition_json(text: str) -> str:
    """Return a condition for the browser's script, empty where there is none that can be read."""
    if not text.strip():
        return ""
    try:
        return json.dumps(as_json(parse(text)))
    except ConditionError:
        return ""
