"""Parts of an instrument version: free while it is a draft, frozen once it is published."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class PublishedError(TypeError):
    """Somebody tried to change a published question bank, which never changes."""


class FrozenQuerySet(models.QuerySet[M]):
    """Selections of a version's parts; `state_path` is the way from a row to its version's state."""

    state_path = "version__state"

    def _refuse_published(self, verb: str) -> None:
        if self.exclude(**{self.state_path: "draft"}).exists():
            raise PublishedError(f"{self.model.__name__}: {verb} is refused, the version is published.")

    def _refuse_moving(self, fields: Iterable[str]) -> None:
        """Refuse to hang a part under another version or item, which may be published."""
        parent, _, below = self.state_path.partition("__")
        if below and {parent, f"{parent}_id"} & set(fields):
            raise PublishedError(f"{self.model.__name__}: a part stays where it is.")

    def _refuse_published_parents(self, rows: list[M]) -> None:
        """Refuse new parts of versions that are published already."""
        parent, _, below = self.state_path.partition("__")
        if not below:
            return
        parents: Any = self.model._meta.get_field(parent).related_model
        keys = {getattr(row, f"{parent}_id") for row in rows}
        if parents._base_manager.filter(pk__in=keys).exclude(**{below: "draft"}).exists():
            raise PublishedError(f"{self.model.__name__}: bulk_create is refused, the version is published.")

    def update(self, **kwargs: Any) -> int:
        """Update drafts; refused when a published version is among them."""
        self._refuse_published("update")
        self._refuse_moving(kwargs)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete parts of drafts; refused when a published version is among them."""
        self._refuse_published("delete")
        return super().delete()

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update drafts in bulk; refused when a published version is among them."""
        rows, names = list(objs), list(fields)
        self._refuse_moving(names)
        self.filter(pk__in=[row.pk for row in rows])._refuse_published("bulk_update")
        return super().bulk_update(rows, names, batch_size)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Insert parts of drafts; refuses `update_conflicts`, which would overwrite."""
        if kwargs.get("update_conflicts"):
            raise PublishedError(f"{self.model.__name__}: bulk_create with update_conflicts is refused.")
        rows = list(objs)
        self._refuse_published_parents(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def erase(self) -> int:
        """Delete rows for good: for the erasure service alone. Returns the number of rows."""
        return self._raw_delete(self.db)


class Frozen(models.Model):
    """A part of an instrument version that refuses change once the version is published.

    Subclasses have `objects`, a manager of a FrozenQuerySet.
    """

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a part of a draft."""
        self._refuse_published("save")
        if self.pk is not None:
            # A row that was moved or rebuilt in memory may still be a published one in the database.
            rows: Any = type(self)._base_manager.filter(pk=self.pk)
            rows._refuse_published("save")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a part of a draft."""
        self._refuse_published("delete")
        return super().delete(*args, **kwargs)

    def version_state(self) -> str:
        """Return the state of the version that the row belongs to."""
        raise NotImplementedError

    def _refuse_published(self, verb: str) -> None:
        if self.version_state() != "draft":
            raise PublishedError(f"{type(self).__name__}: {verb} is refused, the version is published.")
