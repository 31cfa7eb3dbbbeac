"""A scope revision by keyboard: switch a domain off, look at the effect, give the reason, make it."""

import pytest

from assessments.models import Scope
from stakeholders.models import MemberRole
from tests import factories
from tests.assessments.deeper_bank import LAB, make_deeper_assessment, submitted
from tests.assessments.setups import make_draft
from tests.e2e.conftest import PHONE, axe_findings

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-word-for-tests"


@pytest.fixture
def member(organisation):
    user = factories.make_user("keys@larkfield.example", PASSWORD)
    return organisation.memberships.create(user=user, role=MemberRole.LEAD)


def press(page, control, key="Enter"):
    control.focus()
    page.keyboard.press(key)


def send(page, name):
    """Press a button that sends the form, and wait for the page that answers."""
    with page.expect_navigation():
        press(page, page.get_by_role("button", name=name))


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "color_scheme": "dark"}], ids=["desk", "phone in the dark"])
def test_revision_is_looked_at_and_made_by_keyboard(sign_in, organisation, member, options):
    asked = make_deeper_assessment(organisation)
    submitted(asked, LAB, answers={"LAB-01": 1, "LAB-02": 3})
    page = sign_in(member.user.email, PASSWORD, **options)
    page.goto(f"/assessments/{asked.pk}/scope/")
    assert page.locator("#open-LAB-07").is_checked()
    press(page, page.locator("#domain-SEC"), "Space")
    send(page, "Show the effect")
    assert page.evaluate("document.activeElement.id") == "effect"
    assert axe_findings(page) == []
    send(page, "Make revision 2")
    assert "Reason" in page.locator(".error-summary").inner_text()
    assert axe_findings(page) == []
    page.locator("#id_reason").fill("Security is not affected")
    send(page, "Make revision 2")
    page.get_by_text("Revision 2 is made.").wait_for()
    made = Scope.objects.current(asked)
    assert (made.left_out_domains, made.opened, made.reason) == (["SEC"], ["LAB-01", "LAB-07"], "Security is not affected")


def test_single_question_is_switched_off_in_the_set_up_and_its_list_stays_open(sign_in, organisation, member):
    draft = make_draft(member)
    page = sign_in(member.user.email, PASSWORD)
    page.goto(f"/assessments/{draft.pk}/setup/check/")
    press(page, page.locator("details summary", has_text="Single questions").first)
    with page.expect_response(lambda response: response.request.method == "POST"):
        press(page, page.locator("#item-LAB-02"), "Space")
    page.wait_for_function("!document.querySelector('#item-LAB-02').checked && document.activeElement.id === 'item-LAB-02'")
    draft.refresh_from_db()
    assert draft.left_out_items == ["LAB-02"]
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.keyboard.press("Space")
    page.wait_for_function("document.activeElement.id === 'item-LAB-02'")
    assert page.locator("#item-LAB-02").is_visible()
    assert axe_findings(page) == []
