"""Where the host's approval stands: a decision over dates, nothing of Django."""

from datetime import datetime
from enum import StrEnum


class HostState(StrEnum):
    """What has to happen next between lead and host."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    RETURNED = "returned"
    MORE_PEOPLE = "more_people"
    APPROVED = "approved"


def host_state(*, asked_at: datetime | None, decided_at: datetime | None, returned: bool, waiting: int, opened: bool) -> HostState:
    """Return the state from when the host was last asked, when and what they last decided, and how many people wait.

    `opened` says that the assessment has been approved before; people added since make it MORE_PEOPLE until the host is
    asked again.
    """
    if opened and not waiting:
        return HostState.APPROVED
    if asked_at is not None and (decided_at is None or asked_at > decided_at):
        return HostState.ASKED
    if decided_at is not None and returned:
        return HostState.RETURNED
    return HostState.MORE_PEOPLE if opened else HostState.NOT_ASKED
