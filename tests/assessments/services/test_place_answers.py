"""What is known about a place, once as each person sees it: their own answer, else their site's last, else the last of all."""

from datetime import UTC, date, datetime

import pytest

from assessments.models import Answer
from assessments.services.place_answers import answers_about_place
from tests import factories
from tests.assessments.deeper_bank import IT, LAB, submitted

RECORD = {"CTX-01": IT}
BOTH = {"CTX-01": IT, "CTX-02": IT}


@pytest.fixture
def sites(assessment):
    return list(assessment.sites.all())


def handed_in(assessment, day, role=IT, **fields):
    """Return a function that hands in answers on a day of May."""
    answers = fields.pop("answers")
    return submitted(assessment, role, answers=answers, submitted_at=datetime(2026, 5, day, tzinfo=UTC), **fields)


def test_nothing_is_known_while_nobody_has_answered(assessment):
    assert answers_about_place(assessment, RECORD) == []


def test_answer_of_the_accountable_role_is_known(assessment):
    handed_in(assessment, 1, answers={"CTX-01": "epic"})
    assert answers_about_place(assessment, RECORD) == [{"CTX-01": "epic"}]


def test_answer_of_another_role_says_nothing(assessment):
    handed_in(assessment, 1, LAB, answers={"CTX-01": "epic"})
    assert answers_about_place(assessment, RECORD) == []


def test_answer_to_another_item_says_nothing(assessment):
    handed_in(assessment, 1, answers={"CTX-09": "epic"})
    assert answers_about_place(assessment, RECORD) == []


@pytest.mark.parametrize("state", ["opened", "in_progress", "declined", "withdrawn"])
def test_answer_that_was_not_handed_in_says_nothing(assessment, state):
    interview = handed_in(assessment, 1, answers={"CTX-01": "epic"})
    type(interview).objects.filter(pk=interview.pk).update(state=state)
    assert answers_about_place(assessment, RECORD) == []


@pytest.mark.parametrize("kind", ["unknown", "not_applicable"])
def test_answer_without_a_value_says_nothing(assessment, kind):
    interview = handed_in(assessment, 1, answers={})
    Answer.objects.create(interview=interview, item_code="CTX-01", kind=kind)
    assert answers_about_place(assessment, RECORD) == []


def test_answer_in_another_assessment_of_the_organisation_says_nothing(assessment):
    handed_in(factories.make_open_assessment(assessment.organisation), 1, answers={"CTX-01": "epic"})
    assert answers_about_place(assessment, RECORD) == []


def test_people_who_differ_each_have_their_own_answer(assessment):
    handed_in(assessment, 1, answers={"CTX-01": "epic"})
    handed_in(assessment, 2, answers={"CTX-01": "meditech"})
    assert answers_about_place(assessment, RECORD) == [{"CTX-01": "epic"}, {"CTX-01": "meditech"}]


def test_what_a_person_did_not_answer_is_the_last_answer_of_their_site(assessment, sites):
    handed_in(assessment, 1, answers={"CTX-02": "epic"}, site=sites[0])
    handed_in(assessment, 2, answers={"CTX-02": "none"}, site=sites[0])
    handed_in(assessment, 3, answers={"CTX-02": "meditech"}, site=sites[1])
    handed_in(assessment, 4, answers={"CTX-01": "epic"}, site=sites[0])
    assert answers_about_place(assessment, BOTH)[-1] == {"CTX-01": "epic", "CTX-02": "none"}


def test_what_nobody_at_the_site_answered_is_the_last_answer_of_all(assessment, sites):
    handed_in(assessment, 1, answers={"CTX-02": "epic"}, site=sites[1])
    handed_in(assessment, 2, answers={"CTX-02": "meditech"}, site=sites[1])
    handed_in(assessment, 3, answers={"CTX-01": "epic"}, site=sites[0])
    assert answers_about_place(assessment, BOTH)[-1] == {"CTX-01": "epic", "CTX-02": "meditech"}


def test_date_is_known_as_it_is_written(assessment):
    interview = handed_in(assessment, 1, answers={})
    Answer.objects.create(interview=interview, item_code="CTX-01", kind="date", date=date(2026, 5, 3))
    assert answers_about_place(assessment, RECORD) == [{"CTX-01": "2026-05-03"}]


@pytest.mark.parametrize("count", [1, 30])
def test_answers_about_the_place_take_one_query(assessment, count, django_assert_num_queries):
    for _number in range(count):
        handed_in(assessment, 1, answers={"CTX-01": "epic"})
    with django_assert_num_queries(1):
        assert len(answers_about_place(assessment, RECORD)) == count
