import pytest

from assessments.self_audit import AuditItem, Claim, audit

TWO = [AuditItem("A"), AuditItem("B")]


def standing(level, *, evidence=False, need=3.0):
    return audit([AuditItem("A", need)], {"A": Claim(level, evidence)}).standings[0]


@pytest.mark.parametrize(("level", "state"), [(0, "short"), (2, "short"), (3, "in_place"), (4, "in_place")])
def test_three_is_needed_unless_the_item_says_otherwise(level, state):
    assert standing(level, evidence=True).state == state


def test_item_may_need_another_step():
    assert standing(3, need=4).state == "short"
    assert standing(2, need=2).state == "in_place"


def test_four_without_evidence_counts_as_three():
    assert (standing(4, need=4).counts, standing(4, need=4).state) == (3, "short")
    assert (standing(4, evidence=True, need=4).counts, standing(4, evidence=True, need=4).state) == (4, "in_place")


@pytest.mark.parametrize(("level", "fulfilment"), [(0, 0), (1, 1 / 3), (3, 1), (4, 1)])
def test_fulfilment_is_a_share_of_the_need_and_never_more(level, fulfilment):
    assert standing(level, evidence=True).fulfilment == pytest.approx(fulfilment)


def test_not_known_and_not_answered_have_no_fulfilment():
    found = audit(TWO, {"A": Claim(None)})
    assert [(s.state, s.counts, s.fulfilment) for s in found.standings] == [("unknown", None, None)] * 2
    assert found.score is None


def test_what_is_not_answered_opens_the_range_from_absent_to_fully_there():
    found = audit(TWO, {"A": Claim(3)})
    assert (found.score, found.low, found.high) == (100, 50, 100)


def test_range_closes_on_the_score_once_all_is_answered():
    found = audit(TWO, {"A": Claim(3), "B": Claim(0)})
    assert (found.score, found.low, found.high) == (50, 50, 50)


def test_items_count_by_their_weight():
    found = audit([AuditItem("A", weight=4), AuditItem("B", weight=1)], {"A": Claim(3), "B": Claim(0)})
    assert found.score == pytest.approx(80)


def test_numbers_in_each_state_add_up():
    items = [AuditItem(code) for code in "ABCD"]
    found = audit(items, {"A": Claim(3), "B": Claim(1), "C": Claim(None)})
    assert (found.asked, found.answered, found.in_place, found.short, found.not_answered) == (4, 2, 1, 1, 2)


def test_standings_keep_the_order_in_which_was_asked():
    assert [s.code for s in audit([AuditItem("B"), AuditItem("A")], {}).standings] == ["B", "A"]


def test_claim_about_what_is_not_asked_is_ignored():
    assert audit(TWO, {"A": Claim(3), "Z": Claim(0)}).score == 100


def test_nothing_asked_has_no_figure():
    found = audit([], {"A": Claim(3)})
    assert (found.asked, found.score, found.low, found.high) == (0, None, None, None)
