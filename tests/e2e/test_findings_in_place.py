"""Opening a requirement below its row, and deciding about findings without leaving the list, by keyboard."""

import pytest

from assessments.models import Finding
from stakeholders.models import MemberRole
from tests import factories
from tests.assessments.answering import contested
from tests.e2e.conftest import axe_findings

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-word-for-tests"


@pytest.fixture
def page(sign_in, assessment, organisation):
    """The lead's browser, with an assessment whose first gate failed."""
    user = factories.make_user("keys@larkfield.example", PASSWORD)
    organisation.memberships.create(user=user, role=MemberRole.LEAD)
    contested(assessment)
    return sign_in(user.email, PASSWORD)


def test_requirement_opens_below_its_row_and_closes_again(page, assessment):
    page.goto(f"/assessments/{assessment.pk}/answers/")
    link = page.get_by_role("link", name="Title of LAB-01")
    link.focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Title of LAB-01")
    heading.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert (link.get_attribute("aria-expanded"), page.url.endswith("/answers/")) == ("true", True)
    assert axe_findings(page) == []
    link.focus()
    page.keyboard.press("Enter")
    heading.wait_for(state="detached")
    assert link.get_attribute("aria-expanded") == "false"


def test_finding_is_dismissed_and_the_dismissal_undone_in_place(page, assessment):
    page.goto(f"/assessments/{assessment.pk}/findings/?severity=blocker")
    finding = page.locator(".finding").first
    finding.locator("summary", has_text="Dismiss").focus()
    page.keyboard.press("Enter")
    finding.locator("textarea[name=reason]:visible").fill("not ours")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    finding.get_by_role("status").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    assert Finding.objects.get(rule="shortfall", code="LAB-01").state == "dismissed"
    finding.get_by_role("button", name="Undo").click()
    finding.get_by_text("Dismissed").wait_for(state="detached")
    assert Finding.objects.get(rule="shortfall", code="LAB-01").state == "draft"


def test_second_editor_sees_both_texts_in_place(page, assessment):
    page.goto(f"/assessments/{assessment.pk}/findings/?severity=blocker")
    Finding.objects.filter(rule="shortfall", code="LAB-01").update(version=2, state="dismissed", reason="what the first wrote")
    finding = page.locator(".finding").first
    finding.locator("summary", has_text="Adjust").click()
    finding.locator("textarea[name=reason]:visible").fill("what the second wrote")
    finding.locator("button:visible", has_text="Adjust severity").click()
    finding.get_by_role("alert").wait_for()
    words = finding.inner_text()
    assert "what the first wrote" in words
    assert "what the second wrote" in words
    assert axe_findings(page) == []
    finding.get_by_role("button", name="Put mine in its place").click()
    finding.get_by_role("status").wait_for()
    assert Finding.objects.get(rule="shortfall", code="LAB-01").reason == "what the second wrote"
