"""Score an assessment and keep the result."""

from assessments.models import Assessment


def request_score(*, assessment: Assessment, reason: str) -> None:
    """Ask for a new score snapshot once the transaction is committed; bursts are merged into one."""
