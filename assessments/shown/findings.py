"""The findings of an assessment in words, which of them the address asks for, and what was decided when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, Self

from django.db.models import Case, CharField, Count, Q, QuerySet, When
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Finding, FindingState, Severity
from assessments.services.nominations import named_services
from assessments.shown.items import ShownItem, ShownItems
from assessments.wording import RULES, finding_sentence, role_title, rule_title
from stakeholders.models import Role

SERVICE_RULES = ("no_champion", "silent_service")
ROLE_RULES = ("silent_role", "unlisted_role")
UNLISTED_SERVICE = "unlisted_service"
UNLISTED_RULES = ("unlisted_role", UNLISTED_SERVICE)
VANISHED = "vanished"
MOST_WORDS = 8
NOTES = {
    "score.drafted": gettext_lazy("Drafted from the score."),
    "score.changed": gettext_lazy("The score gives another severity or impact."),
    "score.vanished": gettext_lazy("Closed: the score no longer shows it."),
    "score.returned": gettext_lazy("Reopened: the score shows it again."),
    "named.drafted": gettext_lazy("Drafted: two people name it, and nobody there is asked."),
    "named.changed": gettext_lazy("Named anew."),
    "named.vanished": gettext_lazy("Closed: somebody there is asked now, or fewer than two people name it."),
    "named.returned": gettext_lazy("Reopened: two people name it, and nobody there is asked."),
    "finding.undone": gettext_lazy("The last decision was taken back."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What findings are about: items, and by code the names of service lines and of services that people named."""

    items: ShownItems
    services: Mapping[str, str]
    unlisted: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, assessment: Assessment, items: ShownItems) -> Self:
        """Return the names; two queries."""
        lines = assessment.health_system.service_lines.values_list("code", "name")
        return cls(items, dict(lines), named_services(assessment))

    def title(self, finding: Finding) -> str:
        """Return what a finding is about: an item's title, a role, a service line."""
        if finding.rule in ROLE_RULES:
            return role_title(finding.code)
        if finding.rule == UNLISTED_SERVICE:
            return self.unlisted.get(finding.code, finding.code)
        if finding.rule in SERVICE_RULES:
            return self.services.get(finding.code, finding.code)
        item = self.items.items.get(finding.code)
        return item.asked.title if item else finding.code

    def codes_with(self, word: str) -> list[str]:
        """Return the codes of all that has the word in its code, title or name."""
        titles = {code: item.asked.title for code, item in self.items.items.items()}
        names = titles | dict(self.unlisted) | dict(self.services) | {role: role_title(role) for role in Role.values}
        return [code for code, name in names.items() if word.casefold() in f"{code} {name}".casefold()]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in words; `impact` is None where it would give a single answer away."""

    row: Finding
    title: str
    rule: str
    sentence: str
    item: ShownItem | None
    impact: float | None
    can_be_decided: bool

    @property
    def gone(self) -> str:
        """Return why the finding is not there any more, in the words of its chip; empty while it is."""
        if self.row.vanished_at is None:
            return ""
        return _("No longer unlisted") if self.row.rule in UNLISTED_RULES else _("No longer shown by the score")

    @property
    def is_adjusted(self) -> bool:
        """Tell whether a person gave another severity than the computed one."""
        return self.row.adjusted_severity not in ("", self.row.severity)


def finding_line(finding: Finding, named: Named) -> FindingLine:
    """Return a finding in words."""
    item = named.items.items.get(finding.code) if finding.rule not in (*SERVICE_RULES, *ROLE_RULES, UNLISTED_SERVICE) else None
    open_states = (FindingState.DRAFT, FindingState.CONFIRMED, FindingState.DISMISSED)
    title = named.title(finding)
    return FindingLine(
        row=finding,
        title=title,
        rule=rule_title(finding.rule),
        sentence=finding_sentence(finding.rule, title, item.asked if item else None),
        item=item,
        impact=None if item and item.withheld else finding.impact,
        can_be_decided=finding.vanished_at is None and finding.state in open_states,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; unknown names count as not given. Without a state: what is open."""

    severity: str = ""
    rule: str = ""
    domain: str = ""
    state: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict, named: Named) -> Self:
        """Return what a query string asks for."""
        severity, rule, domain, state = (query.get(name, "") for name in ("severity", "rule", "domain", "state"))
        return cls(
            severity=severity if severity in Severity.values else "",
            rule=rule if rule in RULES else "",
            domain=domain if domain in named.items.domains else "",
            state=state if state in (*FindingState.values, VANISHED) else "",
            words=" ".join(query.get("q", "")[:200].split()),
        )

    @property
    def narrows(self) -> bool:
        """Tell whether some open findings may be hidden."""
        return bool(self.severity or self.rule or self.domain or self.state or self.words)

    def narrow(self, findings: QuerySet[Finding], named: Named) -> QuerySet[Finding]:
        """Return the findings asked for, gravest first."""
        found = in_state(findings, self.state)
        if self.severity:
            found = found.filter(Q(adjusted_severity=self.severity) | Q(adjusted_severity="", severity=self.severity))
        if self.rule:
            found = found.filter(rule=self.rule)
        if self.domain:
            found = found.filter(code__in=[item.code for item in named.items if item.domain == self.domain])
        for word in self.words.split()[:MOST_WORDS]:
            found = found.filter(Q(code__in=named.codes_with(word)) | Q(code__icontains=word))
        return found.gravest_first()


