"""What everybody is asked beside the items, on a phone and by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import ClimateAnswer, Nomination
from tests.assessments.climates import make_asking, seat
from tests.assessments.views.respondents import token_of
from tests.e2e.conftest import PHONE, axe_findings

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clinician(organisation):
    """A clinician on the page that asks who else it will touch."""
    asking = make_asking(organisation)
    return seat(asking, asking.sites.get(name="Hub"))


def at(open_page, interview, scheme):
    page = open_page(PHONE, has_touch=True, color_scheme=scheme)
    page.goto(reverse("landing", args=[token_of(interview)]))
    page.locator("button.btn-primary").click()
    page.wait_for_load_state()
    page.goto(reverse("nominations", args=[interview.pk]))
    return page


def tab_to(page, locator):
    """Press Tab until the element has the focus; it must be reached, and be seen there."""
    for _ in range(60):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("never reached by Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_naming_and_agreeing_by_keyboard_on_a_phone(open_page, clinician, scheme):
    page = at(open_page, clinician, scheme)
    assert axe_findings(page) == []
    tab_to(page, page.get_by_role("checkbox", name="Laboratory"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Service or unit 1"))
    page.keyboard.type("Pharmacy")
    tab_to(page, page.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/climate/")
    assert axe_findings(page) == []
    first = page.locator("input[name='climate-CLM-01']")
    tab_to(page, first.first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(first.nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Save and look over"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    assert [row.role or row.text for row in Nomination.objects.all()] == ["lab_director", "Pharmacy"]
    assert [(row.item_code, row.agreement) for row in ClimateAnswer.objects.all()] == [("CLM-01", 1)]
    expect(page.get_by_text("You answered 1 of 2 statements.")).to_be_visible()


def test_both_pages_fit_a_narrow_phone(open_page, clinician):
    page = at(open_page, clinician, "light")
    for name in ("nominations", "climate"):
        page.goto(reverse(name, args=[clinician.pk]))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        small = page.locator(".step, .foot .btn, .form-control").evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().height < 44).length"
        )
        assert small == 0
