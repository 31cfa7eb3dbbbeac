import pytest

from assessments.services.people import add_person
from assessments.services.places import PlaceInUseError, Places, WaveDraft, save_places, save_waves
from assessments.services.setup import EditedMeanwhileError, NotInThisStateError
from stakeholders.models import Hospital
from tests import factories
from tests.assessments.setups import a_person, make_approved, make_draft


@pytest.fixture
def draft(lead):
    return make_draft(lead)


@pytest.fixture
def hospital(db):
    return Hospital.objects.create(ccn="01T030", name="MERCY HOSPITAL", city="TROY", state="IL")


def places(draft, **fields):
    return Places(**{"sites": list(draft.sites.all()), "service_lines": list(draft.service_lines.all()), **fields})


def names(rows):
    return [row.name for row in rows.order_by("name")]


def test_hospital_of_the_cms_list_becomes_a_site_once(draft, hospital):
    save_places(assessment=draft, places=places(draft, hospitals=[hospital]))
    save_places(assessment=draft, places=places(draft, hospitals=[hospital]))
    assert names(draft.health_system.sites) == ["Hub", "MERCY HOSPITAL", "North Pass"]
    assert draft.sites.get(hospital=hospital).city == "TROY"


def test_name_that_is_known_in_another_case_is_taken(draft):
    save_places(assessment=draft, places=places(draft, sites=[], new_sites=["north pass"], new_service_lines=["ONCOLOGY", "Cardiology"]))
    assert (names(draft.sites), names(draft.service_lines)) == (["North Pass"], ["Cardiology", "Oncology"])


def test_site_that_leaves_also_leaves_the_waves(draft):
    hub, north = draft.sites.order_by("name")
    save_waves(assessment=draft, waves=[WaveDraft("All", [hub, north])])
    save_places(assessment=draft, places=places(draft, sites=[hub]))
    assert names(draft.waves.get().sites) == ["Hub"]


def test_site_of_people_cannot_leave(draft):
    hub, north = draft.sites.order_by("name")
    add_person(assessment=draft, person=a_person(site=north))
    with pytest.raises(PlaceInUseError, match="North Pass"):
        save_places(assessment=draft, places=places(draft, sites=[hub]))
    assert draft.sites.count() == 2


def test_service_line_of_people_cannot_leave(draft):
    add_person(assessment=draft, person=a_person(service_line=draft.service_lines.get()))
    with pytest.raises(PlaceInUseError, match="Oncology"):
        save_places(assessment=draft, places=places(draft, service_lines=[]))


def test_site_of_another_health_system_is_refused(draft):
    foreign = factories.make_site(factories.make_health_system(draft.organisation))
    with pytest.raises(ValueError, match="another health system"):
        save_places(assessment=draft, places=places(draft, sites=[foreign]))


def test_places_stay_after_approval(lead):
    assessment = make_approved(lead)
    with pytest.raises(NotInThisStateError):
        save_places(assessment=assessment, places=places(assessment))


def test_waves_come_in_the_order_of_their_positions(draft):
    hub, north = draft.sites.order_by("name")
    save_waves(assessment=draft, waves=[WaveDraft("Second", [north], position=9), WaveDraft("First", [hub], "pilot", position=1)])
    assert [(w.title, w.code, w.stage, w.position) for w in draft.waves.all()] == [
        ("First", "first", "pilot", 0),
        ("Second", "second", "wave", 1),
    ]


def test_wave_keeps_its_row_while_its_code_stays(draft):
    (wave,) = save_waves(assessment=draft, waves=[WaveDraft("One", [draft.sites.first()])])
    save_waves(assessment=draft, waves=[WaveDraft("Renamed", [draft.sites.first()], code="one")])
    assert list(draft.waves.values_list("pk", "title")) == [(wave.pk, "Renamed")]


def test_waves_of_the_same_title_get_codes_of_their_own(draft):
    save_waves(assessment=draft, waves=[WaveDraft("One", [draft.sites.first()]), WaveDraft("One", [draft.sites.last()])])
    assert [w.code for w in draft.waves.all()] == ["one", "one-2"]


def test_wave_with_a_foreign_site_is_refused(draft):
    foreign = factories.make_site(draft.health_system, "Not chosen")
    with pytest.raises(ValueError, match="does not have"):
        save_waves(assessment=draft, waves=[WaveDraft("One", [foreign])])


def test_waves_seen_in_another_version_are_refused(draft):
    with pytest.raises(EditedMeanwhileError):
        save_waves(assessment=draft, waves=[], seen=9)


def test_waves_that_move_after_opening_are_scored_again(assessment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save_waves(assessment=assessment, waves=[WaveDraft("One", [assessment.sites.first()])])
    assert assessment.snapshots.get().reason == "scope"


def test_waves_of_a_draft_are_not_scored(draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save_waves(assessment=draft, waves=[WaveDraft("One", [draft.sites.first()])])
    assert draft.snapshots.count() == 0
