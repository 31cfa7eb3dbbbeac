from datetime import date

import pytest

from assessments.branching import Person, Steered
from assessments.models import Interview, Scope
from assessments.questionnaire import Question
from assessments.services.facts import NOTHING_KNOWN, facts_of, known_values, known_words, steering_now, ways_among, words_of
from assessments.services.facts import steered as steered_row
from assessments.services.own_answers import asked_now, own_answers
from assessments.services.visibility import HEALTH_SYSTEM, VENDOR
from tests import factories
from tests.assessments.branches import INTEGRATION, LABORATORY, NAVIGATOR, said, steered_version, submitted


@pytest.fixture
def steered(organisation):
    """An assessment with conditions and words to fill in."""
    return factories.make_open_assessment(organisation, version=steered_version())


def scope_key(assessment):
    return Scope.objects.current(assessment).pk


def codes(interview) -> list[str]:
    return [question.code for question in own_answers(interview).questions]


def opened(assessment, role, **answers):
    interview = factories.make_interview(assessment, role, state="in_progress")
    for code, value in answers.items():
        said(interview, code.replace("_", "-"), value)
    return interview


def test_facts_are_what_submitted_interviews_made_known(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "epic"})
    opened(steered, INTEGRATION, CTX_01="meditech")
    assert facts_of(scope_key(steered)).known == {"CTX-07": "epic"}


def test_unknown_makes_nothing_known(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "unknown"})
    assert facts_of(scope_key(steered)).known == {}


def test_answer_of_another_kind_than_the_item_is_makes_nothing_known(steered):
    submitted(steered, LABORATORY, {"LAB-01": "epic"})
    assert facts_of(scope_key(steered)).known == {}


@pytest.mark.parametrize("count", [1, 30])
def test_facts_take_one_query(steered, count, django_assert_num_queries):
    for _number in range(count):
        submitted(steered, NAVIGATOR, {"CTX-07": "epic"})
    key = scope_key(steered)
    facts_of(key)
    with django_assert_num_queries(1):
        facts_of(key)


def test_question_whose_condition_does_not_hold_is_not_asked(steered):
    person = opened(steered, NAVIGATOR)
    assert codes(person) == ["CTX-07", "INT-16"]
    said(person, "CTX-07", "none")
    assert codes(person) == ["CTX-07"]


