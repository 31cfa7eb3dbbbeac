"""What scoring says: figures, gates, findings and verdict as frozen dataclasses. "No score" is None, never a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SCORING_VERSION = 1

Status = Literal["not_applicable", "unknown", "short", "contested", "met"]
GateKind = Literal["requirement", "role", "champion", "coverage"]
GateState = Literal["passed", "failed", "unknown"]
FindingKind = Literal["shortfall", "unknown", "disagreement", "variation", "silent_role", "no_champion", "silent_service"]
Severity = Literal["blocker", "major", "moderate", "minor"]
Verdict = Literal["not_ready", "insufficient_evidence", "ready_with_conditions", "ready"]


@dataclass(frozen=True, slots=True)
class Overall:
    """The whole assessment: score, low and high 0–100 (None when nothing is in scope), coverage 0–1."""

    score: float | None
    low: float | None
    high: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class DomainResult:
    """One domain: score, low and high 0–100, coverage 0–1; None where there is nothing to divide by."""

    code: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far the people who gave a value are apart: `ad` in levels, `spread` as a share of the need."""

    measure: Literal["ad", "spread"]
    size: float
    flagged: bool
    between_sites: bool


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item: fulfilment, low and high 0–1; role means in levels or the item's unit; gate None when it is no gate."""

    code: str
    domain: str
    status: Status
    fulfilment: float | None
    low: float | None
    high: float | None
    answered: bool
    role_means: Mapping[str, float]
    disagreement: Disagreement | None
    gate: GateState | None


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate; its code is an item, a role, a service, or `overall` for coverage."""

    kind: GateKind
    code: str
    state: GateState


@dataclass(frozen=True, slots=True)
class FindingResult:
    """One gap as the rules see it; impact is weight · (1 − fulfilment) of a shortfall, None for every other kind."""

    kind: FindingKind
    code: str
    severity: Severity
    impact: float | None = None


@dataclass(frozen=True, slots=True)
class WaveResult:
    """The same rules on what one wave sees."""

    code: str
    verdict: Verdict
    overall: Overall
    gates: tuple[GateResult, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All that scoring says of a bundle; domains, items and waves in bundle order, gates and findings sorted."""

    overall: Overall
    domains: tuple[DomainResult, ...]
    items: tuple[ItemResult, ...]
    gates: tuple[GateResult, ...]
    findings: tuple[FindingResult, ...]
    verdict: Verdict
    waves: tuple[WaveResult, ...]
    scoring_version: int = SCORING_VERSION
