"""Invite members, change what they may do, and end their membership; an organisation never loses its last admin."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.models import LinkPurpose, MemberRole, Membership, Message, MessageKind, Organisation, User
from stakeholders.services.audit import record_event
from stakeholders.services.links import revoke_links
from stakeholders.services.mail import queue_message
from stakeholders.services.organisations import find_or_create_user


@transaction.atomic
def invite_member(*, organisation: Organisation, email: str, role: str, only_assigned: bool, actor: User) -> Membership:
    """Give somebody a seat and write to them; whoever has no account yet gets a link to set a password.

    Raises ValidationError when the person has a seat already.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    user, _is_new = find_or_create_user(email=email)
    taken = Membership.objects.filter(user=user, organisation=organisation).first()
    if taken is not None:
        again = _("This person is a member already.")
        ended = _("This person was a member. Open them in the list and let them in again.")
        raise ValidationError({"email": again if taken.is_active else ended})
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, only_assigned=only_assigned)
    record_event(organisation=organisation, verb="member.invited", subject=membership, actor=actor)
    send_member_invitation(membership=membership)
    return membership


def send_member_invitation(*, membership: Membership) -> Message:
    """Queue the mail that tells a member about the seat; its link is made when it is sent."""
    return queue_message(
        organisation=membership.organisation,
        kind=MessageKind.MEMBER_INVITATION,
        subject_id=membership.pk,
        to_email=membership.user.email,
    )


def other_admins(membership: Membership) -> int:
    """Return how many other admins of the organisation can sign in today."""
    admins = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=MemberRole.ADMIN, is_active=True, user__is_active=True
    )
    return sum(other.user.has_usable_password() for other in admins.exclude(pk=membership.pk).select_related("user"))


def lock_seat(membership: Membership, *, stays_admin: bool) -> Membership:
    """Return the membership as it is now, holding the organisation, so that two admins cannot remove each other at once.

    Raises ValidationError when the change would leave the organisation without an admin who can sign in.
    """
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    current = Membership.objects.select_related("organisation", "user").get(pk=membership.pk)
    is_admin = current.role == MemberRole.ADMIN and current.is_active
    if is_admin and not stays_admin and other_admins(current) == 0:
        raise ValidationError(_("This is the only admin who can sign in. Make somebody else an admin first."))
    return current


@transaction.atomic
def change_member(*, membership: Membership, role: str, only_assigned: bool, actor: User) -> Membership:
    """Change what a member may do; raises ValidationError for the last admin."""
    current = lock_seat(membership, stays_admin=role == MemberRole.ADMIN)
    current.role, current.only_assigned = role, only_assigned
    current.save(update_fields=["role", "only_assigned"])
    record_event(organisation=current.organisation, verb="member.changed", subject=current, actor=actor)
    return current


@transaction.atomic
def deactivate_member(*, membership: Membership, actor: User) -> Membership:
    """End a membership at once: no page opens any more and unused links are closed. Raises ValidationError for the last admin."""
    current = lock_seat(membership, stays_admin=False)
    current.is_active = False
    current.save(update_fields=["is_active"])
    revoke_links(purpose=LinkPurpose.PASSWORD, subject_id=current.pk)
    record_event(organisation=current.organisation, verb="member.deactivated", subject=current, actor=actor)
    return current


@transaction.atomic
def reactivate_member(*, membership: Membership, actor: User) -> Membership:
    """Let a former member in again, in the role they had, and write to them."""
    current = lock_seat(membership, stays_admin=True)
    current.is_active = True
    current.save(update_fields=["is_active"])
    record_event(organisation=current.organisation, verb="member.reactivated", subject=current, actor=actor)
    send_member_invitation(membership=current)
    return current


def change_own_name(*, user: User, name: str) -> User:
    """Save the name that reports and lists show of a user; empty: the address is shown."""
    user.name = name
    user.save(update_fields=["name"])
    return user
