"""Issue and revoke the links that are e-mailed to people."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from stakeholders.models import AccessLink, Organisation, token_hash


def issue_link(*, organisation: Organisation, purpose: str, subject_id: uuid.UUID, days: int | None = None) -> tuple[AccessLink, str]:
    """Make a link and return it with its token, which exists nowhere else and is never stored.

    Valid for `days` days (default: `LINK_DAYS` of its purpose). Earlier links of the subject stay valid: people use the
    mail they find first.
    """
    token = AccessLink.new_token()
    expires_at = timezone.now() + timedelta(days=days or settings.LINK_DAYS[purpose])
    link = AccessLink.objects.create(
        organisation=organisation, purpose=purpose, subject_id=subject_id, token_hash=token_hash(token), expires_at=expires_at
    )
    return link, token


def revoke_links(*, purpose: str, subject_id: uuid.UUID) -> int:
    """Close every valid link of a subject at once; returns how many there were."""
    return AccessLink.objects.valid().of(purpose, subject_id).update(revoked_at=timezone.now())


def mark_link_used(*, link: AccessLink) -> AccessLink:
    """Note when a link's button was first pressed."""
    if link.first_used_at is None:
        link.first_used_at = timezone.now()
        link.save(update_fields=["first_used_at"])
    return link
