"""In whose names an assessment speaks: the vendor's lead and the host."""

from django.utils.translation import gettext as _

from assessments.models import Assessment
from stakeholders.models import MemberRole, Membership, User


def vendor_lead(assessment: Assessment) -> User | None:
    """Return who asks on the vendor's side: who made the assessment while a member, else the first lead, else the first admin."""
    members = Membership.objects.filter(organisation=assessment.organisation_id, is_active=True).select_related("user")
    asking = [m for m in members.order_by("created_at", "pk") if m.role in (MemberRole.LEAD, MemberRole.ADMIN)]
    ranked = sorted(asking, key=lambda m: (m.user_id != assessment.created_by_id, m.role != MemberRole.LEAD))
    return ranked[0].user if ranked else None


def parties(assessment: Assessment, lead: User | None) -> str:
    """Return both names for a mail's sender, each with its house: "A. Lead (Vendor) and H. Host (Valley Health)"."""
    vendor = f"{lead} ({assessment.organisation})" if lead else str(assessment.organisation)
    host = f"{assessment.host} ({assessment.health_system})" if assessment.host else str(assessment.health_system)
    return _("%(vendor)s and %(host)s") % {"vendor": vendor, "host": host}
