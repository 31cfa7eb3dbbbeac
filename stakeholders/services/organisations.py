"""Found and change organisations: the tenants."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stakeholders.models import MemberRole, Membership, Organisation, User, unused_code
from stakeholders.services.audit import record_event
from stakeholders.services.passwords import issue_password_link


class Founded(NamedTuple):
    """A new organisation's first admin, and the token to set a password with; empty for somebody who has an account already."""

    membership: Membership
    token: str


@transaction.atomic
def create_organisation(*, name: str, admin_email: str, time_zone: str) -> Founded:
    """Found an organisation with its first admin, who may have an account already.

    Takes a clean name and address; raises ValidationError for a name that is taken (in any case) or a zone that does not exist.
    """
    if Organisation.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": _("There is an organisation with this name already.")})
    slug = unused_code(name, Organisation.objects.values_list("slug", flat=True))
    organisation = Organisation(name=name, slug=slug, time_zone=time_zone)
    organisation.full_clean()
    organisation.save()
    user, is_new = find_or_create_user(email=admin_email)
    membership = Membership.objects.create(user=user, organisation=organisation, role=MemberRole.ADMIN)
    record_event(organisation=organisation, verb="organisation.created", subject=organisation)
    token = issue_password_link(membership=membership) if is_new else ""
    return Founded(membership, token)


def find_or_create_user(*, email: str) -> tuple[User, bool]:
    """Return the account of an e-mail address (in any case), or a new one without a password; and whether it is new."""
    try:
        with transaction.atomic():
            user = User.objects.filter(email=email.lower()).first()
            return (user, False) if user else (User.objects.create_user(email), True)
    except IntegrityError:  # somebody else invited the same person at the same moment
        return User.objects.get(email=email.lower()), False


@transaction.atomic
def change_organisation(*, organisation: Organisation, name: str, time_zone: str, actor: User) -> Organisation:
    """Rename an organisation or move it to another time zone; raises ValidationError when the name is taken."""
    if Organisation.objects.filter(name__iexact=name).exclude(pk=organisation.pk).exists():
        raise ValidationError({"name": _("This name cannot be used. Please choose another one.")})
    organisation.name, organisation.time_zone = name, time_zone
    organisation.save(update_fields=["name", "time_zone"])
    record_event(organisation=organisation, verb="organisation.changed", subject=organisation, actor=actor)
    return organisation
