"""What the next revision could switch off or open, what opens by rule, and how ticks become a plan."""

import pytest

from assessments.models import InstrumentVersion
from assessments.results import Result
from assessments.scoring import score
from assessments.services.bundle_rows import assessment_bundle
from assessments.services.scope_offers import Ticked, offer_of, plan_from, suggested_openings, versions_ahead
from assessments.services.scopes import ScopePlan, current_plan
from tests import factories
from tests.assessments.deeper_bank import CHECKS, IT, LAB, make_deeper_assessment, make_newer_version, submitted

CORE = ["CTX-01", "LAB-01", "LAB-02", "INT-01", "SEC-01"]


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


@pytest.fixture
def offer(asked):
    return offer_of(asked, asked.product.version)


def plan(offer, **changes):
    return ScopePlan(version=offer.version, **{name: frozenset(codes) for name, codes in changes.items()})


def result_of(assessment) -> Result:
    return score(assessment_bundle(assessment))


def suggested(assessment, offer, **changes):
    return suggested_openings(assessment, offer=offer, plan=plan(offer, **changes), result=result_of(assessment))


def test_offer_holds_the_core_and_all_that_could_be_asked(offer):
    assert list(offer.core) == CORE
    assert list(offer.full) == ["CTX-01", "LAB-01", "LAB-02", "LAB-07", "INT-01", "INT-07", "SEC-01"]


def test_domains_come_once_in_the_order_of_the_bank(offer):
    assert offer.domain_codes == ["CTX", "LAB", "INT", "SEC"]


@pytest.mark.parametrize(
    ("code", "roles"),
    [("LAB-01", (CHECKS,)), ("LAB-02", ()), ("LAB-07", (LAB, IT)), ("INT-07", (IT,))],
    ids=["core that is checked", "core that is whole", "deeper with a check", "deeper"],
)
def test_opening_adds_the_roles_that_were_not_asked_first(offer, code, roles):
    assert offer.added_roles(code) == roles


def test_candidates_are_what_opening_would_add_to(offer):
    found = offer.candidates(plan(offer))
    assert [(c.code, c.in_core, c.opens_when) for c in found] == [
        ("LAB-01", True, ""),
        ("LAB-07", False, ""),
        ("INT-07", False, "CTX-01 is meditech"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"opened": ["LAB-07"]}, ["LAB-01", "INT-07"]),
        ({"left_out_items": ["LAB-01"]}, ["LAB-07", "INT-07"]),
        ({"left_out_domains": ["LAB"]}, ["INT-07"]),
    ],
    ids=["open already", "item switched off", "domain switched off"],
)
def test_candidates_are_nothing_that_is_open_or_switched_off(offer, changes, expected):
    assert [candidate.code for candidate in offer.candidates(plan(offer, **changes))] == expected


def test_item_that_the_product_leaves_out_is_not_offered(asked):
    asked.product.requirements.create(item_code="LAB-07", left_out=True)
    assert "LAB-07" not in offer_of(asked, asked.product.version).full


def test_nothing_opens_from_a_score_that_is_silent(asked, offer):
    assert suggested(asked, offer) == {}


def test_short_item_opens_its_check_and_the_deeper_ones_of_its_domain(asked, offer):
    submitted(asked, answers={"LAB-02": 0})
    submitted(asked, answers={"LAB-01": 0})
    assert {code: opening.because for code, opening in suggested(asked, offer).items()} == {
        "LAB-01": ("LAB-01",),
        "LAB-07": ("LAB-01", "LAB-02"),
    }


def test_answer_about_the_place_opens_what_looks_at_it(asked, offer):
    submitted(asked, IT, answers={"CTX-01": "meditech"})
    assert list(suggested(asked, offer)) == ["INT-07"]


def test_answer_of_somebody_who_is_not_accountable_for_it_opens_nothing(asked, offer):
    submitted(asked, LAB, answers={"CTX-01": "meditech"})
    assert suggested(asked, offer) == {}


def test_condition_that_nobody_can_read_opens_nothing(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "CTX-01", [IT], core=[IT], kind="choice", part="context")
    factories.make_item(version, "INT-01", [IT], core=[IT])
    factories.make_item(version, "INT-07", [IT], opens_when="CTX-01 is")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    submitted(assessment, IT, answers={"CTX-01": "meditech"})
    assert suggested(assessment, offer_of(assessment, version)) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_suggestions_take_one_query(asked, offer, count, django_assert_num_queries):
    for _number in range(count):
        submitted(asked, IT, answers={"CTX-01": "meditech"})
    result = result_of(asked)
    with django_assert_num_queries(1):
        suggested_openings(asked, offer=offer, plan=plan(offer), result=result)


def test_offer_takes_as_many_queries_as_its_profile(asked, django_assert_num_queries):
    version = asked.product.version
    with django_assert_num_queries(7):
        offer_of(asked, version)


def test_newer_published_versions_of_the_same_bank_are_ahead(asked):
    version = asked.product.version
    older = InstrumentVersion.objects.get(pk=version.pk)
    third, second = make_newer_version(version, "3", publish=False), make_newer_version(version)
    third.publish()
    make_newer_version(version, "4", publish=False)
    factories.make_version()
    assert versions_ahead(older) == [version, second, third]


def test_version_that_was_superseded_is_not_ahead(asked):
    make_newer_version(asked.product.version).supersede()
    assert versions_ahead(asked.product.version) == [asked.product.version]


def ticks(offer, **changes):
    return Ticked(**{"domains": offer.domain_codes, "items": list(offer.core), "opened": []} | changes)


def test_ticks_that_change_nothing_leave_the_plan_as_it_is(asked, offer):
    now = current_plan(asked)
    assert plan_from(now, offer, ticks(offer)) == now


def test_domain_and_item_without_a_tick_are_switched_off(offer):
    made = plan_from(plan(offer), offer, ticks(offer, domains=["CTX", "LAB", "INT"], items=CORE[1:]))
    assert (made.left_out_domains, made.left_out_items) == ({"SEC"}, {"CTX-01"})


def test_what_is_ticked_again_is_on_again(offer):
    before = plan(offer, left_out_domains=["SEC"], left_out_items=["LAB-02"], opened=["LAB-07"])
    made = plan_from(before, offer, ticks(offer))
    assert (made.left_out_domains, made.left_out_items, made.opened) == (frozenset(), frozenset(), frozenset())


def test_domain_that_the_page_did_not_list_stays_off(offer):
    assert plan_from(plan(offer, left_out_domains=["OLD"]), offer, ticks(offer)).left_out_domains == {"OLD"}


def test_item_that_is_opened_is_on_though_its_own_tick_is_missing(offer):
    made = plan_from(plan(offer, left_out_items=["LAB-07"]), offer, ticks(offer, opened=["LAB-07"]))
    assert (made.left_out_items, made.opened) == (frozenset(), {"LAB-07"})


def test_item_that_opening_adds_nothing_to_is_not_opened(offer):
    assert plan_from(plan(offer), offer, ticks(offer, opened=["LAB-02", "NO-99"])).opened == frozenset()
