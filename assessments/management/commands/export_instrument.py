"""manage.py export_instrument VERSION_ID."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from assessments.models import InstrumentVersion
from assessments.services.drafts_files import export_version


class Command(BaseCommand):
    help = "Write a version of a question bank to standard output as YAML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version_id", type=UUID, help="the version's id, as in the address of its page")

    def handle(self, *args: Any, version_id: UUID, **options: Any) -> None:
        version = InstrumentVersion.objects.select_related("instrument__organisation").filter(pk=version_id).first()
        if version is None:
            raise CommandError("There is no version with this id.")
        self.stdout.write(export_version(version), ending="")
