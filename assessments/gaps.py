"""The rules that turn items and gates into findings: two tables that `score()` calls.

Other rules of the product (workarounds, interfaces without owner, incentives) add findings but have no part in the
verdict.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assessments.arithmetic import reaches
from assessments.results import FindingKind, FindingResult, GateKind, GateResult, GateState, ItemResult, Severity
from assessments.scored import Item

MAJOR_IMPACT = 2
MODERATE_IMPACT = 0.75
SEVERITIES: tuple[Severity, ...] = ("blocker", "major", "moderate", "minor")


class ItemRule(NamedTuple):
    """A finding about an item: when it is one, and how severe; `has_impact` where it costs fulfilment."""

    kind: FindingKind
    holds: Callable[[ItemResult], bool]
    severity: Callable[[Item, ItemResult], Severity]
    has_impact: bool = False


def impact_of(item: Item, result: ItemResult) -> float:
    """Return weight · (1 − fulfilment), 0–5; an item without a known answer has lost all of its weight."""
    return item.weight * (1 - (result.fulfilment or 0.0))


def impact_severity(item: Item, result: ItemResult) -> Severity:
    """Return the severity of a shortfall that fails no gate, by its impact."""
    impact = impact_of(item, result)
    if reaches(impact, MAJOR_IMPACT):
        return "major"
    return "moderate" if reaches(impact, MODERATE_IMPACT) else "minor"


def unknown_severity(item: Item, _result: ItemResult) -> Severity:
    """Return the severity of an item that its accountable role has not answered."""
    if item.gate:
        return "major"
    return "moderate" if item.weight >= 3 else "minor"


def dissent_severity(item: Item, _result: ItemResult) -> Severity:
    """Return the severity of a disagreement or a variation."""
    return "major" if item.gate or item.weight == 5 else "moderate"


def _fails_gate(result: ItemResult) -> bool:
    return result.gate == "failed"


def _falls_short(result: ItemResult) -> bool:
    return result.status == "short" and not _fails_gate(result)


def _is_unanswered(result: ItemResult) -> bool:
    return result.status != "not_applicable" and not result.answered


def _people_differ(result: ItemResult) -> bool:
    apart = result.disagreement
    return apart is not None and apart.flagged and not apart.between_sites


def _sites_differ(result: ItemResult) -> bool:
    return result.disagreement is not None and result.disagreement.between_sites


ITEM_RULES = (
    ItemRule("shortfall", _fails_gate, lambda _item, _result: "blocker", has_impact=True),
    ItemRule("shortfall", _falls_short, impact_severity, has_impact=True),
    ItemRule("unknown", _is_unanswered, unknown_severity),
    ItemRule("disagreement", _people_differ, dissent_severity),
    ItemRule("variation", _sites_differ, dissent_severity),
)
GATE_RULES: dict[tuple[GateKind, GateState], tuple[FindingKind, Severity]] = {
    ("role", "unknown"): ("silent_role", "major"),
    ("champion", "failed"): ("no_champion", "blocker"),
    ("champion", "unknown"): ("silent_service", "major"),
}


def find_gaps(items: Iterable[tuple[Item, ItemResult]], gates: Iterable[GateResult]) -> Iterator[FindingResult]:
    """Yield every finding of the two tables."""
    for gate in gates:
        if (gate.kind, gate.state) in GATE_RULES:
            kind, severity = GATE_RULES[gate.kind, gate.state]
            yield FindingResult(kind, gate.code, severity)
    for item, result in items:
        for rule in ITEM_RULES:
            if rule.holds(result):
                impact = impact_of(item, result) if rule.has_impact else None
                yield FindingResult(rule.kind, item.code, rule.severity(item, result), impact)


def by_severity(findings: Iterable[FindingResult]) -> tuple[FindingResult, ...]:
    """Return findings with the most severe first, then by kind and code."""
    return tuple(sorted(findings, key=lambda found: (SEVERITIES.index(found.severity), found.kind, found.code)))
