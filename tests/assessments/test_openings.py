"""The rule that opens deeper questions, kind by kind, and that nothing else opens."""

from dataclasses import replace

import pytest

from assessments.openings import Candidate, Opening, Scored, Why, openings

CORE = {"LAB-01", "LAB-02", "INT-01"}
CHECKED = Candidate("LAB-01", "LAB", in_core=True)
DEEPER = Candidate("LAB-07", "LAB", in_core=False)
STEERED = Candidate("INT-07", "INT", in_core=False, opens_when="CTX-02 is more_than_one")


def scored(status, code="LAB-01"):
    return [Scored(code, code.split("-")[0], status)]


def opened(*candidates, status="met", code="LAB-01", known=()):
    return openings(candidates, scored=scored(status, code), core=CORE, known=known)


@pytest.mark.parametrize("status", ["short", "contested"])
def test_item_that_is_short_or_contested_is_opened_itself(status):
    assert opened(CHECKED, status=status) == [Opening("LAB-01", Why(status), ("LAB-01",))]


@pytest.mark.parametrize("status", ["short", "contested"])
def test_deeper_item_opens_when_a_core_item_of_its_domain_is_short_or_contested(status):
    assert opened(DEEPER, status=status) == [Opening("LAB-07", Why.DOMAIN, ("LAB-01",))]


@pytest.mark.parametrize("status", ["met", "unknown", "not_applicable"])
def test_nothing_opens_while_nothing_is_short_or_contested(status):
    assert opened(CHECKED, DEEPER, STEERED, status=status) == []


def test_item_of_another_domain_stays_closed():
    assert opened(STEERED, status="short") == []


def test_sibling_of_a_short_core_item_is_not_opened_with_it():
    assert opened(Candidate("LAB-02", "LAB", in_core=True), status="short") == []


def test_short_deeper_item_opens_nothing_further():
    assert opened(DEEPER, status="short", code="LAB-09") == []


def test_reason_names_every_core_item_of_the_domain_that_is_in_trouble():
    both = [*scored("short", "LAB-02"), *scored("contested", "LAB-01")]
    found = openings([DEEPER], scored=both, core=CORE)
    assert found[0].because == ("LAB-02", "LAB-01")


def test_condition_opens_and_names_what_it_looked_at():
    found = opened(STEERED, known=[{"CTX-02": "more_than_one"}])
    assert found == [Opening("INT-07", Why.CONDITION, ("CTX-02",))]


def test_condition_that_holds_at_one_site_opens():
    assert len(opened(STEERED, known=[{"CTX-02": "meditech"}, {"CTX-02": "more_than_one"}])) == 1


@pytest.mark.parametrize("known", [[], [{}], [{"CTX-02": "meditech"}]], ids=str)
def test_condition_that_holds_nowhere_opens_nothing(known):
    assert opened(STEERED, known=known) == []


def test_answers_of_two_sites_are_not_mixed():
    steered = Candidate("INT-07", "INT", in_core=False, opens_when="all(CTX-01 is epic; CTX-02 is none)")
    assert opened(steered, known=[{"CTX-01": "epic", "CTX-02": "beaker"}, {"CTX-01": "cerner", "CTX-02": "none"}]) == []


def test_condition_counts_before_the_domain_because_it_says_more():
    found = opened(STEERED, status="short", code="INT-01", known=[{"CTX-02": "more_than_one"}])
    assert found[0].why == Why.CONDITION


def test_condition_that_cannot_be_read_opens_nothing():
    assert opened(Candidate("INT-07", "INT", in_core=False, opens_when="CTX-02 is"), known=[{"CTX-02": "epic"}]) == []


def test_condition_of_an_item_of_the_core_opens_nothing():
    """It is asked already; more roles are heard only when its answers fall short."""
    assert opened(replace(CHECKED, opens_when="CTX-02 is answered"), known=[{"CTX-02": "epic"}]) == []


def test_openings_stand_in_the_order_of_the_candidates():
    assert [o.code for o in opened(DEEPER, CHECKED, status="short")] == ["LAB-07", "LAB-01"]


def test_item_of_the_core_opens_for_its_own_answers_whatever_its_domain_does():
    both = [*scored("short", "LAB-02"), *scored("contested", "LAB-01")]
    assert openings([CHECKED], scored=both, core=CORE) == [Opening("LAB-01", Why.CONTESTED, ("LAB-01",))]


def test_deeper_item_that_is_open_already_opens_nothing_when_it_is_short():
    assert openings([DEEPER, CHECKED], scored=scored("short", "LAB-07"), core=CORE) == []


def test_condition_that_does_not_hold_leaves_the_item_to_its_domain():
    found = opened(STEERED, status="short", code="INT-01", known=[{"CTX-02": "meditech"}])
    assert found == [Opening("INT-07", Why.DOMAIN, ("INT-01",))]


def test_reason_names_every_item_that_a_condition_looks_at_in_order():
    steered = Candidate("INT-07", "INT", in_core=False, opens_when="any(CTX-02 is epic; CTX-01 is epic)")
    assert opened(steered, known=[{"CTX-01": "epic"}])[0].because == ("CTX-01", "CTX-02")