def in_state(findings: Any, state: str) -> Any:
    """Return the findings in a state: the open ones without one; those that vanished only when asked for."""
    if state == VANISHED:
        return findings.exclude(vanished_at=None)
    return findings.present().filter(state=state) if state else findings.open()


def severity_counts(findings: Any) -> list[tuple[str, str, int]]:
    """Return (code, word, number) of the open findings by the severity that holds, gravest first; one query."""
    holding = Case(When(~Q(adjusted_severity=""), then="adjusted_severity"), default="severity", output_field=CharField())
    rows = findings.open().annotate(holds=holding).order_by().values_list("holds").annotate(Count("pk"))
    counts = dict(rows)
    return [(code, str(word), counts.get(code, 0)) for code, word in Severity.choices]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a finding's history: who changed what, from what to what; `who` is empty for the score."""

    at: datetime
    who: str
    changes: tuple[tuple[str, str, str], ...]
    note: str


def changes_of(finding: Finding) -> list[Change]:
    """Return a finding's history, latest first; one query."""
    rows = list(finding.history.select_related("history_user").order_by("history_date", "history_id"))
    changes = [_change(before, after) for before, after in pairwise(rows)]
    first = [Change(row.history_date, _rule(row), (), _note(row)) for row in rows[:1]]
    return [*reversed(changes), *first]


def _change(before: Any, after: Any) -> Change:
    note = after.reason if after.reason != before.reason and after.reason else _note(after)
    return Change(after.history_date, str(after.history_user or _rule(after)), tuple(_differences(before, after)), note)


def _rule(row: Any) -> str:
    """Return what changed a row when no member did: the people asked, where they named something; empty for the score."""
    return _("the people asked") if row.rule in UNLISTED_RULES else ""


def _note(row: Any) -> str:
    return str(NOTES.get(row.history_change_reason or "", ""))


def _differences(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    severities, states = dict(Severity.choices), dict(FindingState.choices)
    if before.state != after.state:
        yield _("State"), str(states[before.state]), str(states[after.state])
    if before.severity != after.severity:
        yield _("Computed severity"), str(severities[before.severity]), str(severities[after.severity])
    if before.adjusted_severity != after.adjusted_severity:
        held = (before.adjusted_severity or before.severity, after.adjusted_severity or after.severity)
        yield _("Severity"), str(severities[held[0]]), str(severities[held[1]])


def lines_of(findings: Iterable[Finding], named: Named) -> list[FindingLine]:
    """Return findings in words."""
    return [finding_line(finding, named) for finding in findings]
