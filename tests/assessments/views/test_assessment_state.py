import pytest
from django.urls import reverse

from stakeholders.models import AuditEvent


def post(client, assessment, step, **data):
    return client.post(reverse("assessment-state", args=[assessment.pk, step]), data, follow=True)


@pytest.mark.parametrize(("step", "state"), [("close", "closed"), ("sign", "signed"), ("lose", "lost")])
def test_step_is_taken(lead_client, lead, assessment, step, state):
    post(lead_client, assessment, step)
    assessment.refresh_from_db()
    assert (assessment.state, AuditEvent.objects.get().actor_id) == (state, lead.user.pk)


def test_closed_assessment_is_opened_again_with_its_reason(lead_client, assessment):
    post(lead_client, assessment, "close")
    page = post(lead_client, assessment, "reopen", reason="A new site").content.decode()
    assessment.refresh_from_db()
    assert (assessment.state, assessment.history.first().history_change_reason) == ("open", "A new site")
    assert "the reason is kept" in page


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "a\x00b", "x" * 101])
def test_opening_again_needs_a_reason(lead_client, assessment, reason):
    post(lead_client, assessment, "close")
    page = post(lead_client, assessment, "reopen", reason=reason).content.decode()
    assessment.refresh_from_db()
    assert assessment.state == "closed"
    assert "Please give a reason" in page


def test_step_that_the_state_does_not_allow_changes_nothing(lead_client, assessment):
    post(lead_client, assessment, "sign")
    assert "Nothing was changed" in post(lead_client, assessment, "lose").content.decode()
    assessment.refresh_from_db()
    assert assessment.state == "signed"


def test_unknown_step_does_not_exist(lead_client, assessment):
    assert post(lead_client, assessment, "explode").status_code == 404


def test_visit_does_nothing(lead_client, assessment):
    assert lead_client.get(reverse("assessment-state", args=[assessment.pk, "close"])).status_code == 405


@pytest.mark.parametrize(("client", "status"), [("reviewer_client", 403), ("outsider_client", 404)])
def test_nobody_else_may_step(request, assessment, client, status):
    assert post(request.getfixturevalue(client), assessment, "close").status_code == status
    assessment.refresh_from_db()
    assert assessment.state == "open"
