"""What a product's page shows as its address narrows it; what the address names and is not there counts for nothing."""

import pytest
from django.http import QueryDict

from assessments.services.profile_requirements import profile_of
from assessments.shown.product_page import Wanted, product_page
from assessments.shown.profile import profile_rows, titles_of
from tests import factories
from tests.assessments.deeper_bank import make_deeper_version

DOMAINS = {"LAB": "Laboratory", "INT": "Integration"}


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, version=make_deeper_version(), name="Panel")


def page(product, query=""):
    return product_page(product, QueryDict(query))


def codes(shown):
    return [row.code for domain in shown["domains"] for row in domain.rows]


@pytest.mark.parametrize(
    ("query", "wanted", "narrows"),
    [
        ("", Wanted(), False),
        ("show=gates&domain=LAB&q=a", Wanted("gates", "LAB", "a"), True),
        ("show=nothing&domain=XYZ", Wanted(), False),
        ("show=%3Cscript%3E&domain=lab", Wanted(), False),
        ("q=%20%20", Wanted(), False),
        ("q=%20two%20%20words%20", Wanted(words="two words"), True),
        ("show=gates&show=core", Wanted("core"), True),
        ("q=" + "x" * 300, Wanted(words="x" * 200), True),
    ],
)
def test_address_says_what_is_wanted(query, wanted, narrows):
    found = Wanted.of(QueryDict(query), DOMAINS)
    assert (found, found.narrows) == (wanted, narrows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["LAB-01", "LAB-02", "LAB-07", "INT-01", "INT-07", "SEC-01"]),
        ("show=all", ["LAB-01", "LAB-02", "LAB-07", "INT-01", "INT-07", "SEC-01"]),
        ("show=gates", ["LAB-01", "INT-01"]),
        ("show=core", ["LAB-01", "LAB-02", "INT-01", "SEC-01"]),
        ("show=deeper", ["LAB-07", "INT-07"]),
        ("show=adjusted", ["LAB-02"]),
        ("show=deeper&domain=INT", ["INT-07"]),
        ("q=title+compliance", ["LAB-01", "SEC-01"]),
        ("q=CTX-01", []),
        ("domain=CTX", ["LAB-01", "LAB-02", "LAB-07", "INT-01", "INT-07", "SEC-01"]),
        ("show=gates&q=%E4%B8%96", []),
    ],
)
def test_requirements_are_narrowed(product, query, expected):
    product.requirements.create(item_code="LAB-02", weight=5)
    assert codes(page(product, query)) == expected


def test_figures_stay_those_of_the_whole_profile_whatever_is_wanted(product):
    product.requirements.create(item_code="LAB-02", weight=5)
    product.requirements.create(item_code="LAB-07", left_out=True, reason="No")
    shown = page(product, "show=gates&q=nothing")
    assert (shown["count"], shown["gates"], shown["adjusted"]) == (5, 2, 1)
    assert ([row.code for row in shown["context"]], [row.code for row in shown["left_out"]]) == (["CTX-01"], ["LAB-07"])
    assert shown["all_domains"] == {"LAB": "Lab", "INT": "Int", "SEC": "Sec"}


def test_value_for_what_the_type_does_not_ask_is_said_to_have_no_effect(product):
    product.requirements.create(item_code="GONE-1", weight=5)
    assert [row.item_code for row in page(product)["unused"]] == ["GONE-1"]


def test_roles_say_what_they_are_asked_at_once_and_in_depth(product):
    figures = {role.name: (role.core, role.deeper) for role in page(product)["roles"]}
    assert figures == {"Laboratory": (2, 1), "IT and integration": (2, 2), "Compliance, privacy, security": (1, 1)}


@pytest.mark.parametrize(("places", "expected"), [(2, {"count": 2, "learned": 0}), (3, {"count": 3, "learned": 1})])
def test_records_count_from_three_on(product, places, expected):
    for number in range(places):
        product.records.create(item_code="LAB-01", place=f"Place {number}", weeks=4)
    product.records.create(item_code="GONE-1", place="Place", weeks=4)
    assert page(product)["records"] == expected


def test_domain_shows_gates_and_departures_first(product):
    product.requirements.create(item_code="LAB-07", weight=5)
    lab = page(product, "domain=LAB")["domains"][0]
    assert (lab.title, lab.gates) == ("Lab", 1)
    assert ([row.code for row in lab.first], [row.code for row in lab.rest]) == (["LAB-01", "LAB-07"], ["LAB-02"])


def test_more_than_eight_words_are_not_looked_for(product):
    rows = profile_rows(profile_of(product, product.version), titles_of(product.version))
    wanted = Wanted(words="lab-01 " * 8 + "nowhere")
    assert [row.code for row in rows if wanted.takes(row)] == ["LAB-01"]
