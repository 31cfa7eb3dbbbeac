import pytest

from assessments.models import ClimateAnswer
from assessments.services.answers import InterviewClosedError
from assessments.services.climate import own_climate, save_climate, statements_for, was_handed_in
from assessments.services.interviews import decline_interview, reopen_interview, submit_interview
from assessments.services.lifecycle import close_assessment
from assessments.services.people import withdraw_interview
from assessments.shown.climate import climate_shown
from tests import factories
from tests.assessments.climates import STATEMENTS, hand_in, make_asking, make_climate_version, places, seat


@pytest.fixture
def asking(organisation):
    return make_asking(organisation)


@pytest.fixture
def person(asking):
    return seat(asking)


def figures(assessment):
    """What is shown: by statement and unit, how many chose each point."""
    return {(shown.statement.code, unit.unit): unit.tally.counts for shown in climate_shown(assessment) for unit in shown.units}


def stored():
    return sorted(ClimateAnswer.objects.values_list("item_code", "agreement", "site__name", "day", "interview"), key=str)


def test_roles_that_the_bank_names_are_asked(asking, person):
    assert [statement.code for statement in statements_for(person)] == list(STATEMENTS)
    assert statements_for(factories.make_interview(asking, "executive_sponsor", state="opened")) == ()


def test_statement_has_its_words_and_its_scale(person):
    statement = statements_for(person)[0]
    assert statement.text == "Is CLM-01 in place?"
    assert statement.steps == tuple(f"CLM-01 step {n}" for n in range(5))


def test_roles_that_live_with_it_are_asked_where_the_bank_names_none(organisation):
    version = factories.make_version(publish=False)
    factories.make_item(version, "CLM-01", [], part="climate")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    asked = [role for role in ("clinician", "finance_supply_chain") if statements_for(factories.make_interview(assessment, role))]
    assert asked == ["clinician"]


def test_other_type_of_product_asks_nothing(organisation):
    version = make_climate_version()
    product = factories.make_product(organisation, version=version, product_type="in_house_assay")
    asking = factories.make_assessment(organisation, product=product)
    assert statements_for(factories.make_interview(asking, "clinician")) == ()


def test_who_answers_for_a_colleague_is_not_asked(asking):
    assert statements_for(seat(asking, limited_to=["CHG-01"])) == ()


def test_save_keeps_what_is_chosen_and_replaces_it(person):
    save_climate(interview=person, agreements={"CLM-01": 0, "CLM-02": 4})
    save_climate(interview=person, agreements={"CLM-02": 3})
    assert own_climate(person) == {"CLM-02": 3}


@pytest.mark.parametrize("agreements", [{"LAB-01": 1}, {"CLM-01": 5}, {"CLM-01": -1}])
def test_save_refuses_what_no_page_sends(person, agreements):
    with pytest.raises(ValueError, match="not asked"):
        save_climate(interview=person, agreements=agreements)
    assert not ClimateAnswer.objects.exists()


def test_handing_in_erases_the_link_and_the_key(asking, person):
    save_climate(interview=person, agreements={"CLM-01": 2})
    key = ClimateAnswer.objects.get().pk
    submit_interview(interview=person)
    assert stored() == [("CLM-01", 2, None, None, None)]
    assert ClimateAnswer.objects.get().pk != key
    assert own_climate(person) == {}


def test_waiting_answers_are_written_anew_when_the_next_person_hands_in(asking):
    hand_in(seat(asking), 0)
    before = ClimateAnswer.objects.get().pk
    hand_in(seat(asking), 4)
    assert not ClimateAnswer.objects.filter(pk=before).exists()
    assert sorted(row[1] for row in stored()) == [0, 4]


def test_who_said_what_leaves_no_trace_in_what_is_stored(organisation):
    def world(points):
        asking = make_asking(organisation)
        hub, _ = places(asking)
        for point in points:
            hand_in(seat(asking, hub), point, 4 - point)
        fields = ("item_code", "agreement", "site__name", "day", "interview")
        return sorted(asking.climate.values_list(*fields), key=str), figures(asking)

    # The first three are shown together, the fourth waits.
    assert world([0, 4, 2, 1]) == world([2, 0, 4, 1])


