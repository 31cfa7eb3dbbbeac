"""manage.py demo [--reset]."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.models import Assessment, InstrumentVersion
from assessments.services.erasure import erase_organisation
from readiness.demo.build import build_demonstration
from readiness.demo.people import demo_organisation


class Command(BaseCommand):
    help = "Make the demonstration in an organisation of its own: a fictional vendor with three assessments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="erase the demonstration first, with all that was done in it")

    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        existing = demo_organisation()
        if existing is not None and not reset:
            raise CommandError("The demonstration is there already; nothing was changed. Use --reset to build it anew.")
        if not InstrumentVersion.objects.filter(instrument__organisation=None).exists():
            raise CommandError("There is no question bank yet: run load_instrument first.")
        if existing is not None:
            erase_organisation(organisation=existing)
        organisation = build_demonstration(timezone.localdate())
        for assessment in Assessment.objects.filter(organisation=organisation).with_parties().order_by("created_at"):
            self.stdout.write(f"{assessment}: {assessment.get_state_display()} ({assessment.pk})")
