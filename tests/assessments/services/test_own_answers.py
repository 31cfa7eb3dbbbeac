import pytest

from assessments.given_answers import GivenAnswer
from assessments.services.answers import save_answer
from assessments.services.own_answers import own_answers
from assessments.services.scopes import freeze_scope
from tests import factories


@pytest.fixture
def clinician(organisation):
    """An interview with five core items, three deeper ones, a deeper section and the stance."""
    bank = [(f"LAB-{n:02}", ["clinician", "lab_director"], n > 3, 3) for n in range(1, 9)]
    bank.append(("SEC-01", ["nursing_informatics", "clinician"], False, 1))
    assessment = factories.make_open_assessment(organisation, version=factories.make_version(bank=bank))
    return factories.make_interview(assessment, role="clinician", state="opened")


def test_own_answers_count_core_and_deeper_apart(clinician):
    save_answer(interview=clinician, code="LAB-04", given=GivenAnswer("level", 1))
    save_answer(interview=clinician, code="LAB-01", given=GivenAnswer("level", 1))
    own = own_answers(clinician)
    assert [q.code for q in own.still_open] == ["LAB-05", "LAB-06", "LAB-07", "LAB-08", "stance"]
    assert [q.code for q in own.deeper_open] == ["LAB-02", "LAB-03", "SEC-01"]
    assert [(section.code, number) for section, number in own.deeper_sections] == [("LAB", 2), ("SEC", 1)]
    assert [section.code for section in own.core_sections] == ["LAB", "stance"]


def test_lines_hold_core_questions_and_what_else_is_answered(clinician):
    save_answer(interview=clinician, code="LAB-01", given=GivenAnswer("level", 1))
    lines = {line.question.code: line.words for _, found in own_answers(clinician).lines() for line in found}
    assert list(lines) == ["LAB-01", "LAB-04", "LAB-05", "LAB-06", "LAB-07", "LAB-08", "stance"]
    assert (lines["LAB-01"], lines["LAB-04"]) == ("LAB-01 step 1", "")


def test_own_answers_hold_the_stance(clinician):
    clinician.stance = 0
    assert own_answers(clinician).given == {"stance": GivenAnswer("stance", 0)}


def test_own_answers_leave_out_what_is_not_asked_any_more(clinician):
    save_answer(interview=clinician, code="LAB-04", given=GivenAnswer("level", 1))
    freeze_scope(assessment=clinician.assessment, reason="Smaller", author=None, without_items=["LAB-04"])
    assert own_answers(clinician).given == {}
