import pytest
from django.urls import reverse

from stakeholders.models import AuditEvent, ServiceLine
from tests import factories


@pytest.fixture
def system(organisation):
    return factories.make_health_system(organisation, name="Tessaly Valley Health")


@pytest.fixture
def line(system):
    return factories.make_service_line(system, "Oncology")


def add(client, system, **values):
    return client.post(reverse("service-line-new", args=[system.pk]), {"name": "Cardiology", **values})


def change(client, line, **values):
    return client.post(reverse("service-line-edit", args=[line.pk]), {"name": "Oncology 2", **values})


def test_service_line_is_added_with_its_sites(lead_client, system):
    site = factories.make_site(system)
    assert add(lead_client, system, sites=[site.pk])["Location"] == reverse("health-system", args=[system.pk])
    line = system.service_lines.get()
    assert (line.name, line.code, list(line.sites.all())) == ("Cardiology", "cardiology", [site])
    assert AuditEvent.objects.get().verb == "service_line.added"


BAD = [
    ({"name": ""}, "name"),
    ({"name": "x" * 161}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"name": "\u200b"}, "name"),
    ({"sites": ["nonsense"]}, "sites"),
    ({"sites": ["\x00"]}, "sites"),
    ({"sites": ["00000000-0000-4000-8000-000000000000"]}, "sites"),
]


@pytest.mark.parametrize(("values", "field"), BAD)
def test_bad_service_line_is_refused(lead_client, system, values, field):
    assert list(add(lead_client, system, **values).context["form"].errors) == [field]
    assert system.service_lines.count() == 0


@pytest.mark.parametrize(("values", "field"), BAD)
def test_bad_change_is_refused_under_the_old_name(lead_client, line, values, field):
    response = change(lead_client, line, **values)
    assert list(response.context["form"].errors) == [field]
    assert "Change Oncology" in response.content.decode()


def test_site_of_another_system_cannot_be_chosen(lead_client, system, organisation):
    elsewhere = factories.make_site(factories.make_health_system(organisation))
    assert list(add(lead_client, system, sites=[elsewhere.pk]).context["form"].errors) == ["sites"]


@pytest.mark.parametrize("name", ["Oncology", "ONCOLOGY"])
def test_name_that_is_taken_is_refused(lead_client, system, line, name):
    response = add(lead_client, system, name=name)
    assert response.context["form"].errors == {"name": ["This health system has a service line with this name already."]}


def test_change_to_a_name_that_is_taken_is_refused(lead_client, system, line):
    factories.make_service_line(system, "Oncology 2")
    assert list(change(lead_client, line).context["form"].errors) == ["name"]


def test_service_line_is_changed_and_keeps_its_code(lead_client, system, line):
    line.sites.add(factories.make_site(system))
    change(lead_client, line)
    line.refresh_from_db()
    assert (line.name, line.code, line.sites.count()) == ("Oncology 2", "oncology", 0)
    assert AuditEvent.objects.get().verb == "service_line.changed"


def test_form_shows_the_sites_it_has(lead_client, system, line):
    site = factories.make_site(system)
    line.sites.add(site)
    assert lead_client.get(reverse("service-line-edit", args=[line.pk])).context["form"].initial["sites"] == [site]


def test_form_costs_the_same_for_1_and_30_sites(lead_client, system, line, django_assert_num_queries):
    url = reverse("service-line-edit", args=[line.pk])
    factories.make_site(system)
    with django_assert_num_queries(7):
        lead_client.get(url)
    for _number in range(30):
        factories.make_site(system)
    with django_assert_num_queries(7):
        lead_client.get(url)


def delete(client, line):
    return client.post(reverse("service-line-delete", args=[line.pk]), follow=True).content.decode()


def test_service_line_is_deleted(lead_client, line):
    assert "Oncology is deleted" in delete(lead_client, line)
    assert ServiceLine.objects.count() == 0


@pytest.mark.parametrize("use", ["assessment", "interview"])
def test_service_line_of_an_assessment_stays(lead_client, organisation, system, line, use):
    assessment = factories.make_assessment(organisation, health_system=system)
    if use == "assessment":
        assessment.service_lines.add(line)
    else:
        factories.make_interview(assessment, service_line=line)
    assert "Oncology is part of an assessment, so it stays." in delete(lead_client, line)
    assert ServiceLine.objects.filter(pk=line.pk).exists()
    assert not AuditEvent.objects.filter(verb="service_line.deleted").exists()
