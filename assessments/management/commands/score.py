"""manage.py score: print the result of an assessment bundle as JSON."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.bundle_fields import BundleError, shown
from assessments.bundles import load_bundle, result_document
from assessments.scoring import score

LARGEST = 64 * 1024 * 1024
BAD_INPUT = 2
STANDARD_INPUT = 0


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
            bundle = load_bundle(_read(options["file"]))
        except BundleError as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(result_document(score(bundle)), sort_keys=True, indent=2, allow_nan=False))


def _read(name: str) -> bytes:
    """Return the content of a file or of standard input ("-"); BundleError, with the file as path, when it has none."""
    try:
        with open(STANDARD_INPUT if name == "-" else name, "rb", closefd=name != "-") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BundleError(shown(name), f"cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise BundleError(shown(name), f"is larger than {LARGEST // 1024 // 1024} MB")
    return content
