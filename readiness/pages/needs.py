"""Which assessments wait for the lead, and for what: conditions of the database, one query for a portfolio of any size."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentState, HostApproval, HostDecision, Interview, InterviewState, Verdict
from stakeholders.models import Message, MessageKind, MessageState

BEFORE_ANSWERS = (AssessmentState.DRAFT, AssessmentState.OPEN)
ACTIVE = (*BEFORE_ANSWERS, AssessmentState.CLOSED)
GOOD_TO_SIGN = (Verdict.READY, Verdict.READY_WITH_CONDITIONS)
SOON_DAYS = 14


class Need(NamedTuple):
    """What an assessment waits for: what the list says, and the page where it is settled."""

    words: str | Promise
    url: str


# The most urgent first: an assessment is listed once, by the first that holds.
NEEDS = {
    "contract_passed": Need(_("The contract date has passed: signed, lost or moved?"), "overview"),
    "contract_soon": Need(_("The contract is due within 14 days, and it is not ready."), "overview"),
    "host_returned": Need(_("The host has asked for changes."), "people"),
    "mail_failed": Need(_("An invitation could not be delivered."), "people"),
    "not_sent": Need(_("People are approved, but not all invitations are sent."), "people"),
    "host_not_asked": Need(_("People are waiting, but the host has not been asked."), "people"),
    "nobody_invited": Need(_("Nobody is invited yet."), "people"),
    "gates_unknown": Need(_("Gates are unknown: those who know have not answered."), "answers"),
}


def waiting(assessments: QuerySet[Assessment], today: Mapping[str, date]) -> QuerySet[Assessment]:
    """Return the assessments that wait for the lead, the most urgent and the nearest contract first, each with its `need`.

    `today` maps each time zone of the health systems to the date there.
    """
    conditions = contract_conditions(today) | host_conditions() | people_conditions()
    conditions["gates_unknown"] = Q(state__in=(AssessmentState.OPEN, AssessmentState.CLOSED), latest_snapshot__gates_unknown__gt=0)
    cases = [When(conditions[name], then=Value(place)) for place, name in enumerate(NEEDS)]
    found = with_last_word(assessments).annotate(need=Case(*cases, default=None, output_field=IntegerField()))
    return found.exclude(need=None).order_by("need", F("contract_date").asc(nulls_last=True), "pk")


def need_of(assessment: Assessment) -> Need | None:
    """Return what an assessment of `waiting` waits for, None for one of another list."""
    place: int | None = getattr(assessment, "need", None)
    return None if place is None else list(NEEDS.values())[place]


def with_last_word(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Add what the host last decided and when, and when the host was last asked."""
    decided = HostApproval.objects.filter(assessment=OuterRef("pk")).order_by("-at", "-pk")
    asked = Message.objects.filter(subject_id=OuterRef("pk"), kind=MessageKind.HOST_APPROVAL).order_by("-created_at")
    return assessments.annotate(
        decision=Subquery(decided.values("decision")[:1]),
        decided_at=Subquery(decided.values("at")[:1]),
        asked_at=Subquery(asked.values("created_at")[:1]),
    )


def contract_conditions(today: Mapping[str, date]) -> dict[str, Q]:
    """Return the conditions on the contract date, which is a day in the health system's own zone."""
    passed, soon = Q(pk__in=[]), Q(pk__in=[])
    for day in sorted(set(today.values())):
        there = Q(state__in=ACTIVE, health_system__time_zone__in=sorted(zone for zone, here in today.items() if here == day))
        passed |= there & Q(contract_date__lt=day)
        soon |= there & Q(contract_date__range=(day, day + timedelta(days=SOON_DAYS)))
    return {"contract_passed": passed, "contract_soon": soon & ~Q(latest_snapshot__verdict__in=GOOD_TO_SIGN)}


def host_conditions() -> dict[str, Q]:
    """Return the conditions on the host's say; asked again after a decision, it is the host's turn."""
    before_answers = Q(state__in=BEFORE_ANSWERS)
    asked_since = Q(asked_at__isnull=False) & (Q(decided_at=None) | Q(asked_at__gt=F("decided_at")))
    unapproved = Interview.objects.filter(assessment=OuterRef("pk"), state=InterviewState.INVITED, host_approved_at=None)
    return {
        "host_returned": before_answers & Q(decision=HostDecision.RETURNED) & ~asked_since,
        "host_not_asked": before_answers & Q(Exists(unapproved)) & ~asked_since,
    }


def people_conditions() -> dict[str, Q]:
    """Return the conditions on invitations and their mails."""
    own = Interview.objects.filter(assessment=OuterRef("pk"))
    invited = own.filter(state=InterviewState.INVITED)
    last_mail = Message.objects.filter(subject_id=OuterRef("pk")).order_by("-created_at", "-pk").values("state")[:1]
    returned = invited.annotate(mail=Subquery(last_mail)).filter(mail__in=(MessageState.FAILED, MessageState.BOUNCED))
    is_open = Q(state=AssessmentState.OPEN)
    return {
        "mail_failed": is_open & Q(Exists(returned)),
        "not_sent": is_open & Q(Exists(invited.filter(host_approved_at__isnull=False, invited_at=None))),
        "nobody_invited": Q(state__in=BEFORE_ANSWERS) & ~Q(Exists(own.taking_part())),
    }
