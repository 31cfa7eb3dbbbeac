"""What was asked, answered, scored and found."""

from assessments.models.answers import VALUE_KINDS, Answer, AnswerKind, AnswerRevision, Evidence
from assessments.models.approvals import HostApproval, HostDecision
from assessments.models.assessments import Assessment, AssessmentState, Assignment, Promise, Stage, Wave
from assessments.models.disclosures import Disclosure
from assessments.models.findings import SEVERITY_ORDER, AgreedPlan, Finding, FindingState, PlanKind, Reconciliation, Severity
from assessments.models.frozen import PublishedError
from assessments.models.instruments import (
    Direction,
    Domain,
    Instrument,
    InstrumentVersion,
    Item,
    ItemDependency,
    ItemEffort,
    ItemProductType,
    ItemRole,
    ItemText,
    Kind,
    ProductType,
    Step,
    TextField,
    VersionState,
)
from assessments.models.interviews import Interview, InterviewState, Stance
from assessments.models.products import Product, ProductRequirement
from assessments.models.reports import Audience, Paper, Report, ReportFile
from assessments.models.scopes import Scope, ScopeItem
from assessments.models.scores import ScoreSnapshot, Verdict

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
    "Direction",
    "Disclosure",
    "Domain",
    "Evidence",
    "Finding",
    "FindingState",
    "HostApproval",
    "HostDecision",
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
    "Paper",
    "PlanKind",
    "Product",
    "ProductRequirement",
    "ProductType",
    "Promise",
    "PublishedError",
    "Reconciliation",
    "Report",
    "ReportFile",
    "Scope",
    "ScopeItem",
    "ScoreSnapshot",
    "Severity",
    "Stage",
    "Stance",
    "Step",
    "TextField",
    "Verdict",
    "VersionState",
    "Wave",
]
