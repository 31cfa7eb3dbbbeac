"""Gates, which nothing averages away, and the verdict that follows from them and the findings."""

from collections.abc import Collection, Iterable, Sequence

from assessments.arithmetic import exceeds, mean, reaches
from assessments.fulfilment import Standing
from assessments.results import FindingResult, GateKind, GateResult, GateState, ItemResult, Verdict
from assessments.scored import CLINICIAN, AgreedPlan, Item, PlanKind, Respondent, Service

CHAMPION_STANCE = 3
COVERAGE_LIMIT = 0.8
PLAN_KINDS: dict[GateKind, PlanKind] = {"requirement": "shortfall", "champion": "no_champion"}
NEEDS_A_CONDITION = frozenset({"blocker", "major", "moderate"})


def requirement_gate(item: Item, standing: Standing) -> GateState | None:
    """Return the state of a gate item, None for an item that is no gate or has no floor."""
    if not item.gate or item.floor is None:
        return None
    if not standing.answered:
        return "unknown"
    if item.direction == "at_most":
        return "failed" if exceeds(max(standing.values), item.floor) else "passed"
    return "passed" if reaches(min(standing.values), item.floor) else "failed"


def role_gate(role: str, respondents: Iterable[Respondent]) -> GateResult:
    """Return a required role's gate: passed with at least one submitted interview, else unknown."""
    heard = any(respondent.role == role and respondent.state == "submitted" for respondent in respondents)
    return GateResult("role", role, "passed" if heard else "unknown")


def champion_gate(service: Service, respondents: Iterable[Respondent]) -> GateResult:
    """Return a clinical service's gate: mean stance 0–4 of its front-line clinicians who submitted one, at least 3."""
    stances = [
        respondent.stance
        for respondent in respondents
        if respondent.stance is not None
        and respondent.service == service.code
        and respondent.role == CLINICIAN
        and respondent.front_line
        and respondent.state == "submitted"
    ]
    if not stances:
        return GateResult("champion", service.code, "unknown")
    return GateResult("champion", service.code, "passed" if reaches(mean(stances), CHAMPION_STANCE) else "failed")


def coverage_gate(coverage: float) -> GateResult:
    """Return the coverage gate: passed from an overall coverage (0–1) of 0.8, else unknown."""
    return GateResult("coverage", "overall", "passed" if reaches(coverage, COVERAGE_LIMIT) else "unknown")


def all_gates(
    items: Iterable[ItemResult],
    respondents: Sequence[Respondent],
    *,
    roles: Iterable[str],
    services: Iterable[Service],
    coverage: float,
) -> tuple[GateResult, ...]:
    """Return every gate: requirements, roles, champions (each by code), then coverage."""
    return (
        *(GateResult("requirement", code, state) for code, state in _requirement_states(items)),
        *(role_gate(role, respondents) for role in sorted(roles)),
        *(champion_gate(service, respondents) for service in sorted(services, key=lambda service: service.code)),
        coverage_gate(coverage),
    )


def verdict_of(gates: Collection[GateResult], findings: Iterable[FindingResult], plans: Collection[AgreedPlan]) -> Verdict:
    """Return the first verdict that holds; what is still unknown never mends a failed gate without an agreed plan."""
    failed = [gate for gate in gates if gate.state == "failed"]
    agreed = {(plan.kind, plan.code) for plan in plans}
    if any((PLAN_KINDS[gate.kind], gate.code) not in agreed for gate in failed):
        return "not_ready"
    if any(gate.state == "unknown" for gate in gates):
        return "insufficient_evidence"
    if failed or any(finding.severity in NEEDS_A_CONDITION for finding in findings):
        return "ready_with_conditions"
    return "ready"


def _requirement_states(items: Iterable[ItemResult]) -> list[tuple[str, GateState]]:
    return sorted((item.code, item.gate) for item in items if item.gate is not None)
