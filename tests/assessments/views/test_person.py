import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Interview
from stakeholders.models import Stakeholder
from tests import factories
from tests.assessments.setups import make_approved, make_draft

DANA = {
    "name": "Dana Reyes",
    "email": "dana@valley.example",
    "title": "Director",
    "role": "lab_director",
    "site": "",
    "service_line": "",
    "influence": "high",
    "language": "es",
}


@pytest.fixture
def draft(lead):
    return make_draft(lead)


@pytest.fixture
def seat(assessment):
    return factories.make_interview(assessment, invited_at=timezone.now())


def add_url(assessment, query=""):
    return reverse("person-add", args=[assessment.pk]) + query


def url(interview):
    return reverse("person", args=[interview.assessment_id, interview.pk])


def of(interview, **changes):
    """What the form would send about the person as they are, with changes."""
    person = interview.stakeholder
    return {**DANA, "name": person.name, "email": person.email, "role": interview.role, "title": "", **changes}


def errors(response, field):
    return [str(error) for error in response.context["form"].errors.get(field, [])]


def test_person_is_added(lead_client, draft):
    site = draft.sites.first()
    response = lead_client.post(add_url(draft), {**DANA, "site": site.pk, "front_line": "on"})
    interview = draft.interviews.get()
    assert response.url == reverse("people", args=[draft.pk])
    assert (interview.site, interview.front_line, interview.stakeholder.language, interview.stakeholder.influence) == (
        site,
        True,
        "es",
        "high",
    )


def test_another_one_may_follow(lead_client, draft):
    assert lead_client.post(add_url(draft), {**DANA, "more": "1"}).url == add_url(draft)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "D\x00"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": ""}, "email"),
        ({"email": "dana"}, "email"),
        ({"email": "dana@valley.example\x00"}, "email"),
        ({"email": f"{'x' * 300}@valley.example"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
        ({"site": "nonsense"}, "site"),
        ({"site": "11111111-1111-1111-1111-111111111111"}, "site"),
        ({"service_line": "nonsense"}, "service_line"),
        ({"influence": "total"}, "influence"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_wrong_entry_is_named_and_nobody_is_added(lead_client, draft, changes, field):
    response = lead_client.post(add_url(draft), {**DANA, **changes})
    assert (response.status_code, bool(errors(response, field)), Stakeholder.objects.count()) == (200, True, 0)


def test_what_was_entered_is_kept(lead_client, draft):
    page = lead_client.post(add_url(draft), {**DANA, "name": "Dr. <i>世界</i>", "email": "x"}).content.decode()
    assert "Dr. &lt;i&gt;世界&lt;/i&gt;" in page


def test_same_person_in_the_same_role_is_refused_whatever_the_case(lead_client, draft):
    lead_client.post(add_url(draft), DANA)
    response = lead_client.post(add_url(draft), {**DANA, "email": "DANA@valley.example"})
    assert errors(response, "role") == ["This person is asked in this role already."]


def test_address_of_somebody_else_is_refused(lead_client, draft):
    lead_client.post(add_url(draft), DANA)
    response = lead_client.post(add_url(draft), {**DANA, "name": "Kim Park", "role": "clinician"})
    assert errors(response, "email") == ["This address already belongs to Dana Reyes."]


def test_nobody_is_added_once_closed(lead_client, assessment):
    assessment.state = "closed"
    assessment.save()
    assert "nobody can be added any more" in lead_client.post(add_url(assessment), DANA).content.decode()


def test_site_of_another_assessment_cannot_be_chosen(lead_client, draft):
    foreign = factories.make_site(draft.health_system, "Elsewhere")
    assert errors(lead_client.post(add_url(draft), {**DANA, "site": foreign.pk}), "site")


def test_person_is_changed(lead_client, seat):
    lead_client.post(url(seat), of(seat, title="New title"))
    seat.stakeholder.refresh_from_db()
    assert seat.stakeholder.title == "New title"


def test_new_address_waits_for_the_host_and_says_so(lead_client, seat):
    response = lead_client.post(url(seat), of(seat, email="new@valley.example"), follow=True)
    seat.refresh_from_db()
    assert seat.host_approved_at is None
    assert "The address or role is new" in response.content.decode()


def test_started_seat_keeps_address_and_role(lead_client, interview):
    lead_client.post(url(interview), of(interview, email="new@valley.example", role="clinician", title="T"))
    before = interview.stakeholder.email
    interview.refresh_from_db()
    assert (interview.role, interview.stakeholder.email, interview.stakeholder.title) == ("lab_director", before, "T")


def test_address_stays_when_another_interview_of_theirs_has_started(lead_client, seat):
    factories.make_interview(seat.assessment, role="clinician", state="opened", stakeholder=seat.stakeholder)
    response = lead_client.post(url(seat), of(seat, email="new@valley.example"))
    assert "has pressed Start meanwhile" in response.content.decode()


def test_person_is_replaced_by_somebody_else(lead_client, lead):
    former = make_approved(lead).interviews.get(role="lab_director")
    page = lead_client.get(add_url(former.assessment, f"?replaces={former.pk}"))
    lead_client.post(add_url(former.assessment, f"?replaces={former.pk}"), DANA)
    former.refresh_from_db()
    assert page.context["form"].initial["role"] == "lab_director"
    assert (former.state, Interview.objects.get(stakeholder__email="dana@valley.example").state) == ("withdrawn", "invited")


@pytest.mark.parametrize("key", ["nonsense", "11111111-1111-1111-1111-111111111111"])
def test_replacing_nobody_does_not_exist(lead_client, draft, key):
    assert lead_client.get(add_url(draft, f"?replaces={key}")).status_code == 404


def test_person_of_another_assessment_does_not_exist_here(lead_client, draft, seat):
    address = reverse("person", args=[draft.pk, seat.pk])
    assert (lead_client.get(address).status_code, lead_client.post(address, of(seat)).status_code) == (404, 404)


def test_person_of_another_organisation_does_not_exist(outsider_client, seat):
    assert outsider_client.post(url(seat), of(seat)).status_code == 404


def test_reviewer_may_neither_add_nor_change(reviewer_client, seat):
    assert (reviewer_client.get(add_url(seat.assessment)).status_code, reviewer_client.get(url(seat)).status_code) == (403, 403)
