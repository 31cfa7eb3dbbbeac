"""Send mails once each. The text is made when it is sent, because it holds a link's token, which is never stored."""

import logging
import uuid
from collections.abc import Callable
from email.utils import formataddr, make_msgid, parseaddr
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from stakeholders.models import Message, MessageState, Organisation

logger = logging.getLogger("groundwork.mail")
NO_LONGER_NEEDED = "no longer needed"


class Letter(NamedTuple):
    """What goes into a mail's templates, in which language it is written, in whose name, and who gets the reply."""

    context: dict[str, Any]
    language: str = "en"
    sender: str = ""
    reply_to: str = ""


class NoLongerNeededError(Exception):
    """What a queued mail is about has changed since, so that it must not be sent any more; its letter says so."""


# A kind of message → what makes its letter from the message; the apps that own the subjects register theirs here.
LETTERS: dict[str, Callable[[Message], Letter]] = {}


def queue_message(*, organisation: Organisation, kind: str, subject_id: uuid.UUID, to_email: str) -> Message:
    """Store a mail to be sent and enqueue its sending after the transaction; its Message-ID is fixed now."""
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip(" >")
    message = Message.objects.create(
        organisation=organisation, kind=kind, subject_id=subject_id, to_email=to_email, message_id=make_msgid(domain=domain)
    )
    transaction.on_commit(lambda: deliver_message.enqueue(str(message.pk)))
    return message


@task()
def deliver_message(message_pk: str) -> None:
    """Send one queued mail; doing it twice sends it once."""
    with transaction.atomic():
        message = Message.objects.select_for_update().select_related("organisation").filter(pk=message_pk).first()
        if message is None or message.state not in (MessageState.QUEUED, MessageState.FAILED):
            return
        _send(message)


def _send(message: Message) -> None:
    message.tries += 1
    try:
        render_mail(message).send()
    except NoLongerNeededError:
        message.state, message.error = MessageState.FAILED, NO_LONGER_NEEDED
    except OSError as error:  # SMTP errors are OSErrors: refused, timed out, dropped
        message.state, message.error = MessageState.FAILED, type(error).__name__
        logger.warning("Mail %s was not sent: %s", message.pk, type(error).__name__)
    else:
        message.state, message.sent_at, message.error = MessageState.SENT, timezone.now(), ""
    message.save(update_fields=["tries", "state", "sent_at", "error"])


def render_mail(message: Message) -> EmailMultiAlternatives:
    """Return the mail of a message from `mail/<kind>.subject.txt` and `mail/<kind>.txt`."""
    letter = LETTERS[message.kind](message)
    context = {"base_url": settings.BASE_URL, "message": message, **letter.context}
    with translation.override(letter.language):
        subject = " ".join(render_to_string(f"mail/{message.kind}.subject.txt", context).split())
        body = render_to_string(f"mail/{message.kind}.txt", context).strip() + "\n"
    return EmailMultiAlternatives(
        subject,
        body,
        from_email=from_line(letter.sender),
        to=[message.to_email],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": message.message_id},
    )


def from_line(sender: str) -> str:
    """Return our own address under the sender's name, on one line; without a name the default sender."""
    name = " ".join(sender.split())
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])) if name else settings.DEFAULT_FROM_EMAIL
