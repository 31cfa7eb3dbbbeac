"""manage.py score: print the result of an assessment bundle as JSON."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.bundle_fields import BundleError
from assessments.bundle_files import BAD_INPUT, read_input
from assessments.bundles import load_bundle, result_document
from assessments.scoring import score


class Command(BaseCommand):
    """Score a bundle; bad input prints one line on standard error and exits with status 2."""

    help = "Print the scores, gates, findings and verdict of an assessment bundle (JSON) as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to read."""
        parser.add_argument("file", metavar="FILE", help="the bundle, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result with sorted keys."""
        try:
            bundle = load_bundle(read_input(options["file"]))
        except BundleError as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(result_document(score(bundle)), sort_keys=True, indent=2, allow_nan=False))
