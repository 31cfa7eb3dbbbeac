from datetime import UTC, datetime

import pytest

from assessments.host_state import host_state

ONE, TWO = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked_at", "decided_at", "returned", "waiting", "opened", "expected"),
    [
        (None, None, False, 0, False, "not_asked"),
        (None, None, False, 3, False, "not_asked"),
        (ONE, None, False, 3, False, "asked"),
        (ONE, TWO, True, 3, False, "returned"),
        (TWO, ONE, True, 3, False, "asked"),
        (ONE, TWO, False, 0, True, "approved"),
        (ONE, TWO, False, 2, True, "more_people"),
        (TWO, ONE, False, 2, True, "asked"),
        (ONE, TWO, True, 2, True, "returned"),
        (TWO, ONE, False, 0, True, "approved"),
        (None, None, False, 0, True, "approved"),
    ],
)
def test_host_state(asked_at, decided_at, returned, waiting, opened, expected):
    state = host_state(asked_at=asked_at, decided_at=decided_at, returned=returned, waiting=waiting, opened=opened)
    assert state == expected
