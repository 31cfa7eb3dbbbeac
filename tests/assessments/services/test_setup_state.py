"""How far a set-up is, what is missing in words, and where each missing thing is mended."""

import pytest
from django.urls import resolve

from assessments.services.people import add_person
from assessments.services.setup_state import PATH_STEPS, TITLES, WORDS, in_words, missing_things, setup_facts, shown_steps, step_url
from assessments.setup_steps import ORDER, Facts, Missing, Step, what_is_missing
from tests import factories
from tests.assessments.setups import a_person, add_three, make_asked, make_draft

EVERYTHING = Facts(*[True] * len(Facts._fields))


@pytest.fixture
def draft(lead):
    return make_draft(lead)


def found(assessment):
    return {thing.code: thing.roles for thing in missing_things(assessment, setup_facts(assessment)) if thing.roles}


def test_draft_without_people_has_everything_but_them_waves_and_the_question_to_the_host(draft):
    assert setup_facts(draft) == EVERYTHING._replace(people=False, waves=False, asked=False)


def test_bare_draft_has_nothing(draft):
    draft.promise.delete()
    draft.sites.clear()
    draft.service_lines.clear()
    draft.contract_date = draft.promised_go_live = draft.host = None
    assert setup_facts(draft) == Facts()


def test_named_people_a_wave_and_the_question_to_the_host_are_facts(lead):
    asked = make_asked(lead)
    asked.waves.create(title="First wave", code="first")
    assert setup_facts(asked) == EVERYTHING


def test_people_who_were_withdrawn_are_nobody(draft):
    factories.make_interview(draft, state="withdrawn")
    assert not setup_facts(draft).people


def test_facts_of_another_assessment_say_nothing_here(draft, lead):
    make_asked(lead)
    assert (setup_facts(draft).people, setup_facts(draft).asked) == (False, False)


@pytest.mark.parametrize("count", [1, 30])
def test_facts_take_one_query(draft, count, django_assert_num_queries):
    for _number in range(count):
        factories.make_interview(draft)
    with django_assert_num_queries(1):
        setup_facts(draft)


@pytest.mark.parametrize("step", ORDER)
def test_step_has_a_page_of_this_assessment(draft, step):
    page = resolve(step_url(draft, step))
    assert page.url_name == PATH_STEPS.get(step, "setup-step")
    assert draft.pk in page.kwargs.values()
    assert page.kwargs.get("step", step) == step


def test_steps_are_shown_in_order_with_the_current_one_marked(draft):
    steps = shown_steps(draft, Facts(promise=True), Step.SITES)
    assert [shown.step for shown in steps] == list(ORDER)
    assert [shown.step for shown in steps if shown.done] == [Step.PROMISE, Step.PRODUCT]
    assert [shown.step for shown in steps if shown.current] == [Step.SITES]
    assert [shown.title for shown in steps] == [str(TITLES[step]) for step in ORDER]


def test_roles_that_must_answer_and_that_nobody_is_named_for_are_silent(draft):
    assert found(draft) == {"silent_role": ("clinician", "it_integration_lead", "lab_director")}
    add_person(assessment=draft, person=a_person(1, "lab_director"))
    assert found(draft) == {"silent_role": ("clinician", "it_integration_lead")}


def test_nothing_is_silent_once_everybody_who_must_answer_is_named(draft):
    add_three(draft)
    assert found(draft) == {}


def test_clinician_is_not_missed_where_no_service_line_is_affected_and_nothing_is_asked_of_one(draft):
    draft.left_out_domains = ["CHG"]
    assert "clinician" in found(draft)["silent_role"]
    draft.service_lines.clear()
    assert "clinician" not in found(draft)["silent_role"]


def test_person_whose_role_is_asked_nothing_is_idle(draft):
    add_three(draft)
    add_person(assessment=draft, person=a_person(4, "finance_supply_chain"))
    assert found(draft) == {"idle_role": ("finance_supply_chain",)}


def test_clinician_is_never_idle_because_everyone_of_them_says_where_they_stand(draft):
    add_three(draft)
    draft.left_out_domains = ["CHG"]
    assert found(draft) == {}


def test_missing_things_take_a_fixed_number_of_queries_whoever_is_named(lead, django_assert_max_num_queries):
    asked = make_asked(lead)
    factories.make_scope(asked)
    type(asked).objects.filter(pk=asked.pk).update(state="open")
    asked.refresh_from_db()
    facts = setup_facts(asked)
    with django_assert_max_num_queries(3):
        missing_things(asked, facts)


def test_everything_that_can_be_missing_has_words_and_the_page_that_mends_it(draft):
    everything = what_is_missing(Facts(), silent_roles=["clinician"], idle_roles=["lab_director"])
    shown = in_words(draft, everything)
    assert {thing.code for thing in everything} == set(WORDS)
    assert [(one.url, one.blocks) for one in shown] == [(step_url(draft, thing.step), thing.blocks) for thing in everything]


def test_missing_roles_are_named_in_words(draft):
    thing = Missing("silent_role", Step.PEOPLE, False, ("clinician", "lab_director"))
    (shown,) = in_words(draft, [thing])
    assert shown.text.endswith("their gates will stay unknown: Clinician, Laboratory.")
