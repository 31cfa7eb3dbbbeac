import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Answer, AnswerRevision, Evidence, Interview
from assessments.services.answers import save_answer
from assessments.services.questions import role_questions
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import browser_of, section_address

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def person(interview):
    return browser_of(interview)


@pytest.fixture
def address(interview):
    return section_address(interview)


def answers() -> dict[str, object]:
    return {answer.item_code: answer.value for answer in Answer.objects.all()}


def test_section_shows_its_own_questions_of_the_role(person, address):
    page = person.get(address).content.decode()
    assert "Is LAB-01 in place?" in page
    assert "Is LAB-02 in place?" in page
    assert "Is INT-02 in place?" not in page
    assert "Because of LAB-01." in page
    assert [f"LAB-01 step {n}" in page for n in range(5)] == [True] * 5


def test_section_shows_progress_over_all_sections(person, interview, address):
    save_answer(interview=interview, code="INT-02", given=GivenAnswer("level", 1))
    assert "1 of 3 · about 1 min left" in person.get(address).content.decode()


def test_section_shows_neither_scores_nor_weights(person, address):
    page = person.get(address).content.decode().lower()
    assert not [word for word in ("weight", "score", "gate", "floor", "blocker") if word in page]


def test_section_saves_what_is_filled_in_and_goes_on(person, interview, address):
    sent = {"LAB-01-value": "3", "LAB-01-note": "Since May.\r\nOr June.", "LAB-02-value": "unknown", "LAB-02-who": "the supervisor"}
    response = person.post(address, {**sent, "go": "next"})
    assert (response.status_code, response.url) == (302, section_address(interview, "INT"))
    first, second = Answer.objects.order_by("item_code")
    assert (first.level, first.note) == (3, "Since May.\nOr June.")
    assert (second.kind, second.reason) == ("unknown", "the supervisor")


@pytest.mark.parametrize(
    ("domain", "go", "leads_to"),
    [
        ("LAB", "next", "INT/"),
        ("LAB", "back", "LAB/"),
        ("INT", "back", "LAB/"),
        ("INT", "next", "protected/"),
        ("INT", "", "protected/"),
        ("LAB", "to:INT", "INT/"),
        ("LAB", "to:XXX", "LAB/"),
        ("LAB", "review", "review/"),
        ("LAB", "stay", "LAB/"),
        ("LAB", "stay:LAB-02", "LAB/#item-LAB-02"),
        ("LAB", "stay:\r\nX: y", "LAB/"),
        ("LAB", "https://elsewhere.example", "INT/"),
    ],
)
def test_section_button_leads_where_it_says(person, interview, domain, go, leads_to):
    response = person.post(section_address(interview, domain), {"go": go})
    assert response.url == reverse("interview", args=[interview.pk]) + leads_to


def test_section_with_one_bad_answer_saves_the_others_and_keeps_the_entry(person, address):
    response = person.post(address, {"LAB-01-value": "2", "LAB-02-value": "not_applicable", "LAB-02-note": "Keep me"})
    page = response.content.decode()
    assert response.status_code == 422
    assert answers() == {"LAB-01": 2}
    assert "Please say in a few words why this does not apply here." in page
    assert "Keep me" in page
    assert 'href="#item-LAB-02"' in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"value": "5"}, "Please choose one of the steps."),
        ({"value": "x"}, "Please choose one of the steps."),
        ({"value": "9" * 30}, "at most 20"),
        ({"value": "٣"}, "Please choose one of the steps."),
        ({"value": "2\x00"}, "Null characters"),
        ({"value": "not_applicable", "why_not": " "}, "why this does not apply"),
        ({"note": "only a note"}, "Please answer the question"),
        ({"value": "1", "note": "x" * 4001}, "at most 4000"),
        ({"value": "1", "note": "a\x00b"}, "Null characters"),
        ({"value": "1", "reference": "x" * 501}, "at most 500"),
        ({"value": "unknown", "who": "x" * 501}, "at most 500"),
        ({"value": "1", "was": "x" * 17}, "at most 16"),
        ({"value": "1", "note": "SSN 123-45-6789"}, "This looks like a social security number."),
        ({"value": "1", "note": "born 3/4/1961, MRN 4711234"}, "a patient&#x27;s record number and a date of birth"),
    ],
)
def test_section_refuses_bad_input_and_says_why(person, address, fields, says):
    response = person.post(address, {f"LAB-01-{name}": value for name, value in fields.items()})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert answers() == {}


