"""What a version of a question bank holds, as plain values: the form between file, editor and database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ROLES: Final = (
    "lab_director",
    "it_integration_lead",
    "compliance_privacy_security",
    "nursing_informatics",
    "patient_navigation",
    "clinician",
    "finance_supply_chain",
    "executive_sponsor",
    "transition_manager",
)
PRODUCT_TYPES: Final = ("send_out_test", "in_house_assay", "digital_engagement_platform", "remote_monitoring", "ai_decision_support")
BARRIERS: Final = ("workflow", "evidence", "economic", "operational")
CLARITY_GAPS: Final = ("outcome", "decision", "workflow", "capacity", "none")
VENDOR: Final = "vendor"
POOLS: Final = (*ROLES, VENDOR)
HIGHEST_LEVEL: Final = 4

# Who is asked an item, and what for: a requirement is scored; context steers; climate is asked anonymously; the vendor
# answers its own self-audit.
REQUIREMENT, CONTEXT, CLIMATE, SELF_AUDIT = "requirement", "context", "climate", "self_audit"
PARTS: Final = (REQUIREMENT, CONTEXT, CLIMATE, SELF_AUDIT)
LEVEL, QUANTITY, CHOICE, TEXT, DATE, YES_NO = "level", "quantity", "choice", "text", "date", "yes_no"
KINDS: Final = (LEVEL, QUANTITY, CHOICE, TEXT, DATE, YES_NO)
SCORED_KINDS: Final = (LEVEL, QUANTITY)
AT_LEAST, AT_MOST = "at_least", "at_most"


@dataclass(frozen=True, slots=True)
class BankDomain:
    """A group of items; `weight` is its part in the overall score."""

    code: str
    title: str
    description: str = ""
    weight: float = 1


@dataclass(frozen=True, slots=True)
class BankUse:
    """How one type of product uses an item: whether it stops a signature, and who is asked it first (its core)."""

    product_type: str
    gate: bool = False
    core: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a `choice` item: the code that is stored and that conditions name, and its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankItem:
    """One item of a bank; the accountable role stands first in `roles`.

    `questions` by role; the entry under "" is asked of every role without its own. `steps` are the five sentences of a ladder.
    `when_short` are roles that are heard only when the item is short or contested. `condition` decides whether a person is
    asked the item at all, `opens_when` whether a deeper item is opened; both are texts of the condition language, empty: none.
    Lead times in weeks (optimistic, likely, pessimistic), efforts in hours by role or vendor.
    """

    code: str
    domain: str
    part: str = REQUIREMENT
    kind: str = LEVEL
    title: str = ""
    requirement: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    usually_known_by: str = ""
    steps: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    evidence: tuple[str, ...] = ()
    action_health_system: str = ""
    action_vendor: str = ""
    roles: tuple[str, ...] = ()
    when_short: tuple[str, ...] = ()
    uses: tuple[BankUse, ...] = ()
    need: float = 3
    need_is_estimate: bool = False
    need_from: str = ""
    floor: float | None = None
    weight: int = 3
    unit: str = ""
    direction: str = AT_LEAST
    condition: str = ""
    opens_when: str = ""
    lead_weeks: tuple[float, float, float] = (0, 0, 0)
    lead_is_estimate: bool = True
    effort_hours: Mapping[str, float] = field(default_factory=dict)
    effort_is_estimate: bool = True
    depends_on: tuple[str, ...] = ()
    barrier: str = ""
    clarity_gap: str = ""
    source: str = "practice guidance"
    source_is_public: bool = False

    @property
    def is_scored(self) -> bool:
        """Tell whether answers to the item enter the score of an assessment."""
        return self.part == REQUIREMENT and self.kind in SCORED_KINDS

    def question_for(self, role: str) -> str:
        """Return the question as the role is asked it, empty when there is none for it."""
        return self.questions.get(role) or self.questions.get("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankVersion:
    """A whole version: its domains and items in order. `content_hash` is the SHA-256 of the files, empty from elsewhere."""

    code: str
    number: str
    title: str
    description: str = ""
    note: str = ""
    language: str = "en"
    domains: tuple[BankDomain, ...] = ()
    items: tuple[BankItem, ...] = ()
    content_hash: str = ""
