"""manage.py prepare: everything the embedded product needs before it is served."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from readiness.demo.people import greeting
from stakeholders.models import Hospital, Organisation

EXTRACT = Path(settings.BASE_DIR) / "stakeholders" / "data" / "hospitals_extract.csv"


class Command(BaseCommand):
    help = "Bring database, question bank, hospitals, static files and the demonstration (DEMO=1) up to date; destroys nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        call_command("load_instrument", stdout=self.stdout)
        if not Hospital.objects.exists():
            call_command("load_hospitals", EXTRACT, stdout=self.stdout)
        self._collect_static()
        if settings.DEMO:
            if not Organisation.objects.exists():
                call_command("demo", stdout=self.stdout)
            self.stdout.write(greeting())

    def _collect_static(self) -> None:
        """Collect static files when a source has changed since the last time."""
        stamp = Path(settings.STATIC_ROOT) / ".sources"
        sources = fingerprint(Path(settings.BASE_DIR) / "static") + fingerprint(Path(settings.BASE_DIR) / "requirements.txt")
        if stamp.exists() and stamp.read_text() == sources:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(sources)


def fingerprint(path: Path) -> str:
    """Return a digest over names, sizes and times of a file or of all files in a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        state = file.stat()
        digest.update(f"{file}:{state.st_size}:{state.st_mtime_ns}".encode())
    return digest.hexdigest()
