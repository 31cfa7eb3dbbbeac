"""Read what an interview asks.

A scope revision and the texts of a published version are written once, so what a role is asked under a scope is read from
the database once per process and kept, which makes an autosave four statements long. A language that is inserted later
into a published version shows after the next start of the process.
"""

import uuid
from dataclasses import replace
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.models import Interview, Item, ItemText, Kind, Part, Scope, ScopeItem, Stance, TextField
from assessments.questionnaire import STANCE, Candidate, Option, Question, core_codes
from stakeholders.models import Role

KEPT = 256  # scope × role × language, about 50 kB each


def questions_of(interview: Interview) -> tuple[Question, ...]:
    """Return what the interview may ask, in order: its role's items of the current scope, or those handed over; clinicians
    are asked their stance at the end. Nothing while no scope is frozen. Conditions and known words are not looked at here:
    `own_answers.asked_now` does.

    Costs no query when the interview was read with `with_current_scope` and the scope was read before, else up to three.
    """
    language = (get_language() or "en").split("-")[0]
    scope = scope_of(interview)
    asked = role_questions(scope, interview.role, language) if scope else ()
    if interview.limited_to is not None:
        handed_over = set(interview.limited_to)
        return tuple(replace(question, core=True) for question in asked if question.code in handed_over)
    return with_stance(asked, interview.role)


def with_stance(asked: tuple[Question, ...], role: str) -> tuple[Question, ...]:
    """Return a role's questions with the one that clinicians are asked beside their items."""
    return (*asked, stance_question()) if role == Role.CLINICIAN else asked


def scope_of(interview: Interview) -> uuid.UUID | None:
    """Return the key of the interview's current scope; no query when it was read with `with_current_scope`."""
    known: uuid.UUID | None = getattr(interview, "current_scope_id", None)
    if known is not None:
        return known
    return Scope.objects.filter(assessment=interview.assessment_id).order_by("-number").values_list("pk", flat=True).first()


@lru_cache(maxsize=KEPT)
def role_questions(scope_pk: uuid.UUID, role: str, language: str) -> tuple[Question, ...]:
    """Return what a role is asked under a scope revision, in one language, in the bank's order."""
    texts = ItemText.objects.filter(role__in=("", role), language__in=(language, "en"))
    items = ScopeItem.objects.filter(scope=scope_pk).select_related("item__domain").prefetch_related(Prefetch("item__texts", texts))
    return questions_from([row for row in items if role in row.roles], role, language)


def questions_from(asked: list[ScopeItem], role: str, language: str) -> tuple[Question, ...]:
    """Return a role's questions from scope items that are saved or not (reads item, domain and texts of each)."""
    first = _asked_first(asked, role)
    return tuple(_question(row, role, language, row.code in first) for row in asked)


def _asked_first(asked: list[ScopeItem], role: str) -> frozenset[str]:
    """Return the codes to ask first. Where the bank divides core and deeper items, what is in scope is all to be asked."""
    if any(row.core_roles for row in asked):
        return frozenset(row.code for row in asked)
    return core_codes([Candidate(r.code, r.roles == [role], r.accountable == role, r.gate, r.weight) for r in asked], role)


def _question(row: ScopeItem, role: str, language: str, core: bool) -> Question:
    item: Item = row.item

    def text(field: str) -> str:
        return item.text(field, role=role, language=language)

    return Question(
        code=row.code,
        domain=row.domain_code,
        domain_title=item.domain.title,
        kind=row.kind,
        text=text(TextField.QUESTION) or text(TextField.TITLE),
        why=text(TextField.WHY),
        known_by=text(TextField.KNOWN_BY),
        proof="; ".join(text(TextField.EVIDENCE).splitlines()),
        unit=row.unit,
        options=_options(item, row.kind, role, language),
        core=core,
        # A gate is always asked, whatever else is known: it may stop a signature.
        condition="" if row.gate else row.condition,
        context=item.part == Part.CONTEXT and not row.is_scored,
        reading=row.seconds.get(role, 0),
    )


def _options(item: Item, kind: str, role: str, language: str) -> tuple[Option, ...]:
    """Return the five steps of a ladder, or the answers of a choice."""
    if kind == Kind.LEVEL:
        return tuple(Option(str(step.level), step.text) for step in item.ladder(role=role, language=language))
    if kind == Kind.CHOICE:
        return tuple(Option(code, words) for code, words in item.choices(role=role, language=language).items())
    return ()


def stance_question() -> Question:
    """Return the question that clinicians are asked beside their items: where they stand."""
    return Question(
        code=STANCE,
        domain=STANCE,
        domain_title=str(_("Where do you stand?")),
        kind=STANCE,
        text=str(_("If it were up to you, what would happen with this product in your service?")),
        why=str(_("Patients follow the advice of their own clinician, so we ask those who will give it, and not only those who sign.")),
        options=tuple(Option(str(stance.value), str(stance.label)) for stance in Stance),
    )
