import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questionnaire import SECONDS, Candidate, Question, core_codes, first_open, minutes, progress_of, sections_of


def question(code: str, kind: str = "level", **fields) -> Question:
    domain = code.split("-")[0]
    return Question(code=code, domain=domain, domain_title=domain.title(), kind=kind, text="?", **fields)


ASKED = [question("LAB-01"), question("LAB-02", "quantity"), question("INT-01", "text"), question("stance", "stance")]


@pytest.mark.parametrize(("seconds", "whole"), [(0, 0), (1, 1), (25, 1), (89, 1), (90, 2), (149, 2), (600, 10)])
def test_minutes_rounds_and_never_says_none_while_something_is_open(seconds, whole):
    assert minutes(seconds) == whole


def test_sections_keep_order_and_title():
    found = [(s.code, s.title, [q.code for q in s.questions]) for s in sections_of(ASKED)]
    assert found == [("LAB", "Lab", ["LAB-01", "LAB-02"]), ("INT", "Int", ["INT-01"]), ("stance", "Stance", ["stance"])]


def test_section_counts_its_own_answers():
    assert [s.answered({"LAB-01", "INT-01", "INT-99"}) for s in sections_of(ASKED)] == [1, 1, 0]


def test_progress_counts_open_questions_and_their_seconds():
    progress = progress_of(ASKED, {"LAB-01", "OLD-99"})
    assert (progress.answered, progress.total, progress.seconds_left) == (1, 4, 30 + 45 + 15)
    assert progress.minutes_left == 2


def test_progress_of_nothing_asked_is_done():
    assert progress_of([], {"LAB-01"}).minutes_left == 0


@pytest.mark.parametrize(("answered", "code"), [(set(), "LAB-01"), ({"LAB-01", "INT-01"}, "LAB-02")])
def test_first_open_is_the_first_without_answer(answered, code):
    found = first_open(ASKED, answered)
    assert found is not None
    assert found.code == code


def test_first_open_of_a_complete_interview_is_none():
    assert first_open(ASKED, {q.code for q in ASKED}) is None


@given(st.lists(st.sampled_from(sorted(SECONDS)), max_size=40), st.sets(st.integers(0, 39)))
def test_progress_adds_up_whatever_is_answered(kinds, chosen):
    asked = [question(f"X-{n}", kind) for n, kind in enumerate(kinds)]
    progress = progress_of(asked, {f"X-{n}" for n in chosen})
    assert 0 <= progress.answered <= progress.total == len(kinds)
    assert (progress.seconds_left == 0) == (progress.answered == progress.total)


def candidate(code: str, *, only_role=False, accountable=False, gate=False, weight=3) -> Candidate:
    return Candidate(code, only_role, accountable, gate, weight)


def test_core_takes_own_knowledge_then_own_gates_then_gates_then_weight():
    ranked = [
        candidate("only", only_role=True, weight=1),
        candidate("own-gate", accountable=True, gate=True),
        candidate("gate", gate=True, weight=1),
        candidate("own", accountable=True),
        candidate("heavy", weight=5),
        candidate("light", weight=1),
    ]
    for size in range(1, 6):
        found = core_codes([*ranked[:size], *(candidate(f"x{n}", weight=0) for n in range(9))][::-1], "clinician")
        assert {c.code for c in ranked[:size]} <= found
    assert core_codes(ranked[::-1], "clinician") == {c.code for c in ranked[:5]}


@pytest.mark.parametrize(("role", "most"), [("clinician", 5), ("executive_sponsor", 8), ("lab_director", 15)])
def test_core_is_no_longer_than_ten_minutes_of_the_role(role, most):
    found = core_codes([candidate(f"X-{n}") for n in range(40)], role)
    assert found == {f"X-{n}" for n in range(most)}


def test_sections_without_core_come_last():
    asked = [question("LAB-01", core=False), question("INT-01"), question("INT-02", core=False), question("SEC-01")]
    sections = sections_of(asked)
    assert [s.code for s in sections] == ["INT", "SEC", "LAB"]
    assert ([q.code for q in sections[0].core], [q.code for q in sections[0].deeper]) == (["INT-01"], ["INT-02"])


def test_deeper_questions_count_neither_as_progress_nor_as_open():
    asked = [question("LAB-01"), question("LAB-02", core=False)]
    assert progress_of(asked, {"LAB-02"}).answered == 0
    assert progress_of(asked, {"LAB-01"}).minutes_left == 0
    assert first_open(asked, {"LAB-01"}) is None
