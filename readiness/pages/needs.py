"""Which assessments wait for the lead, and for what: conditions of the database, one query for a portfolio of any size."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentState, HostApproval, HostDecision, Interview, InterviewState, Verdict
from stakeholders.models import Message, MessageState

ACTIVE = (AssessmentState.DRAFT, AssessmentState.OPEN, AssessmentState.CLOSED)
BEFORE_ANSWERS = (AssessmentState.DRAFT, AssessmentState.OPEN)
GOOD_TO_SIGN = (Verdict.READY, Verdict.READY_WITH_CONDITIONS)
SOON_DAYS = 14


class Need(NamedTuple):
    """A reason why an assessment waits: its name in the query, what the list says, and the page where it is settled."""

    name: str
    words: str | Promise
    url: str


# The most urgent first: an assessment is listed by its first reason.
NEEDS = (
    Need("contract_passed", _("The contract date has passed: signed, lost or moved?"), "overview"),
    Need("contract_soon", _("The contract is due within 14 days, and it is not ready."), "overview"),
    Need("host_returned", _("The host has asked for changes."), "people"),
    Need("mail_failed", _("An invitation could not be delivered."), "people"),
    Need("not_sent", _("People are approved, but their invitations are not sent."), "people"),
    Need("nobody_invited", _("Nobody is invited yet."), "people"),
    Need("gates_unknown", _("Gates are unknown: the people who know have not answered."), "answers"),
)


def today_by_zone(dates: Mapping[str, date]) -> Case:
    """Return today's date in the assessment's health system, given today's date for each zone that occurs; UTC's for others."""
    zones: dict[date, list[str]] = {}
    for zone, day in dates.items():
        zones.setdefault(day, []).append(zone)
    cases = [When(health_system__time_zone__in=names, then=Value(day)) for day, names in zones.items()]
    return Case(*cases, default=Value(dates["UTC"]), output_field=DateField())


def contract_conditions(dates: Mapping[str, date]) -> dict[str, Q]:
    """Return the conditions on the contract date, day by day in each health system's zone."""
    zones: dict[date, list[str]] = {}
    for zone, day in dates.items():
        zones.setdefault(day, []).append(zone)
    passed, soon = Q(pk__in=[]), Q(pk__in=[])
    for day, names in zones.items():
        here = Q(health_system__time_zone__in=names)
        passed |= here & Q(contract_date__lt=day)
        soon |= here & Q(contract_date__gte=day, contract_date__lte=day + timedelta(days=SOON_DAYS))
    good = Q(latest_snapshot__verdict__in=GOOD_TO_SIGN)
    return {"contract_passed": Q(state__in=ACTIVE) & passed, "contract_soon": Q(state__in=ACTIVE) & soon & ~good}


def people_conditions() -> dict[str, Q]:
    """Return the conditions on host, invitations and mails."""
    own = Interview.objects.filter(assessment=OuterRef("pk"))
    last_mail = Message.objects.filter(subject_id=OuterRef("pk")).order_by("-created_at", "-pk").values("state")[:1]
    undelivered = own.filter(state=InterviewState.INVITED).annotate(last_mail=Subquery(last_mail))
    undelivered = undelivered.filter(last_mail__in=(MessageState.FAILED, MessageState.BOUNCED))
    unsent = own.filter(state=InterviewState.INVITED, host_approved_at__isnull=False, invited_at=None)
    last_decision = HostApproval.objects.filter(assessment=OuterRef("pk")).order_by("-at", "-pk").values("decision")[:1]
    returned = Q(pk__in=Assessment.objects.annotate(last=Subquery(last_decision)).filter(last=HostDecision.RETURNED).values("pk"))
    return {
        "host_returned": Q(state__in=BEFORE_ANSWERS) & returned,
        "mail_failed": Q(state=AssessmentState.OPEN) & Exists(undelivered),
        "not_sent": Q(state=AssessmentState.OPEN) & Exists(unsent),
        "nobody_invited": Q(state__in=BEFORE_ANSWERS) & ~Exists(own.taking_part()),
        "gates_unknown": Q(state__in=(AssessmentState.OPEN, AssessmentState.CLOSED), latest_snapshot__gates_unknown__gt=0),
    }
