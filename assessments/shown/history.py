"""What happened to one item: how the scope asked it, what was handed in and handed in again, what was settled."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from assessments.models import AnswerKind, AnswerRevision, Assessment, Interview, Reconciliation, ScopeItem
from assessments.services.visibility import VENDOR, answer_view
from assessments.shown.items import ShownItem
from assessments.wording import amount
from stakeholders.models import AuditEvent

SUBMITTED = "interview.submitted"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, at an instant (UTC), in words; `who` is empty where nobody is named."""

    at: datetime
    what: str
    who: str = ""


def happenings(assessment: Assessment, item: ShownItem, *, singly: bool) -> list[Happening]:
    """Return what happened to an item, latest first; at most five queries, two without `singly` (no single answer)."""
    found = [*_scope_changes(assessment, item), *_settlements(assessment, item)]
    if singly:
        found += _handed_in_again(assessment, item)
    return sorted(found, key=lambda happening: happening.at, reverse=True)


def _scope_changes(assessment: Assessment, item: ShownItem) -> Iterator[Happening]:
    """Yield how need, floor, weight and gate changed from one scope revision to the next."""
    rows = ScopeItem.objects.filter(scope__assessment=assessment, code=item.code).select_related("scope__author").order_by("scope__number")
    for before, after in pairwise(rows):
        changes = [
            f"{words}: {_value(before, name)} → {_value(after, name)}"
            for name, words in (("need", _("need")), ("floor", _("floor")), ("weight", _("weight")), ("gate", _("gate")))
            if getattr(before, name) != getattr(after, name)
        ]
        if changes:
            what = _("Scope %(number)s (%(reason)s): %(changes)s")
            values = {"number": after.scope.number, "reason": after.scope.reason, "changes": ", ".join(changes)}
            yield Happening(after.scope.created_at, what % values, str(after.scope.author or ""))


def _value(row: ScopeItem, name: str) -> str:
    value = getattr(row, name)
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:g}"


def _settlements(assessment: Assessment, item: ShownItem) -> Iterator[Happening]:
    """Yield what was settled, and when the accountable person confirmed it."""
    rows = Reconciliation.objects.filter(assessment=assessment, item_code=item.code).select_related("recorded_by")
    for row in rows:
        value = {"value": amount(item.asked, row.value)}
        yield Happening(row.recorded_at, _("Settled on %(value)s") % value, str(row.recorded_by or ""))
        if row.confirmed_at:
            yield Happening(row.confirmed_at, _("%(value)s confirmed by the accountable role") % value)


def _handed_in_again(assessment: Assessment, item: ShownItem) -> Iterator[Happening]:
    """Yield each submission that gave this item another answer than the one before; what was typed in between is a draft."""
    interviews = {str(i.pk): i for i in assessment.interviews.taking_part().select_related("stakeholder")}
    events = AuditEvent.objects.filter(assessment_id=assessment.pk, verb=SUBMITTED, subject_id__in=interviews).order_by("at")
    revisions: dict[str, list[AnswerRevision]] = defaultdict(list)
    for revision in AnswerRevision.objects.filter(interview__assessment=assessment, item_code=item.code).order_by("at", "id"):
        revisions[str(revision.interview_id)].append(revision)
    last: dict[str, str] = {}
    for event in events:
        key = event.subject_id
        known = [revision for revision in revisions[key] if revision.at <= event.at]
        author = _author(assessment, interviews[key])
        if known and author and last.get(key) != (said := _said(item, known[-1])):
            yield Happening(event.at, _("Answered: %(said)s") % {"said": said}, author)
            last[key] = said


def _author(assessment: Assessment, interview: Interview) -> str:
    """Return under which words a single answer may be shown; empty when it may not."""
    interview.assessment = assessment
    view = answer_view(interview=interview, viewer=VENDOR, alone=False)
    return view.author if view.shows_answer else ""


def _said(item: ShownItem, revision: AnswerRevision) -> str:
    if revision.kind == AnswerKind.UNKNOWN:
        return _("I don't know")
    if revision.kind == AnswerKind.NOT_APPLICABLE:
        return _("does not apply here")
    return amount(item.asked, revision.value) if revision.kind == item.row.kind else str(revision.value)
