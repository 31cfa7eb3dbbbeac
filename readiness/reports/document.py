"""The whole report as plain data: from a content to what templates print, without database, clock or settings."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.models import Audience
from readiness.reports.climate import ClimateLine, climate_lines
from readiness.reports.content import Content, fingerprint
from readiness.reports.disagreements import DisagreementLine, disagreement_lines
from readiness.reports.domains import DomainLine, HeatTable, domain_lines, heat_table
from readiness.reports.findings import CriticalItem, FindingLine, critical_items, finding_lines
from readiness.reports.first_page import FirstPage, deal_title, first_page
from readiness.reports.gates import AnswerGate, answer_gates
from readiness.reports.measure import fitted
from readiness.reports.method import Method, method
from readiness.reports.people import People, people
from readiness.reports.requirements import Section, sections
from readiness.reports.room import FOOT
from readiness.reports.subject import Gate, Subject
from readiness.reports.vendor import VendorReadiness, vendor_readiness
from readiness.reports.waves import WaveLine, wave_lines
from readiness.reports.words import in_fours, instant_day

OPEN_ITEMS_ON_A_PAGE = 18


@dataclass(frozen=True)
class Issue:
    """Which printing this is: a numbered issue with its instant (ISO 8601, UTC), or a draft without a number."""

    number: int | None = None
    at: str | None = None


@dataclass(frozen=True)
class Document:
    """Everything a report prints, for one audience."""

    audience: str
    full_title: str
    kicker: str
    foot: str
    created: str
    fingerprint: str
    first: FirstPage
    gates: tuple[Gate, ...]
    answer_gates: tuple[AnswerGate, ...]
    waves: tuple[WaveLine, ...]
    domains: tuple[DomainLine, ...]
    heat: HeatTable
    vendor: VendorReadiness | None
    critical: tuple[CriticalItem, ...]
    disagreements: tuple[DisagreementLine, ...]
    findings: tuple[FindingLine, ...]
    people: People
    climate: tuple[ClimateLine, ...]
    method: Method
    sections: tuple[Section, ...]
    shows_answers: bool

    @cached_property
    def blockers(self) -> tuple[CriticalItem, ...]:
        """Return the open blockers: page two."""
        return tuple(item for item in self.critical if item.severity == "blocker")

    @cached_property
    def requirement_gates(self) -> tuple[Gate, ...]:
        """Return the gates that stand one by one: champions and requirements."""
        return tuple(gate for gate in self.gates if gate.kind in ("champion", "requirement"))

    @cached_property
    def any_decided(self) -> bool:
        """Tell whether anybody decided anything about a finding."""
        return any(line.state != "draft" or line.decision for line in self.findings)

    @cached_property
    def open_items(self) -> tuple[CriticalItem, ...]:
        """Return what page two lists: every open blocker, and majors while there is room for them on the page."""
        return self.critical[: max(len(self.blockers), OPEN_ITEMS_ON_A_PAGE)]

    @cached_property
    def majors(self) -> tuple[CriticalItem, ...]:
        """Return the open majors."""
        return tuple(item for item in self.critical if item.severity != "blocker")


def build_document(content: Content, *, audience: str, issue: Issue) -> Document:
    """Return the report of a content for an audience; the same arguments give the same document."""
    subject = Subject(content, audience)
    digits = fingerprint(content)
    findings = finding_lines(subject)
    domains = domain_lines(subject)
    return Document(
        audience=audience,
        full_title=deal_title(subject),
        kicker=kicker(subject, issue),
        foot=foot(subject, issue, digits),
        created=issue.at or subject.content["snapshot"]["at"],
        fingerprint=digits,
        first=first_page(subject),
        gates=tuple(subject.gates),
        answer_gates=answer_gates(subject),
        waves=wave_lines(subject),
        domains=domains,
        heat=heat_table(subject, domains),
        vendor=vendor_readiness(subject),
        critical=critical_items(subject, findings),
        disagreements=disagreement_lines(subject),
        findings=findings,
        people=people(subject),
        climate=climate_lines(subject),
        method=method(subject, digits),
        sections=sections(subject),
        shows_answers=bool(subject.heard["answers"]),
    )


def kicker(subject: Subject, issue: Issue) -> str:
    """Return the line above the title: what this is, for whom, as of when."""
    when = instant_day(issue.at or subject.content["snapshot"]["at"], subject.deal["time_zone"])
    which = _("issue %(number)s") % {"number": issue.number} if issue.number else _("draft")
    return " · ".join([_("Operational readiness"), str(Audience(subject.audience).label), which, when])


def foot(subject: Subject, issue: Issue, digits: str) -> str:
    """Return the line at the foot of every page: title, issue or draft, start of the fingerprint."""
    which = _("issue %(number)s") % {"number": issue.number} if issue.number else _("draft")
    return " · ".join(["Groundwork", fitted(deal_title(subject), FOOT, 1), which, in_fours(digits)])
