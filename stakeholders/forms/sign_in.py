"""The sign-in library's forms, in the house's words."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _

EMAIL_LABEL = _("E-mail address")


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL_LABEL
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):
    """The address that the link is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL_LABEL
        self.fields["email"].widget.attrs.pop("placeholder", None)
