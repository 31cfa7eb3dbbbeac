"""A database for one measurement: made for it, and thrown away afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def scratch_database() -> Iterator[str]:
    """Point the settings at a new, empty database until the block ends; yields what it is.

    SQLite in a temporary folder, or, where DATABASE_URL names a PostgreSQL server, a database of its own there.
    To be entered before Django is set up.
    """
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, DJANGO_SETTINGS_MODULE="readiness.settings")
        os.environ["STATICFILES_BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        if not server.startswith("postgres"):
            os.environ.pop("DATABASE_URL", None)
            yield "SQLite"
            return
        with _postgres_database(server):
            yield "PostgreSQL"


@contextmanager
def _postgres_database(server: str) -> Iterator[None]:
    name = f"groundwork_scratch_{os.getpid()}"
    parts = urlsplit(server)
    _administer(server, f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = server
        _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    """Run one statement outside a transaction, as CREATE DATABASE wants it."""
    import psycopg2

    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)
