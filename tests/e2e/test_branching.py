"""Questions that come and go with an answer: at once in a browser, by keyboard too, and page by page without a script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Answer
from assessments.services.own_answers import own_answers
from tests import factories
from tests.assessments.views.respondents import token_of
from tests.e2e.conftest import DESKTOP, PHONE, axe_findings

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

INTEGRATION = "it_integration_lead"


@pytest.fixture
def invited(organisation):
    """IT says which records there are; which one each site has is asked only where there is more than one, here: none."""
    version = factories.make_version(bank=[], publish=False)
    context = {"part": "context"}
    factories.make_item(version, "CTX-01", [INTEGRATION], kind="choice", **context)
    factories.make_item(version, "CTX-14", [INTEGRATION], kind="text", condition="CTX-01 is none", **context)
    factories.make_item(version, "CTX-15", [INTEGRATION], kind="choice", condition="CTX-14 mentions paper", **context)
    factories.make_item(version, "INT-01", [INTEGRATION], condition="not(CTX-01 is none)")
    factories.make_item(version, "INT-02", [INTEGRATION])
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    return factories.make_interview(assessment, role=INTEGRATION)


@pytest.fixture
def start(open_page, invited):
    """Return a function that opens the first section on a device."""

    def start(viewport=DESKTOP, **options):
        page = open_page(viewport, **options)
        page.goto(reverse("landing", args=[token_of(invited)]))
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/CTX/")
        return page

    return start


def question(page, code):
    return page.locator(f"#item-{code}")


def choose(page, code, value):
    question(page, code).locator(f"input[value='{value}']").check()


def stored():
    return {answer.item_code: answer.value for answer in Answer.objects.all()}


def test_question_appears_and_disappears_by_keyboard_and_the_server_agrees(start, invited):
    page = start()
    expect(question(page, "CTX-14")).to_be_hidden()
    question(page, "CTX-01").locator("input[value=epic]").focus()
    for _press in range(2):
        page.keyboard.press("ArrowDown")
    expect(question(page, "CTX-01").locator("input[value=none]")).to_be_checked()
    expect(question(page, "CTX-14")).to_be_visible()
    expect(page.locator("[data-branch-state]")).to_contain_text("one more question: Is CTX-14 in place?")
    expect(page.locator("[data-progress-text]")).to_contain_text("1 of 4")
    page.keyboard.press("ArrowUp")
    expect(question(page, "CTX-14")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(question(page, "CTX-14")).to_be_visible()
    question(page, "CTX-14").locator("textarea[data-typed]").fill("All on paper")
    expect(question(page, "CTX-15")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/INT/")
    expect(question(page, "INT-02")).to_be_visible()
    assert question(page, "INT-01").count() == 0
    assert stored() == {"CTX-01": "none", "CTX-14": "All on paper"}
    assert [q.code for q in own_answers(invited).questions] == ["CTX-01", "CTX-14", "CTX-15", "INT-02"]


def test_hidden_answer_is_kept_and_comes_back(start):
    page = start()
    choose(page, "CTX-01", "none")
    question(page, "CTX-14").locator("textarea[data-typed]").fill("On paper")
    choose(page, "CTX-01", "epic")
    expect(question(page, "CTX-14")).to_be_hidden()
    expect(question(page, "CTX-15")).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/INT/")
    expect(question(page, "INT-01")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.wait_for_url("**/CTX/")
    choose(page, "CTX-01", "none")
    expect(question(page, "CTX-14").locator("textarea[data-typed]")).to_have_value("On paper")


def test_without_script_the_called_up_question_comes_with_the_page_again(start):
    page = start(java_script_enabled=False)
    expect(question(page, "CTX-14")).to_be_hidden()
    choose(page, "CTX-01", "none")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/CTX/#item-CTX-14")
    question(page, "CTX-14").locator("textarea[data-typed]").fill("Fax")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url(re.compile("/INT/"))
    assert question(page, "INT-01").count() == 0
    assert stored() == {"CTX-01": "none", "CTX-14": "Fax"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_with_an_appeared_question_is_accessible(start, scheme):
    page = start(PHONE, color_scheme=scheme)
    choose(page, "CTX-01", "none")
    expect(question(page, "CTX-14")).to_be_visible()
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
