import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessments.services.people import withdraw_interview
from stakeholders.models import AccessLink, LinkPurpose
from stakeholders.services.links import issue_link
from tests import factories
from tests.assessments.setups import make_draft


@pytest.fixture
def seat(assessment):
    return factories.make_interview(assessment, invited_at=timezone.now())


@pytest.fixture
def do(lead_client, django_capture_on_commit_callbacks):
    """Press a button about a person and return the page that follows."""

    def press(interview, act):
        with django_capture_on_commit_callbacks(execute=True):
            return lead_client.post(url(interview, act), follow=True).content.decode()

    return press


def url(interview, act):
    return reverse("person-act", args=[interview.assessment_id, interview.pk, act])


@pytest.mark.parametrize("act", ["invite", "remind", "new-link"])
def test_mail_is_sent(do, seat, act):
    assert "on its way" in do(seat, act)
    assert [m.to for m in mail.outbox] == [[seat.stakeholder.email]]


@pytest.mark.parametrize("act", ["invite", "remind", "new-link"])
def test_person_whom_the_host_has_not_approved_gets_no_mail(do, assessment, act):
    assert "has not approved this person yet" in do(factories.make_interview(assessment, host_approved_at=None), act)
    assert mail.outbox == []


def test_person_who_has_answered_is_not_reminded(do, assessment):
    assert "No mail was sent" in do(factories.make_interview(assessment, state="submitted"), "remind")


def test_address_is_not_flooded(do, seat):
    for _ in range(10):
        do(seat, "remind")
    assert "ten mails within the hour" in do(seat, "remind")
    assert len(mail.outbox) == 10


def test_links_are_closed(do, seat):
    issue_link(organisation=seat.assessment.organisation, purpose=LinkPurpose.INTERVIEW, subject_id=seat.pk)
    do(seat, "close-links")
    assert not AccessLink.objects.valid().exists()


def test_person_is_withdrawn_and_taken_back(do, seat):
    do(seat, "withdraw")
    seat.refresh_from_db()
    assert seat.state == "withdrawn"
    do(seat, "restore")
    seat.refresh_from_db()
    assert (seat.state, seat.host_approved_at) == ("invited", None)


def test_taking_back_somebody_who_is_there_changes_nothing(do, seat):
    assert "Nothing was changed" in do(seat, "restore")


def test_taking_back_is_refused_once_closed(do, assessment, seat):
    withdraw_interview(interview=seat)
    assessment.state = "closed"
    assessment.save()
    assert "Nothing was changed" in do(seat, "restore")


def test_unknown_act_does_not_exist(lead_client, seat):
    assert lead_client.post(url(seat, "promote")).status_code == 404


@pytest.mark.parametrize("act", ["remind", "withdraw"])
def test_visit_does_nothing(lead_client, seat, act):
    assert lead_client.get(url(seat, act)).status_code == 405
    seat.refresh_from_db()
    assert seat.state == "invited"


def test_person_of_another_assessment_does_not_exist_here(lead_client, lead, seat):
    assert lead_client.post(reverse("person-act", args=[make_draft(lead).pk, seat.pk, "withdraw"])).status_code == 404


@pytest.mark.parametrize(("client", "status"), [("reviewer_client", 403), ("outsider_client", 404), ("anonymous", 302)])
def test_nobody_else_may_act(request, seat, client, status):
    assert request.getfixturevalue(client).post(url(seat, "withdraw")).status_code == status
    seat.refresh_from_db()
    assert seat.state == "invited"


def test_everybody_silent_is_reminded(lead_client, assessment, seat, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = lead_client.post(reverse("people-remind", args=[assessment.pk]), follow=True).content.decode()
    assert "1 reminder is on its way." in page
    assert "Nobody to remind" in lead_client.post(reverse("people-remind", args=[assessment.pk]), follow=True).content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("client", "status"), [("reviewer_client", 403), ("outsider_client", 404), ("anonymous", 302)])
def test_nobody_else_may_remind_everybody(request, assessment, seat, client, status):
    response = request.getfixturevalue(client).post(reverse("people-remind", args=[assessment.pk]))
    assert (response.status_code, mail.outbox) == (status, [])
