import pytest
from django.urls import reverse

from stakeholders.models import AuditEvent, Hospital, Site
from tests import factories

HTMX = {"HX-Request": "true"}


@pytest.fixture
def system(organisation):
    return factories.make_health_system(organisation, name="Tessaly Valley Health", state="IL")


@pytest.fixture
def hospitals(db):
    rows = [
        ("140148", "MEMORIAL MEDICAL CENTER", "SPRINGFIELD", "IL"),
        ("380020", "MCKENZIE-WILLAMETTE MEDICAL CENTER", "SPRINGFIELD", "OR"),
        ("05031F", "PALO ALTO VA MEDICAL CENTER", "PALO ALTO", "CA"),
        ("150005", "LA PORTE HOSPITAL", "LA PORTE", "IN"),
        ("140001", "MEMORIAL MEDICAL CENTER", "CHESTER", "IL"),
    ]
    return [Hospital.objects.create(ccn=ccn, name=name, city=city, state=state) for ccn, name, city, state in rows]


def find(client, system, words, **headers):
    return client.get(reverse("site-find", args=[system.pk]), {"q": words}, headers=headers)


def found(response):
    return [hospital.ccn for hospital, _taken in response.context["hospitals"]]


@pytest.mark.parametrize(
    ("words", "ccns"),
    [
        ("memorial", ["140001", "140148"]),
        ("springfield il", ["140148"]),
        ("Springfield", ["380020", "140148"]),
        ("05031f", ["05031F"]),
        ("1401", ["140148"]),
        ("ca", ["05031F"]),
        ("la porte", ["150005"]),
        ("center  medical   or", ["380020"]),
        ("", []),
        ("nothing", []),
        ("%", []),
        ("慶應", []),
    ],
)
def test_hospital_is_found_by_name_city_state_and_ccn(lead_client, system, hospitals, words, ccns):
    assert found(find(lead_client, system, words)) == ccns


def test_search_shows_at_most_25(lead_client, system):
    Hospital.objects.bulk_create(Hospital(ccn=f"{n:06}", name="MERCY", city="X", state="IL") for n in range(40))
    response = find(lead_client, system, "mercy")
    assert len(found(response)) == 25
    assert "The first 25 hospitals" in response.content.decode()


def test_search_costs_the_same_for_1_and_30_hospitals(lead_client, system, hospitals, django_assert_num_queries):
    with django_assert_num_queries(7):
        find(lead_client, system, "porte")
    Hospital.objects.bulk_create(Hospital(ccn=f"{n:06}", name="PORTE", city="X", state="IL") for n in range(30))
    with django_assert_num_queries(7):
        find(lead_client, system, "porte")


def test_live_search_gets_only_the_list(lead_client, system, hospitals):
    part = find(lead_client, system, "porte", **HTMX).content.decode()
    assert "LA PORTE HOSPITAL" in part
    assert "<html" not in part


def test_whole_page_works_without_a_script(lead_client, system, hospitals):
    page = find(lead_client, system, "porte").content.decode()
    assert "LA PORTE HOSPITAL" in page
    assert '<form class="filters" method="get"' in page


@pytest.mark.parametrize("words", ["x" * 100_000, "a " * 500, "\ud83d\ude00", "' OR 1=1 --"])
def test_odd_search_finds_nothing_and_does_not_fail(lead_client, system, hospitals, words):
    assert found(find(lead_client, system, words.encode("utf-8", "replace").decode())) == []


def test_search_with_nul_is_refused(lead_client, system):
    assert lead_client.get(reverse("site-find", args=[system.pk]) + "?q=%00").status_code == 400


def take(client, system, ccn):
    return client.post(reverse("site-add-hospital", args=[system.pk]), {"ccn": ccn}, follow=True)


def test_hospital_becomes_a_site(lead_client, system, hospitals):
    take(lead_client, system, "150005")
    site = system.sites.get()
    assert (site.name, site.city, site.state, site.hospital_id) == ("LA PORTE HOSPITAL", "LA PORTE", "IN", "150005")
    assert (site.code, site.time_zone) == ("la-porte-hospital", "America/Indiana/Indianapolis")
    assert AuditEvent.objects.get().verb == "site.added"


def test_site_in_the_systems_own_zone_carries_none(lead_client, system, hospitals):
    take(lead_client, system, "140148")
    assert system.sites.get().time_zone == ""


def test_hospital_is_added_once(lead_client, system, hospitals):
    take(lead_client, system, "150005")
    assert "is a site of this health system already" in take(lead_client, system, "150005").content.decode()
    assert system.sites.count() == 1


def test_added_hospital_is_marked_in_the_search(lead_client, system, hospitals):
    take(lead_client, system, "150005")
    assert find(lead_client, system, "porte").context["hospitals"] == [(hospitals[3], True)]


def test_two_hospitals_of_one_name_are_told_apart_by_city(lead_client, system, hospitals):
    take(lead_client, system, "140148")
    take(lead_client, system, "140001")
    assert sorted(system.sites.values_list("name", flat=True)) == ["MEMORIAL MEDICAL CENTER", "MEMORIAL MEDICAL CENTER, CHESTER"]


