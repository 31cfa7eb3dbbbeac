"""manage.py import_instrument FILE --organisation SLUG."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.bank.marks import BankFileErrors
from assessments.services.drafts import DraftExistsError
from assessments.services.drafts_files import import_version
from stakeholders.models import Organisation


class Command(BaseCommand):
    help = "Read a version of a question bank from a YAML file into a draft of an organisation's own bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--replace-draft", action="store_true", help="discard the draft that the bank has")

    def handle(self, *args: Any, file: Path, organisation: str, replace_draft: bool, **options: Any) -> None:
        owner = Organisation.objects.filter(slug=organisation).first()
        if owner is None:
            raise CommandError("There is no organisation with this slug.")
        try:
            draft = import_version(organisation=owner, content=file.read_bytes(), replace_draft=replace_draft)
        except (BankFileErrors, OSError) as error:
            raise CommandError(str(error)) from error
        except DraftExistsError as error:
            raise CommandError(f"{error} is a draft already; publish or discard it, or pass --replace-draft.") from error
        self.stdout.write(f"{draft}: {draft.items.count()} items, a draft now ({draft.pk}).")