def test_section_keeps_a_note_that_was_confirmed(person, address):
    person.post(address, {"LAB-01-value": "1", "LAB-01-note": "ticket 4711234", "LAB-01-confirmed": "on"})
    assert Answer.objects.get().note == "ticket 4711234"
    page = person.get(address).content.decode()
    assert 'name="LAB-01-confirmed" checked' not in page  # the tick was for that note, not for the next one
    assert "ticket 4711234" in page
    assert person.post(address, {"LAB-01-value": "2", "LAB-01-note": "ticket 4711234"}).status_code == 302  # and it is not asked again
    assert Answer.objects.get().level == 2


def test_section_shows_markup_as_text(person, address):
    hostile = '"><script>alert(1)</script>'
    person.post(address, {"LAB-01-value": "1", "LAB-01-note": hostile, "LAB-01-reference": hostile})
    page = person.get(address).content.decode()
    assert "<script>alert" not in page
    assert Answer.objects.get().note == hostile


def test_section_sent_unchanged_writes_nothing(person, interview, address):
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    was = GivenAnswer("level", 1).fingerprint()
    person.post(address, {"LAB-01-value": "1", "LAB-01-was": was})
    assert AnswerRevision.objects.count() == 1


def test_section_of_an_old_tab_leaves_newer_answers_alone(person, interview, address):
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 4))
    shown_in_old_tab = GivenAnswer("level", 1).fingerprint()
    person.post(address, {"LAB-01-value": "1", "LAB-01-was": shown_in_old_tab, "LAB-02-value": "2"})
    assert answers() == {"LAB-01": 4, "LAB-02": 2}


def test_two_tabs_that_change_the_same_answer_keep_the_last_and_both_revisions(person, address):
    person.post(address, {"LAB-01-value": "1", "LAB-01-was": ""})
    person.post(address, {"LAB-01-value": "3", "LAB-01-was": ""})
    assert answers() == {"LAB-01": 3}
    assert list(AnswerRevision.objects.values_list("level", flat=True)) == [1, 3]


