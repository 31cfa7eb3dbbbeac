"""manage.py question_minutes [--version ID] [--product-type TYPE] [--measured]."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.bank.files import read_bank
from assessments.bank.minutes import TEN_MINUTES, RoleMinutes, role_minutes
from assessments.bank.version import PRODUCT_TYPES, BankVersion
from assessments.management.commands.load_instrument import OWN_BANK
from assessments.models import InstrumentVersion
from assessments.questionnaire import MOST_CORE, MOST_CORE_OF
from assessments.services.answering_times import seconds_measured
from assessments.services.bank_rows import bank_of

TOO_LONG = 1
COLUMNS = "{:<29}{:>7}{:>8}{:>9}{:>7}{:>8}{:>9}"
HEAD = COLUMNS.format("", "first", "scored", "context", "gates", "deeper", "minutes")


class Command(BaseCommand):
    """Print a bank's questions and minutes; a core above ten minutes or too many items exits with status 1."""

    help = "Print, for each type of product and each role, the questions asked first, the deeper ones, and the minutes of the core."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser; here `--version` means a version of the bank and not of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the version, the type and where the seconds come from."""
        parser.add_argument("--version", dest="bank_version", metavar="ID", help="default: the bank that ships with the product")
        parser.add_argument("--product-type", choices=PRODUCT_TYPES, help="default: all of them")
        parser.add_argument("--measured", action="store_true", help="use real answering times where there are twenty or more")

    def handle(self, *args: Any, bank_version: str | None, product_type: str | None, measured: bool, **options: Any) -> None:
        """Print a table for each type."""
        bank = bank_called(bank_version)
        seconds = seconds_measured([item.code for item in bank.items]) if measured else {}
        told = f", {len(seconds)} questions measured" if measured else ""
        self.stdout.write(f"{bank.title}, version {bank.number}{told}")
        tables = [self._print(bank, one, seconds) for one in ([product_type] if product_type else PRODUCT_TYPES)]
        if any(too_long(row) for table in tables for row in table):
            sys.exit(TOO_LONG)

    def _print(self, bank: BankVersion, product_type: str, seconds: Mapping[str, int]) -> Sequence[RoleMinutes]:
        rows = role_minutes(bank, product_type, seconds)
        self.stdout.write(f"\n{product_type}\n{HEAD}")
        for row in rows:
            self.stdout.write(line_of(row.role, [row], row.core_minutes) + ("  too long" if too_long(row) else ""))
        self.stdout.write(line_of("all roles", rows, round(sum(row.core_minutes for row in rows), 1)))
        return rows


def bank_called(version_id: str | None) -> BankVersion:
    """Return a version of the database by its key, without one the bank that ships with the product."""
    if version_id is None:
        return read_bank(OWN_BANK)
    try:
        return bank_of(InstrumentVersion.objects.select_related("instrument").get(pk=version_id))
    except (InstrumentVersion.DoesNotExist, ValidationError, ValueError):
        raise CommandError(f"There is no version {version_id} of a question bank.") from None


def line_of(name: str, rows: Sequence[RoleMinutes], minutes: float) -> str:
    """Return one line of the table: a role, or all of them together."""
    first, context = sum(row.core_questions for row in rows), sum(row.context for row in rows)
    gates, deeper = sum(row.gates for row in rows), sum(row.deeper_questions for row in rows)
    return COLUMNS.format(name, first, first - context, context, gates, deeper, f"{minutes:.1f}")


def too_long(row: RoleMinutes) -> bool:
    """Tell whether a core is more than ten minutes or more items than its role may be asked first."""
    return row.core_seconds > TEN_MINUTES or row.core_questions > MOST_CORE_OF.get(row.role, MOST_CORE)
