"""What the page of a scope offers: ticked as the plan has it, what opens by rule apart, with its reason."""

from dataclasses import replace

import pytest

from assessments.openings import Opening, Why
from assessments.services.scope_history import names_in
from assessments.services.scope_offers import offer_of
from assessments.services.scopes import current_plan
from assessments.shown.scope_offers import offer_lines
from tests.assessments.deeper_bank import make_deeper_assessment

OWN, BY_DOMAIN = Opening("LAB-01", Why.SHORT, ("LAB-01",)), Opening("LAB-07", Why.DOMAIN, ("LAB-01",))


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


def offered(assessment, *suggested, **changes):
    now = current_plan(assessment)
    plan = replace(now, **{name: frozenset(codes) for name, codes in changes.items()})
    offer, names = offer_of(assessment, now.version), names_in([now.version.pk])
    return offer_lines(offer, plan, {opening.code: opening for opening in suggested}, names, now=now)


def domain(lines, code):
    return next(each for each in lines.domains if each.code == code)


def line(lines, code):
    return next(each for each in (*lines.suggested, *(item for d in lines.domains for item in d.lines)) if each.code == code)


def test_domains_stand_with_what_is_asked_first_and_their_gates(asked):
    assert [(d.code, d.on, d.first, d.gates, d.deeper) for d in offered(asked).domains] == [
        ("CTX", True, 1, 0, 0),
        ("LAB", True, 2, 1, 1),
        ("INT", True, 1, 1, 1),
        ("SEC", True, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("code", "is_core", "gate", "added"),
    [
        ("LAB-01", True, True, "Compliance, privacy, security"),
        ("LAB-02", True, False, ""),
        ("LAB-07", False, False, "Laboratory and IT and integration"),
        ("INT-07", False, False, "IT and integration"),
    ],
)
def test_question_names_whom_opening_would_add(asked, code, is_core, gate, added):
    shown = line(offered(asked), code)
    assert (shown.title, shown.is_core, shown.gate, shown.added, shown.why) == (f"Title of {code}", is_core, gate, added, "")


def test_plan_of_now_is_ticked_without_a_difference(asked):
    lines = [item for each in offered(asked).domains for item in each.lines]
    assert [(item.code, item.on, item.opened) for item in lines if item.differs or item.opened or not item.on] == []


@pytest.mark.parametrize(
    ("changes", "code", "ticks"),
    [({"left_out_items": ["LAB-02"]}, "LAB-02", (False, False)), ({"opened": ["LAB-07"]}, "LAB-07", (True, True))],
)
def test_what_is_ticked_otherwise_differs_and_touches_its_domain(asked, changes, code, ticks):
    lines = offered(asked, **changes)
    shown = line(lines, code)
    assert ((shown.on, shown.opened), shown.differs) == (ticks, True)
    assert [each.code for each in lines.domains if each.touched] == ["LAB"]


def test_domain_that_is_off_keeps_the_ticks_of_its_questions(asked):
    shown = domain(offered(asked, left_out_domains=["LAB"]), "LAB")
    assert (shown.on, [item.on for item in shown.lines]) == (False, [True, True, True])


def test_opened_question_is_no_longer_one_that_could_be_opened(asked):
    assert domain(offered(asked, opened=["LAB-07"]), "LAB").deeper == 0


def test_deeper_question_that_opens_by_rule_stands_apart_with_its_reason(asked):
    lines = offered(asked, BY_DOMAIN)
    assert [(item.code, item.why) for item in lines.suggested] == [
        ("LAB-07", "opens because of Title of LAB-01 (LAB-01), short or contested")
    ]
    assert [item.code for item in domain(lines, "LAB").lines] == ["LAB-01", "LAB-02"]


def test_core_question_that_opens_by_rule_can_still_be_switched_off_in_its_domain(asked):
    lines = offered(asked, OWN)
    assert [item.code for item in lines.suggested] == ["LAB-01"]
    assert "LAB-01" in [item.code for item in domain(lines, "LAB").lines]
