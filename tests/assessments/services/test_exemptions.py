import pytest

from assessments.bundles import bundle_document, parse_bundle
from assessments.scoring import score
from assessments.services.bundle_answers import respondent_id
from assessments.services.bundle_rows import assessment_bundle
from assessments.services.exemptions import NOBODY, exemptions_in, exemptions_now
from assessments.shown.hidden import hidden_figures
from assessments.shown.spans import role_spans
from tests import factories
from tests.assessments.branches import INTEGRATION, LABORATORY, NAVIGATOR, steered_version, submitted


@pytest.fixture
def steered(organisation):
    return factories.make_open_assessment(organisation, version=steered_version())


def item(assessment, code="INT-16"):
    return next(result for result in score(assessment_bundle(assessment)).items if result.code == code)


def reasons(assessment, code="INT-16"):
    return {answer.respondent: answer.reason for answer in assessment_bundle(assessment).answers if answer.item == code}


def portal_is(interview, choice):
    interview.answers.filter(item_code="CTX-07").update(choice=choice)


def test_item_leaves_when_its_condition_does_not_hold_and_comes_back_with_its_answer(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "epic", "INT-16": 3})
    submitted(steered, INTEGRATION, {"INT-16": 3})
    before = item(steered)
    portal_is(navigator, "none")
    assert item(steered).status == "not_applicable"
    portal_is(navigator, "epic")
    assert item(steered) == before
    assert before.status == "met"


def test_answer_that_is_not_asked_for_says_why_in_words(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "none", "INT-16": 3})
    assert reasons(steered) == {respondent_id(navigator.pk): "not asked here: Title of CTX-07"}


def test_submitted_interview_that_was_not_asked_counts_as_not_applicable(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    assert list(reasons(steered)) == [respondent_id(navigator.pk)]
    assert item(steered).status == "not_applicable"


def test_interview_that_is_not_submitted_says_nothing(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    factories.make_interview(steered, INTEGRATION, state="in_progress")
    assert len(reasons(steered)) == 1


def test_role_that_is_not_asked_does_not_widen_the_range(organisation):
    version = factories.make_version(bank=[], publish=False)
    context = {"part": "context", "kind": "choice"}
    factories.make_item(version, "CTX-07", [NAVIGATOR, INTEGRATION], **context)
    factories.make_item(version, "INT-16", [INTEGRATION, NAVIGATOR], condition="not(CTX-07 is none)")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    submitted(assessment, NAVIGATOR, {"CTX-07": "none"})
    submitted(assessment, INTEGRATION, {"CTX-07": "epic", "INT-16": 3})
    result = item(assessment)
    assert (result.low, result.high, result.status) == (1, 1, "met")


def test_gate_stays_whatever_its_condition_says(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", [LABORATORY])
    factories.make_item(version, "LAB-02", [LABORATORY], gate=True, condition="LAB-01 at least 4")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    submitted(assessment, LABORATORY, {"LAB-01": 0, "LAB-02": 1})
    assert item(assessment, "LAB-02").gate == "failed"


def test_what_hangs_on_a_hidden_answer_leaves_too(steered):
    submitted(steered, LABORATORY, {"LAB-01": 3, "LAB-02": 0, "LAB-03": 0})
    assert {code: item(steered, code).status for code in ("LAB-02", "LAB-03")} == {
        "LAB-02": "not_applicable",
        "LAB-03": "not_applicable",
    }


def test_bundle_with_conditions_is_one_that_the_parser_accepts(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none", "INT-16": 2})
    bundle = assessment_bundle(steered)
    assert parse_bundle(bundle_document(bundle)) == bundle


def test_kept_answer_is_in_no_span(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "epic", "INT-16": 1})
    assert role_spans(steered)["INT-16", "level"] == {NAVIGATOR: (1, 1)}
    portal_is(navigator, "none")
    assert role_spans(steered)["INT-16", "level"] == {}


def test_kept_answers_protect_no_figure(steered):
    """Two answers that count nowhere must not make three hidden ones of a single answer that does."""
    figures_only = {"visibility_vendor": "figures_only"}
    for _number in range(2):
        submitted(steered, NAVIGATOR, {"CTX-07": "none", "INT-16": 1}, **figures_only)
    submitted(steered, NAVIGATOR, {"CTX-07": "epic", "INT-16": 1}, **figures_only)
    assert not hidden_figures(steered).mean_may_show("INT-16", NAVIGATOR)


@pytest.mark.parametrize("count", [1, 30])
def test_exemptions_take_a_fixed_number_of_queries(steered, count, django_assert_num_queries):
    for _number in range(count):
        submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    with django_assert_num_queries(3):
        assert len(exemptions_now(steered).pairs) == count


def test_nobody_is_exempt_and_nothing_is_read_where_no_item_has_a_condition(assessment, django_assert_num_queries):
    submitted(assessment, LABORATORY, {"LAB-01": 3})
    rows = list(assessment.scopes.get().items.all())
    with django_assert_num_queries(0):
        assert exemptions_in(assessment, rows) == NOBODY


def test_assessment_without_a_scope_exempts_nobody(organisation):
    assert exemptions_now(factories.make_assessment(organisation)) == NOBODY


def test_answers_that_count_are_those_whose_question_is_asked(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "none", "INT-16": 3})
    found = exemptions_now(steered)
    assert (found.covers(navigator.pk, "INT-16"), found.covers(navigator.pk, "CTX-07")) == (True, False)
    assert [answer.item_code for answer in found.counting(navigator.answers.all())] == ["CTX-07"]


def test_interviews_that_are_given_are_not_read_again(steered, django_assert_num_queries):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    rows = list(steered.scopes.get().items.all())
    with django_assert_num_queries(1):
        assert exemptions_in(steered, rows, [navigator]).pairs == {(navigator.pk, "INT-16")}


def test_role_that_is_exempt_is_not_expected_and_the_accountable_one_is(steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "epic"})
    assert exemptions_now(steered).roles["INT-16"] == (NAVIGATOR, INTEGRATION)
    assert "INT-01" not in exemptions_now(steered).roles


def test_interview_that_was_withdrawn_is_exempt_from_nothing(steered):
    navigator = submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    type(navigator).objects.filter(pk=navigator.pk).update(state="withdrawn")
    assert exemptions_now(steered).pairs == frozenset()
