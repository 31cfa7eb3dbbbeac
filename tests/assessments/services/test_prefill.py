"""What is offered of a place that is known already: only context, only of the same role and place, never saved."""

from datetime import UTC, datetime

import pytest

from assessments.given_answers import GivenAnswer
from assessments.models import Answer
from assessments.questionnaire import Option, Question
from assessments.services.prefill import offers_for
from tests import factories
from tests.assessments.branches import INTEGRATION, NAVIGATOR, said

OPTIONS = (Option("epic", "Epic"), Option("meditech", "MEDITECH"), Option("more_than_one", "More than one"))


def question(code="CTX-01", **values):
    """Return a question about the place, as a person is asked it."""
    base = {"domain": "CTX", "domain_title": "Place", "kind": "choice", "text": "Which record?", "options": OPTIONS, "context": True}
    return Question(code=code, **base | values)


@pytest.fixture
def interview(assessment):
    return factories.make_interview(assessment, INTEGRATION, state="in_progress")


def open_at(health_system, organisation):
    """Return another open assessment of an organisation in the health system."""
    other = factories.make_open_assessment(organisation)
    other.health_system = health_system
    other.save(update_fields=["health_system"])
    return other


def earlier(assessment, role=INTEGRATION, *, day=3, code="CTX-01", value="epic", **fields):
    """Return an interview handed in on a day of May, in another assessment of the same health system."""
    here = fields.pop("where", None) or open_at(assessment.health_system, assessment.organisation)
    given = factories.make_interview(here, role, state="submitted", submitted_at=datetime(2026, 5, day, 12, tzinfo=UTC), **fields)
    said(given, code, value)
    return given


def offered(interview, *questions):
    return {code: offer.given.value for code, offer in offers_for(interview, questions or [question()]).items()}


def noted(assessment, *records):
    for site, ehr in zip(assessment.sites.all(), records, strict=True):
        site.ehr = ehr
        site.save()


def test_nothing_is_offered_where_nothing_is_known(interview):
    assert offered(interview) == {}


def test_earlier_answer_is_offered_with_product_and_day(assessment, interview):
    before = earlier(assessment)
    (offer,) = offers_for(interview, [question()]).values()
    assert offer.given == GivenAnswer("choice", "epic")
    assert offer.source == f"As answered for {before.assessment.product.name} on 3 May 2026 – please confirm or change."


def test_offer_is_not_saved(assessment, interview):
    earlier(assessment)
    offered(interview)
    assert not interview.answers.exists()


def test_last_of_several_answers_is_offered(assessment, interview):
    earlier(assessment, day=9, value="meditech")
    earlier(assessment, day=3, value="epic")
    assert offered(interview) == {"CTX-01": "meditech"}


def test_scored_question_is_never_offered_an_answer(assessment, interview):
    earlier(assessment, code="LAB-01", value=3)
    assert offered(interview, question("LAB-01", kind="level", context=False)) == {}


def test_answer_of_another_role_is_not_offered(assessment, interview):
    earlier(assessment, NAVIGATOR)
    assert offered(interview) == {}


def test_answer_that_was_not_handed_in_is_not_offered(assessment, interview):
    before = earlier(assessment)
    type(before).objects.filter(pk=before.pk).update(state="in_progress")
    assert offered(interview) == {}


def test_answer_of_another_health_system_is_not_offered(assessment, interview):
    earlier(assessment, where=factories.make_open_assessment(assessment.organisation))
    assert offered(interview) == {}


def test_answer_to_another_organisation_is_not_offered(assessment, interview, outsider):
    theirs = open_at(assessment.health_system, outsider.organisation)
    earlier(assessment, where=theirs)
    assert offered(interview) == {}


def test_answer_of_a_colleague_in_the_same_assessment_is_not_offered(assessment, interview):
    earlier(assessment, where=assessment)
    assert offered(interview) == {}


@pytest.mark.parametrize("whose", ["interview", "assessment"])
def test_answer_for_figures_only_is_not_offered(assessment, interview, whose):
    row = earlier(assessment)
    row = row if whose == "interview" else row.assessment
    type(row).objects.filter(pk=row.pk).update(visibility_health_system="figures_only")
    assert offered(interview) == {}


@pytest.mark.parametrize("value", ["unknown", "not_applicable", "retired_choice"])
def test_answer_that_the_question_does_not_know_is_not_offered(assessment, interview, value):
    earlier(assessment, value=value)
    assert offered(interview) == {}


def test_answer_to_a_question_of_another_kind_is_not_offered(assessment, interview):
    earlier(assessment)
    assert offered(interview, question(kind="text", options=())) == {}


def test_remark_of_an_earlier_answer_is_not_carried_over(assessment, interview):
    before = earlier(assessment)
    Answer.objects.filter(interview=before).update(note="Ask Jo", evidence_reference="Drawer 3")
    (offer,) = offers_for(interview, [question()]).values()
    assert (offer.given.note, offer.given.evidence_reference) == ("", "")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (("Epic", " EPIC "), "epic"),
        (("Epic", ""), "epic"),
        (("Epic", "MEDITECH"), "more_than_one"),
        (("Homemade", "Homemade"), None),
        (("", ""), None),
    ],
)
def test_record_of_the_sites_is_offered_as_the_choice_of_that_name(assessment, interview, records, expected):
    noted(assessment, *records)
    assert offered(interview).get("CTX-01") == expected


def test_sites_that_differ_offer_nothing_where_the_question_has_no_such_choice(assessment, interview):
    noted(assessment, "Epic", "MEDITECH")
    assert offered(interview, question(options=OPTIONS[:2])) == {}


def test_record_of_the_sites_answers_no_other_question(assessment, interview):
    noted(assessment, "Epic", "Epic")
    assert offered(interview, question("CTX-02")) == {}


def test_earlier_answer_counts_before_the_record_of_the_sites(assessment, interview):
    noted(assessment, "MEDITECH", "MEDITECH")
    earlier(assessment)
    assert offered(interview) == {"CTX-01": "epic"}


def test_record_of_the_sites_stays_where_an_earlier_answer_does_not_fit(assessment, interview):
    noted(assessment, "MEDITECH", "MEDITECH")
    earlier(assessment, value="unknown")
    assert offered(interview) == {"CTX-01": "meditech"}


@pytest.mark.parametrize("count", [1, 30])
def test_offers_take_two_queries(assessment, interview, count, django_assert_num_queries):
    where = earlier(assessment).assessment
    for _number in range(count):
        earlier(assessment, where=where)
    with django_assert_num_queries(2):
        offered(interview, question(), question("CTX-07"))


def test_page_without_context_takes_no_query(interview, django_assert_num_queries):
    with django_assert_num_queries(0):
        offers_for(interview, [question("LAB-01", kind="level", context=False)])
