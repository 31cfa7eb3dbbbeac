"""What is written down anywhere: every row of every table, and every line that the product logs."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.sessions.models import Session
from django.db import connection


def dump(*, without: tuple[str, ...] = ()) -> str:
    """Return every column of every row of every table in the database, and what sessions hold, as one text."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in without:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                lines += [f"{table}: {row}" for row in cursor.fetchall()]
    # A session's data is compressed: nothing would be found in the row.
    lines += [f"session: {session.get_decoded()}" for session in Session.objects.all()]
    return "\n".join(lines)


def written_handlers() -> list[logging.StreamHandler]:
    """Return the handlers that the settings made: what they write is the product's log."""
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    found = {id(handler): handler for logger in loggers for handler in logger.handlers if handler.get_name() == "console"}
    return [handler for handler in found.values() if isinstance(handler, logging.StreamHandler)]


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Gather what the product writes to its log meanwhile, down to the last detail: everything is logged that can be."""
    log = io.StringIO()
    talkers = [logging.getLogger(name) for name in (None, "groundwork", "django", "django.server")]
    levels = [talker.level for talker in talkers]
    streams = [(handler, handler.setStream(log)) for handler in written_handlers()]
    try:
        for talker in talkers:
            talker.setLevel(logging.DEBUG)
        yield log
    finally:
        for talker, level in zip(talkers, levels, strict=True):
            talker.setLevel(level)
        for handler, stream in streams:
            handler.setStream(stream)
