"""Interviews that are handed in, for the tests of scores, findings and the pages that show them."""

from assessments.models import Answer, Assessment, Interview
from assessments.services.scores import score_assessment
from tests import factories


def answer(interview: Interview, code: str, level: int | str, **fields) -> Answer:
    """One answer: a level, "unknown" or "not_applicable"."""
    if isinstance(level, str):
        return Answer.objects.create(interview=interview, item_code=code, kind=level, **fields)
    return Answer.objects.create(interview=interview, item_code=code, kind="level", level=level, **fields)


def handed_in(assessment: Assessment, role: str = "lab_director", levels: dict[str, int | str] | None = None, **fields) -> Interview:
    """A submitted interview with its answers by item code."""
    interview = factories.make_interview(assessment, role, state="submitted", **fields)
    for code, level in (levels or {}).items():
        answer(interview, code, level)
    return interview


def scored(assessment: Assessment) -> Assessment:
    """The assessment with its latest score, read again with what pages read along."""
    score_assessment(assessment=assessment, reason="submitted")
    return Assessment.objects.with_parties().get(pk=assessment.pk)


def contested(assessment: Assessment) -> Assessment:
    """Two gates: LAB-01 fails and nobody agrees about it, INT-01 passes though the sponsor says more than IT."""
    handed_in(assessment, "lab_director", {"LAB-01": 1, "LAB-02": 3, "INT-02": 3})
    handed_in(assessment, "compliance_privacy_security", {"LAB-01": 4})
    handed_in(assessment, "it_integration_lead", {"INT-01": 2, "INT-02": "unknown"})
    handed_in(assessment, "executive_sponsor", {"INT-01": 4})
    return scored(assessment)
