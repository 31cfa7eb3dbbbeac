"""manage.py import_bundle FILE|- --organisation SLUG."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.bundle_fields import BundleError, shown
from assessments.bundle_files import BAD_INPUT, read_input
from assessments.bundles import load_bundle
from assessments.services.bundle_imports import import_bundle
from stakeholders.models import Organisation


class Command(BaseCommand):
    help = "Make a closed assessment with nameless stakeholders from a bundle (JSON), all of it or nothing; prints its primary key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the bundle, or - for standard input")
        parser.add_argument("--organisation", required=True, metavar="SLUG", help="the organisation that the assessment will belong to")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = _organisation(options["organisation"])
            assessment = import_bundle(organisation=organisation, bundle=load_bundle(read_input(options["file"])))
        except BundleError as error:
            self.stderr.write(str(error))
            sys.exit(BAD_INPUT)
        self.stdout.write(str(assessment.pk))


def _organisation(slug: str) -> Organisation:
    organisation = None if "\x00" in slug else Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise BundleError("--organisation", f"there is no {shown(slug)}; there is: {known}")
    return organisation
