import pytest
from django.urls import reverse

from assessments.models import Assessment
from stakeholders.models import AuditEvent, HealthSystem, MemberRole
from tests import factories
from tests.conftest import signed_in


@pytest.fixture
def system(organisation):
    return factories.make_health_system(organisation, name="Tessaly Valley Health", state="IL")


def names(response):
    return [system.name for system in response.context["page"]]


def test_list_holds_ones_own_systems_by_name(lead_client, organisation, system, outsider):
    factories.make_health_system(outsider.organisation, name="Aaa of another vendor")
    factories.make_health_system(organisation, name="Blue Mesa")
    assert names(lead_client.get(reverse("health-systems"))) == ["Blue Mesa", "Tessaly Valley Health"]


@pytest.mark.parametrize("words", ["tessaly", "VALLEY tess", "il", "mercy", "springfield", " tessaly   il "])
def test_search_finds_by_name_state_site_and_city(lead_client, organisation, system, words):
    factories.make_site(system, "Mercy West", city="Springfield")
    factories.make_health_system(organisation, name="Blue Mesa", state="AZ")
    assert names(lead_client.get(reverse("health-systems"), {"q": words})) == ["Tessaly Valley Health"]


@pytest.mark.parametrize("words", ["%", "_", "nothing", "' OR 1=1 --", "x" * 5000, "慶"])
def test_search_without_a_hit_says_so(lead_client, system, words):
    response = lead_client.get(reverse("health-systems"), {"q": words})
    assert names(response) == []
    assert "No health system matches" in response.content.decode()


def test_search_with_nul_is_refused(lead_client):
    assert lead_client.get("/health-systems/?q=%00").status_code == 400


def test_empty_list_teaches(lead_client, reviewer_client):
    assert "Add the first one" in lead_client.get(reverse("health-systems")).content.decode()
    assert "A commercial lead adds the first one" in reviewer_client.get(reverse("health-systems")).content.decode()


def test_list_costs_the_same_for_1_and_30_systems(lead_client, organisation, system, django_assert_num_queries):
    with django_assert_num_queries(6):
        lead_client.get(reverse("health-systems"))
    for _number in range(30):
        factories.make_site(factories.make_health_system(organisation))
    with django_assert_num_queries(6):
        lead_client.get(reverse("health-systems"))


def add(client, **values):
    return client.post(reverse("health-system-new"), {"name": "Blue Mesa", "state": "", "time_zone": "", **values})


@pytest.mark.parametrize(
    ("values", "zone"),
    [
        ({"state": "AZ"}, "America/Phoenix"),
        ({"state": "AZ", "time_zone": "America/Denver"}, "America/Denver"),
        ({"time_zone": " America/Boise "}, "America/Boise"),
        ({}, "America/New_York"),
    ],
)
def test_new_system_gets_the_zone_given_else_its_states_else_the_organisations(lead_client, lead, values, zone):
    response = add(lead_client, **values)
    system = HealthSystem.objects.get()
    assert response["Location"] == reverse("health-system", args=[system.pk])
    assert (system.organisation_id, system.time_zone) == (lead.organisation_id, zone)
    assert AuditEvent.objects.get().verb == "health_system.created"


BAD = [
    ({"name": ""}, "name"),
    ({"name": "x" * 161}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"name": "\u200b\u2060"}, "name"),
    ({"state": "XX"}, "state"),
    ({"state": "IL\x00"}, "state"),
    ({"time_zone": "Moon/Base"}, "time_zone"),
    ({"time_zone": "../../etc/passwd"}, "time_zone"),
]


@pytest.mark.parametrize(("values", "field"), BAD)
def test_bad_new_system_is_refused_and_kept_on_the_page(lead_client, values, field):
    response = add(lead_client, **values)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data[field] == values[field]
    assert HealthSystem.objects.count() == 0


def test_name_that_is_taken_is_refused(lead_client, system):
    response = add(lead_client, name=system.name)
    assert response.context["form"].errors == {"name": ["There is a health system with this name already."]}
    assert HealthSystem.objects.count() == 1


def test_two_vendors_may_know_a_system_by_the_same_name(lead_client, outsider):
    factories.make_health_system(outsider.organisation, name="Blue Mesa")
    add(lead_client)
    assert HealthSystem.objects.filter(name="Blue Mesa").count() == 2


def test_name_in_another_script_is_kept(lead_client):
    add(lead_client, name="Больница № 1")
    assert HealthSystem.objects.get().name == "Больница № 1"


def change(client, system, **values):
    fields = {"name": "Tessaly 2", "state": "CO", "time_zone": "America/Denver", "version": system.version}
    return client.post(reverse("health-system-edit", args=[system.pk]), {**fields, **values})


def test_system_is_changed(lead_client, system):
    assert change(lead_client, system)["Location"] == reverse("health-system", args=[system.pk])
    system.refresh_from_db()
    assert (system.name, system.state, system.time_zone, system.version) == ("Tessaly 2", "CO", "America/Denver", 2)


