from uuid import uuid4

import pytest

from assessments.services.visibility import (
    HEALTH_SYSTEM,
    VENDOR,
    AnswerView,
    answer_view,
    effective_visibility,
    figure_may_show,
    is_only_one_asked,
    lone_keys,
    lone_respondents,
    visibility_sentence,
    visibility_sentences,
)
from stakeholders.models import Visibility
from tests import factories


def view(visibility, alone=False):
    return AnswerView(visibility=Visibility(visibility), author="", alone=alone)


@pytest.mark.parametrize(
    ("copied", "now", "effective"),
    [
        ("", "role", "role"),
        ("", "named", "named"),
        ("role", "named", "role"),
        ("role", "figures_only", "figures_only"),
        ("figures_only", "named", "figures_only"),
        ("named", "named", "named"),
    ],
)
def test_effective_visibility_is_the_stricter_of_both(assessment, copied, now, effective):
    interview = factories.make_interview(assessment, visibility_vendor=copied)
    interview.assessment.visibility_vendor = now
    assert effective_visibility(interview, VENDOR) == effective


def test_effective_visibility_differs_by_viewer(assessment):
    interview = factories.make_interview(assessment, visibility_vendor="figures_only", visibility_health_system="role")
    assert effective_visibility(interview, VENDOR) == "figures_only"
    assert effective_visibility(interview, HEALTH_SYSTEM) == "role"


@pytest.mark.parametrize(
    ("visibility", "author", "shows_answer", "shows_name"),
    [("named", "Dana Lee, Laboratory", True, True), ("role", "Laboratory", True, False), ("figures_only", "", False, False)],
)
def test_answer_view_names_no_more_than_allowed(assessment, visibility, author, shows_answer, shows_name):
    assessment.visibility_vendor = visibility
    person = factories.make_stakeholder(assessment.health_system, name="Dana Lee")
    interview = factories.make_interview(assessment, stakeholder=person)
    seen = answer_view(interview=interview, viewer=VENDOR, alone=False)
    assert (seen.author, seen.shows_answer, seen.shows_name) == (author, shows_answer, shows_name)


@pytest.mark.parametrize(
    ("visibility", "alone", "counts"),
    [("named", False, True), ("role", False, False), ("role", True, True), ("figures_only", True, True), ("figures_only", False, False)],
)
def test_answer_view_of_the_only_one_counts_as_named(visibility, alone, counts):
    assert view(visibility, alone).counts_as_named is counts


def test_lone_keys_groups_by_role_service_and_site():
    a, b, c, d = (uuid4() for _ in range(4))
    rows = [(a, "clinician", None, None), (b, "clinician", None, None), (c, "clinician", a, None), (d, "lab_director", None, None)]
    assert lone_keys(rows) == {c, d}


def test_lone_respondents_ignores_silent_company(assessment, django_assert_num_queries):
    answered = factories.make_interview(assessment, state="submitted")
    factories.make_interview(assessment, state="opened")
    with django_assert_num_queries(1):
        assert lone_respondents(assessment) == {answered.pk}


def test_lone_respondents_with_company_is_empty(assessment):
    factories.make_interview(assessment, state="submitted")
    factories.make_interview(assessment, state="submitted")
    assert lone_respondents(assessment) == frozenset()


@pytest.mark.parametrize(("state", "alone"), [("invited", False), ("declined", True), ("withdrawn", True)])
def test_is_only_one_asked_counts_those_who_take_part(assessment, interview, state, alone):
    factories.make_interview(assessment, state=state)
    assert is_only_one_asked(interview) is alone


def test_is_only_one_asked_at_another_site_is_alone(assessment, interview):
    factories.make_interview(assessment, site=assessment.sites.first())
    assert is_only_one_asked(interview)


@pytest.mark.parametrize(
    ("visibilities", "shown"),
    [
        ([], True),
        (["role", "named"], True),
        (["figures_only"], False),
        (["figures_only", "role", "role"], False),
        (["figures_only", "figures_only"], False),
        (["figures_only"] * 3, True),
        (["figures_only"] * 3 + ["role"], True),
    ],
)
def test_figure_may_show_hides_what_could_be_read_out(visibilities, shown):
    assert figure_may_show(view(v) for v in visibilities) is shown


@pytest.mark.parametrize(
    ("visibility", "alone", "ending"),
    [
        ("named", True, "sees your name, your role and your answers."),
        ("role", True, "assume that people will know it is you."),
        ("role", False, "Should nobody else in your role and place answer, your role gives you away."),
        ("figures_only", True, "sees figures only, none of your single answers."),
    ],
)
def test_visibility_sentence_says_what_the_audience_sees(assessment, visibility, alone, ending):
    assessment.visibility_vendor = visibility
    interview = factories.make_interview(assessment)
    told = visibility_sentence(interview=interview, viewer=VENDOR, alone=alone)
    assert told.startswith("Larkfield Genomics (fictional) sees")
    assert told.endswith(ending)


def test_visibility_sentence_names_the_health_system(assessment):
    interview = factories.make_interview(assessment)
    assert visibility_sentence(interview=interview, viewer=HEALTH_SYSTEM, alone=False).startswith(assessment.health_system.name)


def test_visibility_sentences_are_one_when_both_see_the_same(assessment):
    interview = factories.make_interview(assessment)
    told = visibility_sentences(interview=interview, alone=True)
    both = f"Larkfield Genomics (fictional) and {assessment.health_system.name} see your role and your answers, not your name."
    warning = "so your role gives you away: assume that people will know it is you."
    assert told == [f"{both} You are the only one asked in your role and place, {warning}"]


def test_visibility_sentences_differ_when_audiences_do(assessment):
    assessment.visibility_vendor = "figures_only"
    interview = factories.make_interview(assessment)
    told = visibility_sentences(interview=interview, alone=False)
    assert [sentence.split(" sees ")[0] for sentence in told] == ["Larkfield Genomics (fictional)", assessment.health_system.name]
