"""People who have submitted and whose interview asks more since: who they are, and one mail to each of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.branching import own_way
from assessments.conditions import Answer as Known
from assessments.models import Answer, Assessment, Interview, Scope, ScopeItem
from assessments.questionnaire import SECONDS, minutes
from assessments.services.facts import COLUMNS, facts_of, known_values
from assessments.services.invitations import BETWEEN_REMINDERS, MAILS_AN_HOUR
from stakeholders.models import Message, MessageKind, User
from stakeholders.services.audit import record_event
from stakeholders.services.mail import NO_LONGER_NEEDED, queue_message


@dataclass(frozen=True, slots=True)
class MoreQuestions:
    """One submitted interview and the codes that its role is asked since, with the seconds that they take."""

    interview: Interview
    codes: tuple[str, ...]
    seconds: int

    @property
    def minutes(self) -> int:
        """Return the whole minutes that the new questions take."""
        return minutes(self.seconds)


def more_questions(
    assessment: Assessment, *, asked: Sequence[ScopeItem] | None = None, only: Interview | None = None
) -> list[MoreQuestions]:
    """Return whoever has submitted and has questions that were not there then and are not answered, in at most seven queries.

    `asked` are the items of a revision that is not made yet (default: the latest), `only` looks at one interview. What a
    person's or the place's answers make needless is no question.
    """
    rows = assessment.interviews.submitted().with_people().order_by("role", "stakeholder__name", "pk")
    interviews = list(rows if only is None else rows.filter(pk=only.pk))
    scopes = list(Scope.objects.filter(assessment=assessment).order_by("number").prefetch_related("items")) if interviews else []
    if not scopes:
        return []
    now = list(scopes[-1].items.all() if asked is None else asked)
    given, facts = _given(interviews), facts_of(scopes[-1].pk).known
    found = [_more(interview, now, _asked_then(interview, scopes), given[interview.pk], facts) for interview in interviews]
    return [more for more in found if more.codes]


def _given(interviews: Sequence[Interview]) -> dict[UUID, dict[str, Mapping[str, Any]]]:
    """Return each interview's answers by item code; one query."""
    given: dict[UUID, dict[str, Mapping[str, Any]]] = {interview.pk: {} for interview in interviews}
    for row in Answer.objects.filter(interview__in=interviews).values(*COLUMNS):
        given[row["interview_id"]][row["item_code"]] = row
    return given


def _asked_then(interview: Interview, scopes: Sequence[Scope]) -> frozenset[str]:
    """Return what the interview's role was asked when it was submitted."""
    then = [scope for scope in scopes if interview.submitted_at is not None and scope.created_at <= interview.submitted_at]
    rows = (then[-1] if then else scopes[0]).items.all()
    return frozenset(row.code for row in rows if interview.role in row.roles)


def _more(
    interview: Interview,
    now: Sequence[ScopeItem],
    then: Collection[str],
    given: Mapping[str, Mapping[str, Any]],
    facts: Mapping[str, Known],
) -> MoreQuestions:
    mine = [row for row in now if interview.role in row.roles and (interview.limited_to is None or row.code in interview.limited_to)]
    conditions = [(row.code, "" if row.gate else row.condition) for row in mine]
    asked, _known = own_way(conditions, facts=facts, own=known_values(given.values()))
    new = [row for row in mine if row.code in asked and row.code not in then and row.code not in given]
    seconds = sum(row.seconds.get(interview.role) or SECONDS[row.kind] for row in new)
    return MoreQuestions(interview, tuple(row.code for row in new), seconds)


def more_for(interview: Interview) -> MoreQuestions | None:
    """Return the questions that came since an interview was submitted, None when there are none."""
    return next(iter(more_questions(interview.assessment, only=interview)), None)


def may_be_told(interview: Interview) -> bool:
    """Tell whether the person may be written to about more questions (reads assessment and stakeholder)."""
    return interview.assessment.takes_answers and interview.host_approved_at is not None and bool(interview.stakeholder.email)


def told_when(found: Iterable[MoreQuestions]) -> dict[UUID, datetime]:
    """Return when each of these people was last mailed about more questions; one query."""
    keys = [more.interview.pk for more in found]
    rows = Message.objects.filter(subject_id__in=keys, kind=MessageKind.MORE_QUESTIONS).exclude(error=NO_LONGER_NEEDED)
    return dict(rows.order_by("created_at").values_list("subject_id", "created_at"))


@transaction.atomic
def mail_more_questions(*, assessment: Assessment, actor: User | None = None) -> int:
    """Mail everybody who has more questions since they submitted; returns how many mails went out.

    Nobody gets two within a day unless another revision was made between them, and nobody more than ten mails an hour.
    """
    # The lock puts two who press at once in an order, so that nobody gets the mail twice.
    Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    found = more_questions(assessment)
    for more in found:
        more.interview.assessment = assessment
    told, flooded = told_when(found), _flooded(found)
    revised_at = Scope.objects.current(assessment).created_at if found else timezone.now()
    before = max(revised_at, timezone.now() - BETWEEN_REMINDERS)
    due = [more.interview for more in found if may_be_told(more.interview) and more.interview.stakeholder.email not in flooded]
    due = [interview for interview in due if interview.pk not in told or told[interview.pk] < before]
    for interview in due:
        _queue(interview, actor)
    return len(due)


def _flooded(found: Iterable[MoreQuestions]) -> frozenset[str]:
    """Return the addresses that got ten mails within the hour."""
    emails = [more.interview.stakeholder.email for more in found]
    since = timezone.now() - timedelta(hours=1)
    sent = list(Message.objects.filter(to_email__in=emails, created_at__gt=since).values_list("to_email", flat=True))
    return frozenset(email for email in sent if sent.count(email) >= MAILS_AN_HOUR)


def _queue(interview: Interview, actor: User | None) -> None:
    assessment, kind = interview.assessment, MessageKind.MORE_QUESTIONS
    queue_message(organisation=assessment.organisation, kind=kind, subject_id=interview.pk, to_email=interview.stakeholder.email)
    verb = "interview.more_questions_sent"
    record_event(organisation=assessment.organisation, verb=verb, subject=interview, actor=actor, assessment_id=assessment.pk)
