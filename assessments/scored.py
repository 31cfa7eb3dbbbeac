"""What is scored: the assessment bundle as frozen dataclasses, in the words of the bundle format.

Codes refer to one another by string; `bundles.parse_bundle` and the services that build a bundle from rows see to it
that every code is declared. Nothing here knows of Django.
"""

from dataclasses import dataclass
from typing import Literal

BUNDLE_FORMAT = "readiness-assessment"
BUNDLE_VERSION = 1

CLINICIAN = "clinician"
SPONSOR = "executive_sponsor"
ROLES = (
    "lab_director",
    "it_integration_lead",
    "compliance_privacy_security",
    "nursing_informatics",
    "patient_navigation",
    CLINICIAN,
    "finance_supply_chain",
    SPONSOR,
    "transition_manager",
)

Kind = Literal["level", "quantity"]
Direction = Literal["at_least", "at_most"]
State = Literal["invited", "in_progress", "submitted"]
PlanKind = Literal["shortfall", "no_champion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A group of requirements; its weight (above 0) counts in the overall score only."""

    code: str
    title: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One requirement as the scope froze it: need and floor in levels 0–4 or in the item's unit, weight 1–5."""

    code: str
    domain: str
    kind: Kind
    weight: int
    need: float
    roles: tuple[str, ...]
    accountable: str
    title: str = ""
    floor: float | None = None
    gate: bool = False
    unit: str | None = None
    direction: Direction = "at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The versioned question bank in scope; domains and items in the order in which they are shown."""

    code: str
    version: str
    domains: tuple[Domain, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital or clinic of the health system."""

    code: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An affected clinical service line; without sites it is at every one of them."""

    code: str
    title: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A named set of sites that go live together."""

    code: str
    title: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """One interview under a pseudonymous id; no site means the whole system, stance is 0 (opposed) to 4 (champion)."""

    id: str
    role: str
    state: State
    site: str | None = None
    service: str | None = None
    front_line: bool = False
    stance: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one respondent said to one item: exactly one of a value, `unknown` and `not_applicable`."""

    item: str
    respondent: str
    value: float | None = None
    unknown: bool = False
    not_applicable: bool = False
    evidence: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The value on which the people who disagreed about an item settled, with evidence."""

    item: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlan:
    """A failed gate for which a named person accepted a dated plan; code of the item or of the service."""

    kind: PlanKind
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All that scoring reads, and nothing else."""

    instrument: Instrument
    required_roles: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    sites: tuple[Site, ...] = ()
    waves: tuple[Wave, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    answers: tuple[Answer, ...] = ()
    reconciliations: tuple[Reconciliation, ...] = ()
    agreed_plans: tuple[AgreedPlan, ...] = ()
