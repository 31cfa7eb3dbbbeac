from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Interview
from stakeholders.models import AccessLink, AuditEvent
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import everything, token_of


@pytest.fixture
def invited(assessment) -> Interview:
    return factories.make_interview(assessment)


@pytest.fixture
def address(invited) -> str:
    return reverse("landing", args=[token_of(invited)])


def closed(assessment) -> None:
    assessment.state = "closed"
    assessment.save(update_fields=["state"])


def test_landing_says_who_asks_for_what_and_who_sees_it(anonymous, address, assessment):
    page = anonymous.get(address).content.decode()
    assert f"Is {assessment.health_system.name} ready for {assessment.product.name}?" in page
    assert "Larkfield Genomics (fictional), together with Hollis Host (fictional)" in page
    assert "Signing is planned for 7 December 2026." in page
    assert "see your role and your answers, not your name." in page
    assert "You are the only one asked in your role and place" in page
    assert "Nothing here is about single patients." in page
    assert assessment.host.email in page


def test_landing_says_how_many_questions_and_minutes(anonymous, address):
    page = anonymous.get(address).content.decode()
    assert "3 questions" in page
    assert "about 1 minute<" in page


def test_landing_counts_what_goes_deeper_apart(anonymous, organisation):
    bank = [(f"LAB-{n:02}", ["clinician"], False, 3) for n in range(1, 9)]
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    clinician = factories.make_interview(assessment, role="clinician")
    page = anonymous.get(reverse("landing", args=[token_of(clinician)])).content.decode()
    assert "6 questions" in page  # five of the core and the stance
    assert "3 more if you like" in page


def test_landing_with_company_warns_of_becoming_the_only_one(anonymous, address, assessment):
    factories.make_interview(assessment)
    assert "Should nobody else in your role and place answer" in anonymous.get(address).content.decode()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_visit_changes_nothing_however_often(anonymous, address, method):
    before = everything()
    for _ in range(3):
        getattr(anonymous, method)(address)
    assert everything() == before
    assert not anonymous.cookies.get("sessionid")


def test_start_opens_the_interview_and_hides_the_token(anonymous, address, invited):
    response = anonymous.post(address)
    assert (response.status_code, response.url) == (302, reverse("interview", args=[invited.pk]))
    assert Interview.objects.get().state == "opened"
    assert AccessLink.objects.get().first_used_at is not None
    assert AuditEvent.objects.get().verb == "interview.opened"
    assert anonymous.get(response.url).url == reverse("section", args=[invited.pk, "LAB"])


def test_start_twice_opens_once(anonymous, address):
    anonymous.post(address)
    anonymous.post(address)
    assert AuditEvent.objects.count() == 1


def test_landing_of_a_started_interview_goes_on(anonymous, address):
    anonymous.post(address)
    assert "Go on where you stopped" in anonymous.get(address).content.decode()


def test_landing_of_a_submitted_interview_leads_to_the_copy(anonymous, assessment):
    interview = factories.make_interview(assessment, state="submitted")
    address = reverse("landing", args=[token_of(interview)])
    closed(assessment)
    page = anonymous.get(address).content.decode()
    assert "See your answers" in page
    assert "saved as you go" not in page  # nothing is left to answer, and there is no Start to press
    assert "press Start" not in page
    assert anonymous.get(anonymous.post(address).url).url == reverse("receipt", args=[interview.pk])


def test_decline_keeps_the_reason_and_can_be_taken_back(anonymous, address):
    response = anonymous.post(address + "decline/", {"reason": "I have left the laboratory."})
    assert (response.status_code, response.url) == (302, address)
    assert (Interview.objects.get().state, Interview.objects.get().decline_reason) == ("declined", "I have left the laboratory.")
    assert "You chose not to answer" in anonymous.get(address).content.decode()
    anonymous.post(address)
    assert Interview.objects.get().state == "opened"


@pytest.mark.parametrize(
    ("reason", "says"),
    [("x" * 501, "at most 500"), ("a\x00b", "Null characters"), ("She is MRN 4711234", "This looks like a patient&#x27;s record number")],
)
def test_decline_with_a_bad_reason_keeps_what_was_typed(anonymous, address, reason, says):
    response = anonymous.post(address + "decline/", {"reason": reason})
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert reason.replace("\x00", "") in page.replace("\x00", "")
    assert Interview.objects.get().state == "invited"


def test_decline_with_a_confirmed_reason_is_kept(anonymous, address):
    anonymous.post(address + "decline/", {"reason": "Ask for ticket 4711234", "confirmed": "on"})
    assert Interview.objects.get().state == "declined"


def test_decline_shows_markup_as_text(anonymous, address):
    page = anonymous.post(address + "decline/", {"reason": "<script>alert(1)</script>" * 30}).content.decode()
    assert "<script>alert" not in page


def test_decline_after_handing_in_is_refused(anonymous, assessment):
    interview = factories.make_interview(assessment, state="submitted")
    response = anonymous.post(reverse("decline", args=[token_of(interview)]))
    assert response.status_code == 409
    assert Interview.objects.get().state == "submitted"


@pytest.mark.parametrize("name", ["landing", "decline"])
def test_unknown_token_does_not_exist(anonymous, db, name):
    assert anonymous.post(reverse(name, args=["x" * 43])).status_code == 404


@pytest.mark.parametrize("name", ["landing", "decline"])
@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_closed_link_opens_nothing(anonymous, invited, name, how):
    token = token_of(invited)
    past = timezone.now() - timedelta(seconds=1)
    if how == "revoked":
        revoke_links(purpose="interview", subject_id=invited.pk)
    else:
        AccessLink.objects.update(created_at=past - timedelta(days=1), expires_at=past)
    response = anonymous.post(reverse(name, args=[token]))
    assert response.status_code == 410
    assert Interview.objects.get().state == "invited"


@pytest.mark.parametrize("name", ["landing", "decline"])
def test_link_of_another_purpose_opens_nothing(anonymous, invited, name):
    AccessLink.objects.update(purpose="host")
    token = token_of(invited)
    AccessLink.objects.update(purpose="host")
    assert anonymous.post(reverse(name, args=[token])).status_code == 404


def test_link_of_a_withdrawn_interview_is_closed(anonymous, address):
    Interview.objects.update(state="withdrawn")
    assert anonymous.get(address).status_code == 410
    assert anonymous.post(address).status_code == 410


@pytest.mark.parametrize(
    ("state", "says"), [("closed", "This assessment is closed"), ("draft", "Not open yet"), ("lost", "This assessment is closed")]
)
def test_landing_under_an_assessment_that_takes_no_answers_is_friendly(anonymous, address, assessment, state, says):
    assessment.state = state
    assessment.save(update_fields=["state"])
    response = anonymous.get(address)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert "You had not answered anything." in response.content.decode()
    assert anonymous.post(address).status_code == 409
    assert Interview.objects.get().state == "invited"


def test_decline_answers_post_alone(anonymous, address):
    assert anonymous.get(address + "decline/").status_code == 405


def test_start_needs_the_csrf_token(address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert Interview.objects.get().state == "invited"


def test_landing_reads_few_rows(anonymous, address, django_assert_num_queries):
    anonymous.get(address)
    with django_assert_num_queries(3):  # link, interview, company
        anonymous.get(address)
