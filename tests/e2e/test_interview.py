"""The questionnaire in a real browser: nothing typed is lost, whatever the network does, and everybody can use it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Answer, AnswerRevision, Interview
from tests import factories
from tests.assessments.views.respondents import everything, token_of
from tests.e2e.conftest import DESKTOP, PHONE, axe_findings

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SAVED = "Saved "
FAILED = "Not saved, trying again"


@pytest.fixture
def invited(assessment):
    return factories.make_interview(assessment, role="lab_director")


@pytest.fixture
def landing(invited):
    return reverse("landing", args=[token_of(invited)])


@pytest.fixture
def phone(open_page, landing):
    """The lab director's phone, on the first section."""
    page = open_page(PHONE, has_touch=True)
    page.goto(landing)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/LAB/")
    return page


@pytest.fixture
def bad_network(watch):
    """A test in which requests fail on purpose: the browser's own complaints about that are expected."""
    yield
    watch.complaints[:] = [text for text in watch.complaints if "Failed to load resource" not in text]


def choose(page, code, value):
    page.locator(f"#item-{code} input[value='{value}']").check()


def status(page, code):
    return page.locator(f"#item-{code} .saved")


def stored():
    return {answer.item_code: answer.value for answer in Answer.objects.all()}


def test_answer_is_saved_as_it_is_given_and_still_there_after_loading_again(phone):
    choose(phone, "LAB-01", "3")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    expect(phone.locator("[data-progress-text]")).to_have_text("1 of 3 · about 1 min left")
    phone.reload()
    expect(phone.locator("#item-LAB-01 input[value='3']")).to_be_checked()
    assert stored() == {"LAB-01": 3}


def test_note_is_saved_while_typing(phone):
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.locator("#item-LAB-01").get_by_text("Add a note").click()
    with phone.expect_response("**/save/"):
        phone.locator("#id_LAB-01-note").press_sequentially("Since May", delay=20)
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    assert Answer.objects.get().note == "Since May"


def test_offline_minutes_lose_nothing(bad_network, phone):
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.context.set_offline(True)
    choose(phone, "LAB-01", "2")
    choose(phone, "LAB-02", "unknown")
    expect(status(phone, "LAB-01")).to_have_text(FAILED)
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator("[data-form-state]")).to_contain_text("The next page opens as soon as they are.")
    assert phone.url.endswith("/LAB/")
    phone.context.set_offline(False)
    phone.wait_for_url("**/INT/")
    assert stored() == {"LAB-01": 2, "LAB-02": None}


def test_server_that_is_down_is_tried_again(bad_network, phone):
    failures = []

    def fail_twice(route):
        failures.append(route.request.url)
        if len(failures) <= 2:
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    phone.route("**/save/", fail_twice)
    choose(phone, "LAB-01", "2")
    expect(status(phone, "LAB-01")).to_have_text(FAILED)
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    assert len(failures) == 3
    assert stored() == {"LAB-01": 2}


def test_slow_answer_never_overwrites_a_newer_one(phone):
    held = []
    phone.route("**/save/", lambda route: held.append(route) if not held else route.continue_())
    choose(phone, "LAB-01", "1")
    phone.wait_for_timeout(500)
    choose(phone, "LAB-01", "3")
    phone.wait_for_timeout(500)
    held[0].continue_()
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.wait_for_timeout(500)
    assert stored() == {"LAB-01": 3}
    assert list(AnswerRevision.objects.values_list("level", flat=True)) == [1, 3]


def test_going_on_writes_nothing_twice(phone):
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.get_by_role("button", name="Next").click()
    phone.wait_for_url("**/INT/")
    assert AnswerRevision.objects.count() == 1


def test_what_looks_like_patient_data_waits_for_a_confirmation(phone):
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.locator("#item-LAB-01").get_by_text("Add a note").click()
    phone.locator("#id_LAB-01-note").fill("MRN 4711234 was lost")
    expect(phone.locator("#item-LAB-01 [data-faults]")).to_contain_text("a patient's record number")
    assert Answer.objects.get().note == ""
    phone.locator("#item-LAB-01 [data-confirm]").click()
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    assert Answer.objects.get().note == "MRN 4711234 was lost"


