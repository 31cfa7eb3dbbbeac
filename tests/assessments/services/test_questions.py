import pytest
from django.utils import translation

from assessments.models import Interview, ItemText
from assessments.services.questions import questions_of, role_questions
from assessments.services.scopes import freeze_scope
from tests import factories


def codes(interview) -> list[str]:
    return [question.code for question in questions_of(interview)]


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("lab_director", ["LAB-01", "LAB-02", "INT-02"]),
        ("it_integration_lead", ["INT-01", "INT-02"]),
        ("clinician", ["CHG-01", "stance"]),
        ("patient_navigation", []),
    ],
)
def test_questions_are_those_of_the_role(assessment, role, asked):
    assert codes(factories.make_interview(assessment, role=role)) == asked


def test_questions_handed_over_are_no_more_than_those(assessment):
    interview = factories.make_interview(assessment, role="clinician", limited_to=["CHG-01", "LAB-01"])
    assert codes(interview) == ["CHG-01"]


def test_questions_follow_the_newest_scope(assessment, interview):
    freeze_scope(assessment=assessment, reason="No laboratory", author=None, without_domains=["LAB"])
    assert codes(Interview.objects.with_current_scope().get(pk=interview.pk)) == ["INT-02"]
    assert codes(interview) == ["INT-02"]


def test_question_holds_what_the_page_shows(interview):
    first = questions_of(interview)[0]
    assert (first.text, first.why, first.domain, first.domain_title) == ("Is LAB-01 in place?", "Because of LAB-01.", "LAB", "Lab")
    assert [(o.value, o.text) for o in first.options] == [(str(n), f"LAB-01 step {n}") for n in range(5)]


def test_question_prefers_the_role_and_the_language(organisation):
    version = factories.make_version(publish=False)
    item = version.items.get(code="LAB-01")
    ItemText.objects.create(item=item, role="lab_director", field="question", text="Do you have it?")
    ItemText.objects.create(item=item, language="es", field="why", text="Porque sí.")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version))
    with translation.override("es-mx"):
        first = questions_of(interview)[0]
    assert (first.text, first.why) == ("Do you have it?", "Porque sí.")


def test_choice_offers_its_answers_by_code(organisation):
    version = factories.make_version(bank=[("LAB-02", ["clinician"], False, 3)], publish=False)
    factories.make_item(version, "LAB-01", ["lab_director"], kind="choice")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version))
    options = questions_of(interview)[0].options
    assert [(option.value, option.text) for option in options] == [("epic", "Epic"), ("meditech", "MEDITECH"), ("none", "None")]


def test_quantity_has_a_unit_and_no_options(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "GOV-01", ["lab_director"], kind="quantity", unit="hours a week")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version))
    assert [(q.unit, q.options) for q in questions_of(interview)] == [("hours a week", ())]


def test_questions_once_read_cost_no_query(interview, django_assert_num_queries):
    read = Interview.objects.with_current_scope().get(pk=interview.pk)
    role_questions.cache_clear()
    with django_assert_num_queries(2):
        questions_of(read)
    with django_assert_num_queries(0):
        questions_of(read)


def test_questions_beyond_ten_minutes_go_deeper(organisation):
    bank = [(f"LAB-{n:02}", ["clinician", "lab_director"], n > 5, 3) for n in range(1, 9)]
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    asked = questions_of(factories.make_interview(assessment, role="clinician"))
    assert [q.code for q in asked if q.core] == ["LAB-01", "LAB-02", "LAB-06", "LAB-07", "LAB-08", "stance"]


def test_questions_handed_over_are_all_of_the_core(organisation):
    bank = [(f"LAB-{n:02}", ["clinician"], False, 3) for n in range(1, 9)]
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    interview = factories.make_interview(assessment, role="clinician", limited_to=["LAB-08"])
    assert [(q.code, q.core) for q in questions_of(interview)] == [("LAB-08", True)]
