"""What a revision of a scope is said to change, and what it would do to gates and minutes."""

from types import SimpleNamespace

import pytest

from assessments.openings import Opening, Why
from assessments.results import GateResult
from assessments.scope_changes import ScopeChanges
from assessments.scope_outline import RoleOutline
from assessments.services.scope_history import Names
from assessments.shown.scope_words import LABELS, GateLine, LoadLine, change_lines, gate_lines, load_lines, opening_words

NAMES = Names({"LAB-01": "Courier", "INT-01": "100 % <b>interface</b>"}, {"LAB": "Laboratory"})


def sentences(**changes):
    return [line.sentence for line in change_lines(ScopeChanges(**changes), NAMES)]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("items_off", "Switched off"),
        ("items_on", "Switched on again"),
        ("opened", "Asked in depth"),
        ("closed", "No longer asked in depth"),
        ("gates_off", "No longer a gate"),
        ("gates_on", "A gate now"),
        ("came", "New in the product's profile or the question bank"),
        ("left", "No longer in the product's profile or the question bank"),
        ("bounds", "Another need, floor, weight, lead time or effort"),
        ("asked_of", "Asked of other roles"),
    ],
)
@pytest.mark.parametrize(
    ("codes", "things"), [(("LAB-01",), "Courier (LAB-01)"), (("LAB-01", "OLD-9"), "Courier (LAB-01); OLD-9")], ids=["one", "several"]
)
def test_every_kind_of_change_is_a_sentence(kind, label, codes, things):
    assert sentences(**{kind: codes}) == [f"{label}: {things}."]


def test_every_kind_that_a_revision_can_change_has_words():
    told_apart = {"version", "domains_off", "domains_on"}
    assert set(ScopeChanges.__dataclass_fields__) - told_apart == set(LABELS)


@pytest.mark.parametrize(("kind", "label"), [("domains_off", "Switched off"), ("domains_on", "Switched on again")])
@pytest.mark.parametrize(("code", "title"), [("LAB", "Laboratory"), ("XYZ", "XYZ")])
def test_whole_domain_is_said_to_be_whole(kind, label, code, title):
    assert sentences(**{kind: (code,)}) == [f"{label}: the whole domain {title}."]


def test_domain_and_single_items_share_a_sentence_domain_first():
    assert sentences(domains_off=("LAB",), items_off=("INT-01",)) == [
        "Switched off: the whole domain Laboratory; 100 % <b>interface</b> (INT-01)."
    ]


def test_version_stands_first_and_the_rest_in_a_fixed_order():
    lines = sentences(asked_of=("LAB-01",), gates_off=("LAB-01",), items_off=("LAB-01",), version=("2", "2.1"))
    assert [line.split(":")[0] for line in lines] == [
        "Version of the question bank",
        "Switched off",
        "No longer a gate",
        "Asked of other roles",
    ]
    assert lines[0] == "Version of the question bank: 2 to 2.1."


def test_no_change_says_nothing():
    assert sentences() == []


@pytest.mark.parametrize(
    ("why", "because", "words"),
    [
        (Why.SHORT, ("LAB-01",), "opens because its own answers fall short"),
        (Why.CONTESTED, ("LAB-01",), "opens because its own answers lie far apart"),
        (Why.DOMAIN, ("LAB-01", "LAB-02"), "opens because of Courier (LAB-01), LAB-02, short or contested"),
        (Why.CONDITION, ("INT-01",), "opens because of what was answered to 100 % <b>interface</b> (INT-01)"),
    ],
)
def test_every_reason_to_open_is_said(why, because, words):
    assert opening_words(Opening("LAB-01", why, because), NAMES) == words


def trial(now=(), then=(), roles_now=(), roles_then=()):
    sides = [
        SimpleNamespace(result=SimpleNamespace(gates=[GateResult(*gate) for gate in gates]), roles=roles)
        for gates, roles in ((now, roles_now), (then, roles_then))
    ]
    return SimpleNamespace(now=sides[0], then=sides[1])


def gates(now=(), then=(), services=None):
    return gate_lines(trial(now, then), NAMES, services or {})


FAILED = ("requirement", "LAB-01", "failed")


def test_gates_in_the_same_state_are_not_told():
    assert gates([FAILED], [FAILED]) == []


def test_gates_that_leave_stand_before_those_that_come_and_those_that_turn():
    now = [("requirement", "INT-01", "unknown"), FAILED]
    then = [("requirement", "NEW-1", "unknown"), ("requirement", "INT-01", "passed")]
    assert gates(now, then) == [
        GateLine("Courier (LAB-01)", "failed", ""),
        GateLine("NEW-1", "", "unknown"),
        GateLine("100 % <b>interface</b> (INT-01)", "unknown", "passed"),
    ]


@pytest.mark.parametrize(
    ("kind", "code", "title"),
    [
        ("requirement", "LAB-01", "Courier (LAB-01)"),
        ("role", "lab_director", "An interview from Laboratory"),
        ("champion", "onc", "Champion in Oncology"),
        ("champion", "gone", "Champion in gone"),
        ("coverage", "overall", "Coverage of 80 %"),
    ],
)
def test_every_kind_of_gate_has_a_title(kind, code, title):
    (line,) = gates([(kind, code, "failed")], services={"onc": "Oncology"})
    assert line.title == title


def test_gates_of_two_kinds_with_one_code_are_two():
    lines = gates([("role", "x", "failed")], [("champion", "x", "failed")])
    assert [(line.before, line.after) for line in lines] == [("failed", ""), ("", "failed")]


def role(code, questions, minutes):
    return RoleOutline(code, questions, core=questions, accountable=0, minutes=minutes)


def test_load_is_told_for_roles_of_either_side_by_name():
    both = trial(
        roles_now=[role("lab_director", 5, 4), role("clinician", 2, 1)],
        roles_then=[role("executive_sponsor", 1, 1), role("lab_director", 6, 5)],
    )
    assert load_lines(both) == [
        LoadLine("Clinician", (2, 0), (1, 0)),
        LoadLine("Executive sponsor", (0, 1), (0, 1)),
        LoadLine("Laboratory", (5, 6), (4, 5)),
    ]