def test_confirmation_is_not_taken_for_the_next_words(bad_network, phone):
    choose(phone, "LAB-01", "1")
    phone.locator("#item-LAB-01").get_by_text("Add a note").click()
    phone.locator("#id_LAB-01-note").fill("MRN 4711234 was lost")
    phone.locator("#item-LAB-01 [data-confirm]").click()
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.locator("#id_LAB-01-note").fill("MRN 4711234 was lost, SSN 123-45-6789")
    expect(phone.locator("#item-LAB-01 [data-faults]")).to_contain_text("a social security number")
    assert Answer.objects.get().note == "MRN 4711234 was lost"


def test_warning_goes_when_the_words_are_taken_out(bad_network, phone):
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    phone.locator("#item-LAB-01").get_by_text("Add a note").click()
    phone.locator("#id_LAB-01-note").fill("MRN 4711234 was lost")
    expect(phone.locator("#item-LAB-01 [data-faults]")).to_contain_text("a patient's record number")
    phone.locator("#id_LAB-01-note").fill("")
    expect(phone.locator("#item-LAB-01 [data-faults]")).to_have_text("")
    expect(phone.locator("#item-LAB-01 [data-confirm]")).to_be_hidden()


def test_file_that_is_too_large_is_refused_beside_its_input(phone):
    choose(phone, "LAB-01", "4")
    big = {"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024)}
    phone.locator("#file-LAB-01").set_input_files([big])
    expect(phone.locator("#item-LAB-01 [data-evidence] .field-error")).to_have_text("This file is larger than 10 MB.")


def test_reason_is_not_hidden_by_the_buttons(phone):
    reason = phone.locator("#item-LAB-01 .when-not-applicable")
    choice = phone.locator("#item-LAB-01 input[value='not_applicable']")
    choice.evaluate("node => window.scrollBy(0, node.getBoundingClientRect().bottom - innerHeight + 90)")
    choice.evaluate("node => node.click()")
    phone.wait_for_function(
        "([reason, foot]) => reason.getBoundingClientRect().bottom <= foot.getBoundingClientRect().top",
        arg=[reason.element_handle(), phone.locator(".foot").first.element_handle()],
        timeout=5000,
    )


def test_waiting_for_the_network_is_said_beside_the_button(bad_network, phone):
    phone.context.set_offline(True)
    choose(phone, "LAB-01", "1")
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator(".foot [data-form-state]")).to_contain_text("Some answers are not saved yet")


def test_interview_that_was_closed_meanwhile_keeps_the_words_on_the_page(phone, assessment):
    assessment.state = "closed"
    assessment.save(update_fields=["state"])
    choose(phone, "LAB-01", "1")
    expect(phone.locator("#item-LAB-01 [data-faults]")).to_have_text("The interview takes no answers any more.")
    expect(phone.locator("#item-LAB-01 input[value='1']")).to_be_checked()


def test_leaving_with_something_unsaved_warns(bad_network, phone):
    phone.context.set_offline(True)
    choose(phone, "LAB-01", "1")
    expect(status(phone, "LAB-01")).to_have_text(FAILED)
    warnings = []
    phone.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.dismiss()))
    phone.close(run_before_unload=True)
    phone.wait_for_timeout(500)
    assert warnings == ["beforeunload"]


def test_file_goes_up_when_chosen_and_can_be_removed(phone):
    choose(phone, "LAB-01", "4")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    pdf = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    phone.locator("#file-LAB-01").set_input_files([pdf])
    expect(phone.locator("#item-LAB-01 .evidence-list")).to_contain_text("list.pdf")
    assert Answer.objects.get().evidence.count() == 1
    phone.get_by_role("button", name="Remove list.pdf").click()
    expect(phone.locator("#item-LAB-01 .evidence-list")).to_have_count(0)
    assert Answer.objects.get().evidence.count() == 0


def test_typed_and_chosen_answer_take_turns_and_nothing_typed_is_lost(open_page, organisation):
    version = factories.make_version(bank=[("LAB-02", ["clinician"], False, 3)], publish=False)
    factories.make_item(version, "LAB-01", ["lab_director"], kind="text")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version))
    page = open_page(PHONE)
    page.goto(reverse("landing", args=[token_of(interview)]))
    page.get_by_role("button", name="Start").click()
    page.locator("[data-typed]").fill("It depends")
    expect(status(page, "LAB-01")).to_contain_text(SAVED)
    with page.expect_response("**/save/"):
        choose(page, "LAB-01", "unknown")
    expect(page.locator("[data-typed]")).to_have_value("It depends")
    assert stored() == {"LAB-01": None}
    with page.expect_response("**/save/"):
        page.locator("[data-typed]").press_sequentially("!")
    expect(page.locator("#item-LAB-01 input[value='unknown']")).not_to_be_checked()
    assert stored() == {"LAB-01": "It depends!"}


