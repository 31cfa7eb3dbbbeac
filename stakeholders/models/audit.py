"""Who did what and when, in ids only: never a name, an address or a text."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.models.accounts import Organisation
from stakeholders.models.written_once import TenantRecordQuerySet, WrittenOnce


class ActorKind(models.TextChoices):
    """Who acted."""

    MEMBER = "member", _("member")
    STAKEHOLDER = "stakeholder", _("stakeholder")
    HOST = "host", _("host")
    SYSTEM = "system", _("system")


class AuditEventQuerySet(TenantRecordQuerySet["AuditEvent"]):
    """Named selections of audit events."""


class AuditEvent(WrittenOnce):
    """One thing that happened, in ids only, so that the chain survives the erasure of the people in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audit_events")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_kind = models.CharField(max_length=12, choices=ActorKind.choices)
    actor_id = models.UUIDField(null=True, help_text=_("the user, stakeholder or host; empty for the system"))
    verb = models.CharField(max_length=60, help_text=_("for example interview.submitted"))
    subject_type = models.CharField(max_length=40, help_text=_("the model's name"))
    subject_id = models.CharField(max_length=64)
    assessment_id = models.UUIDField(null=True, db_index=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta(WrittenOnce.Meta):
        abstract = False
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=models.Q(actor_kind__in=ActorKind.values), name="audit_actor_known")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
