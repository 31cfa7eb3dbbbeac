"""Rows that two people edit: whoever saves over a newer version is told, and sees both texts."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class SavedMeanwhileError(ValidationError):
    """Somebody else saved the row since it was shown; the message holds what they saved."""


class EditedByTwo(models.Model):
    """A row with a number that every change raises by one, in the field that `version_field` names."""

    version_field = "version"

    class Meta:
        abstract = True

    def raise_version(self, seen: int | None, fields: Iterable[str]) -> None:
        """Lock the row and take the next version, which the caller saves with the change, in one transaction.

        `seen` is the version that the page showed (None: no page). Raises SavedMeanwhileError when it is no longer the
        current one, with what stands in the fields now.
        """
        current = type(self)._base_manager.select_for_update().get(pk=self.pk)
        number = getattr(current, self.version_field)
        if seen is not None and seen != number:
            named: list[tuple[Any, Any]] = [(self._meta.get_field(name), getattr(current, name)) for name in fields]
            theirs = "; ".join(f"{field.verbose_name}: {value or '–'}" for field, value in named)
            told = _("Somebody else saved this meanwhile – %(theirs)s. Yours is not saved yet: save again to put it in its place.")
            raise SavedMeanwhileError(told % {"theirs": theirs})
        setattr(self, self.version_field, number + 1)


class Versioned(EditedByTwo):
    """A row that two people edit, with its version."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def seen_version(text: str | None) -> int | None:
    """Return the version that a page carried in its hidden field, None when there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