@pytest.mark.parametrize("state", ["closed", "signed"])
def test_section_sent_after_closing_shows_what_was_typed(person, interview, address, state):
    interview.assessment.state = state
    interview.assessment.save(update_fields=["state"])
    response = person.post(address, {"LAB-01-value": "1", "LAB-01-note": "Do not lose me"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "This was not saved" in page
    assert "Do not lose me" in page
    assert answers() == {}


def test_section_sent_after_handing_in_elsewhere_is_not_saved(person, address):
    Interview.objects.update(state="submitted", submitted_at="2026-11-22T00:00Z")
    assert person.post(address, {"LAB-01-value": "1"}).status_code == 409
    assert answers() == {}


def test_section_of_a_submitted_interview_leads_to_the_receipt(person, interview, address):
    Interview.objects.update(state="submitted", submitted_at="2026-11-22T00:00Z")
    assert person.get(address).url == reverse("receipt", args=[interview.pk])


def test_section_of_a_declined_interview_says_how_to_come_back(person, interview, address):
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    Interview.objects.update(state="declined")
    page = person.get(address).content.decode()
    assert "open the link in your invitation again" in page
    assert "1 answer is kept." in page


@pytest.mark.parametrize("domain", ["CHG", "XXX", "lab"])
def test_section_that_is_not_asked_does_not_exist(person, interview, domain):
    assert person.get(section_address(interview, domain)).status_code == 404
    assert person.post(section_address(interview, domain)).status_code == 404


def test_section_takes_files_with_the_page(person, interview, address):
    upload = SimpleUploadedFile("list.pdf", PDF)
    response = person.post(address, {"LAB-01-value": "4", "LAB-01-file": upload, "go": "stay:LAB-01"})
    assert response.url.endswith("/LAB/#item-LAB-01")
    assert Evidence.objects.get().name == "list.pdf"
    assert "list.pdf" in person.get(address).content.decode()


def test_section_refuses_a_file_and_saves_the_answer(person, address):
    response = person.post(address, {"LAB-01-value": "4", "LAB-01-file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert response.status_code == 422
    assert "a.pdf: Only PDF" in response.content.decode()
    assert answers() == {"LAB-01": 4}


def test_section_wants_an_answer_before_a_file(person, address):
    response = person.post(address, {"LAB-01-file": SimpleUploadedFile("a.pdf", PDF)})
    assert "Please answer the question first" in response.content.decode()


def test_section_removes_a_file_and_keeps_what_was_typed(person, address):
    person.post(address, {"LAB-01-value": "4", "LAB-01-file": SimpleUploadedFile("a.pdf", PDF)})
    person.post(address, {"remove": str(Evidence.objects.get().pk), "LAB-02-value": "1", "go": "stay"})
    assert not Evidence.objects.exists()
    assert answers() == {"LAB-01": 4, "LAB-02": 1}


def test_section_hides_files_where_they_are_not_allowed(person, interview, address):
    interview.assessment.uploads_allowed = False
    interview.assessment.save(update_fields=["uploads_allowed"])
    page = person.get(address).content.decode()
    assert 'type="file"' not in page
    assert "Say where it can be seen" in page
    response = person.post(address, {"LAB-01-value": "4", "LAB-01-file": SimpleUploadedFile("a.pdf", PDF)})
    assert "Files cannot be attached here" in response.content.decode()


def test_section_of_every_kind_saves_each(organisation):
    version = factories.make_version(bank=[], publish=False)
    for number, kind in enumerate(["quantity", "choice", "text", "date", "yes_no"], start=1):
        factories.make_item(version, f"GOV-0{number}", ["lab_director"], kind=kind, unit="hours a week")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version), state="opened")
    person, address = browser_of(interview), section_address(interview, "GOV")
    sent = {
        "GOV-01-typed": "12.50",
        "GOV-02-value": "meditech",
        "GOV-03-typed": "Weekly",
        "GOV-04-typed": "2027-03-01",
        "GOV-05-value": "no",
    }
    assert person.post(address, sent).status_code == 302
    assert [str(value) for value in answers().values()] == ["12.5", "meditech", "Weekly", "2027-03-01", "False"]
    page = person.get(address).content.decode()
    expected = [
        'value="12.5"',
        'value="meditech" checked',
        ">Weekly</textarea>",
        'value="2027-03-01"',
        'value="no" checked',
        "hours a week",
    ]
    assert [shown for shown in expected if shown not in page] == []


@pytest.fixture
def quantity(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "GOV-01", ["lab_director"], kind="quantity")
    version.publish()
    return factories.make_interview(factories.make_open_assessment(organisation, version=version), state="opened")


@pytest.mark.parametrize("typed", ["-1", "nan", "inf", "1e400", "9" * 400, "2000000000", "seven", "1,5", "1\x002"])
def test_quantity_refuses_what_is_no_sensible_number(quantity, typed):
    response = browser_of(quantity).post(section_address(quantity, "GOV"), {"GOV-01-typed": typed})
    assert response.status_code == 422
    assert typed.replace("\x00", "")[:20] in response.content.decode().replace("\x00", "")
    assert answers() == {}


@pytest.mark.parametrize(
    ("before", "fields", "after"),
    [
        (None, {"typed": "7"}, 7),
        (GivenAnswer("quantity", 5), {"typed": "5", "value": "unknown"}, None),
        (GivenAnswer("unknown"), {"typed": "7", "value": "unknown"}, 7),
        (GivenAnswer("quantity", 5), {"typed": "", "value": "unknown"}, None),
    ],
)
def test_quantity_and_not_knowing_take_turns(quantity, before, fields, after):
    if before:
        save_answer(interview=quantity, code="GOV-01", given=before)
    browser_of(quantity).post(section_address(quantity, "GOV"), {f"GOV-01-{name}": value for name, value in fields.items()})
    assert Answer.objects.get().value == after


@pytest.mark.parametrize("before", [None, GivenAnswer("quantity", 5)])
def test_quantity_with_two_new_answers_asks_which(quantity, before):
    if before:
        save_answer(interview=quantity, code="GOV-01", given=before)
    response = browser_of(quantity).post(section_address(quantity, "GOV"), {"GOV-01-typed": "7", "GOV-01-value": "unknown"})
    assert "Two answers were given." in response.content.decode()


def test_quantity_that_was_emptied_asks_for_an_answer(quantity):
    save_answer(interview=quantity, code="GOV-01", given=GivenAnswer("quantity", 5))
    was = GivenAnswer("quantity", 5.0).fingerprint()
    response = browser_of(quantity).post(section_address(quantity, "GOV"), {"GOV-01-typed": "", "GOV-01-was": was})
    assert response.status_code == 422
    assert answers() == {"GOV-01": 5}


def test_clinician_is_asked_the_stance_on_a_page_of_its_own(assessment):
    clinician = factories.make_interview(assessment, role="clinician", state="opened")
    person, address = browser_of(clinician), section_address(clinician, "stance")
    page = person.get(address).content.decode()
    assert "I would use it and help my colleagues to" in page
    assert 'value="unknown"' not in page
    assert person.post(address, {"stance-value": "1"}).url == reverse("protected", args=[clinician.pk])
    assert Interview.objects.get().stance == 1
    assert 'value="1" checked' in person.get(address).content.decode()


@pytest.mark.parametrize("value", ["5", "unknown", "x"])
def test_clinician_cannot_take_another_stance(assessment, value):
    clinician = factories.make_interview(assessment, role="clinician", state="opened")
    assert browser_of(clinician).post(section_address(clinician, "stance"), {"stance-value": value}).status_code == 422
    assert Interview.objects.get().stance is None


def test_stance_is_not_asked_of_others(person, interview):
    assert person.get(section_address(interview, "stance")).status_code == 404


def test_questions_beyond_the_core_wait_behind_a_fold(organisation):
    bank = [(f"LAB-{n:02}", ["clinician", "lab_director"], n > 5, 3) for n in range(1, 9)]
    bank.append(("SEC-01", ["nursing_informatics", "clinician"], False, 1))
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    clinician = factories.make_interview(assessment, role="clinician", state="opened")
    person, address = browser_of(clinician), section_address(clinician)
    page = person.get(address).content.decode()
    assert "3 more questions on this, if you have the time" in page
    assert '<details class="deeper" id="deeper">' in page
    person.post(address, {"LAB-03-value": "2"})
    page = person.get(address).content.decode()
    assert '<details class="deeper" id="deeper" open>' in page
    assert "0 of 6" in page
    assert "These go deeper" in person.get(section_address(clinician, "SEC")).content.decode()
    assert person.post(section_address(clinician, "SEC"), {}).url == reverse("review", args=[clinician.pk])


def test_resume_goes_to_the_first_open_question(person, interview):
    resume = reverse("interview", args=[interview.pk])
    assert person.get(resume).url == section_address(interview)
    for code, leads_to in [("LAB-01", "LAB/#item-LAB-02"), ("LAB-02", "INT/"), ("INT-02", "review/")]:
        save_answer(interview=interview, code=code, given=GivenAnswer("unknown"))
        assert person.get(resume).url == resume + leads_to


def test_resume_works_on_another_device(interview):
    browser_of(interview).post(section_address(interview), {"LAB-01-value": "2"})
    page = browser_of(interview).get(section_address(interview)).content.decode()
    assert 'name="LAB-01-value" value="2" checked' in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_section_of_another_interview_is_closed(person, assessment, method):
    other = factories.make_interview(assessment, state="opened")
    assert getattr(person, method)(section_address(other)).status_code == 410


def test_section_without_the_button_pressed_is_closed(anonymous, address):
    assert anonymous.get(address).status_code == 410
    assert anonymous.post(address, {"LAB-01-value": "1"}).status_code == 410
    assert answers() == {}


def test_section_of_a_signed_in_member_is_closed(lead_client, address):
    assert lead_client.get(address).status_code == 410


def test_revoked_link_closes_the_page_at_once(person, interview, address):
    assert person.get(address).status_code == 200
    revoke_links(purpose="interview", subject_id=interview.pk)
    assert person.get(address).status_code == 410
    assert person.post(address, {"LAB-01-value": "1"}).status_code == 410
    assert answers() == {}


def test_section_asks_for_nothing_to_be_stored_or_run(person, address):
    response = person.get(address)
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("items", [1, 30])
def test_section_reads_as_many_rows_whatever_its_length(organisation, django_assert_num_queries, items):
    bank = [(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(items)]
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    interview = factories.make_interview(assessment, state="opened")
    for n in range(items):
        save_answer(interview=interview, code=f"LAB-{n:02}", given=GivenAnswer("level", 1))
    person = browser_of(interview)
    role_questions.cache_clear()
    # Session, interview, answers, evidence, scope items, texts, company in the role.
    with django_assert_num_queries(7):
        person.get(section_address(interview))
