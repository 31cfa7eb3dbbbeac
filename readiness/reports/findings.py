"""The gaps of a report: critical ones requirement by requirement, and all of them as one list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import SEVERITY_ORDER, FindingState, Severity
from assessments.shown.findings import UNLISTED_RULES
from readiness.reports.subject import Facts, Subject
from readiness.reports.words import amount, bound, clipped, day, number, role_title, rule_title, short_role, step

CRITICAL = (Severity.BLOCKER, Severity.MAJOR)
SETTLED_STATES = (FindingState.DISMISSED, FindingState.RESOLVED, FindingState.ACCEPTED)
LONGEST_SHORT_ACTION = 105


@dataclass(frozen=True)
class FindingLine:
    """One finding: the severity that holds, what it is about, and what people decided about it."""

    severity: str
    computed: str
    rule: str
    kind: str
    code: str
    title: str
    about_requirement: bool
    impact: str
    state: str
    decision: str
    is_open: bool


@dataclass(frozen=True)
class CriticalItem:
    """A requirement, role or service with open blockers or majors: what was said, what is asked, what both sides do."""

    severity: str
    code: str
    title: str
    about_requirement: bool
    kinds: tuple[str, ...]
    owner: str
    said: str
    span: str
    floor: str
    floor_amount: str
    floor_words: str
    need: str
    need_words: str
    health_system: str
    vendor: str
    planned: str

    @property
    def short_health_system(self) -> str:
        """Return the health system's action in a few words."""
        return clipped(self.health_system, LONGEST_SHORT_ACTION)

    @property
    def short_vendor(self) -> str:
        """Return the vendor's action in a few words."""
        return clipped(self.vendor, LONGEST_SHORT_ACTION)


def finding_lines(subject: Subject) -> tuple[FindingLine, ...]:
    """Return all findings, gravest first, then by what is missing, then in the bank's order."""
    places = {code: place for place, code in enumerate(subject.items)}
    lines = [finding_line(subject, finding) for finding in subject.content["findings"]]
    impact = {(f["rule"], f["code"]): f["impact"] or 0.0 for f in subject.content["findings"]}

    def key(line: FindingLine) -> tuple[int, bool, float, int, str]:
        champion = line.rule == "no_champion"
        return SEVERITY_ORDER[line.severity], not champion, -impact[line.rule, line.code], places.get(line.code, -1), line.code

    return tuple(sorted(lines, key=key))


def finding_line(subject: Subject, finding: Facts) -> FindingLine:
    """Return one finding in words."""
    rule, code = finding["rule"], finding["code"]
    hidden = code in subject.withheld or finding["impact"] is None
    return FindingLine(
        severity=finding["adjusted"] or finding["severity"],
        computed=finding["severity"],
        rule=rule,
        kind=rule_title(rule),
        code=code,
        title=finding_title(subject, rule, code),
        about_requirement=code in subject.items,
        impact="" if hidden else f"{finding['impact']:.1f}",
        state=finding["state"],
        decision=decision_words(finding),
        is_open=finding["state"] not in SETTLED_STATES,
    )


def finding_title(subject: Subject, rule: str, code: str) -> str:
    """Return what a finding is about."""
    if rule == "silent_role":
        return _("Silent: %(who)s") % {"who": role_title(code)}
    if rule == "no_champion":
        return subject.gate_title("champion", code)
    if rule == "silent_service":
        return _("Silent: %(who)s") % {"who": subject.services.get(code, code)}
    if rule in UNLISTED_RULES:
        return _("Not listed: %(who)s") % {"who": unlisted_name(subject, rule, code)}
    return subject.title(code)


def unlisted_name(subject: Subject, rule: str, code: str) -> str:
    """Return the role or service that people named and nobody listed."""
    return role_title(code) if rule == "unlisted_role" else subject.unlisted.get(code, code)


def decision_words(finding: Facts) -> str:
    """Return what a person changed and why; empty where nobody did."""
    parts = []
    if finding["adjusted"] and finding["adjusted"] != finding["severity"]:
        parts.append(_("computed as %(severity)s") % {"severity": Severity(finding["severity"]).label.lower()})
    if finding["accepted_until"]:
        parts.append(_("until %(day)s") % {"day": day(finding["accepted_until"])})
    if finding["reason"]:
        parts.append(finding["reason"])
    return "; ".join(parts)


def critical_items(subject: Subject, lines: Iterable[FindingLine]) -> tuple[CriticalItem, ...]:
    """Return what has open blockers or majors, one entry however many findings it has, blockers first."""
    grouped: dict[tuple[str, str], list[FindingLine]] = {}
    for line in lines:
        if line.is_open and line.severity in CRITICAL:
            grouped.setdefault((line.title, line.code), []).append(line)
    return tuple(critical_item(subject, found) for found in grouped.values())


def critical_item(subject: Subject, lines: list[FindingLine]) -> CriticalItem:
    """Return one entry from its findings, gravest first."""
    first = lines[0]
    item = subject.items.get(first.code) if first.about_requirement else None
    own, theirs = actions(subject, first, item)
    return CriticalItem(
        severity=first.severity,
        code=first.code if item else "",
        title=first.title,
        about_requirement=item is not None,
        kinds=tuple(line.kind for line in lines),
        owner=role_title(item["accountable"]) if item else "",
        said=said_by_role(subject, item) if item else "",
        span=subject.said(first.code) if item else "",
        floor=bound(item, item["floor"]) if item and item["gate"] else "",
        floor_amount=amount(item, item["floor"]) if item and item["gate"] else "",
        floor_words=step(item, item["floor"]) if item and item["gate"] else "",
        need=bound(item, item["need"]) if item else "",
        need_words=step(item, item["need"]) if item else "",
        health_system=own,
        vendor=theirs,
        planned=plan_words(subject, first),
    )


def actions(subject: Subject, line: FindingLine, item: Facts | None) -> tuple[str, str]:
    """Return the default actions of the health system and of the vendor."""
    if item is not None:
        return item["action_health_system"], item["action_vendor"]
    if line.rule == "no_champion":
        words = _("Name a front-line clinician who wants it, and free the hours it takes.")
        return words, _("Show that clinician the evidence, and a peer who uses it.")
    if line.rule == "silent_service":
        return _("Ask a front-line clinician of this service line."), ""
    if line.rule in UNLISTED_RULES:
        return _("Name somebody who can speak for them, or say why they need not be asked."), ""
    if line.rule == "silent_role":
        return _("Let somebody in this role answer, or name who decides in their place."), ""
    return "", ""


def said_by_role(subject: Subject, item: Facts) -> str:
    """Return what each role answered, as a mean: "Lab 1 · IT 0 · Sponsor 4 (not counted)"."""
    parts = []
    for role, mean in subject.means(item["code"]).items():
        words = _("not shown") if mean is None else number(mean)
        aside = "" if subject.counts(item["code"], role) else " " + _("(not counted)")
        parts.append(f"{short_role(role)} {words}{aside}")
    return " · ".join(parts) or _("nobody could say")


def plan_words(subject: Subject, line: FindingLine) -> str:
    """Return the agreed plan for a failed gate, with its date; empty without one."""
    for plan in subject.content["decisions"]["plans"]:
        if (plan["kind"], plan["code"]) == (line.rule, line.code):
            due = _("by %(day)s") % {"day": day(plan["due"])} if plan["due"] else ""
            return " ".join(part for part in (plan["plan"], due) if part) or _("agreed")
    return ""
