"""Answering for the vendor in place, by keyboard; two colleagues at once; and a menu that a phone shows whole."""

import pytest
from django.urls import reverse

from assessments.models import SelfAuditAnswer
from assessments.services.self_audits import AuditGiven, answer_audit_item
from stakeholders.models import MemberRole
from tests import factories
from tests.assessments.answering import contested
from tests.assessments.vendors import make_audited
from tests.e2e.conftest import DESKTOP, PHONE, axe_findings

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-word-for-tests"


@pytest.fixture
def member(organisation):
    user = factories.make_user("keys@larkfield.example", PASSWORD)
    organisation.memberships.create(user=user, role=MemberRole.LEAD)
    return user


@pytest.fixture
def audited(organisation):
    return contested(make_audited(organisation))


@pytest.fixture
def item(sign_in, member, audited):
    """The first item on the page, before anybody answered."""
    page = sign_in(member.email, PASSWORD)
    page.goto(reverse("vendor-audit", args=[audited.pk]))
    return page.locator("#audit-VND-01")


def test_item_is_answered_in_place_by_keyboard(item):
    item.locator("input[value='2']").focus()
    item.page.keyboard.press("Space")
    item.page.keyboard.press("ArrowRight")
    for _ in range(3):
        item.page.keyboard.press("Tab")
    item.page.keyboard.press("Enter")
    item.get_by_role("status").wait_for()
    assert item.page.evaluate("document.activeElement.getAttribute('role')") == "status"
    assert SelfAuditAnswer.objects.get().level == 3
    assert "1 of 3 in place, 2 not answered" in item.page.locator("#audit-figures").inner_text()
    assert axe_findings(item.page) == []


def test_item_that_is_not_answered_says_what_is_missing_in_place(item):
    item.locator("[name=note]").fill("typed before choosing")
    item.get_by_role("button", name="Save").click()
    item.get_by_text("Choose a sentence").wait_for()
    assert item.locator("[name=note]").input_value() == "typed before choosing"
    assert axe_findings(item.page) == []


def test_second_of_two_colleagues_sees_both_in_place(item, audited, member):
    given = AuditGiven(0, note="what the first wrote")
    answer_audit_item(assessment=audited, code="VND-01", given=given, actor=member)
    item.locator("input[value='3']").check()
    item.locator("[name=note]").fill("what the second wrote")
    item.get_by_role("button", name="Save").click()
    item.get_by_role("alert").wait_for()
    assert "what the first wrote" in item.inner_text()
    assert item.locator("[name=note]").input_value() == "what the second wrote"
    assert axe_findings(item.page) == []
    item.get_by_role("button", name="Put mine in its place").click()
    item.get_by_role("status").wait_for()
    assert SelfAuditAnswer.objects.get().note == "what the second wrote"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_tab_of_an_assessment_can_be_seen(sign_in, member, audited, size):
    page = sign_in(member.email, PASSWORD, viewport=size)
    page.goto(reverse("vendor-audit", args=[audited.pk]))
    boxes = [tab.bounding_box() for tab in page.locator(".tabs .tab, .site-nav a").all()]
    assert [box for box in boxes if box["x"] < 0 or box["x"] + box["width"] > size["width"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
