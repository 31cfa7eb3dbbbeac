"""What was asked, answered, scored and found."""

from assessments.models.answers import VALUE_KINDS, Answer, AnswerKind, AnswerRevision, Evidence
from assessments.models.approvals import HostApproval, HostDecision
from assessments.models.assessments import Assessment, AssessmentState, Assignment, Promise, Stage, Wave
from assessments.models.climate import ClimateAnswer
from assessments.models.disclosures import Disclosure, HowOften
from assessments.models.findings import SEVERITY_ORDER, AgreedPlan, Finding, FindingState, PlanKind, Reconciliation, Severity
from assessments.models.frozen import PublishedError
from assessments.models.instruments import Instrument, InstrumentVersion, VersionState
from assessments.models.interviews import Interview, InterviewState, Stance
from assessments.models.item_parts import ItemDependency, ItemEffort, ItemProductType, ItemRole, ItemText, TextField
from assessments.models.items import Direction, Domain, Item, Kind, Part, ProductType, Step
from assessments.models.nominations import Nomination, NominationKind
from assessments.models.products import Product, ProductRequirement, RequirementRecord
from assessments.models.reports import Audience, Paper, Report, ReportFile
from assessments.models.scopes import EstimateFrom, Scope, ScopeItem
from assessments.models.scores import ScoreSnapshot, Verdict
from assessments.models.self_audits import SelfAuditAnswer

__all__ = [
    "SEVERITY_ORDER",
    "VALUE_KINDS",
    "AgreedPlan",
    "Answer",
    "AnswerKind",
    "AnswerRevision",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "Audience",
    "ClimateAnswer",
    "Direction",
    "Disclosure",
    "Domain",
    "EstimateFrom",
    "Evidence",
    "Finding",
    "FindingState",
    "HostApproval",
    "HostDecision",
    "HowOften",
    "Instrument",
    "InstrumentVersion",
    "Interview",
    "InterviewState",
    "Item",
    "ItemDependency",
    "ItemEffort",
    "ItemProductType",
    "ItemRole",
    "ItemText",
    "Kind",
    "Nomination",
    "NominationKind",
    "Paper",
    "Part",
    "PlanKind",
    "Product",
    "ProductRequirement",
    "ProductType",
    "Promise",
    "PublishedError",
    "Reconciliation",
    "Report",
    "ReportFile",
    "RequirementRecord",
    "Scope",
    "ScopeItem",
    "ScoreSnapshot",
    "SelfAuditAnswer",
    "Severity",
    "Stage",
    "Stance",
    "Step",
    "TextField",
    "Verdict",
    "VersionState",
    "Wave",
]
