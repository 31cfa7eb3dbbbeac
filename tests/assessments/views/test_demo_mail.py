import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.services.invitations import send_invitation
from stakeholders.models import Message, MessageKind
from stakeholders.services.mail import deliver_message
from tests import factories
from tests.conftest import signed_in

URL = reverse("demo-mail")


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.BASE_URL = "http://testserver"


def invite(assessment, name="Dana Reyes"):
    person = factories.make_stakeholder(assessment.health_system, name=name)
    message = send_invitation(interview=factories.make_interview(assessment, stakeholder=person, invited_at=timezone.now()))
    deliver_message.call(str(message.pk))
    return message


def test_mail_is_shown_with_a_link_that_can_be_clicked(demo, lead_client, assessment):
    invite(assessment)
    page = lead_client.get(URL).content.decode()
    link = re.search(r'<a href="(http://testserver/i/[A-Za-z0-9_-]{43}/)"', page)
    assert "Hello Dana Reyes," in page
    assert lead_client.get(link[1]).status_code == 200


def test_markup_in_a_mail_is_text(demo, lead_client, assessment):
    invite(assessment, name="<b>Dana</b>")
    page = lead_client.get(URL).content.decode()
    assert "&lt;b&gt;Dana&lt;/b&gt;" in page
    assert "<b>Dana</b>" not in page


def test_mails_of_another_organisation_are_not_shown(demo, outsider_client, assessment):
    invite(assessment)
    assert outsider_client.get(URL).context["mails"] == []


def test_mails_that_nobody_here_sent_are_not_shown(demo, lead_client, assessment):
    invite(assessment)
    Message.objects.update(message_id="<other@x.example>")
    assert lead_client.get(URL).context["mails"] == []


@pytest.mark.parametrize(("role", "seen"), [("admin", 1), ("lead", 0)])
def test_link_that_sets_a_password_is_for_whoever_manages_members(demo, request, assessment, role, seen):
    invite(assessment)
    Message.objects.update(kind=MessageKind.MEMBER_INVITATION)
    client = signed_in(request.getfixturevalue(role))
    assert len(client.get(URL).context["mails"]) == seen


def test_empty_page_says_what_will_be_here(demo, lead_client):
    assert "No mail yet" in lead_client.get(URL).content.decode()


def test_installation_that_sends_mails_says_so(settings, lead_client):
    settings.DEMO = True
    assert "Mails are really sent" in lead_client.get(URL).content.decode()


@pytest.mark.parametrize("client", ["lead_client", "admin_client", "anonymous"])
def test_page_does_not_exist_outside_of_a_demonstration(request, settings, db, client):
    settings.DEMO = False
    browser = request.getfixturevalue(client)
    assert browser.get(URL).content == browser.get("/no/such/page/").content


@pytest.mark.parametrize(("client", "status"), [("reviewer_client", 403), ("anonymous", 302)])
def test_whoever_may_not_see_answers_sees_no_mails(demo, request, db, client, status):
    assert request.getfixturevalue(client).get(URL).status_code == status


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(demo, lead_client, assessment, django_assert_num_queries, number):
    for _ in range(number):
        invite(assessment)
    with django_assert_num_queries(5):
        lead_client.get(URL)
