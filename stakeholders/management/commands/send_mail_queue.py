from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stakeholders.models import Message, MessageState
from stakeholders.services.mail import NO_LONGER_NEEDED, deliver_message


class Command(BaseCommand):
    """Try mails again that are still queued or could not be sent; each keeps its Message-ID."""

    help = "Send queued mails, and those that failed, again (same Message-ID)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tries", type=int, default=5, help="leave mails alone that were tried as often (default 5)")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.FAILED], tries__lt=options["tries"])
        keys = list(waiting.exclude(error=NO_LONGER_NEEDED).order_by("created_at").values_list("pk", flat=True))
        for key in keys:
            deliver_message.call(str(key))
        sent = Message.objects.filter(pk__in=keys, state=MessageState.SENT).count()
        self.stdout.write(f"{sent} of {len(keys)} mails sent.")
