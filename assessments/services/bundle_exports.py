"""Write an assessment's bundle, as far as what people were told about their answers allows."""

from typing import Any

from assessments.bundle_fields import BundleError
from assessments.bundles import bundle_document
from assessments.models import Answer, Assessment, Scope
from assessments.services.bundle_rows import assessment_bundle
from assessments.services.visibility import VENDOR, answer_view


def export_bundle(*, assessment: Assessment, with_hidden: bool = False) -> dict[str, Any]:
    """Return the bundle's document, whose score is that of the page and the PDF.

    A bundle holds single answers, so it is refused (BundleError) where one of them was given under the promise that the
    vendor sees figures only; `with_hidden` is for moving an installation.
    """
    hidden = 0 if with_hidden else _hidden_respondents(assessment)
    if hidden:
        raise BundleError(
            "ASSESSMENT", f"holds answers of {hidden} people who were promised that the vendor sees figures only; nothing was written"
        )
    try:
        return bundle_document(assessment_bundle(assessment))
    except Scope.DoesNotExist:
        raise BundleError("ASSESSMENT", "has no scope yet: nothing is asked before the host is") from None


def _hidden_respondents(assessment: Assessment) -> int:
    scored = Answer.objects.filter(interview__assessment=assessment).scored()
    interviews = assessment.interviews.filter(pk__in=scored.values("interview")).select_related("assessment", "stakeholder")
    return sum(not answer_view(interview=i, viewer=VENDOR, alone=False).shows_answer for i in interviews)
