"""Let the database decide what may exist once, and say so in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise


@contextmanager
def refuse_duplicate(field: str, message: str | Promise) -> Iterator[None]:
    """Run the block in a transaction; a violated constraint becomes a ValidationError of the field with the message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({field: str(message)}) from error
