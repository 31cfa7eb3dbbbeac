"""Read how long people took for the questions of a bank."""

from collections.abc import Collection

from assessments.bank.answering_times import Save, answering_times, measured_seconds
from assessments.models import AnswerRevision


def seconds_measured(codes: Collection[str]) -> dict[str, int]:
    """Return the median seconds of each of these items that was answered often enough; one query.

    Over everybody who answered by themselves: what a member typed in a conversation says nothing of reading time.
    """
    alone = AnswerRevision.objects.filter(typed_by=None).order_by("interview_id", "at", "id")
    saves = (Save(*row) for row in alone.values_list("interview_id", "item_code", "at").iterator())
    wanted = frozenset(codes)
    return {code: seconds for code, seconds in measured_seconds(answering_times(saves)).items() if code in wanted}
