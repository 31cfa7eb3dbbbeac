"""manage.py export_bundle ASSESSMENT."""

import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from assessments.bundle_fields import BundleError, shown
from assessments.bundle_files import BAD_INPUT
from assessments.models import Assessment
from assessments.services.bundle_exports import export_bundle


class Command(BaseCommand):
    help = "Write the bundle (JSON) of an assessment to standard output: what is scored, under pseudonymous ids."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="its primary key")
        parser.add_argument(
            "--with-hidden-answers",
            action="store_true",
            help="also when people were promised that only figures are shown: to move an installation, never to be read by the vendor",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = export_bundle(assessment=_assessment(options["assessment"]), with_hidden=options["with_hidden_answers"])
        except BundleError as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def _assessment(key: str) -> Assessment:
    try:
        found = Assessment.objects.filter(pk=UUID(key)).first()
    except ValueError:
        raise BundleError("ASSESSMENT", f"{shown(key)} is not a primary key (a UUID)") from None
    if found is None:
        raise BundleError("ASSESSMENT", f"there is no assessment {key}")
    return found
