"""What goes into the mails about members."""

from django.conf import settings
from django.urls import reverse

from stakeholders.models import Membership, Message, MessageKind
from stakeholders.services.mail import LETTERS, Letter, NoLongerNeededError
from stakeholders.services.passwords import issue_password_link, password_url


def member_invitation(message: Message) -> Letter:
    """Tell a member about the seat: with a link to set a first password, or to sign in for whoever has a password."""
    membership = Membership.objects.select_related("user", "organisation").filter(pk=message.subject_id, is_active=True).first()
    if membership is None:
        raise NoLongerNeededError
    has_account = membership.user.has_usable_password()
    sign_in = settings.BASE_URL.rstrip("/") + reverse("account_login")
    url = sign_in if has_account else password_url(issue_password_link(membership=membership))
    context = {"membership": membership, "has_account": has_account, "url": url, "days": settings.LINK_DAYS["password"]}
    return Letter(context, sender=membership.organisation.name)


LETTERS[MessageKind.MEMBER_INVITATION] = member_invitation
