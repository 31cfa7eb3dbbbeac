"""Rows that are written once: answer revisions, audit events, published versions, scope revisions, issued reports."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models

from stakeholders.models.tenancy import tenant_condition

if TYPE_CHECKING:
    from stakeholders.models.accounts import Membership

M = TypeVar("M", bound=models.Model)


class WrittenOnceError(TypeError):
    """Somebody tried to change or delete a row that is never edited in place."""


class WrittenOnceQuerySet(models.QuerySet[M]):
    """Reads and inserts; refuses every way to change what is there."""

    def _refuse(self, verb: str) -> NoReturn:
        raise WrittenOnceError(f"{self.model.__name__} rows are written once: {verb} is refused.")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse("update")

    async def aupdate(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse("update")

    def delete(self) -> NoReturn:
        """Refused; see `erase`."""
        self._refuse("delete")

    async def adelete(self) -> NoReturn:
        """Refused; see `erase`."""
        self._refuse("delete")

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        """Refused."""
        self._refuse("bulk_update")

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse("update_or_create")

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Insert rows; refuses `update_conflicts`, which would overwrite."""
        if kwargs.get("update_conflicts"):
            self._refuse("bulk_create with update_conflicts")
        return super().bulk_create(objs, *args, **kwargs)

    def erase(self) -> int:
        """Delete rows for good: for the erasure service alone. Returns the number of rows."""
        return self._raw_delete(self.db)


class TenantRecordQuerySet(WrittenOnceQuerySet[M]):
    """Written-once rows of one organisation; the two paths are those of `TenantQuerySet`."""

    tenant_path = "organisation_id"
    assessment_path = ""

    def for_member(self, membership: "Membership") -> Self:
        """Return the rows that the member may know of: every tenant read starts here."""
        return self.filter(tenant_condition(membership, self.tenant_path, self.assessment_path))


class WrittenOnce(models.Model):
    """A row that can be inserted but neither changed nor deleted through the ORM.

    Subclasses have `objects`, a manager of a WrittenOnceQuerySet.
    """

    class Meta:
        abstract = True
        # Related managers, cascades and refresh go through the same guard.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise WrittenOnceError(f"{type(self).__name__} rows are written once: save is refused.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise WrittenOnceError(f"{type(self).__name__} rows are written once: delete is refused.")

    def copy_unsaved(self) -> Self:
        """Return an unsaved copy, the start of the next revision."""
        values = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields if not f.primary_key}
        return type(self)(**values)