def test_two_devices_go_on_where_the_other_stopped(phone, open_page, landing):
    choose(phone, "LAB-01", "3")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    desk = open_page(DESKTOP)
    desk.goto(landing)
    desk.get_by_role("button", name="Go on where you stopped").click()
    desk.wait_for_url("**/LAB/#item-LAB-02")
    expect(desk.locator("#item-LAB-01 input[value='3']")).to_be_checked()


def test_whole_interview_without_a_script(open_page, landing):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(landing)
    page.get_by_role("button", name="Start").click()
    choose(page, "LAB-01", "3")
    choose(page, "LAB-02", "not_applicable")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Please say in a few words why this does not apply here.")
    page.get_by_label("Why does it not apply here?").and_(page.locator("#id_LAB-02-why_not")).fill("We send nothing out")
    page.get_by_role("button", name="Next").click()
    choose(page, "INT-02", "unknown")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What happens that the written way does not cover").fill("A list on paper")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Service or unit 1").fill("Pharmacy")
    page.get_by_role("button", name="Save and look over").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers are handed in.")
    assert stored() == {"LAB-01": 3, "LAB-02": None, "INT-02": None}
    assert Interview.objects.get().state == "submitted"


def press_until(page, reached, key="Tab", most=80):
    for _ in range(most):
        if page.evaluate(reached):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{reached} was not reached by {key}")


def test_whole_interview_by_keyboard_alone(open_page, landing):
    page = open_page(DESKTOP)
    page.goto(landing)
    press_until(page, "document.activeElement.textContent.trim() === 'Start'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/LAB/")
    for code in ("LAB-01", "LAB-02", "INT-02"):
        press_until(page, f"document.activeElement.name === '{code}-value'")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(status(page, code)).to_contain_text(SAVED)
        if code != "LAB-01":
            press_until(page, "document.activeElement.textContent.trim() === 'Next'")
            page.keyboard.press("Enter")
            page.wait_for_url("**/INT/" if code == "LAB-02" else "**/protected/")
    for name, leads_to in [("Next", "nominations"), ("Save and look over", "review"), ("Hand in", "receipt")]:
        press_until(page, f"document.activeElement.textContent.trim() === '{name}'")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{leads_to}/")
    assert stored() == {"LAB-01": 1, "LAB-02": 1, "INT-02": 1}


def test_scanner_with_a_full_browser_changes_nothing(open_page, landing):
    before = everything()
    page = open_page(DESKTOP)
    for _ in range(3):
        page.goto(landing)
        page.wait_for_load_state("networkidle")
        page.mouse.wheel(0, 2000)
    assert everything() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(open_page, landing, scheme):
    page = open_page(PHONE, color_scheme=scheme)
    page.goto(landing)
    page.locator(".decline summary").click()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Start").click()
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert axe_findings(page) == []
    choose(page, "LAB-01", "not_applicable")
    page.get_by_role("button", name="Next").click()
    page.locator(".error-summary").wait_for()
    assert axe_findings(page) == []
    choose(page, "LAB-01", "4")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/protected/")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/nominations/")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Save and look over").click()
    page.wait_for_url("**/review/")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/receipt/")
    assert axe_findings(page) == []


def test_error_summary_takes_the_focus(phone):
    choose(phone, "LAB-01", "not_applicable")
    phone.get_by_role("button", name="Next").click()
    phone.locator(".error-summary").wait_for()
    assert phone.evaluate("document.activeElement.className") == "error-summary"


SMALL = """() => [...document.querySelectorAll('main a, main button, main summary, main label.step, main input.form-control')]
  .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden'))
  .map((e) => [e.tagName, e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])
  .filter(([, , height]) => height < 44)"""


def test_targets_are_large_enough_for_a_thumb(phone):
    phone.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert phone.evaluate(SMALL) == []
    choose(phone, "LAB-01", "4")
    expect(status(phone, "LAB-01")).to_contain_text(SAVED)
    for name in ("protected", "review"):
        phone.goto(phone.url.replace("/LAB/", f"/{name}/").replace("/protected/", f"/{name}/"))
        assert phone.evaluate(SMALL) == []


def test_page_is_no_wider_than_a_small_phone(phone):
    phone.set_viewport_size({"width": 320, "height": 640})
    for name in ("LAB", "protected", "review"):
        phone.goto(phone.url.replace(phone.url.split("/")[-2], name))
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
