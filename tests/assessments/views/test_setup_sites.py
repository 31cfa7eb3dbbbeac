import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.people import add_person
from stakeholders.models import Hospital
from tests.assessments.setups import a_person, make_approved, make_draft


@pytest.fixture
def draft(lead):
    return make_draft(lead)


@pytest.fixture
def mercy(db):
    return Hospital.objects.create(ccn="01T030", name="MERCY HOSPITAL", city="TROY", state="IL")


def url(assessment, query=""):
    return reverse("setup-sites", args=[assessment.pk]) + query


def post(client, draft, **data):
    keys = {"sites": [s.pk for s in draft.sites.all()], "service_lines": [s.pk for s in draft.service_lines.all()], "version": 1}
    return client.post(url(draft), {**keys, **data})


def site_names(draft):
    return sorted(draft.sites.values_list("name", flat=True))


def test_saving_leads_to_the_waves(lead_client, draft):
    assert post(lead_client, draft).url == reverse("setup-waves", args=[draft.pk])


def test_hospital_is_found_by_every_word(lead_client, draft, mercy):
    Hospital.objects.create(ccn="140002", name="MERCY CLINIC", city="ALTON", state="IL")
    page = lead_client.get(url(draft, "?q=mercy+troy"))
    assert [h.ccn for h in page.context["hospitals"]] == ["01T030"]


def test_htmx_gets_the_part_alone(lead_client, draft, mercy):
    page = lead_client.get(url(draft, "?q=01T030"), headers={"HX-Request": "true"}).content.decode()
    assert "MERCY HOSPITAL" in page
    assert "<html" not in page


def test_finding_saves_what_is_ticked(lead_client, draft, mercy):
    keep = draft.sites.get(name="Hub")
    response = post(lead_client, draft, sites=[keep.pk], q="mercy", go="find")
    assert (response.url, site_names(draft)) == (url(draft, "?q=mercy#hospitals"), ["Hub"])


def test_ticked_hospital_and_typed_names_are_added(lead_client, draft, mercy):
    post(lead_client, draft, hospitals=["01T030"], new_site="Clinic 世界", new_service_line="Cardiology")
    assert site_names(draft) == ["Clinic 世界", "Hub", "MERCY HOSPITAL", "North Pass"]
    assert sorted(draft.service_lines.values_list("name", flat=True)) == ["Cardiology", "Oncology"]


def test_hospital_that_is_a_site_is_not_offered_again(lead_client, draft, mercy):
    post(lead_client, draft, hospitals=["01T030"])
    assert lead_client.get(url(draft, "?q=mercy")).context["hospitals"] == []


def test_empty_list_of_hospitals_is_said(lead_client, draft):
    assert "not loaded on this installation" in lead_client.get(url(draft, "?q=mercy")).content.decode()


def test_search_without_a_hit_says_what_to_do(lead_client, draft, mercy):
    assert "Try fewer words" in lead_client.get(url(draft, "?q=%3Cb%3Ezebra")).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"sites": ["nonsense"]}, "sites"),
        ({"sites": ["11111111-1111-1111-1111-111111111111"]}, "sites"),
        ({"hospitals": ["999999"]}, "hospitals"),
        ({"new_site": "a\x00b"}, "new_site"),
        ({"new_site": "x" * 161}, "new_site"),
        ({"new_service_line": "\x00"}, "new_service_line"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_saved(lead_client, draft, data, field):
    response = post(lead_client, draft, **data)
    draft.refresh_from_db()
    assert (response.status_code, field in response.context["form"].errors, draft.version) == (200, True, 1)


def test_ticks_are_kept_with_an_error(lead_client, draft):
    keep = draft.sites.get(name="North Pass")
    page = post(lead_client, draft, sites=[keep.pk], new_site="x" * 161).content.decode()
    assert f'value="{keep.pk}" checked' in page
    assert f'value="{draft.sites.get(name="Hub").pk}" checked' not in page


def test_site_with_people_cannot_be_unticked(lead_client, draft):
    add_person(assessment=draft, person=a_person(site=draft.sites.get(name="Hub")))
    response = post(lead_client, draft, sites=[draft.sites.get(name="North Pass").pk])
    assert "People are at Hub. Move or withdraw them first." in response.content.decode()
    assert site_names(draft) == ["Hub", "North Pass"]


def test_second_of_two_editors_sees_both_lists(lead_client, draft):
    Assessment.objects.filter(pk=draft.pk).update(version=4)
    response = post(lead_client, draft, sites=[draft.sites.get(name="Hub").pk])
    assert response.status_code == 409
    assert "<td>Hub</td><td>Hub, North Pass</td>" in response.content.decode()


def test_sites_are_locked_after_approval(lead_client, lead):
    assessment = make_approved(lead)
    assert "so it can no longer be changed here" in lead_client.get(url(assessment)).content.decode()


def test_site_of_another_organisation_cannot_be_chosen(lead_client, draft, outsider):
    foreign = make_draft(outsider).sites.first()
    assert "sites" in post(lead_client, draft, sites=[foreign.pk]).context["form"].errors


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, draft, django_assert_num_queries, number):
    from tests import factories

    for _ in range(number):
        draft.sites.add(factories.make_site(draft.health_system))
    with django_assert_num_queries(10):
        lead_client.get(url(draft))
