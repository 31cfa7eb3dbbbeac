"""Make the next revision of a scope: try it, see what it does to verdict, gates and minutes, then write it once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from assessments.models import Assessment, AssessmentState, Scope, ScopeItem
from assessments.questionnaire import minutes
from assessments.results import Result
from assessments.scope_changes import ScopeChanges, changes_between
from assessments.scope_outline import RoleOutline, outline_scope
from assessments.scoring import score
from assessments.services.bundle_rows import bundle_under
from assessments.services.more_questions import MoreQuestions, more_questions
from assessments.services.outline import outline_items
from assessments.services.profile_requirements import ProfileLine
from assessments.services.scope_history import facts_of
from assessments.services.scope_offers import versions_ahead
from assessments.services.scopes import ScopePlan, freeze_scope, plan_of, planned_items
from assessments.services.scores import request_score
from assessments.services.setup import NotInThisStateError, record
from stakeholders.models import MessageKind, User
from stakeholders.services.mail import queue_message

MAY_REVISE = (AssessmentState.OPEN, AssessmentState.CLOSED)


class RevisedMeanwhileError(Exception):
    """Somebody else made a revision after the page was opened; `scope` is theirs, and nothing was overwritten."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.number)
        self.scope = scope


class NothingChangedError(Exception):
    """The revision would ask exactly what the one before asks."""


class NothingAskedError(Exception):
    """The revision would leave nothing to ask that is scored."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: the score, and how much is asked of whom."""

    result: Result
    questions: int
    roles: tuple[RoleOutline, ...]

    @property
    def passed(self) -> int:
        """Return how many gates passed."""
        return self._gates("passed")

    @property
    def failed(self) -> int:
        """Return how many gates failed."""
        return self._gates("failed")

    @property
    def unknown(self) -> int:
        """Return how many gates nobody knows."""
        return self._gates("unknown")

    def _gates(self, state: str) -> int:
        return sum(gate.state == state for gate in self.result.gates)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a revision would do: the score and the questions now and then, what changes, and who gets more questions.

    `asked` is what it would ask; `same_gates` are the gates that stay as they are, with the same need and floor.
    """

    now: Side
    then: Side
    changes: ScopeChanges
    more: list[MoreQuestions]
    asked: tuple[ScopeItem, ...]
    same_gates: frozenset[str]

    @property
    def moves_gates(self) -> bool:
        """Tell whether any gate comes, or is held against another need or floor."""
        return any(row.gate and row.code not in self.same_gates for row in self.asked)

    @property
    def more_minutes(self) -> int:
        """Return the minutes that the new questions take of everybody who has submitted, together."""
        return minutes(sum(more.seconds for more in self.more))


def try_revision(*, assessment: Assessment, plan: ScopePlan, lines: list[ProfileLine] | None = None) -> Trial:
    """Return what a revision made from the plan would do, and store nothing.

    Both sides are scored from the answers in the database now. Raises NothingAskedError when no scored item would be left,
    Scope.DoesNotExist while nothing is frozen.
    """
    scope = Scope.objects.select_related("version__instrument").filter(assessment=assessment).latest("number")
    before, after = list(scope.items.all()), planned_items(assessment, plan, lines)
    if not any(item.is_scored for item in after):
        raise NothingAskedError
    unsaved = Scope(assessment=assessment, number=scope.number + 1, version=plan.version, stated_roles=scope.stated_roles)
    return Trial(
        now=_side(assessment, scope, before),
        then=_side(assessment, unsaved, after),
        changes=changes_between(facts_of(plan_of(scope), before), facts_of(plan, after)),
        more=more_questions(assessment, asked=after),
        asked=tuple(after),
        same_gates=_same_gates(before, after),
    )


def _same_gates(before: Sequence[ScopeItem], after: Sequence[ScopeItem]) -> frozenset[str]:
    bounds = {row.code: _bounds(row) for row in before if row.gate}
    return frozenset(row.code for row in after if row.gate and bounds.get(row.code) == _bounds(row))


def _bounds(row: ScopeItem) -> tuple[object, ...]:
    return (row.need, row.floor, row.kind, row.unit, row.direction)


def most_with_more(assessment: Assessment, asked: Sequence[ScopeItem]) -> int:
    """Return how many people who have submitted get more questions at most: as if everybody met every condition.

    Whom a condition lets through would tell what they answered.
    """
    rows = [row.copy_unsaved() for row in asked]
    for row in rows:
        row.condition = ""
    return len(more_questions(assessment, asked=rows))


@transaction.atomic
def show_effect(*, assessment: Assessment, plan: ScopePlan, actor: User | None, lines: list[ProfileLine] | None = None) -> Trial:
    """Return what a revision made from the plan would do, and write down who asked: many tries could single an answer out.

    Raises as `try_revision` does; then nothing was shown and nothing is written.
    """
    trial = try_revision(assessment=assessment, plan=plan, lines=lines)
    record(assessment, "assessment.scope_tried", actor)
    return trial


def _side(assessment: Assessment, scope: Scope, items: list[ScopeItem]) -> Side:
    return Side(score_of(assessment, scope, items), len(items), outline_scope(outline_items(items), []).roles)


def score_of(assessment: Assessment, scope: Scope, items: Sequence[ScopeItem]) -> Result:
    """Return what scoring says of the answers as they are under a revision, saved or not; stores nothing."""
    return score(bundle_under(assessment, scope, items))


@transaction.atomic
def revise_scope(*, assessment: Assessment, plan: ScopePlan, reason: str, author: User | None, seen: int) -> Scope:
    """Write the next revision, ask for a new score, and tell the host with the reason.

    `seen` is the number of the revision that the author looked at. Raises NotInThisStateError in a draft (set-up does it
    there) and once the deal is signed or lost, RevisedMeanwhileError, NothingChangedError, NothingAskedError, and ValueError
    without a reason or for a version that the assessment cannot move to.
    """
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("product", "host", "organisation").get(pk=assessment.pk)
    if locked.state not in MAY_REVISE:
        raise NotInThisStateError(locked.state)
    current = Scope.objects.current(locked)
    if current.number != seen:
        raise RevisedMeanwhileError(current)
    if not reason.strip():
        raise ValueError("A scope revision needs a reason.")
    _refuse_unfit(locked, current, plan)
    scope = freeze_scope(assessment=locked, reason=reason.strip(), author=author, plan=plan)
    record(locked, "assessment.scope_revised", author)
    request_score(assessment=locked, reason="scope revised")
    _tell_host(locked, scope)
    return scope


def _refuse_unfit(assessment: Assessment, current: Scope, plan: ScopePlan) -> None:
    if plan.version.pk not in {version.pk for version in versions_ahead(current.version)}:
        raise ValueError("The assessment can move to a newer published version of its own bank only.")
    items = planned_items(assessment, plan)
    if not any(item.is_scored for item in items):
        raise NothingAskedError
    if not changes_between(facts_of(plan_of(current), current.items.all()), facts_of(plan, items)).asks_otherwise:
        raise NothingChangedError


def _tell_host(assessment: Assessment, scope: Scope) -> None:
    """Mail the host what was switched off or added, and why: they approved other questions."""
    if assessment.host is not None:
        kind, email = MessageKind.SCOPE_REVISED, assessment.host.email
        queue_message(organisation=assessment.organisation, kind=kind, subject_id=scope.pk, to_email=email)
