"""The people asked: add, change, withdraw, take back, replace. A person in two roles is one stakeholder with two interviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.models import Assessment, AssessmentState, Interview, InterviewState
from assessments.people_paste import plain
from assessments.services.climate import show_what_may_show
from assessments.services.interviews import lock_interview
from assessments.services.nominations import request_nominated_findings
from assessments.services.scores import request_score
from assessments.services.setup import NotInThisStateError, lock_health_system
from stakeholders.models import Host, LinkPurpose, ServiceLine, Site, Stakeholder, User
from stakeholders.services.audit import record_event
from stakeholders.services.links import revoke_links

TAKES_PEOPLE = (AssessmentState.DRAFT, AssessmentState.OPEN)
SEAT_FIELDS = ("role", "site", "service_line", "front_line")
PERSON_FIELDS = ("name", "email", "title", "influence", "language")


class AlreadyAskedError(Exception):
    """The person already has an interview in this role."""


class AddressTakenError(Exception):
    """The address belongs to somebody else at the health system; the exception's text is that person's name."""


class AlreadyStartedError(Exception):
    """The person has pressed Start: role, place and address are what the answers stand for, and stay. Replace them instead."""


@dataclass(frozen=True)
class Person:
    """A person as typed: who they are, and the seat that they take in the assessment."""

    name: str
    email: str
    role: str
    title: str = ""
    site: Site | None = None
    service_line: ServiceLine | None = None
    front_line: bool = False
    influence: str = "medium"
    language: str = "en"


def _record(interview: Interview, verb: str, actor: User | Host | None) -> None:
    assessment = interview.assessment
    record_event(organisation=assessment.organisation, verb=verb, subject=interview, actor=actor, assessment_id=assessment.pk)
    # Whoever comes, goes or is called otherwise may be, or leave, a role that others named.
    request_nominated_findings(assessment_pk=assessment.pk)


@transaction.atomic
def add_person(*, assessment: Assessment, person: Person, actor: User | None = None) -> Interview:
    """Add a person in a role; they wait for the host's approval and are not written to before.

    Somebody of the health system with that address is taken, under the same name. Somebody who was withdrawn from the
    role comes back. Raises AddressTakenError, AlreadyAskedError, NotInThisStateError.
    """
    lock_health_system(assessment.health_system_id)
    assessment.refresh_from_db(fields=["state"])
    if assessment.state not in TAKES_PEOPLE:
        raise NotInThisStateError(assessment.state)
    if any(place and place.health_system_id != assessment.health_system_id for place in (person.site, person.service_line)):
        raise ValueError("The site or service line belongs to another health system.")
    stakeholder = _stakeholder(assessment, person)
    seat = {name: getattr(person, name) for name in SEAT_FIELDS}
    former = Interview.objects.filter(assessment=assessment, stakeholder=stakeholder, role=person.role).first()
    if former is not None and former.state != InterviewState.WITHDRAWN:
        raise AlreadyAskedError
    if former is not None:
        return restore_interview(interview=former, seat=seat, actor=actor)
    interview = Interview.objects.create(assessment=assessment, stakeholder=stakeholder, **seat)
    _record(interview, "interview.added", actor)
    return interview


def _stakeholder(assessment: Assessment, person: Person) -> Stakeholder:
    known = Stakeholder.objects.filter(health_system=assessment.health_system, email__iexact=person.email).first()
    if known is None:
        fields = {name: getattr(person, name) for name in (*PERSON_FIELDS, "site", "service_line", "front_line")}
        return Stakeholder.objects.create(health_system=assessment.health_system, usual_role=person.role, **fields)
    if plain(known.name) != plain(person.name):
        raise AddressTakenError(known.name)
    if person.title and not known.title:
        known.title = person.title
        known.save(update_fields=["title"])
    return known


@transaction.atomic
def add_people(*, assessment: Assessment, people: Sequence[Person], actor: User | None = None) -> list[Interview]:
    """Add people one after the other, all or none; raises what `add_person` raises."""
    return [add_person(assessment=assessment, person=person, actor=actor) for person in people]


@transaction.atomic
def edit_person(*, interview: Interview, person: Person, actor: User | None = None, seen: int | None = None) -> Interview:
    """Change a person and their seat; another address or role waits for the host again, and closes the links sent so far.

    Once Start was pressed in any of the person's interviews the address stays, because their answers hang on it; once it
    was pressed in this one, the seat stays, so that old scores never move. Raises AlreadyStartedError, AddressTakenError,
    AlreadyAskedError, and SavedMeanwhileError when `seen` is not the person's current version.
    """
    interview = lock_interview(interview)
    lock_health_system(interview.assessment.health_system_id)
    stakeholder = interview.stakeholder
    new_address = stakeholder.email.lower() != person.email.lower()
    new_role = interview.role != person.role
    _check_edit(interview, person, new_address=new_address)
    stakeholder.raise_version(seen, ("name", "email", "title"))
    for name in PERSON_FIELDS:
        setattr(stakeholder, name, getattr(person, name))
    stakeholder.save(update_fields=[*PERSON_FIELDS, "version"])
    for name in SEAT_FIELDS:
        setattr(interview, name, getattr(person, name))
    interview.save(update_fields=list(SEAT_FIELDS))
    if new_address:
        for other in Interview.objects.filter(stakeholder=stakeholder, state=InterviewState.INVITED):
            _wait_for_host(other)
    elif new_role:
        _wait_for_host(interview)
    interview.refresh_from_db(fields=["host_approved_at"])
    _record(interview, "interview.edited", actor)
    return interview


def _check_edit(interview: Interview, person: Person, *, new_address: bool) -> None:
    others = Interview.objects.filter(stakeholder=interview.stakeholder).exclude(pk=interview.pk)
    started = interview.state != InterviewState.INVITED
    if started and any(getattr(interview, name) != getattr(person, name) for name in SEAT_FIELDS):
        raise AlreadyStartedError
    if new_address and (started or others.filter(opened_at__isnull=False).exists()):
        raise AlreadyStartedError
    system = interview.assessment.health_system_id
    owner = Stakeholder.objects.filter(health_system=system, email__iexact=person.email).exclude(pk=interview.stakeholder_id).first()
    if new_address and owner is not None:
        raise AddressTakenError(owner.name)
    if others.filter(assessment=interview.assessment, role=person.role).exists():
        raise AlreadyAskedError


def _wait_for_host(interview: Interview) -> None:
    interview.host_approved_at = None
    interview.save(update_fields=["host_approved_at"])
    revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)


@transaction.atomic
def withdraw_interview(*, interview: Interview, actor: User | Host | None = None) -> Interview:
    """Take a person out: links close at once, answers are kept but no longer scored. Doing it twice does it once."""
    interview = lock_interview(interview)
    if interview.state == InterviewState.WITHDRAWN:
        return interview
    was_submitted = interview.state == InterviewState.SUBMITTED
    interview.state = InterviewState.WITHDRAWN
    interview.save(update_fields=["state"])
    revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    _record(interview, "interview.withdrawn", actor)
    show_what_may_show(assessment=interview.assessment)
    if was_submitted:
        request_score(assessment=interview.assessment, reason="withdrawn")
    return interview


@transaction.atomic
def restore_interview(*, interview: Interview, seat: Mapping[str, Any] | None = None, actor: User | None = None) -> Interview:
    """Take a withdrawn person back, who waits for the host again; what they had answered is theirs to go on with.

    `seat` (site, service line, front line) replaces the former one unless Start had been pressed. Raises NotInThisStateError.
    """
    interview = lock_interview(interview)
    if interview.state != InterviewState.WITHDRAWN or interview.assessment.state not in TAKES_PEOPLE:
        raise NotInThisStateError(interview.state)
    interview.state = InterviewState.IN_PROGRESS if interview.opened_at else InterviewState.INVITED
    interview.host_approved_at, interview.submitted_at = None, None
    for name, value in ({} if interview.opened_at else seat or {}).items():
        setattr(interview, name, value)
    interview.save(update_fields=["state", "host_approved_at", "submitted_at", *SEAT_FIELDS])
    _record(interview, "interview.restored", actor)
    return interview


@transaction.atomic
def replace_person(*, interview: Interview, person: Person, actor: User | None = None) -> Interview:
    """Withdraw one person and add another in one step; returns the new interview."""
    withdraw_interview(interview=interview, actor=actor)
    return add_person(assessment=interview.assessment, person=person, actor=actor)
