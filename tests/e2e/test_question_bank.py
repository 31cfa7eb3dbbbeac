"""A member copies a question bank, edits an item with the keyboard and the mouse, tries the branching, and publishes it."""

import pytest

from assessments.bank.version import BankDomain, BankUse
from assessments.models import InstrumentVersion
from assessments.services.bank_rows import bank_of
from assessments.services.instruments import load_instrument
from tests import factories
from tests.assessments.bank import banks
from tests.e2e.conftest import PHONE, axe_findings

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "before-the-signature"


@pytest.fixture
def member():
    organisation = factories.make_organisation("Larkfield Genomics (fictional)")
    membership = factories.make_membership(organisation, email="lead@larkfield.example")
    membership.user.set_password(PASSWORD)
    membership.user.save()
    return membership


@pytest.fixture
def bank():
    """The product's own bank: a question that steers, one for the laboratory, and one that depends on the first."""
    both = (banks.LAB, banks.IT)
    context = banks.context(roles=both, uses=(BankUse(banks.TYPE, core=both),))
    domains = (BankDomain("LAB", "Laboratory"), BankDomain("END", "The rest"))
    items = (
        context,
        banks.requirement(),
        banks.requirement("LAB-02", title="Second"),
        banks.requirement("END-01", domain="END", title="Last"),
    )
    return load_instrument(bank=banks.bank(*items, domains=domains, title="Readiness", content_hash="x"))[0]


def order(version):
    return [item.code for item in bank_of(version).items]


def test_item_is_edited_previewed_and_published(member, bank, sign_in):
    page = sign_in(member.user.email, PASSWORD)
    page.goto(f"/instruments/{bank.pk}/")
    page.get_by_role("button", name="Start a draft from this version").click()
    page.wait_for_url("**/edit/")
    draft = InstrumentVersion.objects.get(state="draft")

    # In place, and by the keyboard alone: the button keeps the focus, so that it can be pressed again.
    page.get_by_role("button", name="Move LAB-02 up").press("Enter")
    page.locator("#draft-said", has_text="LAB-02 is moved").wait_for()
    assert page.evaluate("document.activeElement.textContent.trim()").endswith("Move LAB-02 up")
    assert order(draft) == ["CTX-01", "LAB-02", "LAB-01", "END-01"]
    assert page.url.endswith("/edit/")
    page.get_by_role("checkbox", name="Tick LAB-02").check()
    page.get_by_label("Ticked items").select_option("END")
    page.get_by_role("button", name="Move there").click()
    page.locator("#draft-said", has_text="The ticked items are moved").wait_for()
    assert order(draft) == ["CTX-01", "LAB-01", "END-01", "LAB-02"]

    page.get_by_role("link", name="Second").click()
    page.get_by_label("Question for everybody without one of their own").fill("How do you prove it?")
    condition = page.get_by_label("Asked only when")
    condition.press_sequentially("CTX-01 is epic")
    page.locator("#reading-condition", has_text="the answer to CTX-01 (Record) is “Epic”").wait_for()
    page.get_by_label("Default action of the vendor").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="There is no default action for the vendor.").click()
    assert page.evaluate("location.hash") == "#id_action_health_system"
    page.get_by_label("Default action of the vendor").fill("Help them.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".notice-good").wait_for()

    page.goto(f"/instruments/{draft.pk}/preview/?role=lab_director&type=send_out_test")
    question = page.get_by_role("group", name="How do you prove it?")
    assert question.is_hidden()
    page.get_by_label("Epic", exact=True).check()
    question.wait_for()
    page.get_by_label("Another one").check()
    question.wait_for(state="hidden")

    page.goto(f"/instruments/{draft.pk}/compare/")
    assert page.locator("ins", has_text="CTX-01 is epic").count() == 1

    page.goto(f"/instruments/{draft.pk}/check/")
    page.get_by_role("link", name="Publish…").click()
    page.get_by_label("I know that it can never be changed.").check()
    page.get_by_role("button", name="Publish for ever").click()
    page.locator(".notice-good").wait_for()
    draft.refresh_from_db()
    assert draft.state == "published"


def test_import_tells_errors_on_a_phone(member, bank, open_page, sign_in):
    page = sign_in(member.user.email, PASSWORD, viewport=PHONE)
    page.goto("/instruments/import/")
    page.get_by_label("File").set_input_files({"name": "ours.yaml", "mimeType": "text/yaml", "buffer": b"code: a\nversion: 1\n"})
    page.get_by_role("button", name="Import").click()
    page.locator(".error-summary", has_text="Nothing of ours.yaml was imported").wait_for()
    assert page.locator(".error-summary li", has_text="Line 2").count() == 1
    assert axe_findings(page) == []
