"""How sign-in behaves: there is no open sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: accounts are made by `create_organisation` or an admin's invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Do nothing: users have no username."""
