"""People and coverage: which roles were asked, who spoke, and for which service lines; in groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readiness.reports.sentences import SMALLEST_GAP, sponsor_gap
from readiness.reports.subject import Facts, Gate, Subject
from readiness.reports.words import number, role_title
from stakeholders.models import Role

UNDER_WAY = ("opened", "in_progress")


@dataclass(frozen=True)
class RoleLine:
    """One role: how many were asked and submitted, how many of those do the work daily, from where; names where they may be shown."""

    title: str
    required: bool
    asked: int
    submitted: int
    under_way: int
    waiting: int
    declined: int
    front_line: int
    sites: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ServiceLine:
    """One affected service line: how many front-line clinicians told where they stand, and its champion gate."""

    title: str
    stances: int
    gate: str


@dataclass(frozen=True)
class Unanswered:
    """A requirement that its accountable role has not answered."""

    code: str
    title: str
    owner: str
    is_gate: bool


@dataclass(frozen=True)
class People:
    """Who was asked and who spoke, and what nobody accountable could answer; `sponsor` is a sentence or empty."""

    roles: tuple[RoleLine, ...]
    services: tuple[ServiceLine, ...]
    unanswered: tuple[Unanswered, ...]
    sponsor: str
    gates: tuple[Gate, ...]
    asked: int
    submitted: int
    front_line: int


def people(subject: Subject) -> People:
    """Return the chapter on people."""
    seats = subject.seats
    submitted = [seat for seat in seats if seat["state"] == "submitted"]
    return People(
        roles=tuple(role_line(subject, role) for role in roles_of(subject)),
        services=tuple(service_line(subject, code) for code in subject.services),
        unanswered=unanswered(subject),
        sponsor=sponsor_sentence(subject),
        gates=tuple(gate for gate in subject.gates if not gate.is_requirement),
        asked=len(seats),
        submitted=len(submitted),
        front_line=sum(seat["front_line"] for seat in submitted),
    )


def unanswered(subject: Subject) -> tuple[Unanswered, ...]:
    """Return the requirements without an answer by their accountable role, gates first."""
    found = [
        Unanswered(
            item["code"], subject.title(item["code"]), role_title(subject.items[item["code"]]["accountable"]), item["gate"] is not None
        )
        for item in subject.result["items"]
        if not item["answered"] and item["status"] != "not_applicable" and item["code"] in subject.items
    ]
    return tuple(sorted(found, key=lambda line: not line.is_gate))


def sponsor_sentence(subject: Subject) -> str:
    """Return how far the sponsors' answers lie from the others', where single answers' figures may be shown."""
    gap = sponsor_gap(subject)
    if gap is None or abs(gap) < SMALLEST_GAP:
        return ""
    words = _("Sponsors answer %(gap)s levels above the others, on average over the requirements where both answered.")
    if gap < 0:
        words = _("Sponsors answer %(gap)s levels below the others, on average over the requirements where both answered.")
    return (
        words % {"gap": number(abs(gap))}
        + " "
        + _("Their answers are shown beside the others and not counted, except where the sponsor is accountable.")
    )


def roles_of(subject: Subject) -> list[str]:
    """Return the roles that are required or were asked, in the product's order."""
    required = {gate.code for gate in subject.gates if gate.kind == "role"}
    asked = {seat["role"] for seat in subject.seats}
    return [role for role in Role.values if role in required | asked]


def role_line(subject: Subject, role: str) -> RoleLine:
    """Return one role's line."""
    seats = [seat for seat in subject.seats if seat["role"] == role]
    states = Counter(seat["state"] for seat in seats)
    return RoleLine(
        title=role_title(role),
        required=any(gate.kind == "role" and gate.code == role for gate in subject.gates),
        asked=len(seats),
        submitted=states["submitted"],
        under_way=sum(states[state] for state in UNDER_WAY),
        waiting=states["invited"],
        declined=states["declined"],
        front_line=sum(seat["front_line"] for seat in seats if seat["state"] == "submitted"),
        sites=places(seats),
        names=tuple(subject.heard["names"].get(role, ())),
    )


def places(seats: Sequence[Facts]) -> str:
    """Return the sites of those who submitted, each once; those who speak for the whole system come first."""
    submitted = [seat for seat in seats if seat["state"] == "submitted"]
    sites = sorted({seat["site"] for seat in submitted})
    return ", ".join(site or _("whole system") for site in sites)


def service_line(subject: Subject, code: str) -> ServiceLine:
    """Return one service line's champion gate and how many stances it rests on."""
    clinicians = [seat for seat in subject.seats if seat["role"] == Role.CLINICIAN and seat["service"] == code and seat["front_line"]]
    gate = next((gate.state for gate in subject.gates if gate.kind == "champion" and gate.code == code), "")
    return ServiceLine(subject.services[code], sum(seat["stance"] for seat in clinicians), gate)
