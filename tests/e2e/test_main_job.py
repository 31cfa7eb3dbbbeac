"""The whole job with three people (and the host), from an empty database to the PDF's text."""

import re
import shutil
import subprocess
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.models import Assessment, Finding
from tests.e2e.conftest import DESKTOP, PHONE

PASSWORD = "a-long-and-quiet-word"
LINK = re.compile(r"https?://\S+")

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(text):
    """Return the path of the first link, so that it opens on the test's own server."""
    return "/" + LINK.search(text).group().split("/", 3)[3]


def mail_to(address):
    return next(m for m in reversed(mail.outbox) if m.to == [address])


@pytest.fixture
def admin_link():
    """What the operator does: load the question bank, make the organisation, pass on the printed link."""
    call_command("load_instrument", stdout=StringIO())
    printed = StringIO()
    call_command("create_organisation", "Larkfield Genomics (fictional)", "--admin", "lead@larkfield.example", stdout=printed)
    return link_in(printed.getvalue())


def enter(page, **values):
    """Fill fields by their names, as the labels' translations may change."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        if field.evaluate("f => f.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def set_password(page, link, name):
    page.goto(link)
    enter(page, name=name, password=PASSWORD, password_again=PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/")


def invite_reviewer(page):
    page.goto("/settings/members/invite/")
    enter(page, email="reviewer@larkfield.example", role="reviewer")
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/settings/members/")


def go_on(page):
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_load_state()


def start_assessment(page):
    page.goto("/")
    page.get_by_role("link", name="Start the first assessment").click()
    enter(page, metric="Complete profile before first treatment", baseline="34", target="65", unit="%")
    enter(page, new_product="LarkPanel Tissue", new_product_type="send_out_test")
    enter(page, new_health_system="Tessaly Valley Health (fictional)", state="IL")
    page.get_by_role("button", name="Save the draft and go on").click()
    page.wait_for_url("**/setup/**")
    return page.url.split("/assessments/")[1].split("/")[0]


def add_places_and_dates(page, pk):
    page.goto(f"/assessments/{pk}/setup/sites/")
    enter(page, new_site="Tessaly Medical Center")
    go_on(page)
    page.goto(f"/assessments/{pk}/setup/dates/")
    enter(page, contract_date="2030-12-02", promised_go_live="2031-03-03")
    go_on(page)


def name_the_host(page, pk):
    page.goto(f"/assessments/{pk}/setup/host/")
    enter(page, name="Ellen Farrow (fictional)", email="host@tessaly.example")
    go_on(page)


def add_lab_director(page, pk):
    page.goto(f"/assessments/{pk}/people/add/")
    enter(page, name="Mara Ellison (fictional)", email="mara@tessaly.example", role="lab_director")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/people/")


def ask_and_approve(lead, host, pk):
    lead.goto(f"/assessments/{pk}/setup/check/")
    lead.get_by_role("button", name="Ask Ellen Farrow").click()
    lead.wait_for_load_state()
    host.goto(link_in(mail_to("host@tessaly.example").body))
    host.get_by_role("button", name="See what is planned").click()
    host.get_by_role("button", name="Approve").click()
    host.wait_for_load_state()


def answer_on_the_phone(page):
    """Answer every core question with "partial", one with "nothing at all", and hand in."""
    page.goto(link_in(mail_to("mara@tessaly.example").body))
    page.get_by_role("button", name="Start").click()
    for _ in range(20):
        page.wait_for_load_state()
        if "/review/" in page.url:
            break
        for question in page.locator("fieldset.question:visible").all():
            level = "0" if question.get_attribute("id") == "item-LAB-02" else "2"
            choice = question.locator(f"input[type=radio][value='{level}']")
            if choice.count():
                choice.check(force=True)
        page.get_by_role("button", name=re.compile("Next|look over")).click()
        page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/receipt/")


def pdf_text(path):
    if shutil.which("pdftotext") is None:
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_whole_job_from_an_empty_database_to_the_pdf(admin_link, open_page, tmp_path):
    lead = open_page(DESKTOP)
    set_password(lead, admin_link, "Alex Lindgren (fictional)")
    invite_reviewer(lead)
    pk = start_assessment(lead)
    add_places_and_dates(lead, pk)
    name_the_host(lead, pk)
    add_lab_director(lead, pk)
    ask_and_approve(lead, open_page(PHONE), pk)

    phone = open_page(PHONE, has_touch=True)
    answer_on_the_phone(phone)

    reviewer = open_page(DESKTOP)
    set_password(reviewer, link_in(mail_to("reviewer@larkfield.example").body), "Ruth Castellan (fictional)")
    reviewer.goto(f"/assessments/{pk}/")
    headline = reviewer.locator(".verdict-sentence").inner_text()
    score = reviewer.locator(".verdict-figure .figure").inner_text()
    snapshot = Assessment.objects.get().latest_snapshot
    assert "Not ready to sign" in headline
    assert score == f"{snapshot.score:.0f}"

    gap = Finding.objects.get(rule="shortfall", code="LAB-02")
    assert gap.severity == "blocker"
    reviewer.goto(f"/assessments/{pk}/findings/")
    title = "Credentials of the performing laboratory"
    expect(reviewer.get_by_text(title).first).to_be_visible()

    reviewer.goto(f"/assessments/{pk}/reports/")
    link = reviewer.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href")
    file = tmp_path / "report.pdf"
    file.write_bytes(reviewer.context.request.get(link, timeout=60_000).body())
    text = re.sub(r"\s+", " ", pdf_text(file))
    page_one = text.split("Open critical items")[0]
    assert headline.split(".")[0] in page_one
    assert f"range {snapshot.low:.0f}–{snapshot.high:.0f}" in page_one
    assert re.search(rf"(?<!\d){snapshot.score:.0f}(?!\d) .{{0,80}}?readiness", page_one)
    assert title in text
