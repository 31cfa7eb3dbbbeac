"""Who can sign in to the demonstration, and what is printed when it is served."""

from django.conf import settings

from assessments.models import Interview, InterviewState
from stakeholders.models import LinkPurpose, Membership, Organisation
from stakeholders.services.links import issue_link

SLUG = "larkfield-genomics-fictional"
PASSWORD = "before-the-signature"  # noqa: S105 – printed for everybody who runs the demonstration


def demo_organisation() -> Organisation | None:
    """Return the demonstration's organisation, None while it is not there."""
    return Organisation.objects.filter(slug=SLUG).first()


def stakeholder_link(organisation: Organisation) -> str:
    """Return a fresh link for somebody of the half-way assessment who has not finished; empty when all have.

    Tokens are stored nowhere, so each start makes a new one; earlier ones stay valid until they expire.
    """
    waiting = (InterviewState.OPENED, InterviewState.IN_PROGRESS, InterviewState.INVITED)
    interview = (
        Interview.objects.filter(assessment__organisation=organisation, state__in=waiting, host_approved_at__isnull=False)
        .order_by("-state", "created_at")
        .first()
    )
    if interview is None:
        return ""
    _, token = issue_link(organisation=organisation, purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    return f"{settings.BASE_URL}/i/{token}/"


def greeting() -> str:
    """Return what is printed when the embedded product is ready: address, who can sign in, one stakeholder's link."""
    lines = ["", f"  Groundwork is at {settings.BASE_URL}"]
    organisation = demo_organisation()
    if organisation is None:
        return "\n".join([*lines, "  Make an organisation with:  manage.py create_organisation NAME --admin EMAIL", ""])
    lines += ["", f"  Sign in (password: {PASSWORD})"]
    members = Membership.objects.filter(organisation=organisation, is_active=True).select_related("user")
    lines += [f"    {m.get_role_display():<18} {m.user.email}" for m in sorted(members, key=lambda m: m.role)]
    link = stakeholder_link(organisation)
    if link:
        lines += ["", "  Answer as a stakeholder, without an account", f"    {link}"]
    return "\n".join([*lines, ""])