def test_reopened_interview_can_neither_change_nor_add(person):
    hand_in(person, 2)
    before = stored()
    reopened = reopen_interview(interview=person)
    assert was_handed_in(reopened)
    with pytest.raises(InterviewClosedError):
        save_climate(interview=reopened, agreements={"CLM-01": 4})
    submit_interview(interview=reopened)
    assert stored() == before


def test_nothing_shows_before_three_of_a_place(asking):
    hub, _ = places(asking)
    hand_in(seat(asking, hub), 0)
    hand_in(seat(asking, hub), 4)
    seat(asking, hub)
    assert figures(asking) == {}


def test_three_of_a_place_show_in_counts(asking):
    hub, _ = places(asking)
    for point in (0, 4, 4):
        hand_in(seat(asking, hub), point)
    assert figures(asking) == {("CLM-01", "Hub"): (1, 0, 0, 0, 2)}


def test_fourth_and_fifth_person_move_no_figure_the_sixth_does(asking):
    hub, _ = places(asking)
    people = [seat(asking, hub) for _ in range(7)]
    seen = []
    for person in people[:6]:
        hand_in(person, 2)
        seen.append(figures(asking).get(("CLM-01", "Hub"), (0, 0, 0, 0, 0))[2])
    assert seen == [0, 0, 3, 3, 3, 6]


def test_statement_left_open_by_one_of_three_stays_hidden(asking):
    hub, _ = places(asking)
    for points in ((1, 1), (1, 1), (1,)):
        hand_in(seat(asking, hub), *points)
    seat(asking, hub)
    assert figures(asking) == {("CLM-01", "Hub"): (0, 3, 0, 0, 0)}


def test_small_places_are_joined_once_nobody_can_come(asking):
    hub, north = places(asking)
    people = [seat(asking, hub), seat(asking, hub), seat(asking, north)]
    for person, point in zip(people, (0, 1, 2), strict=True):
        hand_in(person, point)
    assert figures(asking) == {("CLM-01", ""): (1, 1, 1, 0, 0)}


@pytest.mark.parametrize("leave", [withdraw_interview, decline_interview])
def test_small_place_is_joined_when_the_last_who_could_answer_leaves(asking, leave):
    hub, north = places(asking)
    last = seat(asking, hub)
    for site, point in ((hub, 0), (hub, 1), (north, 2)):
        hand_in(seat(asking, site), point)
    assert figures(asking) == {}
    leave(interview=last)
    assert figures(asking) == {("CLM-01", ""): (1, 1, 1, 0, 0)}


def test_reopened_interview_keeps_no_small_place_waiting(asking):
    hub, north = places(asking)
    first = hand_in(seat(asking, hub), 0)
    reopen_interview(interview=first)
    for site, point in ((hub, 1), (north, 2)):
        hand_in(seat(asking, site), point)
    assert figures(asking) == {("CLM-01", ""): (1, 1, 1, 0, 0)}


def test_closing_joins_what_still_waits(asking):
    hub, north = places(asking)
    for site in (hub, hub, north, north):
        seat(asking, site)
    for site in (hub, hub, north):
        hand_in(seat(asking, site), 3)
    assert figures(asking) == {}
    close_assessment(assessment=asking)
    assert figures(asking) == {("CLM-01", ""): (0, 0, 0, 3, 0)}


def test_fewer_than_three_in_all_never_show(asking):
    for point in (0, 4):
        hand_in(seat(asking), point)
    close_assessment(assessment=asking)
    assert figures(asking) == {}


def test_answers_not_handed_in_are_in_no_figure(asking):
    hub, _ = places(asking)
    for _ in range(3):
        hand_in(seat(asking, hub), 1)
    save_climate(interview=seat(asking, hub), agreements={"CLM-01": 4})
    assert figures(asking) == {("CLM-01", "Hub"): (0, 3, 0, 0, 0)}


def test_another_assessments_answers_stay_there(asking, organisation):
    hub, _ = places(asking)
    for _ in range(3):
        hand_in(seat(asking, hub), 1)
    assert climate_shown(make_asking(organisation)) == []


@pytest.mark.parametrize("number", [3, 30])
def test_reading_takes_a_fixed_number_of_queries(asking, django_assert_num_queries, number):
    for _ in range(number):
        hand_in(seat(asking), 1, 2)
    climate_shown(asking)
    with django_assert_num_queries(2):
        climate_shown(asking)