def test_own_answer_counts_before_that_of_a_colleague(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    assert codes(opened(steered, NAVIGATOR)) == ["CTX-07"]
    assert codes(opened(steered, NAVIGATOR, CTX_07="epic")) == ["CTX-07", "INT-16"]


def test_own_unknown_leaves_what_a_colleague_knows(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    assert codes(opened(steered, NAVIGATOR, CTX_07="unknown")) == ["CTX-07"]


def test_answer_of_one_role_decides_what_another_is_asked(steered):
    assert "INT-16" in codes(opened(steered, INTEGRATION))
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    assert "INT-16" not in codes(opened(steered, INTEGRATION))


def test_hidden_answer_is_kept_and_comes_back(steered):
    person = opened(steered, NAVIGATOR, INT_16=3)
    portal = said(person, "CTX-07", "none")
    own = own_answers(person)
    assert (list(own.given), own.kept, own.progress.total) == (["CTX-07"], 1, 1)
    portal.choice = "epic"
    portal.save()
    own = own_answers(person)
    assert (sorted(own.given), own.kept, own.progress.total) == (["CTX-07", "INT-16"], 0, 2)


def test_what_hangs_on_a_hidden_answer_is_hidden_too(steered):
    person = opened(steered, LABORATORY, LAB_01=1, LAB_02=2)
    assert codes(person) == ["LAB-01", "LAB-02", "LAB-03"]
    person.answers.filter(item_code="LAB-01").update(level=3)
    assert codes(person) == ["LAB-01"]


def test_gate_is_asked_whatever_its_condition_says(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", [LABORATORY])
    factories.make_item(version, "LAB-02", [LABORATORY], gate=True, condition="LAB-01 at least 4")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    assert codes(opened(assessment, LABORATORY, LAB_01=0)) == ["LAB-01", "LAB-02"]


def test_section_that_becomes_empty_is_skipped(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "CTX-07", [NAVIGATOR], part="context", kind="choice")
    factories.make_item(version, "INT-16", [NAVIGATOR], condition="not(CTX-07 is none)")
    version.publish()
    person = opened(factories.make_open_assessment(organisation, version=version), NAVIGATOR, CTX_07="none")
    assert [section.code for section in own_answers(person).sections] == ["CTX"]


def test_known_record_is_named_in_a_question(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    texts = {q.code: q.text for q in own_answers(opened(steered, INTEGRATION)).questions}
    assert texts["INT-01"] == "How will results get into Epic?"


@pytest.mark.parametrize("value", ["none", "unknown", None])
def test_question_keeps_its_own_words_where_nothing_has_a_name(steered, value):
    person = opened(steered, INTEGRATION, **({"CTX_01": value} if value else {}))
    texts = {q.code: q.text for q in own_answers(person).questions}
    assert texts["INT-01"] == "How will results get into your health record?"


def test_own_answer_is_named_before_that_of_a_colleague(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    texts = {q.code: q.text for q in own_answers(opened(steered, INTEGRATION, CTX_01="meditech")).questions}
    assert texts["INT-01"] == "How will results get into MEDITECH?"


def test_answer_for_figures_only_steers_but_is_not_put_into_words(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"}, visibility_health_system="figures_only")
    key = scope_key(steered)
    facts = {viewer: facts_of(key, viewer) for viewer in (HEALTH_SYSTEM, VENDOR)}
    assert facts[HEALTH_SYSTEM].known == {"CTX-01": "epic"}
    assert facts[HEALTH_SYSTEM].words == {}
    assert facts[VENDOR].words == {"CTX-01": "Epic"}


def test_assessment_that_became_stricter_takes_the_words_away(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    steered.visibility_health_system = "figures_only"
    steered.save()
    assert facts_of(scope_key(steered)).words == {}


def test_asked_now_reads_what_own_answers_reads(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    for role in (NAVIGATOR, INTEGRATION, LABORATORY):
        person = opened(steered, role)
        assert [q.code for q in asked_now(person)] == codes(person)


def test_asked_now_costs_two_queries_more_where_something_steers(steered, django_assert_num_queries):
    person = Interview.objects.with_current_scope().get(pk=opened(steered, NAVIGATOR).pk)
    asked_now(person)
    with django_assert_num_queries(2):
        asked_now(person)


def test_what_can_steer_is_context_and_what_conditions_look_at(steered):
    steering = steering_now(scope_key(steered))
    assert steering.codes == ("CTX-01", "CTX-07", "LAB-01", "LAB-02")
    assert steering.context == {"CTX-01", "CTX-07"}
    assert steering.labels["CTX-07"]["epic"] == "Epic"
    assert steering.titles["LAB-01"] == "Title of LAB-01"


def test_scope_without_anything_that_steers_makes_nothing_known_and_reads_no_answers(assessment, django_assert_num_queries):
    key = scope_key(assessment)
    steering_now(key)
    with django_assert_num_queries(0):
        assert facts_of(key) == NOTHING_KNOWN


def test_condition_of_a_gate_steers_nobody(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-02", [LABORATORY], gate=True, condition="LAB-01 at least 4")
    version.publish()
    row = factories.make_open_assessment(organisation, version=version).scopes.get().items.get()
    assert steered_row(row).condition == ""


def test_words_cost_no_query_where_no_question_has_room_for_them(steered, django_assert_num_queries):
    plain_question = Question(code="X-1", domain="X", domain_title="X", kind="level", text="How far?")
    key = scope_key(steered)
    with django_assert_num_queries(0):
        assert known_words(key, [plain_question]) == {}


def test_words_name_what_a_question_has_room_for(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    roomy = Question(code="X-1", domain="X", domain_title="X", kind="level", text="Into {CTX-01|your record}?")
    assert known_words(scope_key(steered), [roomy]) == {"CTX-01": "Epic"}


def test_choice_that_names_nothing_has_no_words():
    assert words_of({"A": "none", "B": "epic", "C": 3}, {code: {"epic": "Epic", "none": "None"} for code in "ABC"}) == {"B": "Epic"}


def test_answers_are_known_by_their_value_and_a_date_as_it_is_written():
    rows = [
        {"item_code": "A", "kind": "level", "level": 0},
        {"item_code": "B", "kind": "date", "date": date(2026, 5, 3)},
        {"item_code": "C", "kind": "unknown"},
        {"item_code": "D", "kind": "yes_no", "yes_no": False},
    ]
    assert known_values(rows) == {"A": 0, "B": "2026-05-03", "D": False}


def test_person_without_answers_still_takes_part():
    seats = [Person("1", LABORATORY, None), Person("2", LABORATORY, None)]
    rows = [{"item_code": "A", "interview_id": "2", "kind": "level", "level": 3}]
    people, ways = ways_among([Steered("A", (LABORATORY,), LABORATORY, "", "level")], rows, seats)
    assert [person.answers for person in people] == [{}, {"A": 3}]
    assert ways.facts == {"A": 3}
