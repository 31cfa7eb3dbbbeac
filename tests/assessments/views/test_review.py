import pytest
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Answer, Interview
from assessments.services.answers import save_answer, save_answers
from stakeholders.models import AuditEvent
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import browser_of, section_address

PAGES = ["review", "receipt"]
ACTS = ["submit", "reopen"]


@pytest.fixture
def answered(interview):
    given = {
        "LAB-01": GivenAnswer("level", 4, note="Rechecked", evidence_reference="Drive L"),
        "LAB-02": GivenAnswer("unknown", reason="the supervisor"),
    }
    save_answers(interview=interview, given=given)
    return interview


@pytest.fixture
def person(answered):
    return browser_of(answered)


def to(name: str, interview) -> str:
    return reverse(name, args=[interview.pk])


def test_review_shows_answers_in_words_and_marks_open_ones(person, answered):
    page = person.get(to("review", answered)).content.decode()
    assert "LAB-01 step 4" in page
    assert "Who would know:" in page
    assert [text in page for text in ("Rechecked", "Drive L", "the supervisor", "1 question is open.")] == [True] * 4
    assert f'href="{section_address(answered, "INT")}#item-INT-02"' in page


def test_review_of_a_complete_interview_says_so(person, answered):
    save_answer(interview=answered, code="INT-02", given=GivenAnswer("level", 0))
    assert "Your core questions are answered." in person.get(to("review", answered)).content.decode()


def test_submit_leads_to_a_receipt_with_a_copy(person, answered):
    response = person.post(to("submit", answered))
    assert response.url == to("receipt", answered)
    page = person.get(response.url).content.decode()
    assert "2 of 3 questions answered" in page
    assert [text in page for text in ("LAB-01 step 4", "Rechecked", "its link to you is erased", "Change my answers")] == [True] * 4
    assert 'href="/i/interview' not in page  # nothing to change here


def test_receipt_tells_the_time_where_the_person_is(person, answered):
    Interview.objects.update(state="submitted", submitted_at="2026-11-22T03:30Z")
    answered.stakeholder.health_system.time_zone = "America/Chicago"
    answered.stakeholder.health_system.save()
    assert "21 November 2026 at 21:30 CST" in person.get(to("receipt", answered)).content.decode()


def test_receipt_with_a_time_zone_that_is_none_still_opens(person, answered):
    Interview.objects.update(state="submitted", submitted_at="2026-11-22T03:30Z")
    answered.stakeholder.time_zone = "Nowhere/Land"
    answered.stakeholder.save()
    assert "22 November 2026 at 03:30 UTC" in person.get(to("receipt", answered)).content.decode()


def test_submit_with_nothing_answered_says_so(person, answered):
    Answer.objects.all().delete()
    response = person.post(to("submit", answered), follow=True)
    assert "Nothing is answered yet" in response.content.decode()
    assert Interview.objects.get().state == "in_progress"


def test_submit_twice_hands_in_once(person, answered):
    person.post(to("submit", answered))
    assert person.post(to("submit", answered)).url == to("receipt", answered)
    assert AuditEvent.objects.filter(verb="interview.submitted").count() == 1


def test_submit_under_a_closed_assessment_says_what_was_kept(person, answered):
    answered.assessment.state = "closed"
    answered.assessment.save(update_fields=["state"])
    response = person.post(to("submit", answered))
    assert response.status_code == 409
    assert "2 answers are kept." in response.content.decode()


def test_receipt_before_handing_in_leads_back(person, answered):
    assert person.get(to("receipt", answered)).url == to("interview", answered)


def test_review_after_handing_in_leads_to_the_receipt(person, answered):
    person.post(to("submit", answered))
    assert person.get(to("review", answered)).url == to("receipt", answered)


def test_reopen_brings_back_to_the_review(person, answered):
    person.post(to("submit", answered))
    assert person.post(to("reopen", answered)).url == to("review", answered)
    assert Interview.objects.get().state == "in_progress"


def test_reopen_after_the_lead_closed_keeps_the_answers(person, answered):
    person.post(to("submit", answered))
    answered.assessment.state = "closed"
    answered.assessment.save(update_fields=["state"])
    page = person.post(to("reopen", answered), follow=True).content.decode()
    assert "the answers stay as you handed them in" in page
    assert "Take them back" not in page
    assert Interview.objects.get().state == "submitted"


@pytest.mark.parametrize("name", ACTS)
def test_act_answers_post_alone(person, answered, name):
    assert person.get(to(name, answered)).status_code == 405


@pytest.mark.parametrize("name", [*PAGES, *ACTS, "interview"])
def test_page_of_another_interview_is_closed(person, assessment, name):
    other = factories.make_interview(assessment, state="opened")
    method = person.post if name in ACTS else person.get
    assert method(to(name, other)).status_code == 410
    assert Interview.objects.get(pk=other.pk).state == "opened"


@pytest.mark.parametrize("name", [*PAGES, *ACTS, "interview"])
def test_page_without_the_button_pressed_is_closed(anonymous, answered, name):
    method = anonymous.post if name in ACTS else anonymous.get
    assert method(to(name, answered)).status_code == 410
    assert Interview.objects.get().state == "in_progress"


@pytest.mark.parametrize("name", [*PAGES, *ACTS, "interview"])
def test_page_behind_a_revoked_link_is_closed_at_once(person, answered, name):
    revoke_links(purpose="interview", subject_id=answered.pk)
    method = person.post if name in ACTS else person.get
    assert method(to(name, answered)).status_code == 410
    assert Interview.objects.get().state == "in_progress"


@pytest.mark.parametrize("items", [1, 30])
def test_review_reads_as_many_rows_whatever_its_length(organisation, django_assert_num_queries, items):
    bank = [(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(items)]
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    interview = factories.make_interview(assessment, state="opened")
    save_answers(interview=interview, given={f"LAB-{n:02}": GivenAnswer("level", 1) for n in range(items)})
    person = browser_of(interview)
    # Session, interview, answers, evidence, company in the role, what was named, and the scope's statements (kept from then on).
    with django_assert_num_queries(8):
        person.get(to("review", interview))
