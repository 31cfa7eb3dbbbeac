import unicodedata
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from stakeholders.forms.accounts import FoundingForm
from stakeholders.services.organisations import create_organisation
from stakeholders.services.passwords import password_url


class Command(BaseCommand):
    help = "Found an organisation with its first admin, and print the link with which the admin sets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="the first admin's e-mail address")
        parser.add_argument("--time-zone", default="America/New_York", metavar="ZONE", help="for example America/Chicago")

    def handle(self, *args: Any, **options: Any) -> None:
        form = FoundingForm({"name": options["name"], "admin_email": options["admin"], "time_zone": options["time_zone"]})
        if not form.is_valid():
            said = {form.fields[name].label: [str(error) for error in errors] for name, errors in form.errors.items()}
            raise CommandError(one_line(said))
        try:
            founded = create_organisation(**form.cleaned_data)
        except ValidationError as error:
            raise CommandError(one_line(error.message_dict)) from error
        user, organisation = founded.membership.user, founded.membership.organisation
        self.stdout.write(f"{organisation.name} is founded. Its admin: {user.email}")
        if founded.token:
            self.stdout.write(f"Set the password within {settings.LINK_DAYS['password']} days at:\n{password_url(founded.token)}")
        else:
            self.stdout.write(f"This person has an account already and signs in at:\n{settings.BASE_URL}{reverse('account_login')}")


def one_line(problems: dict[Any, list[str]]) -> str:
    """Return what is wrong as one line that any terminal can show, and that nothing was made."""
    said = "; ".join(f"{name}: {' '.join(errors)}" for name, errors in problems.items())
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in said)
    return f"{plain} Nothing was created."
