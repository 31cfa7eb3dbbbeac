import copy

import pytest

from tests.readiness.reports.samples import make_content, make_subject


@pytest.fixture(scope="module")
def content():
    return make_content()


def test_gates_stand_with_champions_first(content):
    kinds = [gate.kind for gate in make_subject(content).gates]
    assert kinds == ["champion", *["requirement"] * 3, *["role"] * 3, "coverage"]


def test_failed_gates_stand_by_what_is_missing(content):
    failed = make_subject(content).in_state("failed")
    assert failed[0].kind == "champion"
    assert [gate.impact for gate in failed[1:]] == sorted((gate.impact for gate in failed[1:]), reverse=True)


def test_gate_says_lowest_and_highest_answer(content):
    gate = next(gate for gate in make_subject(content).gates if gate.code == "LAB-01")
    assert (gate.said, gate.asked) == ("0–2", "2")


def test_gate_says_nothing_where_a_figure_may_not_be_shown(content):
    changed = copy.deepcopy(content)
    del changed["audiences"]["deal_review"]["spans"]["LAB-01"]
    gate = next(gate for gate in make_subject(changed).gates if gate.code == "LAB-01")
    assert gate.said == ""


def test_gate_with_an_agreed_plan_is_planned(content):
    changed = copy.deepcopy(content)
    changed["decisions"]["plans"] = [{"kind": "no_champion", "code": "oncology", "plan": "", "due": None, "role": ""}]
    assert [gate.kind for gate in make_subject(changed).gates if gate.planned] == ["champion"]


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("champion", "oncology", "Champion in medical oncology"),
        ("role", "lab_director", "An interview from Laboratory"),
        ("requirement", "LAB-01", "Requirement LAB-01"),
        ("requirement", "GONE-1", "GONE-1"),
        ("coverage", "overall", "At least 80 % of the weight answered by the accountable role"),
    ],
)
def test_gate_titles(content, kind, code, expected):
    assert make_subject(content).gate_title(kind, code) == expected


@pytest.mark.parametrize(("name", "expected"), [("Medical oncology", "medical oncology"), ("ICU", "ICU"), ("X", "X"), ("", "")])
def test_service_within_a_sentence(content, name, expected):
    changed = copy.deepcopy(content)
    changed["services"][0]["title"] = name
    assert make_subject(changed).service("oncology") == expected


def test_role_means_stand_in_the_order_of_the_scope(content):
    subject = make_subject(content)
    assert list(subject.means("LAB-01")) == subject.items["LAB-01"]["roles"]


def test_sponsor_counts_only_where_accountable(content):
    changed = copy.deepcopy(content)
    changed["items"][0]["accountable"] = "executive_sponsor"
    subject = make_subject(changed)
    assert [subject.counts(code, "executive_sponsor") for code in ("LAB-01", "INT-01")] == [True, False]


def test_texts_of_a_content_are_made_printable(content):
    changed = copy.deepcopy(content)
    changed["deal"]["product"] = "Panel\u202e\x00"
    assert make_subject(changed).deal["product"] == "Panel"