def test_second_of_two_editors_is_shown_both_texts(lead_client, system):
    change(lead_client, system)
    response = change(lead_client, system, name="Tessaly 3")
    page = response.content.decode()
    assert response.status_code == 409
    assert "It now says: Tessaly 2, CO, America/Denver." in page
    assert 'value="Tessaly 3"' in page
    system.refresh_from_db()
    assert system.name == "Tessaly 2"


def test_second_editor_may_save_again_after_seeing_both(lead_client, system):
    change(lead_client, system)
    version = change(lead_client, system, name="Tessaly 3").context["form"].data["version"]
    change(lead_client, system, name="Tessaly 3", version=version)
    system.refresh_from_db()
    assert (system.name, system.version) == ("Tessaly 3", 3)


@pytest.mark.parametrize(
    ("values", "field"), [*BAD, ({"time_zone": ""}, "time_zone"), ({"version": "x"}, "version"), ({"version": "9" * 50}, "version")]
)
def test_bad_change_is_refused(lead_client, system, values, field):
    response = change(lead_client, system, **values)
    assert list(response.context["form"].errors) == [field]
    system.refresh_from_db()
    assert system.name == "Tessaly Valley Health"


def test_change_to_a_name_that_is_taken_is_refused(lead_client, organisation, system):
    factories.make_health_system(organisation, name="Blue Mesa")
    assert list(change(lead_client, system, name="Blue Mesa").context["form"].errors) == ["name"]


def delete(client, system):
    return client.post(reverse("health-system-delete", args=[system.pk]), follow=True).content.decode()


def test_system_that_nothing_depends_on_is_deleted_with_its_sites(lead_client, system):
    factories.make_site(system)
    assert "is deleted" in delete(lead_client, system)
    assert HealthSystem.objects.count() == 0
    assert AuditEvent.objects.get().verb == "health_system.deleted"


def test_system_with_an_assessment_stays(lead_client, organisation, system):
    factories.make_assessment(organisation, health_system=system, host=None)
    assert "This health system has assessments, so it stays." in delete(lead_client, system)
    assert HealthSystem.objects.count() == 1


@pytest.mark.parametrize("make", [factories.make_host, factories.make_stakeholder])
def test_system_with_people_stays(lead_client, system, make):
    make(system)
    assert "People are known at this health system, so it stays." in delete(lead_client, system)
    assert HealthSystem.objects.count() == 1


def show(client, system, **query):
    return client.get(reverse("health-system", args=[system.pk]), query)


def test_page_shows_sites_lines_people_and_assessments(lead_client, organisation, system):
    factories.make_site(system, "Mercy West", city="Springfield", ehr="Epic")
    factories.make_service_line(system, "Cardiology")
    factories.make_stakeholder(system, name="Pat Person")
    factories.make_assessment(organisation, health_system=system, product=factories.make_product(organisation, name="LarkDetect"))
    page = show(lead_client, system).content.decode()
    assert [text in page for text in ("Mercy West", "Springfield", "Cardiology", "Pat Person", "LarkDetect")] == [True] * 5


def test_contact_data_are_for_those_who_may_see_them(organisation, system):
    factories.make_stakeholder(system, name="Pat Person", email="pat@valley.example", title="Head of send-outs")
    seen = {}
    for role in MemberRole.values:
        page = show(signed_in(factories.make_membership(organisation, role)), system).content.decode()
        seen[role] = ("Pat Person" in page, "pat@valley.example" in page, "Head of send-outs" in page)
    assert seen == {
        MemberRole.ADMIN: (True, True, True),
        MemberRole.LEAD: (True, True, True),
        MemberRole.REVIEWER: (True, False, False),
        MemberRole.CUSTOMER_SUCCESS: (True, False, False),
    }


def test_only_editors_are_offered_changes(reviewer_client, lead_client, system):
    factories.make_site(system)
    url = reverse("site-find", args=[system.pk])
    assert url in show(lead_client, system).content.decode()
    assert url not in show(reviewer_client, system).content.decode()


def test_assessments_that_are_not_assigned_are_not_listed(organisation, system):
    factories.make_assessment(organisation, health_system=system)
    narrow = factories.make_membership(organisation, MemberRole.LEAD, only_assigned=True)
    assert show(signed_in(narrow), system).context["assessments"] == []


def test_page_costs_the_same_for_1_and_30_of_each(lead_client, organisation, system, django_assert_num_queries):
    product = factories.make_product(organisation)

    def grow(number):
        site = factories.make_site(system)
        factories.make_service_line(system, f"Line {number}").sites.add(site)
        factories.make_stakeholder(system, site=site)
        Assessment.objects.create(organisation=organisation, health_system=system, product=product)

    grow(1)
    with django_assert_num_queries(12):
        show(lead_client, system)
    for number in range(2, 31):
        grow(number)
    with django_assert_num_queries(12):
        show(lead_client, system)


def test_markup_in_names_is_shown_as_text(lead_client, organisation):
    system = factories.make_health_system(organisation, name="<script>alert(1)</script>")
    factories.make_site(system, "<img src=x>")
    page = show(lead_client, system).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page
