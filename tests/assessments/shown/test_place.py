import pytest
from django.urls import reverse

from assessments.models import Answer, Scope
from assessments.shown.place import place_shown
from tests import factories
from tests.assessments.answering import scored
from tests.assessments.branches import INTEGRATION, LABORATORY, NAVIGATOR, steered_version, submitted


@pytest.fixture
def steered(organisation):
    return factories.make_open_assessment(organisation, version=steered_version())


def shown(assessment):
    return [(fact.title, fact.words, fact.role) for fact in place_shown(Scope.objects.current(assessment).pk)]


def test_what_is_known_of_the_place_is_shown_by_role(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "epic"})
    submitted(steered, LABORATORY, {"LAB-01": 2})
    assert shown(steered) == [("Title of CTX-07", "Epic", "Patient navigation")]


def test_what_people_differ_about_is_not_shown(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "epic"})
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    assert shown(steered) == []


def test_what_was_said_for_figures_only_is_not_shown(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "epic"}, visibility_vendor="figures_only")
    assert shown(steered) == []


def test_answers_page_shows_it_to_who_may_read_answers_and_names_nobody(steered, lead_client):
    said = submitted(steered, INTEGRATION, {"CTX-01": "epic", "INT-01": 2})
    page = lead_client.get(reverse("answers", args=[scored(steered).pk])).content.decode()
    block = page.split("About this place")[1]
    assert "Title of CTX-01" in block
    assert "Epic" in block
    assert said.stakeholder.name not in block


def test_answers_page_keeps_it_from_who_sees_means_only(steered, customer_success):
    from tests.conftest import signed_in

    submitted(steered, INTEGRATION, {"CTX-01": "epic", "INT-01": 2})
    page = signed_in(customer_success).get(reverse("answers", args=[scored(steered).pk]))
    assert page.status_code == 200
    assert "About this place" not in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("yes_no", {"yes_no": True}, "Yes"),
        ("yes_no", {"yes_no": False}, "No"),
        ("choice", {"choice": "epic"}, "Epic"),
        ("choice", {"choice": "retired"}, "retired"),
        ("text", {"text": "<b>Two</b> wards"}, "<b>Two</b> wards"),
    ],
)
def test_every_kind_of_answer_about_the_place_is_said_in_words(organisation, kind, values, words):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "CTX-01", [INTEGRATION], part="context", kind=kind)
    factories.make_item(version, "LAB-01", [LABORATORY])
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    interview = factories.make_interview(assessment, INTEGRATION, state="submitted")
    Answer.objects.create(interview=interview, item_code="CTX-01", kind=kind, **values)
    assert shown(assessment) == [("Title of CTX-01", words, "IT and integration")]


@pytest.mark.parametrize("said", ["unknown", "not_applicable"])
def test_answer_without_a_value_says_nothing_of_the_place(steered, said):
    submitted(steered, NAVIGATOR, {"CTX-07": said})
    assert shown(steered) == []


def test_answer_of_who_is_not_accountable_says_nothing_of_the_place(steered):
    submitted(steered, LABORATORY, {"CTX-07": "epic"})
    assert shown(steered) == []
