import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessments.models import ClimateAnswer
from assessments.services.bundle_exports import export_bundle
from assessments.services.climate import own_climate
from assessments.services.invitations import send_invitation
from assessments.services.scores import score_assessment
from readiness.reports.content import canonical_json, report_content
from tests import factories
from tests.assessments.answering import scored
from tests.assessments.climates import hand_in, make_asking, places, seat
from tests.assessments.views.respondents import browser_of, everything


@pytest.fixture
def asking(organisation):
    return make_asking(organisation)


@pytest.fixture
def clinician(asking):
    return seat(asking)


@pytest.fixture
def person(clinician):
    return browser_of(clinician)


@pytest.fixture
def address(clinician):
    return reverse("climate", args=[clinician.pk])


def to(name, interview):
    return reverse(name, args=[interview.pk])


def test_page_asks_the_statements_and_says_what_anonymous_means(person, address):
    page = person.get(address).content.decode()
    assert "2 statements about the people you work with" in page
    assert "Is CLM-01 in place?" in page
    assert "the link between the two is erased for good" in page


def test_page_names_the_place_that_stays(asking):
    hub, _ = places(asking)
    interview = seat(asking, hub)
    assert "somebody at Hub chose it" in browser_of(interview).get(to("climate", interview)).content.decode()


def test_page_keeps_what_is_chosen_and_shows_it_until_handed_in(person, clinician, address):
    assert person.post(address, {"climate-CLM-01": "3", "climate-CLM-02": "", "go": "review"}).url == to("review", clinician)
    assert own_climate(clinician) == {"CLM-01": 3}
    assert 'name="climate-CLM-01" value="3" checked' in person.get(address).content.decode()


def test_statement_can_be_left_open_again(person, clinician, address):
    person.post(address, {"climate-CLM-01": "3"})
    person.post(address, {"climate-CLM-01": ""})
    assert own_climate(clinician) == {}


def test_back_leads_to_who_else(person, clinician, address):
    assert person.post(address, {"go": "back"}).url == to("nominations", clinician)


@pytest.mark.parametrize("value", ["5", "-1", "x", "\x00", "9" * 400])
def test_point_that_is_none_is_refused(person, clinician, address, value):
    assert person.post(address, {"climate-CLM-01": value, "climate-CLM-02": "2"}).status_code == 422
    assert own_climate(clinician) == {}


def test_unknown_statement_is_ignored(person, clinician, address):
    person.post(address, {"climate-LAB-01": "2"})
    assert own_climate(clinician) == {}


def test_role_that_is_not_asked_is_led_on(asking):
    sponsor = seat(asking, role="executive_sponsor")
    browser = browser_of(sponsor)
    assert browser.get(to("climate", sponsor)).url == to("review", sponsor)
    assert "anonymously" not in browser.get(to("review", sponsor)).content.decode()


def test_review_says_how_many_are_answered_and_not_what(person, clinician, address):
    person.post(address, {"climate-CLM-01": "3"})
    page = " ".join(person.get(to("review", clinician)).content.decode().split())
    assert "You answered 1 of 2 statements." in page
    assert "CLM-01 step 3" not in page


def test_after_taking_back_the_page_says_that_nothing_can_be_changed(person, clinician, address):
    person.post(address, {"climate-CLM-01": "3"})
    person.post(to("submit", clinician))
    assert "no longer linked to you" in person.get(to("receipt", clinician)).content.decode()
    person.post(to("reopen", clinician))
    page = person.get(address).content.decode()
    assert "nobody can change it or take it back" in page
    assert "climate-CLM-01" not in page
    assert person.post(address, {"climate-CLM-01": "0"}).status_code == 409
    assert [row.agreement for row in ClimateAnswer.objects.all()] == [3]


def test_sending_after_handing_in_is_refused(person, clinician, address):
    person.post(to("submit", clinician))
    assert person.post(address, {"climate-CLM-01": "3"}).status_code == 409
    assert not ClimateAnswer.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(organisation, django_assert_num_queries, number):
    asking = make_asking(organisation)
    for _ in range(number):
        hand_in(seat(asking), 2)
    interview = seat(asking)
    person = browser_of(interview)
    person.get(to("climate", interview))
    with django_assert_num_queries(5):
        person.get(to("climate", interview))


# Nothing may link an answer to a person: keys are the canaries, and an agreement that only one person gave.


