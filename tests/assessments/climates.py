"""Assessments whose bank holds anonymous statements, and people who answer them."""

from assessments.models import Assessment, Interview
from assessments.services.climate import save_climate
from assessments.services.interviews import submit_interview
from stakeholders.models import Organisation
from tests import factories

STATEMENTS = ("CLM-01", "CLM-02")
ROLES = ["lab_director", "clinician"]


def make_climate_version():
    """The tiny bank with two statements asked of the laboratory and of clinicians."""
    version = factories.make_version(publish=False)
    for code in STATEMENTS:
        factories.make_item(version, code, ROLES, core=ROLES, part="climate")
    version.publish()
    return version


def make_asking(organisation: Organisation, **fields) -> Assessment:
    """An open assessment that asks the statements."""
    return factories.make_open_assessment(organisation, version=make_climate_version(), **fields)


def seat(assessment: Assessment, site=None, **fields) -> Interview:
    """A clinician who has pressed Start and said where they stand, at a site or for the whole system."""
    fields = {"state": "in_progress", "stance": 3, **fields}
    return factories.make_interview(assessment, fields.pop("role", "clinician"), site=site, **fields)


def hand_in(interview: Interview, *points: int) -> Interview:
    """Let somebody answer the statements in order, and hand in."""
    save_climate(interview=interview, agreements=dict(zip(STATEMENTS, points, strict=False)))
    return submit_interview(interview=interview)


def places(assessment: Assessment):
    """The hub and the north site."""
    return assessment.sites.get(name="Hub"), assessment.sites.get(name="North Pass")
