"""The questions that may be asked later: read as they would be asked, before anybody opened them."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, prefetch_related_objects

from assessments.models import Assessment, ItemText, Scope
from assessments.questionnaire import Question
from assessments.services.profile_requirements import profile_lines
from assessments.services.questions import questions_from
from assessments.services.scopes import plan_of, planned_items


def deeper_questions(assessment: Assessment, scope: Scope, roles: Iterable[str], language: str) -> dict[str, tuple[Question, ...]]:
    """Return what each role may be asked later under a revision, beyond what it asks now, in the bank's order.

    What is switched off is not among it. As many queries as the product's profile takes, and one for the words.
    """
    lines = profile_lines(assessment.product, scope.version)
    every = replace(plan_of(scope), opened=frozenset(line.requirement.code for line in lines))
    asked = {row.code: row.roles for row in scope.items.all()}
    rows = [row for row in planned_items(assessment, every, lines) if set(row.roles) - set(asked.get(row.code, ()))]
    texts = ItemText.objects.filter(language__in=(language, "en"))
    prefetch_related_objects([row.item for row in rows], Prefetch("texts", texts))
    found = {role: [row for row in rows if role in row.roles and role not in asked.get(row.code, ())] for role in roles}
    return {role: questions_from(more, role, language) for role, more in found.items()}
