"""Who else will this touch? What everybody may name, what comes of it, and the findings that follow. Who named it is never read out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django_tasks import task

from assessments.models import Assessment, Finding, Interview, InterviewState, Nomination, NominationKind, Severity
from assessments.nominated import FEWEST_WHO_HANDED_IN, SERVICE, Group, Listed, Mention, grouped, key_of
from assessments.services.answers import InterviewClosedError
from assessments.services.findings import Found, Notes, update_rules
from stakeholders.models import Role
from stakeholders.validators import clean_text

MOST_NOMINATIONS = 10
UNLISTED_RULES = {NominationKind.ROLE: "unlisted_role", NominationKind.SERVICE: "unlisted_service"}
BY_NAMING = Notes("named.drafted", "named.changed", "named.vanished", "named.returned")


@dataclass(frozen=True, slots=True)
class Named:
    """One entry as it was typed: a role by its code, a service or a person in words."""

    kind: str
    words: str


@transaction.atomic
def save_nominations(*, interview: Interview, named: Sequence[Named]) -> list[Nomination]:
    """Keep what the person names, in place of what they named before; the same thing twice is kept once.

    Sending it again changes nothing. Raises InterviewClosedError once the interview is handed in, ValueError for more than
    ten entries or a role that is none. The caller holds the interview's row lock.
    """
    if not interview.can_be_answered:
        raise InterviewClosedError
    wanted = {_same(entry): entry for entry in reversed([_cleaned(entry) for entry in named]) if entry.words}
    if len(wanted) > MOST_NOMINATIONS or any(e.kind == NominationKind.ROLE and e.words not in Role.values for e in wanted.values()):
        raise ValueError("At most ten entries, and only roles that there are.")
    for row in interview.nominations.all():
        if wanted.get(_same(_entry(row))) == _entry(row):
            del wanted[_same(_entry(row))]
        else:
            row.delete()
    Nomination.objects.bulk_create(_row(interview, entry) for entry in reversed(list(wanted.values())))
    return list(interview.nominations.all())


def _cleaned(entry: Named) -> Named:
    return Named(entry.kind, " ".join(clean_text(entry.words).split()))


def _same(entry: Named) -> tuple[str, str]:
    return entry.kind, entry.words if entry.kind == NominationKind.ROLE else key_of(entry.words)


def _entry(row: Nomination) -> Named:
    return Named(row.kind, row.role or row.text)


def _row(interview: Interview, entry: Named) -> Nomination:
    place = {"role": entry.words} if entry.kind == NominationKind.ROLE else {"text": entry.words}
    return Nomination(assessment_id=interview.assessment_id, interview=interview, kind=entry.kind, **place)


def nominated(assessment: Assessment) -> list[Group]:
    """Return what the people who handed in named, with how many of them did and whether it is listed; four queries.

    Nothing before three different people have handed in: of fewer, what was named would say who named it.
    """
    return grouped(_mentions(assessment), _listed(assessment))


def _mentions(assessment: Assessment) -> list[Mention]:
    seats = assessment.interviews.filter(state=InterviewState.SUBMITTED).order_by()
    # A row with nothing in it for whoever named nothing: they count as one of those it could have been.
    rows = list(seats.values_list("nominations__kind", "nominations__role", "nominations__text", "stakeholder_id"))
    if len({by for *_named, by in rows}) < FEWEST_WHO_HANDED_IN:
        return []
    return [Mention(kind, role or text, by) for kind, role, text, by in rows if kind]


def _listed(assessment: Assessment) -> Listed:
    seats = list(assessment.interviews.taking_part().order_by().values_list("role", "stakeholder__name", "stakeholder__title"))
    lines = assessment.service_lines.values_list("name", flat=True)
    places = assessment.sites.values_list("name", flat=True)
    return Listed(
        roles={role for role, _name, _title in seats},
        services={*lines, *places},
        titles={title for _role, _name, title in seats if title},
        people={name for _role, name, _title in seats},
    )


def named_services(assessment: Assessment) -> dict[str, str]:
    """Return the words of the services that people named, by the code that findings have; one query."""
    return {group.code: group.words for group in grouped(_mentions(assessment), Listed()) if group.kind == SERVICE}


@transaction.atomic
def update_nominated_findings(*, assessment: Assessment) -> list[Finding]:
    """Draft, close and reopen the findings about roles and services that two people name and nobody listed.

    None before what was named is shown at all, so a finding never says more than the page of people does.
    They stand beside the score and never move it. The lock orders those who do it at once.
    """
    Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    groups = [group for group in nominated(assessment) if group.is_finding]
    found = [Found(UNLISTED_RULES[NominationKind(group.kind)], group.code, Severity.MODERATE) for group in groups]
    return update_rules(assessment=assessment, rules=tuple(UNLISTED_RULES.values()), found=found, notes=BY_NAMING)


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """What runs after the transaction: it enqueues the update of one assessment's findings."""

    assessment_pk: UUID

    def __call__(self) -> None:
        """Enqueue."""
        update_nominated_later.enqueue(str(self.assessment_pk))


def request_nominated_findings(*, assessment_pk: UUID) -> None:
    """Ask for the findings to be brought up to date once the transaction is committed; several requests in it become one.

    After the transaction, because adding a person locks the health system first and handing in the assessment.
    """
    request = UpdateRequest(assessment_pk)
    if request not in [hook for _, hook, *_ in transaction.get_connection().run_on_commit]:
        # Robust: what was saved stays saved when the queue is out of reach; the next event makes up for it.
        transaction.on_commit(request, robust=True)


@task()
def update_nominated_later(assessment_pk: str) -> None:
    """Update the findings of an assessment that still exists; doing it twice changes nothing."""
    assessment = Assessment.objects.filter(pk=assessment_pk).first()
    if assessment is not None:
        update_nominated_findings(assessment=assessment)
