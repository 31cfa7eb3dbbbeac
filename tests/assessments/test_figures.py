"""Domains and the whole."""

import pytest

from assessments.results import DomainResult, Overall
from assessments.scored import Domain
from assessments.scoring import score
from tests.assessments.small_bundles import IT, LAB, NOT_APPLICABLE, UNKNOWN, Said, make_bundle, make_item


def make_items(*weights, domain="LAB"):
    return tuple(make_item(code=f"{domain}-{number:02}", domain=domain, weight=weight) for number, weight in enumerate(weights, 1))


def test_domain_score_weighs_items_that_have_one():
    items = make_items(1, 3, 5)

    result = score(make_bundle(Said(LAB, 3, "LAB-01"), Said(LAB, 0, "LAB-02"), items=items))

    assert result.domains == (DomainResult("LAB", 25.0, pytest.approx(100 / 9), pytest.approx(600 / 9), pytest.approx(4 / 9)),)


def test_domain_coverage_counts_what_the_accountable_role_answered():
    items = tuple(make_item(code=code, weight=weight, roles=(LAB, IT)) for code, weight in (("LAB-01", 4), ("LAB-02", 1)))

    result = score(make_bundle(Said(LAB, 3, "LAB-01"), Said(IT, 3, "LAB-02"), items=items))

    assert result.domains[0].coverage == 0.8


def test_not_applicable_item_leaves_every_sum():
    items = make_items(5, 1)

    result = score(make_bundle(Said(LAB, NOT_APPLICABLE, "LAB-01"), Said(LAB, 3, "LAB-02"), items=items))

    assert result.domains == (DomainResult("LAB", 100, 100, 100, 1),)
    assert result.overall == Overall(100, 100, 100, 1)


def test_domain_out_of_scope_has_no_figures_and_no_part_in_the_whole():
    items = make_items(1) + make_items(1, domain="SPC")

    result = score(make_bundle(Said(LAB, 3, "LAB-01"), Said(LAB, NOT_APPLICABLE, "SPC-01"), items=items))

    assert result.domains[1] == DomainResult("SPC", None, None, None, None)
    assert result.overall == Overall(100, 100, 100, 1)


def test_domain_without_items_has_no_figures():
    result = score(make_bundle(Said(LAB, 3), domains=(Domain(code="LAB"), Domain(code="SPC", weight=9))))

    assert result.domains[1] == DomainResult("SPC", None, None, None, None)
    assert result.overall.score == 100


def test_overall_weighs_domains_that_have_the_figure():
    items = make_items(1) + make_items(5, domain="SPC") + make_items(1, domain="INT")
    domains = (Domain(code="LAB", weight=3), Domain(code="SPC", weight=1), Domain(code="INT", weight=0.5))
    said = [Said(LAB, 3, "LAB-01"), Said(LAB, 0, "SPC-01"), Said(LAB, UNKNOWN, "INT-01")]

    overall = score(make_bundle(*said, items=items, domains=domains)).overall

    assert overall == Overall(75.0, pytest.approx(300 / 4.5), pytest.approx(350 / 4.5), pytest.approx(6 / 7))


def test_overall_coverage_weighs_items_not_domains():
    items = make_items(1) + make_items(4, domain="SPC")
    domains = (Domain(code="LAB", weight=100), Domain(code="SPC", weight=1))

    assert score(make_bundle(Said(LAB, 3, "LAB-01"), items=items, domains=domains)).overall.coverage == 0.2


def test_empty_bundle_has_no_score_and_covers_nothing():
    result = score(make_bundle(items=()))

    assert result.overall == Overall(None, None, None, 0.0)
    assert (result.domains, result.items) == ((), ())


def test_everything_not_applicable_has_no_score_and_covers_nothing():
    assert score(make_bundle(Said(LAB, NOT_APPLICABLE))).overall == Overall(None, None, None, 0.0)


@pytest.mark.parametrize("weights", [(2.1, 1.9), (0.07, 0.07), (1e308, 1e308), (5e-324, 5e-324)])
def test_overall_stays_within_100_whatever_the_domain_weights(weights):
    items = make_items(1) + make_items(1, domain="SPC")
    domains = tuple(Domain(code=code, weight=weight) for code, weight in zip(("LAB", "SPC"), weights, strict=True))

    overall = score(make_bundle(Said(LAB, 3, "LAB-01"), Said(LAB, 3, "SPC-01"), items=items, domains=domains)).overall

    assert overall == Overall(100, 100, 100, 1)


def test_overall_forgets_a_weightless_domain_beside_a_huge_one_without_failing():
    items = make_items(1) + make_items(1, domain="SPC")
    domains = (Domain(code="LAB", weight=5e-324), Domain(code="SPC", weight=1e308))

    assert score(make_bundle(Said(LAB, 3, "LAB-01"), items=items, domains=domains)).overall.score == 100


def test_rounding_never_puts_the_overall_score_above_its_range():
    items = make_items(1) + make_items(1, domain="SPC")
    domains = (Domain(code="LAB", weight=2), Domain(code="SPC", weight=0.2))

    overall = score(make_bundle(Said(LAB, 3, "LAB-01"), items=items, domains=domains)).overall

    assert overall == Overall(100, pytest.approx(1000 / 11), 100, 0.5)


def test_domains_and_items_come_in_bundle_order():
    items = make_items(1, domain="SPC") + make_items(2, 1)[::-1]

    result = score(make_bundle(items=items, domains=(Domain(code="SPC"), Domain(code="LAB"))))

    assert [domain.code for domain in result.domains] == ["SPC", "LAB"]
    assert [item.code for item in result.items] == ["SPC-01", "LAB-02", "LAB-01"]
