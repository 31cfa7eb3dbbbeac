"""Rows that belong to one organisation, directly or through their parents."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from stakeholders.models.accounts import Membership

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """Rows of one organisation; `tenant_path` is the way from a row to its organisation's key."""

    tenant_path = "organisation_id"

    def for_member(self, membership: "Membership") -> Self:
        """Return the rows of the member's organisation: every tenant read starts here."""
        return self.filter(**{self.tenant_path: membership.organisation_id})
