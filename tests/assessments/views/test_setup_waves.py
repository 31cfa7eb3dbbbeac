import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.places import WaveDraft, save_waves
from tests.assessments.setups import make_draft


@pytest.fixture
def draft(lead):
    return make_draft(lead)


@pytest.fixture
def hub(draft):
    return draft.sites.get(name="Hub")


def url(assessment):
    return reverse("setup-waves", args=[assessment.pk])


def rows(*waves, initial=0, version=1, **more):
    """The rows of the page: each wave is a mapping of its fields."""
    data = {"wave-TOTAL_FORMS": len(waves), "wave-INITIAL_FORMS": initial, "version": version, **more}
    return data | {f"wave-{n}-{name}": value for n, wave in enumerate(waves) for name, value in wave.items()}


def one(hub, **fields):
    return {"title": "First", "stage": "pilot", "position": 1, "sites": [hub.pk], **fields}


def test_wave_is_saved_and_leads_to_the_dates(lead_client, draft, hub):
    response = lead_client.post(url(draft), rows(one(hub), {"stage": "wave"}))
    wave = draft.waves.get()
    assert response.url == reverse("setup-step", args=[draft.pk, "dates"])
    assert (wave.title, wave.stage, list(wave.sites.all())) == ("First", "pilot", [hub])


def test_saving_to_add_another_stays_here(lead_client, draft, hub):
    assert lead_client.post(url(draft), rows(one(hub), go="stay")).url == url(draft)


def test_no_wave_at_all_is_allowed(lead_client, draft):
    assert lead_client.post(url(draft), rows({"stage": "wave"})).status_code == 302


def test_wave_is_removed(lead_client, draft, hub):
    save_waves(assessment=draft, waves=[WaveDraft("First", [hub])])
    lead_client.post(url(draft), rows(one(hub, code="first", DELETE="on"), initial=1, version=2))
    assert draft.waves.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"stage": "someday"}, "stage"),
        ({"position": "0"}, "position"),
        ({"position": "9" * 40}, "position"),
        ({"sites": []}, "sites"),
        ({"sites": ["nonsense"]}, "sites"),
        ({"code": "not a slug"}, "code"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_saved(lead_client, draft, hub, changes, field):
    response = lead_client.post(url(draft), rows(one(hub, **changes)))
    assert (response.status_code, field in response.context["form"].waves.forms[0].errors) == (200, True)
    assert "Not saved yet" in response.content.decode()
    assert draft.waves.count() == 0


@pytest.mark.parametrize(
    "data", [{}, {"wave-TOTAL_FORMS": "x", "version": 1}, {"wave-TOTAL_FORMS": "1000", "wave-INITIAL_FORMS": "0", "version": 1}]
)
def test_broken_rows_are_refused(lead_client, draft, data):
    response = lead_client.post(url(draft), data)
    assert (response.status_code, draft.waves.count()) == (200, 0)


def test_second_of_two_editors_sees_what_is_saved(lead_client, draft, hub):
    save_waves(assessment=draft, waves=[WaveDraft("Theirs", [hub], "enterprise")])
    response = lead_client.post(url(draft), rows(one(hub, title="Mine")))
    page = response.content.decode()
    assert (response.status_code, [w.title for w in draft.waves.all()]) == (409, ["Theirs"])
    assert "Theirs (enterprise): Hub" in page
    assert 'value="Mine"' in page


def test_without_sites_the_page_says_to_choose_them(lead_client, draft):
    draft.sites.clear()
    assert "Choose sites first" in lead_client.get(url(draft)).content.decode()


def test_looking_changes_nothing(lead_client, draft):
    lead_client.get(url(draft))
    assert Assessment.objects.get(pk=draft.pk).version == 1


@pytest.mark.parametrize("number", [1, 20])
def test_page_takes_a_fixed_number_of_queries(lead_client, draft, hub, django_assert_num_queries, number):
    save_waves(assessment=draft, waves=[WaveDraft(f"Wave {n}", [hub]) for n in range(number)])
    with django_assert_num_queries(9):
        lead_client.get(url(draft))
