from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.services.setup import save_host
from stakeholders.models import AccessLink, LinkPurpose
from stakeholders.services.links import issue_link
from tests.assessments.setups import host_link, make_approved, make_asked
from tests.assessments.views.respondents import everything


@pytest.fixture
def asked(lead):
    return make_asked(lead)


@pytest.fixture
def token(asked):
    return host_link(asked)[1]


def url(token):
    return reverse("host-landing", args=[token])


def test_landing_says_who_asks_and_that_nobody_is_written_to(anonymous, asked, token):
    page = anonymous.get(url(token)).content.decode()
    assert asked.organisation.name in page
    assert "nobody there is written to unless you agree" in page


def test_landing_after_the_decision_asks_for_nothing(anonymous, lead):
    page = anonymous.get(url(host_link(make_approved(lead))[1])).content.decode()
    assert ("Nothing to decide right now" in page, "asks for your approval" in page) == (True, False)


@pytest.mark.parametrize("method", ["get", "head"])
def test_visits_of_scanners_change_nothing(asked, token, method):
    before = everything()
    for _ in range(20):
        client = Client()
        assert getattr(client, method)(url(token)).status_code == 200
    assert everything() == before


def test_button_opens_the_page_and_the_token_leaves_the_address(anonymous, asked, token):
    response = anonymous.post(url(token))
    assert response.url == reverse("host-approval", args=[asked.pk])
    assert anonymous.get(response.url).status_code == 200
    assert AccessLink.objects.get(purpose=LinkPurpose.HOST, first_used_at__isnull=False).subject_id == asked.pk


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x" * 43, "-", "世界", "a" * 4000])
def test_unknown_token_does_not_exist(anonymous, db, method, token):
    assert getattr(anonymous, method)(url(token)).status_code == 404


def test_link_to_an_interview_opens_nothing_here(anonymous, asked):
    _, token = issue_link(organisation=asked.organisation, purpose=LinkPurpose.INTERVIEW, subject_id=asked.pk)
    assert anonymous.post(url(token)).status_code == 404


@pytest.mark.parametrize("spoil", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(minutes=1)}])
def test_closed_link_opens_nothing(anonymous, asked, token, spoil):
    AccessLink.objects.update(created_at=timezone.now() - timedelta(days=40))
    AccessLink.objects.update(**spoil)
    assert (anonymous.get(url(token)).status_code, anonymous.post(url(token)).status_code) == (410, 410)


def test_link_of_a_former_host_is_closed_for_a_browser_that_was_in(anonymous, asked, token):
    page = anonymous.post(url(token)).url
    save_host(assessment=asked, name="Somebody Else", email="else@valley.example")
    assert anonymous.get(page).status_code == 410


def test_post_without_the_forms_token_is_refused(asked, token):
    client = Client(enforce_csrf_checks=True)
    assert client.post(url(token)).status_code == 403


def test_page_is_not_stored_and_tells_no_other_site(anonymous, token):
    response = anonymous.get(url(token))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
