import pytest
from django.urls import reverse

from stakeholders.models import AuditEvent, MemberRole, Organisation, User
from tests import factories
from tests.conftest import signed_in


def test_settings_show_ones_own_account_to_everybody(reviewer_client, reviewer):
    page = reviewer_client.get(reverse("settings")).content.decode()
    assert reviewer.user.email in page
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page


def test_settings_offer_the_organisation_to_admins_alone(admin_client, reviewer_client):
    assert reverse("members") in admin_client.get(reverse("settings")).content.decode()
    assert reverse("members") not in reviewer_client.get(reverse("settings")).content.decode()


def test_own_name_is_saved(lead_client, lead):
    response = lead_client.post(reverse("own-name"), {"name": " Lea\tLead "})
    assert response["Location"] == reverse("settings")
    assert User.objects.get(pk=lead.user_id).name == "Lea Lead"


@pytest.mark.parametrize("name", ["x" * 121, "a\x00b"])
def test_bad_own_name_is_refused_and_kept_on_the_page(lead_client, lead, name):
    response = lead_client.post(reverse("own-name"), {"name": name})
    assert response.status_code == 200
    assert response.context["form"].data["name"] == name
    assert User.objects.get(pk=lead.user_id).name == ""


def test_organisation_is_saved_and_recorded(admin_client, organisation, admin):
    response = admin_client.post(reverse("organisation"), {"name": "Larkfield 2", "time_zone": "America/Denver"})
    assert response["Location"] == reverse("settings")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.time_zone) == ("Larkfield 2", "America/Denver")
    assert AuditEvent.objects.get(verb="organisation.changed").actor_id == admin.user_id


def test_organisation_may_keep_its_name(admin_client, organisation):
    admin_client.post(reverse("organisation"), {"name": organisation.name, "time_zone": "America/Denver"})
    organisation.refresh_from_db()
    assert organisation.time_zone == "America/Denver"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 500}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"time_zone": "America/Chicago\x00"}, "time_zone"),
        ({"time_zone": "x" * 5000}, "time_zone"),
    ],
)
def test_bad_organisation_is_refused_and_kept_on_the_page(admin_client, organisation, values, field):
    response = admin_client.post(reverse("organisation"), {"name": "New", "time_zone": "America/Denver", **values})
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data[field] == values[field]
    assert Organisation.objects.get(pk=organisation.pk).name == organisation.name


def test_name_of_another_organisation_is_refused(admin_client, organisation, outsider):
    response = admin_client.post(reverse("organisation"), {"name": outsider.organisation.name.upper(), "time_zone": "America/Denver"})
    assert list(response.context["form"].errors) == ["name"]


def test_name_in_another_script_is_saved(admin_client, organisation):
    admin_client.post(reverse("organisation"), {"name": "مختبرات", "time_zone": "America/Denver"})
    organisation.refresh_from_db()
    assert organisation.name == "مختبرات"


def test_markup_in_a_name_is_shown_as_text(admin_client, organisation):
    admin_client.post(reverse("organisation"), {"name": "<b onclick=x>Lark</b>", "time_zone": "America/Denver"})
    page = admin_client.get(reverse("settings")).content.decode()
    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;Lark&lt;/b&gt;" in page


def switch(client, organisation_id):
    return client.post(reverse("switch-organisation"), {"organisation": organisation_id})


def test_switch_moves_the_session_to_another_organisation(lead_client, lead):
    second = factories.make_organisation(name="Second (fictional)")
    second.memberships.create(user=lead.user, role=MemberRole.REVIEWER)
    assert switch(lead_client, second.pk)["Location"] == reverse("portfolio")
    page = lead_client.get(reverse("settings"))
    assert page.wsgi_request.membership.organisation == second


def test_switch_to_an_organisation_without_a_seat_is_like_one_that_does_not_exist(lead_client, outsider):
    theirs = switch(lead_client, outsider.organisation_id)
    nothing = switch(lead_client, "00000000-0000-4000-8000-000000000000")
    assert (theirs.status_code, theirs.content) == (404, nothing.content)
    assert "organisation" not in lead_client.session


def test_switch_to_an_ended_seat_does_not_exist(lead_client, lead):
    second = factories.make_organisation(name="Second (fictional)")
    second.memberships.create(user=lead.user, role=MemberRole.REVIEWER, is_active=False)
    assert switch(lead_client, second.pk).status_code == 404


@pytest.mark.parametrize("value", ["", "x", "\x00", "1" * 5000, "慶"])
def test_switch_to_nonsense_does_not_exist(lead_client, value):
    assert switch(lead_client, value).status_code == 404


def test_switch_needs_a_signed_in_user(anonymous, organisation):
    assert switch(anonymous, organisation.pk)["Location"].startswith("/accounts/login/")


def test_switch_refuses_get(lead_client):
    assert lead_client.get(reverse("switch-organisation")).status_code == 405


@pytest.mark.parametrize("name", ["settings", "own-name"])
def test_page_costs_the_same_whatever_the_size_of_the_organisation(organisation, reviewer, django_assert_num_queries, name):
    client = signed_in(reviewer)
    factories.make_membership(organisation)
    with django_assert_num_queries(4):
        client.get(reverse(name))
    for _number in range(30):
        factories.make_membership(organisation)
    with django_assert_num_queries(4):
        client.get(reverse(name))
