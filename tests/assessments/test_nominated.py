import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.nominated import PERSON, ROLE, SERVICE, Listed, Mention, grouped, key_of, service_code

NOTHING = Listed()


def services(*words, listed=NOTHING):
    return grouped([Mention(SERVICE, text, by) for by, text in enumerate(words)], listed)


@pytest.mark.parametrize("other", ["infusion center", "  Infusion   CENTER ", "Infusion-Center", "Infusion Center"])
def test_other_spelling_is_the_same_service(other):
    found = services("Infusion Center", other)
    assert [(group.people, group.code) for group in found] == [(2, "infusion-center")]


def test_commonest_spelling_stands_for_all():
    assert services("INFUSION", "Infusion", "Infusion")[0].words == "Infusion"


def test_same_person_counts_once():
    twice = [Mention(SERVICE, "Pharmacy", "p1"), Mention(SERVICE, "pharmacy", "p1")]
    assert [(group.people, group.is_finding) for group in grouped(twice, NOTHING)] == [(1, False)]


def test_two_people_make_a_finding_of_what_nobody_listed():
    assert [group.is_finding for group in services("Pharmacy", "pharmacy")] == [True]


@pytest.mark.parametrize("listed", [Listed(services=["PHARMACY"]), Listed(titles=["Head of pharmacy, night"])])
def test_listed_service_is_no_finding(listed):
    assert [(group.listed, group.is_finding) for group in services("Pharmacy", "pharmacy", listed=listed)] == [(True, False)]


def test_part_of_a_word_in_a_title_does_not_list_a_service():
    assert not services("ICU", listed=Listed(titles=["Head of PICU"]))[0].listed


@pytest.mark.parametrize(("listed", "is_finding"), [(NOTHING, True), (Listed(roles=["clinician"]), False)])
def test_role_is_a_finding_unless_somebody_takes_part_in_it(listed, is_finding):
    group = grouped([Mention(ROLE, "clinician", 1), Mention(ROLE, "clinician", 2)], listed)[0]
    assert (group.code, group.is_finding) == ("clinician", is_finding)


def test_named_person_never_becomes_a_finding():
    people = [Mention(PERSON, "Dana Reyes (fictional)", by) for by in range(5)]
    assert [(group.people, group.code, group.is_finding) for group in grouped(people, NOTHING)] == [(5, "", False)]


def test_person_who_takes_part_is_listed():
    person = [Mention(PERSON, "dana reyes", 1)]
    assert grouped(person, Listed(people=["Dana Reyes"]))[0].listed


def test_order_is_kind_then_number_then_name_whoever_came_first():
    mentions = [
        Mention(PERSON, "B", 1),
        Mention(SERVICE, "z", 1),
        Mention(SERVICE, "a", 2),
        Mention(SERVICE, "Z", 3),
        Mention(ROLE, "clinician", 1),
    ]
    assert [group.words for group in grouped(mentions, NOTHING)] == ["clinician", "Z", "a", "B"]
    assert grouped(mentions[::-1], NOTHING) == grouped(mentions, NOTHING)


@pytest.mark.parametrize("words", ["Fußambulanz", "薬局", "???", "x" * 120, "Café", "naïve " * 20])
def test_code_of_any_service_fits_and_is_stable(words):
    code = service_code(words)
    assert 0 < len(code) <= 60
    assert code == service_code(f" {words.upper().lower()}  ")


@given(st.text(max_size=120), st.text(max_size=120))
def test_two_services_share_a_code_only_if_they_are_the_same(one, other):
    assert (service_code(one) == service_code(other)) == (key_of(one) == key_of(other))
