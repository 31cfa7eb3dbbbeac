import pytest
from django.urls import reverse

from assessments.models import InterviewState
from assessments.services.approvals import ask_for_changes
from assessments.services.people import withdraw_interview
from tests import factories
from tests.assessments.setups import make_approved, make_asked, make_draft
from tests.conftest import signed_in


def url(assessment, query=""):
    return reverse("people", args=[assessment.pk]) + query


@pytest.fixture
def dana(assessment):
    stakeholder = factories.make_stakeholder(assessment.health_system, name="Dana Reyes", email="dana@valley.example", title="Director")
    return factories.make_interview(assessment, stakeholder=stakeholder, front_line=True)


def test_lead_sees_names_addresses_and_states(lead_client, assessment, dana):
    page = lead_client.get(url(assessment)).content.decode()
    assert all(text in page for text in ("Dana Reyes", "dana@valley.example", "Silent"))


def test_reviewer_sees_roles_and_states_but_neither_names_nor_addresses(reviewer_client, assessment, dana):
    withdraw_interview(interview=factories.make_interview(assessment, role="clinician"))
    page = reviewer_client.get(url(assessment)).content.decode()
    assert "Laboratory" in page
    assert not any(text in page for text in ("Dana Reyes", "@valley.example", "Director", "Person "))


def test_reviewer_is_offered_nothing_to_do(reviewer_client, assessment, dana):
    page = reviewer_client.get(url(assessment)).content.decode()
    assert not any(text in page for text in ("Add a person", "Withdraw", "Remind", "Mark as"))


def test_board_says_how_many_do_the_work(lead_client, assessment, dana):
    factories.make_interview(assessment, role="clinician", state=InterviewState.SUBMITTED)
    assert "1 of 2 have submitted; 1 of 2 do the work" in lead_client.get(url(assessment)).content.decode()


def test_required_role_without_anybody_is_marked(lead_client, assessment, dana):
    assert lead_client.get(url(assessment)).context["board"].missing_roles == ["it_integration_lead", "clinician"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?role=lab_director", 1),
        ("?role=clinician", 0),
        ("?state=silent", 1),
        ("?state=submitted", 0),
        ("?state=%00", None),
        ("?page=99", 1),
        ("?role=世界", 0),
    ],
)
def test_list_is_filtered(lead_client, assessment, dana, query, number):
    response = lead_client.get(url(assessment, query))
    assert (response.status_code == 400) if number is None else len(response.context["page"].object_list) == number


def test_long_list_has_pages(lead_client, assessment):
    for _ in range(51):
        factories.make_interview(assessment)
    assert len(lead_client.get(url(assessment, "?page=2")).context["page"].object_list) == 1


def test_empty_page_teaches(lead_client, assessment):
    assert "Nobody is named yet" in lead_client.get(url(assessment)).content.decode()


def test_draft_shows_the_steps(lead_client, lead):
    assert "Check and send" in lead_client.get(url(make_draft(lead))).content.decode()


def test_state_of_the_hosts_approval_is_shown(lead_client, lead):
    asked = make_asked(lead)
    assert "was asked on" in lead_client.get(url(asked)).content.decode()
    ask_for_changes(assessment=asked, comment="Ask the <b>night</b> shift")
    assert "Ask the &lt;b&gt;night&lt;/b&gt; shift" in lead_client.get(url(asked)).content.decode()


def test_approval_is_shown(lead_client, lead):
    assert "approved people, questions and terms" in lead_client.get(url(make_approved(lead))).content.decode()


@pytest.mark.parametrize("state", ["draft", "closed", "signed", "lost"])
def test_page_opens_in_every_state(lead_client, assessment, dana, state):
    assessment.state = state
    assessment.save()
    assert lead_client.get(url(assessment)).status_code == 200


def test_assessment_that_is_not_assigned_does_not_exist(lead, assessment):
    lead.only_assigned = True
    lead.save()
    assert signed_in(lead).get(url(assessment)).status_code == 404


def test_another_organisations_people_do_not_exist(outsider_client, assessment):
    assert outsider_client.get(url(assessment)).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, assessment, django_assert_num_queries, number):
    for _ in range(number):
        factories.make_interview(assessment)
        withdraw_interview(interview=factories.make_interview(assessment))
    with django_assert_num_queries(19):
        lead_client.get(url(assessment))
