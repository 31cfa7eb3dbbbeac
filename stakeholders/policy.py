"""What each member may do: the one table that pages, exports and mails ask."""

from enum import StrEnum

from stakeholders.models import MemberRole


class Right(StrEnum):
    """A thing that a member may or may not do."""

    VIEW = "view"  # overview, findings, report
    ANSWERS = "answers"  # single answers, raw notes, evidence, contact data
    EDIT = "edit"  # set up, invite, settle, decide on findings, issue
    DECIDE = "decide"  # a named decision on a report
    AFTER = "after"  # plan, and everything after signature
    MANAGE = "manage"  # organisation, members, sign-in rules


RIGHTS: dict[str, frozenset[Right]] = {
    MemberRole.ADMIN: frozenset(Right),
    MemberRole.LEAD: frozenset({Right.VIEW, Right.ANSWERS, Right.EDIT, Right.DECIDE, Right.AFTER}),
    MemberRole.REVIEWER: frozenset({Right.VIEW, Right.DECIDE}),
    MemberRole.CUSTOMER_SUCCESS: frozenset({Right.VIEW, Right.DECIDE, Right.AFTER}),
}


def may(role: str, right: Right) -> bool:
    """Tell whether a member with the role has the right; an unknown role has none."""
    return right in RIGHTS.get(role, frozenset())
