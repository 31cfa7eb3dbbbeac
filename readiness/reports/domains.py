"""The domains of a report: range bars, and what each role says of each domain."""

from collections import Counter
from dataclasses import dataclass

from readiness.reports.subject import Subject
from readiness.reports.words import role_title, short_role
from stakeholders.models import Role


@dataclass(frozen=True)
class DomainLine:
    """A domain's figures: score, low and high 0–100, coverage 0–1; None where there is none."""

    code: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    requirements: int
    gates: int
    failed: int


@dataclass(frozen=True)
class HeatCell:
    """One role's fulfilment of a domain, 0–1; `state` is `value`, `withheld` or `empty` (nobody of the role answered there)."""

    state: str
    share: float | None

    @property
    def words(self) -> str:
        """Return the share as a figure of 100."""
        return "" if self.share is None else f"{100 * self.share:.0f}"


@dataclass(frozen=True)
class HeatRow:
    """A domain with one cell for each role of the table."""

    title: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatTable:
    """Roles by domains; `roles` are (short, full) words in the columns' order."""

    roles: tuple[tuple[str, str], ...]
    rows: tuple[HeatRow, ...]


def domain_lines(subject: Subject) -> tuple[DomainLine, ...]:
    """Return the domains with something in scope, weakest first, those without a score last."""
    sizes = Counter(item["domain"] for item in subject.items.values())
    states = Counter((item["domain"], item["gate"]) for item in subject.result["items"])
    lines = [
        DomainLine(
            code=domain["code"],
            title=subject.domains.get(domain["code"], {}).get("title") or domain["code"],
            score=domain["score"],
            low=domain["low"],
            high=domain["high"],
            coverage=domain["coverage"],
            requirements=sizes[domain["code"]],
            gates=sum(states[domain["code"], state] for state in ("passed", "failed", "unknown")),
            failed=states[domain["code"], "failed"],
        )
        for domain in subject.result["domains"]
        if sizes[domain["code"]]
    ]
    return tuple(sorted(lines, key=lambda line: (line.score is None, line.score or 0.0)))


def heat_table(subject: Subject, domains: tuple[DomainLine, ...]) -> HeatTable:
    """Return what each role that answered says of each domain, in the domains' order."""
    heat = subject.heard["heat"]
    roles = [role for role in Role.values if role in heat]
    rows = [HeatRow(line.title, tuple(heat_cell(heat[role], line.code) for role in roles)) for line in domains]
    return HeatTable(tuple((short_role(role), role_title(role)) for role in roles), tuple(rows))


def heat_cell(heat: dict[str, float | None], domain: str) -> HeatCell:
    """Return one cell."""
    if domain not in heat:
        return HeatCell("empty", None)
    share = heat[domain]
    return HeatCell("withheld", None) if share is None else HeatCell("value", share)
