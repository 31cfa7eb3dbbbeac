"""Builders of small bundles: one level item LAB-01 unless told otherwise, and one respondent for everything said."""

from typing import Any, NamedTuple

from assessments.results import GateResult, ItemResult, Result
from assessments.scored import Answer, Bundle, Domain, Instrument, Item, Reconciliation, Respondent, Service, Site, Wave
from assessments.scoring import score

LAB, IT, FINANCE, NURSING = "lab_director", "it_integration_lead", "finance_supply_chain", "nursing_informatics"
SPONSOR, CLINICIAN = "executive_sponsor", "clinician"
UNKNOWN, NOT_APPLICABLE = "?", "n/a"
SITES = ("hub", "north-pass", "south-bay")


class Said(NamedTuple):
    """What somebody in a role said: a value, UNKNOWN or NOT_APPLICABLE."""

    role: str
    what: float | str
    item: str = "LAB-01"
    site: str | None = None
    evidence: bool = False
    state: str = "submitted"


def make_item(**changes: Any) -> Item:
    defaults = {
        "code": "LAB-01",
        "domain": "LAB",
        "kind": "level",
        "weight": 3,
        "need": 3,
        "roles": (LAB,),
        "accountable": LAB,
    }
    return Item(**defaults | changes)


def make_gate(**changes: Any) -> Item:
    return make_item(**{"gate": True, "floor": 2} | changes)


def make_quantity(**changes: Any) -> Item:
    return make_item(**{"kind": "quantity", "need": 10, "unit": "h/week"} | changes)


def make_answer(respondent: str, said: Said) -> Answer:
    kinds = {UNKNOWN: {"unknown": True}, NOT_APPLICABLE: {"not_applicable": True, "reason": "not offered here"}}
    kind = kinds.get(said.what, {"value": said.what, "evidence": said.evidence})
    return Answer(item=said.item, respondent=respondent, **kind)


def make_bundle(*said: Said, items: tuple[Item, ...] | None = None, settled: dict | None = None, **changes: Any) -> Bundle:
    items = (make_item(),) if items is None else items
    domains = changes.pop("domains", tuple(Domain(code=code) for code in dict.fromkeys(item.domain for item in items)))
    people = tuple(Respondent(id=f"r{number}", role=one.role, state=one.state, site=one.site) for number, one in enumerate(said))
    return Bundle(
        instrument=Instrument(code="TINY", version="1", domains=domains, items=items),
        sites=tuple(Site(code=code) for code in SITES),
        respondents=people + changes.pop("respondents", ()),
        answers=tuple(make_answer(f"r{number}", one) for number, one in enumerate(said)),
        reconciliations=tuple(Reconciliation(item=code, value=value) for code, value in (settled or {}).items()),
        **changes,
    )


def make_clinician(name: str, **changes: Any) -> Respondent:
    defaults = {"role": CLINICIAN, "state": "submitted", "service": "oncology", "front_line": True, "stance": 3}
    return Respondent(id=name, **defaults | changes)


def make_service(**changes: Any) -> Service:
    return Service(**{"code": "oncology"} | changes)


def make_wave(*sites: str) -> Wave:
    return Wave(code="first", sites=sites)


def score_item(item: Item, *said: Said, settled: float | None = None) -> ItemResult:
    """Score a bundle of this one item."""
    return score(make_bundle(*said, items=(item,), settled=None if settled is None else {item.code: settled})).items[0]


def gate_states(gates: tuple[GateResult, ...]) -> dict[tuple[str, str], str]:
    return {(gate.kind, gate.code): gate.state for gate in gates}


def severities(result: Result) -> dict[tuple[str, str], str]:
    return {(finding.kind, finding.code): finding.severity for finding in result.findings}


def make_document(**changes: Any) -> dict[str, Any]:
    """A valid bundle document in which every part of the format occurs."""
    return {
        "format": "readiness-assessment",
        "version": 1,
        "instrument": {
            "code": "TINY",
            "version": "2026-01",
            "domains": [{"code": "LAB", "title": "Laboratory", "weight": 1.5}],
            "items": [
                {
                    "code": "LAB-01",
                    "domain": "LAB",
                    "title": "Certificate",
                    "kind": "level",
                    "weight": 3,
                    "need": 3,
                    "floor": 2,
                    "gate": True,
                    "roles": [LAB, IT],
                    "accountable": LAB,
                },
                {
                    "code": "LAB-02",
                    "domain": "LAB",
                    "title": "Turnaround",
                    "kind": "quantity",
                    "weight": 5,
                    "need": 14,
                    "floor": 21.5,
                    "gate": True,
                    "unit": "days",
                    "direction": "at_most",
                    "roles": [LAB],
                    "accountable": LAB,
                },
            ],
        },
        "required_roles": [LAB, IT],
        "services": [{"code": "oncology", "title": "Oncology", "sites": ["hub"]}],
        "sites": [{"code": "hub", "title": "Hub"}, {"code": "north-pass", "title": "North Pass"}],
        "waves": [{"code": "first", "title": "First wave", "sites": ["hub"]}],
        "respondents": [
            {"id": "r1", "role": LAB, "state": "submitted", "site": "hub"},
            {"id": "r2", "role": IT, "state": "in_progress", "site": None},
            {"id": "r3", "role": CLINICIAN, "state": "invited", "service": "oncology", "front_line": True, "stance": 4},
        ],
        "answers": [
            {"item": "LAB-01", "respondent": "r1", "value": 4, "evidence": True},
            {"item": "LAB-01", "respondent": "r2", "unknown": True},
            {"item": "LAB-01", "respondent": "r3", "not_applicable": True, "reason": "no laboratory"},
            {"item": "LAB-02", "respondent": "r1", "value": 12.5},
        ],
        "reconciliations": [{"item": "LAB-01", "value": 2}],
        "agreed_plans": [{"kind": "shortfall", "code": "LAB-01"}, {"kind": "no_champion", "code": "oncology"}],
    } | changes
