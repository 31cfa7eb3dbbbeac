"""A bank whose first questions steer the others, for the tests of conditions, known words and prefilled answers."""

from assessments.models import Answer, Assessment, InstrumentVersion, Interview, ItemText
from tests import factories

NAVIGATOR, INTEGRATION, LABORATORY, NURSE = "patient_navigation", "it_integration_lead", "lab_director", "nursing_informatics"
NOT_WITHOUT_PORTAL = "not(CTX-07 is none)"


def steered_version(**questions: str) -> InstrumentVersion:
    """A portal that the navigator knows; INT-16 needs one, of navigator and IT; INT-01 names the navigator's health record."""
    version = factories.make_version(bank=[], publish=False)
    context = {"part": "context", "kind": "choice"}
    factories.make_item(version, "CTX-01", [INTEGRATION], **context)
    factories.make_item(version, "CTX-07", [NAVIGATOR], **context)
    factories.make_item(version, "INT-01", [INTEGRATION], weight=3)
    factories.make_item(version, "INT-16", [NAVIGATOR, INTEGRATION], weight=3, condition=NOT_WITHOUT_PORTAL)
    factories.make_item(version, "LAB-01", [LABORATORY], gate=True)
    factories.make_item(version, "LAB-02", [LABORATORY], condition="LAB-01 at most 1")
    factories.make_item(version, "LAB-03", [LABORATORY], condition="LAB-02 at least 1")
    texts = {"INT-01": "How will results get into {CTX-01|your health record}?", **questions}
    for code, text in texts.items():
        ItemText.objects.filter(item__version=version, item__code=code, field="question").update(text=text)
    version.publish()
    return version


def said(interview: Interview, code: str, value: object, **fields: object) -> Answer:
    """An answer of the kind that fits its value: a level, a choice or a text without a value."""
    if value in ("unknown", "not_applicable"):
        return Answer.objects.create(interview=interview, item_code=code, kind=value, **fields)
    kind = "level" if isinstance(value, int) else "choice"
    return Answer.objects.create(interview=interview, item_code=code, kind=kind, **{kind: value}, **fields)


def submitted(assessment: Assessment, role: str, answers: dict[str, object], **fields: object) -> Interview:
    """A submitted interview with its answers by item code."""
    interview = factories.make_interview(assessment, role, state="submitted", **fields)
    for code, value in answers.items():
        said(interview, code, value)
    return interview
