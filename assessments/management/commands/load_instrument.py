"""manage.py load_instrument [FOLDER]."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.bank.checks import defects
from assessments.bank.files import read_bank
from assessments.bank.marks import BankFileError, BankFileErrors
from assessments.bank.version import BankVersion
from assessments.services.instruments import load_instrument

OWN_BANK = Path(__file__).resolve().parents[2] / "data" / "operational-readiness" / "2"


def refuse_defects(bank: BankVersion) -> None:
    """Raise CommandError with everything that keeps a version from being published."""
    found = defects(bank)
    if found:
        listed = "\n".join(f"  {defect.item}: {defect.message} ({defect.code})" for defect in found)
        raise CommandError(f"{bank.code} {bank.number} cannot be published; nothing was changed.\n{listed}")


class Command(BaseCommand):
    help = "Load a version of a question bank from a folder of YAML files and publish it; loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=OWN_BANK, help="default: the bank that ships with the product")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            bank = read_bank(folder)
            refuse_defects(bank)
            version, is_new = load_instrument(bank=bank)
        except (BankFileError, BankFileErrors, OSError) as error:
            raise CommandError(str(error)) from error
        what = "published" if is_new else "was already there, unchanged"
        self.stdout.write(f"{version}: {version.items.count()} items, {what}.")