def handed_in_at_hub(asking, points):
    """Three clinicians of the hub answer in their browsers and hand in; returns their interviews and every key seen meanwhile."""
    hub, _ = places(asking)
    interviews, keys = [], set()
    for point in points:
        interview = seat(asking, hub)
        browser = browser_of(interview)
        browser.post(to("climate", interview), {"climate-CLM-01": str(point), "climate-CLM-02": str(4 - point)})
        keys |= {str(row.pk) for row in ClimateAnswer.objects.all()}
        browser.post(to("submit", interview))
        interviews.append(interview)
    return interviews, keys


def test_answer_says_nothing_of_its_person_once_handed_in(asking):
    interviews, keys = handed_in_at_hub(asking, (0, 4, 4))
    rows = everything()["assessments.ClimateAnswer"]
    assert {name for row in rows for name in row["fields"]} == {"assessment", "interview", "site", "item_code", "agreement", "day"}
    assert {row["fields"]["interview"] for row in rows} == {None}
    assert keys.isdisjoint(row["pk"] for row in rows)
    assert not any(str(key) in str(rows) for i in interviews for key in (i.pk, i.stakeholder_id))


def test_no_other_table_holds_an_answer_or_its_key(asking):
    _, keys = handed_in_at_hub(asking, (0, 4, 4))
    keys |= {str(row.pk) for row in ClimateAnswer.objects.all()}
    rest = str(everything(without=("assessments.ClimateAnswer",)))
    assert not any(key in rest for key in keys)
    assert "'agreement'" not in rest


def test_no_log_line_holds_an_answer_or_its_key(asking, caplog):
    caplog.set_level(logging.DEBUG)
    _, keys = handed_in_at_hub(asking, (0, 4, 4))
    keys |= {str(row.pk) for row in ClimateAnswer.objects.all()}
    # Statements are logged while debugging only, and tests debug.
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(key in line or "climate-CLM" in line for key in keys for line in logged)


def pages_of(asking, interviews, lead_client):
    """All that anybody can read of the assessment: pages, report, export and mails; keys of rows and sessions apart."""
    assessment = scored(asking)
    pages = [lead_client.get(to(name, assessment)) for name in ("overview", "people", "answers", "findings", "reports", "report-preview")]
    pages += [lead_client.get(reverse("person", args=[assessment.pk, i.pk])) for i in interviews]
    for interview in interviews:
        browser = browser_of(interview)
        pages += [browser.get(to(name, interview)) for name in ("receipt", "climate", "nominations")]
    return [
        *(page.content.decode() for page in pages),
        canonical_json(report_content(assessment)).decode(),
        str(export_bundle(assessment=assessment)),
        *(f"{message.subject} {message.body}" for message in mail.outbox),
    ]


def test_no_page_report_export_or_mail_holds_a_key_or_a_single_answer(asking, lead, lead_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        interviews, keys = handed_in_at_hub(asking, (0, 4, 4))
        send_invitation(interview=factories.make_interview(asking, "clinician"), actor=lead.user)
    assert mail.outbox
    keys |= {str(row.pk) for row in ClimateAnswer.objects.all()}
    texts = pages_of(asking, interviews, lead_client)
    assert not any(key in text for key in keys for text in texts)
    said = [text for text in texts if "Is CLM-01 in place?" in text]
    assert len(said) == 3  # overview, preview, report
    assert all(str(i.pk) not in text and i.stakeholder.name not in text for i in interviews for text in said[2:])


def test_who_gave_which_answer_changes_no_report(organisation):
    def climate(points):
        asking = make_asking(organisation)
        handed_in_at_hub(asking, points)
        return report_content(scored(asking))["climate"]

    assert climate((0, 4, 2)) == climate((2, 0, 4))


def test_score_knows_nothing_of_it(asking):
    handed_in_at_hub(asking, (0, 4, 4))
    before = score_assessment(assessment=asking, reason="submitted")
    ClimateAnswer.objects.all().delete()
    assert score_assessment(assessment=asking, reason="submitted") == before


def test_operators_lists_do_not_hold_it(asking, client):
    handed_in_at_hub(asking, (0, 4, 4))
    client.force_login(factories.make_user("operator@ours.example", is_staff=True, is_superuser=True))
    index = client.get("/admin/").content.decode()
    assert "climateanswer" not in index
    assert client.get("/admin/assessments/climateanswer/").status_code == 404


def test_anonymous_browser_sees_nothing(address):
    assert Client().get(address).status_code == 410
