"""How sign-in behaves: there is no open sign-up, and wrong passwords are counted per account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: accounts are made by `create_organisation` or an admin's invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Do nothing: users have no username."""

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Make a confirmed address the account's, unless somebody else has been invited under it since; False then."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            messages.error(request, _("This address cannot be used. Your address stays as it was."))
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what wrong passwords are counted by: the account's address alone.

        The library adds the request's host, and whoever guesses may write any port behind it: a budget for each.
        """
        return str(credentials.get("email") or "").strip().lower()
