"""From rows of answers to the answers of a bundle, under pseudonyms; what somebody is not asked does not apply to them."""

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from assessments import scored
from assessments.branching import looked_at
from assessments.bundle_text import UNSAFE
from assessments.given_answers import LONGEST
from assessments.models import Answer, AnswerKind, Assessment, ScopeItem
from assessments.services.exemptions import Exemptions

LONGEST_REASON = LONGEST["reason"]

# An interview and an item that it is not asked because of the item's condition, with the reason in words.
NotAsked = Mapping[tuple[UUID, str], str]


def respondent_id(interview_pk: UUID) -> str:
    """Return the pseudonym of an interview in bundles: the same every time, and nothing of person or role."""
    return f"r{hashlib.sha256(interview_pk.bytes).hexdigest()[:12]}"


def one_line(text: str) -> str:
    """Return a text as bundles hold it: control characters, which they refuse, become spaces."""
    return re.sub(UNSAFE, " ", text)


def reasons_not_asked(
    items: Mapping[str, ScopeItem], handed_in: Collection[UUID], exemptions: Exemptions, titles: Mapping[str, str]
) -> dict[tuple[UUID, str], str]:
    """Return why those whose answers count are not asked some scored items, in the language of bundles."""
    pairs = sorted(pair for pair in exemptions.pairs if pair[0] in handed_in and pair[1] in items)
    return {(key, code): _reason(items[code].condition, titles) for key, code in pairs}


def _reason(condition: str, titles: Mapping[str, str]) -> str:
    """Return the titles of the items that the condition looks at."""
    named = ", ".join(titles.get(code, code) for code in sorted(looked_at(condition)))
    return one_line(f"not asked here: {named}")[:LONGEST_REASON]


def read_answers(assessment: Assessment, items: Mapping[str, ScopeItem], exempt: NotAsked) -> list[scored.Answer]:
    """Return the answers to the items that enter the score, in order; one query.

    Where somebody is not asked an item, it does not apply, whether an answer is kept from before or not.
    """
    rows = Answer.objects.filter(interview__assessment=assessment).scored().with_evidence()
    columns = ("item_code", "interview_id", "kind", "level", "quantity", "reason", "has_evidence")
    found = (row for row in rows.values(*columns) if (row["interview_id"], row["item_code"]) not in exempt)
    answers = [_answer(row) for row in found if _fits(items.get(row["item_code"]), row["kind"])]
    answers += [_not_asked(code, key, reason) for (key, code), reason in exempt.items()]
    return sorted(answers, key=lambda answer: (items[answer.item].position, answer.respondent))


def _fits(item: ScopeItem | None, kind: str) -> bool:
    """Tell whether an answer is one to an item in scope; after a change of scope it may be of another kind."""
    return item is not None and kind in (item.kind, AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE)


def _not_asked(code: str, interview: UUID, reason: str) -> scored.Answer:
    return scored.Answer(item=code, respondent=respondent_id(interview), not_applicable=True, reason=reason)


def _answer(row: Mapping[str, Any]) -> scored.Answer:
    item, respondent, kind = row["item_code"], respondent_id(row["interview_id"]), row["kind"]
    if kind == AnswerKind.UNKNOWN:
        return scored.Answer(item=item, respondent=respondent, unknown=True)
    if kind == AnswerKind.NOT_APPLICABLE:
        return scored.Answer(item=item, respondent=respondent, not_applicable=True, reason=one_line(row["reason"]))
    return scored.Answer(item=item, respondent=respondent, value=row[kind], evidence=row["has_evidence"])