def test_three_hospitals_of_one_name_are_told_apart_by_ccn(lead_client, system, hospitals):
    factories.make_site(system, "MEMORIAL MEDICAL CENTER")
    factories.make_site(system, "MEMORIAL MEDICAL CENTER, CHESTER")
    take(lead_client, system, "140001")
    assert system.sites.filter(name="MEMORIAL MEDICAL CENTER 140001").exists()


def test_two_vendors_may_have_the_same_hospital(lead_client, system, hospitals, outsider):
    theirs = factories.make_health_system(outsider.organisation)
    factories.make_site(theirs, "LA PORTE HOSPITAL", hospital=hospitals[3])
    take(lead_client, system, "150005")
    assert Site.objects.filter(hospital=hospitals[3]).count() == 2


@pytest.mark.parametrize("ccn", ["", "999999", "\x00", "1" * 5000, "慶"])
def test_hospital_that_is_not_in_the_list_is_refused(lead_client, system, ccn):
    assert "This hospital is not in the list" in take(lead_client, system, ccn).content.decode()
    assert system.sites.count() == 0


FIELDS = {"name": "Mercy Clinic", "city": "Springfield", "state": "IL", "beds": "12", "ehr": "Epic", "time_zone": ""}
BAD = [
    ({"name": ""}, "name"),
    ({"name": "x" * 161}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"city": "x" * 101}, "city"),
    ({"city": "a\x00b"}, "city"),
    ({"state": "ZZ"}, "state"),
    ({"beds": "-1"}, "beds"),
    ({"beds": "9" * 30}, "beds"),
    ({"beds": "NaN"}, "beds"),
    ({"ehr": "x" * 81}, "ehr"),
    ({"time_zone": "Moon"}, "time_zone"),
]


def type_in(client, system, **values):
    return client.post(reverse("site-new", args=[system.pk]), {**FIELDS, **values})


def test_site_is_typed_by_hand(lead_client, system):
    assert type_in(lead_client, system)["Location"] == reverse("health-system", args=[system.pk])
    site = system.sites.get()
    assert (site.name, site.city, site.state, site.beds, site.ehr, site.hospital) == ("Mercy Clinic", "Springfield", "IL", 12, "Epic", None)


def test_site_elsewhere_carries_its_own_zone(lead_client, system):
    type_in(lead_client, system, state="NY")
    assert system.sites.get().time_zone == "America/New_York"


@pytest.mark.parametrize(("values", "field"), BAD)
def test_bad_site_is_refused_and_kept_on_the_page(lead_client, system, values, field):
    response = type_in(lead_client, system, **values)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data[field] == values[field]
    assert system.sites.count() == 0


def test_site_name_that_is_taken_is_refused(lead_client, system):
    type_in(lead_client, system)
    response = type_in(lead_client, system)
    assert response.context["form"].errors == {"name": ["This health system has a site with this name already."]}


def test_sites_without_latin_letters_get_codes_of_their_own(lead_client, system):
    type_in(lead_client, system, name="北院")
    type_in(lead_client, system, name="南院")
    assert sorted(system.sites.values_list("code", flat=True)) == ["unnamed", "unnamed-2"]


def test_form_starts_in_the_systems_state(lead_client, system):
    assert lead_client.get(reverse("site-new", args=[system.pk])).context["form"].initial == {"state": "IL"}


@pytest.fixture
def site(system):
    return factories.make_site(system, "West Pass")


def change(client, site, **values):
    return client.post(reverse("site-edit", args=[site.pk]), {**FIELDS, **values})


def test_site_is_changed_and_keeps_its_code(lead_client, site):
    change(lead_client, site, name="West Pass 2")
    site.refresh_from_db()
    assert (site.name, site.code, site.beds) == ("West Pass 2", "west-pass", 12)
    assert AuditEvent.objects.get().verb == "site.changed"


@pytest.mark.parametrize(("values", "field"), BAD)
def test_bad_change_is_refused_under_the_old_name(lead_client, site, values, field):
    response = change(lead_client, site, **values)
    assert list(response.context["form"].errors) == [field]
    assert "Change West Pass" in response.content.decode()


def test_change_to_a_name_that_is_taken_is_refused(lead_client, site, system):
    factories.make_site(system, "Mercy Clinic")
    response = change(lead_client, site)
    assert list(response.context["form"].errors) == ["name"]
    assert "Change West Pass" in response.content.decode()


def delete(client, site):
    return client.post(reverse("site-delete", args=[site.pk]), follow=True).content.decode()


def test_site_is_deleted(lead_client, site):
    assert "West Pass is deleted" in delete(lead_client, site)
    assert Site.objects.count() == 0


@pytest.mark.parametrize("use", ["assessment", "wave", "interview"])
def test_site_of_an_assessment_stays(lead_client, organisation, system, site, use):
    assessment = factories.make_assessment(organisation, health_system=system)
    if use == "assessment":
        assessment.sites.add(site)
    elif use == "wave":
        assessment.waves.create(code="w", title="W").sites.add(site)
    else:
        factories.make_interview(assessment, site=site)
    assert "West Pass is part of an assessment, so it stays." in delete(lead_client, site)
    assert Site.objects.filter(pk=site.pk).exists()
    assert not AuditEvent.objects.filter(verb="site.deleted").exists()
