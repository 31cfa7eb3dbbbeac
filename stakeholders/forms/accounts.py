"""Forms about organisations and their members."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.fields import HouseForm, Text, TimeZone
from stakeholders.models import MemberRole, User


class FirstPasswordForm(HouseForm):
    """A new member's name and first password."""

    name = Text(
        label=_("Your name"), max_length=120, required=False, help_text=_("As it should stand in reports that you issue; may stay empty.")
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, not only figures, not your name or address, and not a common password."),
    )
    password_again = forms.CharField(
        label=_("Password again"), strip=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.initial.setdefault("name", user.name)

    def clean(self) -> dict[str, Any]:
        """Check that both entries agree and that the password is a good one for this person."""
        data = super().clean() or {}
        password, again = data.get("password"), data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password and again:
            try:
                validate_password(password, User(email=self.user.email, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class NameForm(HouseForm):
    """One's own name."""

    name = Text(label=_("Your name"), max_length=120, required=False, help_text=_("As it stands in reports that you issue."))


class OrganisationForm(HouseForm):
    """Name and time zone of an organisation."""

    name = Text(label=_("Name"), max_length=120)
    time_zone = TimeZone(help_text=_("For example America/Chicago. Deal dates follow the health system's own zone."))


class MemberForm(HouseForm):
    """What a member may do."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices, initial=MemberRole.LEAD)
    only_assigned = forms.BooleanField(
        label=_("Sees only the assessments they are assigned to"), required=False, help_text=_("Otherwise every assessment.")
    )


class InviteForm(MemberForm):
    """Who is invited, and what they may do."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ("email", "role", "only_assigned")

    def clean_email(self) -> str:
        """Return the address in small letters, as accounts keep it."""
        return str(self.cleaned_data["email"]).lower()


class FoundingForm(HouseForm):
    """What founding an organisation needs."""

    name = Text(label=_("Name"), max_length=120)
    admin_email = forms.EmailField(label=_("Admin's e-mail address"), max_length=254)
    time_zone = TimeZone()
