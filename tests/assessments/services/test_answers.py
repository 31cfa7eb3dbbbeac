from datetime import date

import pytest

from assessments.given_answers import GivenAnswer, UnfitAnswerError
from assessments.models import Answer, AnswerRevision, AssessmentState, Interview, InterviewState
from assessments.services.answers import InterviewClosedError, given_from, save_answer, save_answers
from tests import factories

LEVEL_2 = GivenAnswer("level", 2, note="Checked in May.", evidence_reference="Lab drive")


@pytest.fixture
def every_kind(organisation):
    """An interview with one item of each kind."""
    bank = [("LAB-01", ["lab_director"], False, 3)]
    version = factories.make_version(bank=bank, publish=False)
    for number, kind in enumerate(["quantity", "choice", "text", "date", "yes_no"], start=2):
        factories.make_item(version, f"LAB-0{number}", ["lab_director"], kind=kind)
    version.publish()
    return factories.make_interview(factories.make_open_assessment(organisation, version=version), state="opened")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("LAB-01", GivenAnswer("level", 0)),
        ("LAB-01", GivenAnswer("unknown", reason="the send-out supervisor")),
        ("LAB-01", GivenAnswer("not_applicable", reason="we send nothing out")),
        ("LAB-02", GivenAnswer("quantity", 12.5)),
        ("LAB-03", GivenAnswer("choice", "meditech")),
        ("LAB-04", GivenAnswer("text", "It depends.")),
        ("LAB-05", GivenAnswer("date", date(2027, 3, 1))),
        ("LAB-06", GivenAnswer("yes_no", False)),
    ],
)
def test_save_answer_keeps_each_kind_and_its_revision(every_kind, code, given):
    save_answer(interview=every_kind, code=code, given=given)
    assert given_from(Answer.objects.get()) == given
    revision = AnswerRevision.objects.get()
    assert (revision.item_code, revision.kind, revision.value, revision.reason) == (code, given.kind, given.value, given.reason)


def test_save_answer_returns_the_current_row(interview):
    answer = save_answer(interview=interview, code="LAB-01", given=LEVEL_2)
    assert answer == Answer.objects.get()
    assert (answer.level, answer.note, answer.evidence_reference) == (2, "Checked in May.", "Lab drive")


def test_save_answer_again_wins_and_keeps_both_revisions(interview):
    save_answer(interview=interview, code="LAB-01", given=LEVEL_2)
    first = Answer.objects.get()
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("unknown"))
    assert given_from(Answer.objects.get(pk=first.pk)) == GivenAnswer("unknown")
    assert Answer.objects.get().updated_at > first.updated_at
    assert list(AnswerRevision.objects.values_list("kind", "level")) == [("level", 2), ("unknown", None)]


def test_save_answer_of_another_interview_stays(assessment, interview):
    other = factories.make_interview(assessment, state="opened")
    save_answer(interview=other, code="LAB-01", given=GivenAnswer("level", 4))
    save_answer(interview=interview, code="LAB-01", given=LEVEL_2)
    assert other.answers.get().level == 4


def test_save_answer_notes_who_typed(interview, lead):
    save_answer(interview=interview, code="LAB-01", given=LEVEL_2, typed_by=lead.user)
    assert AnswerRevision.objects.get().typed_by == lead.user


def test_save_answer_first_one_brings_the_interview_into_progress(interview):
    save_answer(interview=interview, code="LAB-01", given=LEVEL_2)
    assert Interview.objects.get(pk=interview.pk).state == InterviewState.IN_PROGRESS


def test_save_answers_costs_two_statements_whatever_their_number(interview, django_assert_num_queries):
    given = dict.fromkeys(("LAB-01", "LAB-02", "INT-02"), LEVEL_2)
    save_answers(interview=interview, given=given)
    again = Interview.objects.with_current_scope().select_related("assessment").get(pk=interview.pk)
    with django_assert_num_queries(2):  # upsert, revisions; what is asked is remembered
        save_answers(interview=again, given=given)
    assert AnswerRevision.objects.count() == 6


@pytest.mark.parametrize("state", ["invited", "submitted", "declined", "withdrawn"])
def test_save_answer_of_an_interview_that_is_not_open_is_refused(assessment, state):
    interview = factories.make_interview(assessment, state=state)
    with pytest.raises(InterviewClosedError):
        save_answer(interview=interview, code="LAB-01", given=LEVEL_2)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("state", sorted(set(AssessmentState) - {AssessmentState.OPEN}))
def test_save_answer_under_an_assessment_that_is_not_open_is_refused(interview, state):
    interview.assessment.state = state
    with pytest.raises(InterviewClosedError):
        save_answer(interview=interview, code="LAB-01", given=LEVEL_2)


@pytest.mark.parametrize("code", ["INT-01", "XXX-99", "", "LAB-01\x00"])
def test_save_answer_to_a_question_of_others_is_refused(interview, code):
    with pytest.raises(UnfitAnswerError, match="not among yours"):
        save_answer(interview=interview, code=code, given=LEVEL_2)


def test_save_answer_outside_what_was_handed_over_is_refused(assessment):
    interview = factories.make_interview(assessment, state="opened", limited_to=["LAB-02"])
    with pytest.raises(UnfitAnswerError, match="not among yours"):
        save_answer(interview=interview, code="LAB-01", given=LEVEL_2)


def test_save_answers_with_one_unfit_saves_none(interview):
    with pytest.raises(UnfitAnswerError):
        save_answers(interview=interview, given={"LAB-01": LEVEL_2, "LAB-02": GivenAnswer("level", 9)})
    assert not Answer.objects.exists()
    assert not AnswerRevision.objects.exists()


def test_save_answer_of_the_stance_stays_on_the_interview(assessment):
    clinician = factories.make_interview(assessment, role="clinician", state="opened")
    assert save_answer(interview=clinician, code="stance", given=GivenAnswer("stance", 0)) is None
    stored = Interview.objects.get(pk=clinician.pk)
    assert (stored.stance, stored.state) == (0, "in_progress")
    assert not Answer.objects.exists()


def test_save_answer_of_the_stance_is_for_clinicians(interview):
    with pytest.raises(UnfitAnswerError, match="not among yours"):
        save_answer(interview=interview, code="stance", given=GivenAnswer("stance", 3))
