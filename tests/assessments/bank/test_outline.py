"""A version laid out for checking: the order of its items, and circles among them."""

from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.outline import circles, outline
from assessments.bank.version import BankDomain
from tests.assessments.bank.banks import bank, requirement

edges = st.dictionaries(st.sampled_from("ABCDEF"), st.lists(st.sampled_from("ABCDEFX"), unique=True))


def test_items_are_in_the_order_of_their_domains():
    version = bank(
        requirement("X-1", domain="XYZ"), requirement("B-1", domain="B"), requirement("A-1", domain="A"), requirement("A-2", domain="A"),
        domains=(BankDomain("A", "First"), BankDomain("B", "Second")),
    )  # fmt: skip
    assert [item.code for item in outline(version).items] == ["A-1", "A-2", "B-1", "X-1"]


def test_of_two_items_with_one_code_the_first_counts():
    assert outline(bank(requirement(title="First"), requirement(title="Second"))).item("LAB-01").title == "First"


def test_circle_begins_with_what_is_asked_first():
    assert circles({"A": ["B"], "B": ["C"], "C": ["A"]}) == [["A", "B", "C", "A"]]


def test_two_circles_are_both_found():
    assert circles({"A": ["B"], "B": ["A"], "C": ["C"], "D": ["A", "C"]}) == [["A", "B", "A"], ["C", "C"]]


def test_long_chain_is_no_circle():
    assert circles({str(n): [str(n + 1)] for n in range(5000)}) == []


def test_number_of_circles_does_not_square_the_time():
    pairs = {f"{side}{n}": [f"{other}{n}"] for n in range(2000) for side, other in ("AB", "BA")}
    started = process_time()
    assert len(circles(pairs)) == 2000
    assert process_time() - started < 2


@given(edges)
def test_no_code_is_in_two_circles(graph):
    codes = [code for way in circles(graph) for code in way[1:]]
    assert len(codes) == len(set(codes))


@given(edges)
def test_every_circle_found_is_one(graph):
    for way in circles(graph):
        assert way[0] == way[-1]
        assert all(following in graph[code] for code, following in pairwise(way))


@given(edges)
def test_nothing_is_found_only_where_there_is_no_way_back(graph):
    reached = {code: set(following) for code, following in graph.items()}
    for _ in graph:
        reached = {code: far | {f for c in far for f in reached.get(c, ())} for code, far in reached.items()}
    assert bool(circles(graph)) == any(code in far for code, far in reached.items())
