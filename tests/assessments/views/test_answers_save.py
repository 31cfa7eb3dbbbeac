import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Answer, AnswerRevision, Interview
from assessments.services.questions import role_questions
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import browser_of, section_address, token_of


@pytest.fixture
def person(interview):
    return browser_of(interview)


@pytest.fixture
def address(interview):
    return reverse("save-answer", args=[interview.pk])


def typed(code: str = "LAB-01", **fields: str) -> dict[str, str]:
    return {"code": code, **{f"{code}-{name}": value for name, value in fields.items()}}


def test_save_answers_with_the_fingerprint_of_what_is_stored(person, address):
    response = person.post(address, typed(value="2", note="Since May"))
    assert (response.status_code, response.json()) == (200, {"was": GivenAnswer("level", 2, note="Since May").fingerprint()})
    assert (Answer.objects.get().level, Answer.objects.get().note) == (2, "Since May")


def test_save_is_small(person, address):
    assert len(person.post(address, typed(value="2")).content) < 100


def test_save_twice_keeps_the_last_and_both_revisions(person, address):
    person.post(address, typed(value="2"))
    person.post(address, typed(value="3"))
    assert Answer.objects.get().level == 3
    assert AnswerRevision.objects.count() == 2


def test_save_leaves_the_other_answers_of_the_page_alone(person, address):
    person.post(address, {**typed("LAB-01", value="2"), "LAB-02-value": "4"})
    assert [answer.item_code for answer in Answer.objects.all()] == ["LAB-01"]


def test_what_was_saved_is_unchanged_when_the_page_is_sent(person, interview, address):
    was = person.post(address, typed(value="2", note="a\r\nb")).json()["was"]
    person.post(section_address(interview), {"LAB-01-value": "2", "LAB-01-note": "a\r\nb", "LAB-01-was": was})
    assert AnswerRevision.objects.count() == 1


def test_save_costs_four_statements(person, interview, address):
    person.post(address, typed(value="1"))
    role_questions(Interview.objects.with_current_scope().get().current_scope_id, "lab_director", "en")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        person.post(address, typed(value="2"))
    data = [query["sql"].split()[0] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert data == ["SELECT", "SELECT", "INSERT", "INSERT"]  # session, interview, answer, revision


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"value": "5"}, "Please choose one of the steps."),
        ({}, "Please answer the question first."),
        ({"note": "a note"}, "Please answer the question, so that this can be kept with it."),
        ({"value": "not_applicable"}, "Please say in a few words why this does not apply here."),
        ({"value": "1", "note": "x" * 4001}, "Ensure this value has at most 4000 characters (it has 4001)."),
        ({"value": "1", "note": "\x00"}, "Null characters are not allowed."),
        ({"value": "1" * 1000}, "Ensure this value has at most 20 characters (it has 1000)."),
    ],
)
def test_save_of_what_does_not_fit_says_why(person, address, fields, says):
    response = person.post(address, typed(**fields))
    assert (response.status_code, response.json()) == (422, {"error": says})
    assert not Answer.objects.exists()


def test_save_of_what_looks_like_patient_data_asks_to_confirm(person, address):
    response = person.post(address, typed(value="1", note="SSN 123-45-6789"))
    assert response.status_code == 422
    assert list(response.json()) == ["confirm"]
    assert not Answer.objects.exists()
    assert person.post(address, typed(value="1", note="SSN 123-45-6789", confirmed="on")).status_code == 200


def test_save_asks_again_only_about_what_was_not_confirmed_before(person, address):
    person.post(address, typed(value="1", note="ticket 4711234", confirmed="on"))
    assert person.post(address, typed(value="2", note="ticket 4711234, see the list")).status_code == 200
    response = person.post(address, typed(value="2", note="ticket 4711234", reference="SSN 123-45-6789"))
    assert (response.status_code, list(response.json())) == (422, ["confirm"])
    assert Answer.objects.get().evidence_reference == ""


@pytest.mark.parametrize("code", ["", "INT-01", "XXX-99", "x" * 500, "LAB-01\x00", "stance"])
def test_save_of_a_question_that_is_not_asked_says_so(person, address, code):
    response = person.post(address, typed(code, value="1"))
    assert (response.status_code, response.json()) == (422, {"error": "This question is not asked any more."})


def test_save_after_the_scope_lost_the_question_says_so(person, interview, address):
    from assessments.services.scopes import freeze_scope

    freeze_scope(assessment=interview.assessment, reason="Not needed", author=None, without_items=["LAB-01"])
    assert person.post(address, typed(value="1")).status_code == 422
    assert person.post(address, typed("LAB-02", value="1")).status_code == 200


def test_save_of_the_stance(assessment):
    clinician = factories.make_interview(assessment, role="clinician", state="opened")
    response = browser_of(clinician).post(reverse("save-answer", args=[clinician.pk]), typed("stance", value="4"))
    assert response.json() == {"was": GivenAnswer("stance", 4).fingerprint()}
    assert Interview.objects.get().stance == 4


@pytest.mark.parametrize("state", ["submitted", "declined", "withdrawn"])
def test_save_to_an_interview_that_is_not_open_is_refused(person, address, state):
    Interview.objects.update(state=state, submitted_at="2026-11-22T00:00Z")
    response = person.post(address, typed(value="1"))
    assert (response.status_code, response.json()) == (409, {"error": "The interview takes no answers any more."})
    assert not Answer.objects.exists()


def test_save_under_a_closed_assessment_is_refused(person, interview, address):
    interview.assessment.state = "closed"
    interview.assessment.save(update_fields=["state"])
    assert person.post(address, typed(value="1")).status_code == 409


def test_save_of_another_interview_is_closed(person, assessment):
    other = factories.make_interview(assessment, state="opened")
    assert person.post(reverse("save-answer", args=[other.pk]), typed(value="1")).status_code == 410
    assert not Answer.objects.exists()


def test_save_without_the_button_pressed_is_closed(anonymous, address):
    assert anonymous.post(address, typed(value="1")).status_code == 410


def test_save_behind_a_revoked_link_is_closed_at_once(person, interview, address):
    revoke_links(purpose="interview", subject_id=interview.pk)
    assert person.post(address, typed(value="1")).status_code == 410
    assert not Answer.objects.exists()


def test_save_answers_post_alone(person, address):
    assert person.get(address).status_code == 405


def test_save_needs_the_csrf_token(interview, address):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(reverse("landing", args=[token_of(interview)]))
    token = page.context["csrf_token"]
    strict.post(page.request["PATH_INFO"], {"csrfmiddlewaretoken": str(token)})
    assert strict.post(address, typed(value="1")).status_code == 403
    assert strict.post(address, typed(value="1"), headers={"X-CSRFToken": str(token)}).status_code == 200
