"""Record what happened, in ids only."""

import uuid

from django.db.models import Model

from stakeholders.models import ActorKind, AuditEvent, Host, Organisation, Stakeholder, User

Actor = User | Stakeholder | Host | None


def actor_kind(actor: Actor) -> str:
    """Return what kind of actor this is; None is the system itself."""
    kinds = {User: ActorKind.MEMBER, Stakeholder: ActorKind.STAKEHOLDER, Host: ActorKind.HOST}
    return next((kind for model, kind in kinds.items() if isinstance(actor, model)), ActorKind.SYSTEM)


def record_event(
    *, organisation: Organisation, verb: str, subject: Model, actor: Actor = None, assessment_id: uuid.UUID | None = None
) -> AuditEvent:
    """Append one audit event: who (by id) did what (for example `interview.submitted`) to which row."""
    return AuditEvent.objects.create(
        organisation=organisation,
        actor_kind=actor_kind(actor),
        actor_id=None if actor is None else actor.pk,
        verb=verb,
        subject_type=subject._meta.object_name or "",
        subject_id=str(subject.pk),
        assessment_id=assessment_id,
    )
