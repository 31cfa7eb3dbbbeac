"""Rows that belong to one organisation, directly or through their parents."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from stakeholders.models.accounts import Membership

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """Rows of one organisation.

    `tenant_path` is the way from a row to its organisation's key; `assessment_path` the way to its assessment, for rows that
    belong to one: members who see only assigned assessments see nothing of the others.
    """

    tenant_path = "organisation_id"
    assessment_path = ""

    def for_member(self, membership: "Membership") -> Self:
        """Return the rows that the member may know of: every tenant read starts here."""
        return self.filter(tenant_condition(membership, self.tenant_path, self.assessment_path))


def tenant_condition(membership: "Membership", tenant_path: str, assessment_path: str) -> models.Q:
    """Return the condition for rows of the member's organisation, narrowed to assigned assessments where the member is."""
    own = models.Q(**{tenant_path: membership.organisation_id})
    if membership.only_assigned and assessment_path:
        own &= models.Q(**{f"{assessment_path}__assignments__membership": membership})
    return own
