"""Every e-mailed link, in one table: what it opens, its hash, until when, revoked or not."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.models.accounts import Organisation


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token as 64 hexadecimal digits: the only form in which a token is kept."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class LinkPurpose(models.TextChoices):
    """What an e-mailed link opens."""

    INTERVIEW = "interview", _("interview")
    HOST = "host", _("host's approval")
    PASSWORD = "password", _("set a password")
    REPORT = "report", _("report")


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """Named selections of access links."""

    def valid(self, at: datetime | None = None) -> Self:
        """Return links that are neither revoked nor expired at the given moment (default: now)."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def of(self, purpose: str, subject_id: uuid.UUID) -> Self:
        """Return the links that open one subject."""
        return self.filter(purpose=purpose, subject_id=subject_id)


class AccessLink(models.Model):
    """An e-mailed link: 256 random bits whose hash alone is stored; many times usable until it expires or is revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_links")
    purpose = models.CharField(max_length=20, choices=LinkPurpose.choices)
    subject_id = models.UUIDField(help_text=_("the interview, assessment, membership or report that it opens"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    first_used_at = models.DateTimeField(null=True, blank=True, help_text=_("when its button was first pressed, never a mere visit"))

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject_id"], name="access_link_subject")]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("created_at")), name="access_link_expires_later"),
            models.CheckConstraint(condition=models.Q(purpose__in=LinkPurpose.values), name="access_link_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.id}"

    @property
    def is_valid(self) -> bool:
        """Tell whether the link still opens its subject."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @staticmethod
    def new_token() -> str:
        """Return 256 random bits as 43 URL-safe characters."""
        return secrets.token_urlsafe(32)
