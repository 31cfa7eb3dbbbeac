"""Drafts and approvals for the tests of set-up, people and hosts."""

from datetime import date

from assessments.models import Assessment, Interview, Promise
from assessments.services.approvals import HostTerms, approve, ask_host
from assessments.services.people import Person, add_person
from stakeholders.models import AccessLink, LinkPurpose, Membership
from stakeholders.services.links import issue_link
from tests import factories

ROLES = ("lab_director", "it_integration_lead", "clinician")


def make_draft(lead: Membership, **fields) -> Assessment:
    """A complete draft of the lead's with a promise, two sites, a service line, dates and a host; nobody is named yet."""
    draft = factories.make_assessment(lead.organisation, created_by=lead.user, **fields)
    Promise.objects.create(assessment=draft, metric="Complete profiles", unit="%", baseline=34, target=65, by=date(2027, 8, 31))
    return draft


def a_person(number: int = 1, role: str = "lab_director", **fields) -> Person:
    """A person with an address of their own."""
    fields = {"name": f"Person {number} (fictional)", "email": f"p{number}@valley.example", **fields}
    return Person(role=role, **fields)


def add_three(draft: Assessment) -> list[Interview]:
    """A laboratory director, an integration lead and a clinician, who wait for the host."""
    return [add_person(assessment=draft, person=a_person(n, role)) for n, role in enumerate(ROLES, 1)]


def make_asked(lead: Membership, **fields) -> Assessment:
    """A draft with three people whose host has been asked."""
    draft = make_draft(lead, **fields)
    add_three(draft)
    ask_host(assessment=draft, actor=lead.user)
    return draft


def make_approved(lead: Membership, **fields) -> Assessment:
    """An open assessment whose host has approved three people; they have been invited."""
    asked = make_asked(lead, **fields)
    approve(assessment=asked, terms=HostTerms.proposed(asked))
    asked.refresh_from_db()
    return asked


def host_link(assessment: Assessment) -> tuple[AccessLink, str]:
    """A host's link with its token."""
    return issue_link(organisation=assessment.organisation, purpose=LinkPurpose.HOST, subject_id=assessment.pk)
