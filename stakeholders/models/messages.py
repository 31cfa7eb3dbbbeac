"""Mails that the product sends: one row each, so that each is sent once and what became of it is known."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.models.accounts import Organisation
from stakeholders.models.tenancy import TenantQuerySet


class MessageKind(models.TextChoices):
    """What a mail is about; its texts are the templates `mail/<kind>.subject.txt` and `mail/<kind>.txt`."""

    INVITATION = "invitation", _("invitation to answer")
    REMINDER = "reminder", _("reminder")
    HOST_APPROVAL = "host_approval", _("host's approval")
    MEMBER_INVITATION = "member_invitation", _("invitation of a member")
    NEW_LINK = "new_link", _("new link")
    MORE_QUESTIONS = "more_questions", _("a few more questions")
    SCOPE_REVISED = "scope_revised", _("changed questions, to the host")


class MessageState(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    BOUNCED = "bounced", _("bounced")


class MessageQuerySet(TenantQuerySet["Message"]):
    """Named selections of messages."""


class Message(models.Model):
    """A mail to one person about one subject. Its text is never stored, because it holds the link's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    subject_id = models.UUIDField(help_text=_("the interview, assessment or membership that it is about"))
    to_email = models.EmailField()
    message_id = models.CharField(max_length=120, unique=True, help_text=_("the mail's Message-ID, the same on every try"))
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, help_text=_("what the mail server said, without addresses"))

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["subject_id", "kind"], name="message_subject")]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="message_state_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"
