"""Reports that several tests look at, rendered once."""

import pytest

from assessments.models import Audience
from readiness.reports.pdf import Pdf
from readiness.reports.render import report_pdf
from tests.readiness.reports.papers import Structure
from tests.readiness.reports.samples import make_content, make_document


@pytest.fixture(scope="session")
def issued() -> Pdf:
    """Issue 3 of the deal review."""
    return report_pdf(make_document())


@pytest.fixture(scope="session")
def shared_with_customer() -> Pdf:
    """The health system's report of the same content."""
    return report_pdf(make_document(audience=Audience.HEALTH_SYSTEM))


@pytest.fixture(scope="session")
def structure(issued) -> Structure:
    return Structure(issued)


@pytest.fixture(scope="session")
def unanswered() -> Pdf:
    """The report of an assessment that nobody has answered."""
    return report_pdf(make_document(make_content(answered=False)))
