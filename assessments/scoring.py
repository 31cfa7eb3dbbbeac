"""Scoring, version 1: one pure function from a bundle to its result.

The same bundle gives the same result, on any machine, on any day: nothing here reads a clock, a database or a setting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.arithmetic import reaches
from assessments.disagreement import measure_disagreement, role_means
from assessments.figures import ItemPair, domain_figures, overall_figures
from assessments.fulfilment import (
    Heard,
    Standing,
    answered_standing,
    counting,
    heard_at,
    is_not_applicable,
    read_answers,
    settled_standing,
    voices_of,
)
from assessments.gaps import by_severity, find_gaps
from assessments.gates import all_gates, requirement_gate, verdict_of
from assessments.results import Disagreement, DomainResult, GateResult, ItemResult, Overall, Result, Status, WaveResult
from assessments.scored import Bundle, Item, Respondent, Service, Wave


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: the whole bundle, or the part of it that one wave sees; what was heard by item code."""

    respondents: Sequence[Respondent]
    services: Sequence[Service]
    heard: Mapping[str, Heard]


class Seen(NamedTuple):
    """What a view comes to, before the verdict; every item in bundle order beside its result."""

    items: Sequence[ItemPair]
    domains: tuple[DomainResult, ...]
    overall: Overall
    gates: tuple[GateResult, ...]


def score(bundle: Bundle) -> Result:
    """Return figures, gates, findings and verdict of a bundle, and of each of its waves by the same rules.

    Source of every rule: scoring version 1. The bundle must be one that `parse_bundle` would accept; scores are 0–100,
    fulfilments and coverage 0–1, "no score" is None.
    """
    view = View(bundle.respondents, bundle.services, read_answers(bundle))
    seen = _look_at(bundle, view)
    findings = by_severity(find_gaps(seen.items, seen.gates))
    return Result(
        overall=seen.overall,
        domains=seen.domains,
        items=tuple(result for _, result in seen.items),
        gates=seen.gates,
        findings=findings,
        verdict=verdict_of(seen.gates, findings, bundle.agreed_plans),
        waves=tuple(_score_wave(bundle, view, wave) for wave in bundle.waves),
    )


def score_item(item: Item, heard: Heard, settled: float | None) -> ItemResult:
    """Return one item's result from what was heard about it and the value on which people settled, if they did."""
    voices = voices_of(heard)
    counted = counting(item, voices)
    # "Does not apply here" comes before a settled value.
    if is_not_applicable(counted):
        return ItemResult(item.code, item.domain, "not_applicable", None, None, None, False, {}, None, None)
    standing = answered_standing(item, counted) if settled is None else settled_standing(item, settled)
    disagreement = measure_disagreement(item, heard.known, settled=settled is not None)
    return ItemResult(
        code=item.code,
        domain=item.domain,
        status=_status(standing, disagreement),
        fulfilment=standing.fulfilment,
        low=standing.low,
        high=standing.high,
        answered=standing.answered,
        role_means=role_means(voices),
        disagreement=disagreement,
        gate=requirement_gate(item, standing),
    )


def wave_view(view: View, wave: Wave) -> View:
    """Return what a wave sees: respondents of its sites or none, their answers, services at its sites or anywhere."""
    sites = (None, *wave.sites)
    return View(
        [respondent for respondent in view.respondents if respondent.site in sites],
        [service for service in view.services if not service.sites or not set(service.sites).isdisjoint(sites)],
        {code: heard_at(heard, sites) for code, heard in view.heard.items()},
    )


def _look_at(bundle: Bundle, view: View) -> Seen:
    items = _score_items(bundle, view)
    in_scope = [(item, result) for item, result in items if result.status != "not_applicable"]
    domains, overall = _score_domains(bundle, in_scope)
    gates = all_gates(
        [result for _, result in in_scope],
        view.respondents,
        roles=bundle.required_roles,
        services=view.services,
        coverage=overall.coverage,
    )
    return Seen(items, domains, overall, gates)


def _score_wave(bundle: Bundle, view: View, wave: Wave) -> WaveResult:
    seen = _look_at(bundle, wave_view(view, wave))
    verdict = verdict_of(seen.gates, find_gaps(seen.items, seen.gates), bundle.agreed_plans)
    return WaveResult(wave.code, verdict, seen.overall, seen.gates)


def _score_items(bundle: Bundle, view: View) -> list[ItemPair]:
    settled = {reconciliation.item: reconciliation.value for reconciliation in bundle.reconciliations}
    return [(item, score_item(item, view.heard[item.code], settled.get(item.code))) for item in bundle.instrument.items]


def _score_domains(bundle: Bundle, in_scope: Sequence[ItemPair]) -> tuple[tuple[DomainResult, ...], Overall]:
    domains = bundle.instrument.domains
    by_domain: dict[str, list[ItemPair]] = {domain.code: [] for domain in domains}
    for item, result in in_scope:
        by_domain[item.domain].append((item, result))
    figures = tuple(domain_figures(domain, by_domain[domain.code]) for domain in domains)
    return figures, overall_figures(domains, figures, in_scope)


def _status(standing: Standing, disagreement: Disagreement | None) -> Status:
    if standing.fulfilment is None:
        return "unknown"
    if not reaches(standing.fulfilment, 1):
        return "short"
    return "contested" if disagreement is not None and disagreement.flagged else "met"
