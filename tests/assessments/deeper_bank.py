"""A question bank with a core and deeper items, for the tests of scope revisions."""

from assessments.models import Answer, Assessment, InstrumentVersion, Interview, Part
from tests import factories

LAB, IT, CHECKS = "lab_director", "it_integration_lead", "compliance_privacy_security"


def make_deeper_version(**fields) -> InstrumentVersion:
    """Two gates in the core, one of which another role checks once it is opened; a deeper item in each domain."""
    version = factories.make_version(publish=False, bank=[])
    if fields:
        InstrumentVersion.objects.filter(pk=version.pk).update(**fields)
        version.refresh_from_db()
    add_deeper_bank(version)
    version.publish()
    return version


def add_deeper_bank(version: InstrumentVersion) -> None:
    factories.make_item(version, "CTX-01", [IT], core=[IT], kind="choice", part=Part.CONTEXT)
    factories.make_item(version, "LAB-01", [LAB, CHECKS], core=[LAB], gate=True, weight=5)
    factories.make_item(version, "LAB-02", [LAB], core=[LAB])
    factories.make_item(version, "LAB-07", [LAB, IT])
    factories.make_item(version, "INT-01", [IT], core=[IT], gate=True)
    factories.make_item(version, "INT-07", [IT], opens_when="CTX-01 is meditech")
    factories.make_item(version, "SEC-01", [CHECKS], core=[CHECKS])


def make_deeper_assessment(organisation, **fields) -> Assessment:
    """An open assessment on that bank: revision 1 asks the core alone."""
    return factories.make_open_assessment(organisation, version=make_deeper_version(), **fields)


def make_newer_version(version: InstrumentVersion, number: str = "2", *, publish: bool = True) -> InstrumentVersion:
    """The next published version of a bank, with one more item in its core."""
    newer = InstrumentVersion.objects.create(instrument=version.instrument, number=number)
    add_deeper_bank(newer)
    factories.make_item(newer, "LAB-09", [LAB], core=[LAB])
    if publish:
        newer.publish()
    return newer


def submitted(assessment: Assessment, role: str = LAB, *, answers: dict[str, object] | None = None, **fields) -> Interview:
    """An interview that was handed in with these answers: levels, or the code of a choice."""
    interview = factories.make_interview(assessment, role, state="submitted", **fields)
    for code, value in (answers or {}).items():
        give(interview, code, value)
    return interview


def give(interview: Interview, code: str, value: object) -> None:
    kind = "choice" if isinstance(value, str) else "level"
    kind = "unknown" if value is None else kind
    columns = {} if value is None else {kind: value}
    Answer.objects.create(interview=interview, item_code=code, kind=kind, **columns)
