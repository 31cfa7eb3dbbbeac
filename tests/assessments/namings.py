"""People who handed in and named who else it will touch."""

from assessments.models import Assessment, Interview
from assessments.services.nominations import Named, save_nominations
from tests import factories


def naming(assessment: Assessment, *named: tuple[str, str], role: str = "lab_director", state: str = "submitted") -> Interview:
    """An interview whose person named these, each a kind and its words."""
    interview = factories.make_interview(assessment, role, state="in_progress")
    save_nominations(interview=interview, named=[Named(kind, words) for kind, words in named])
    if state == "submitted":
        interview.state, interview.submitted_at = state, interview.opened_at
        interview.save()
    return interview
