"""The first password of an account, by an e-mailed or printed link."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import AccessLink, LinkPurpose, Membership, User
from stakeholders.services.audit import record_event
from stakeholders.services.links import issue_link, mark_link_used


class LinkClosedError(ValueError):
    """The link does not open anything any more."""


def issue_password_link(*, membership: Membership) -> str:
    """Return the token of a new link with which the member sets a first password."""
    _link, token = issue_link(organisation=membership.organisation, purpose=LinkPurpose.PASSWORD, subject_id=membership.pk)
    return token


def password_url(token: str) -> str:
    """Return the address of the page that a token opens."""
    return settings.BASE_URL.rstrip("/") + reverse("set-password", args=[token])


def invited_member(link: AccessLink) -> Membership | None:
    """Return whose first password a link sets, or None when there is nothing left to set."""
    mine = Membership.objects.filter(pk=link.subject_id, organisation_id=link.organisation_id, is_active=True, user__is_active=True)
    membership = mine.select_related("user", "organisation").first()
    return None if membership is None or membership.user.has_usable_password() else membership


@transaction.atomic
def set_first_password(*, link: AccessLink, password: str, name: str = "") -> User:
    """Set a new member's first password and close all their links; raises LinkClosedError when the link is used up.

    Two people pressing the button at once: one of them sets the password. The address counts as verified, because the link
    went to it.
    """
    link = AccessLink.objects.select_for_update().get(pk=link.pk)
    membership = invited_member(link) if link.is_valid else None
    if membership is None:
        raise LinkClosedError
    user = User.objects.select_for_update().get(pk=membership.user_id)
    user.set_password(password)
    user.name = name or user.name
    user.save(update_fields=["password", "name"])
    verify_email(user=user)
    mark_link_used(link=link)
    seats = list(user.memberships.values_list("pk", flat=True))
    AccessLink.objects.valid().filter(purpose=LinkPurpose.PASSWORD, subject_id__in=seats).update(revoked_at=timezone.now())
    record_event(organisation=membership.organisation, verb="member.password_set", subject=membership, actor=user)
    return user


def verify_email(*, user: User) -> None:
    """Note that an account's address belongs to its owner, so that two-step sign-in and password resets work with it."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
