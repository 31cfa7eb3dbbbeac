"""Who: accounts, the customer's systems, sites and people, links, messages and audit events."""

from stakeholders.models.accounts import MemberRole, Membership, Organisation, User
from stakeholders.models.audit import ActorKind, AuditEvent
from stakeholders.models.health_systems import HealthSystem, Hospital, ServiceLine, Site, unused_code
from stakeholders.models.links import AccessLink, LinkPurpose, token_hash
from stakeholders.models.messages import Message, MessageKind, MessageState
from stakeholders.models.people import Host, Stakeholder
from stakeholders.models.roles import STRICTNESS, Influence, Role, Visibility
from stakeholders.models.versioned import EditedByTwo, SavedMeanwhileError, Versioned, seen_version
from stakeholders.models.written_once import WrittenOnce, WrittenOnceError, WrittenOnceQuerySet

__all__ = [
    "STRICTNESS",
    "AccessLink",
    "ActorKind",
    "AuditEvent",
    "EditedByTwo",
    "HealthSystem",
    "Hospital",
    "Host",
    "Influence",
    "LinkPurpose",
    "MemberRole",
    "Membership",
    "Message",
    "MessageKind",
    "MessageState",
    "Organisation",
    "Role",
    "SavedMeanwhileError",
    "ServiceLine",
    "Site",
    "Stakeholder",
    "User",
    "Versioned",
    "Visibility",
    "WrittenOnce",
    "WrittenOnceError",
    "WrittenOnceQuerySet",
    "seen_version",
    "token_hash",
    "unused_code",
]
