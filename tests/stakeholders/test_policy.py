import pytest

from stakeholders.models import MemberRole
from stakeholders.policy import RIGHTS, Right, may

TABLE = {
    #                             view   answers edit   decide after  manage
    MemberRole.ADMIN: (True, True, True, True, True, True),
    MemberRole.LEAD: (True, True, True, True, True, False),
    MemberRole.REVIEWER: (True, False, False, True, False, False),
    MemberRole.CUSTOMER_SUCCESS: (True, False, False, True, True, False),
}
COLUMNS = (Right.VIEW, Right.ANSWERS, Right.EDIT, Right.DECIDE, Right.AFTER, Right.MANAGE)
CELLS = [(role, right, allowed) for role, row in TABLE.items() for right, allowed in zip(COLUMNS, row, strict=True)]


@pytest.mark.parametrize(("role", "right", "allowed"), CELLS)
def test_role_may_do_what_the_table_says(role, right, allowed):
    assert may(role, right) is allowed


def test_table_covers_every_role_and_every_right():
    assert set(RIGHTS) == set(MemberRole.values)
    assert set(COLUMNS) == set(Right)


@pytest.mark.parametrize("role", ["", "owner", "ADMIN", "admin "])
@pytest.mark.parametrize("right", Right)
def test_unknown_role_may_do_nothing(role, right):
    assert may(role, right) is False
