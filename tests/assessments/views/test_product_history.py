import pytest
from django.urls import reverse

from assessments.models import RequirementRecord
from tests import factories


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, name="Panel")


def url(product):
    return reverse("product-history", args=[product.pk])


def record(product, place, code="LAB-01"):
    return RequirementRecord.objects.create(product=product, item_code=code, place=place, weeks=6)


def test_records_of_all_requirements_are_listed_with_how_far_they_are(lead_client, product):
    record(product, "Elm Ridge")
    record(product, "North Pass")
    record(product, "Sea View", "GONE-01")
    rows = {(row.record.place, row.words, row.asked) for row in lead_client.get(url(product)).context["page"]}
    assert rows == {
        ("Elm Ridge", "two of three records", True),
        ("North Pass", "two of three records", True),
        ("Sea View", "one of three records", False),
    }


def test_empty_history_teaches(lead_client, product):
    assert "No record yet" in lead_client.get(url(product)).content.decode()


def test_pasted_lines_are_kept(lead_client, product):
    text = "Code\tWhere\tWeeks\tFinished on\nLAB-01\tElm Ridge\t6.5\t2026-03-31\nlab-02\tElm Ridge\t8\t"
    assert lead_client.post(url(product), {"records": text}).url == url(product)
    kept = RequirementRecord.objects.values_list("item_code", "place", "weeks")
    assert sorted(kept) == [("LAB-01", "Elm Ridge", 6.5), ("LAB-02", "Elm Ridge", 8)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("LAB-99,Elm,6", "“LAB-99” is no requirement of this product"),
        ("LAB-01,,6", "the place is missing"),
        ("LAB-01,Elm,soon", "“soon” is no number of weeks"),
        ("LAB-01,Elm,6,31.3.2026", "is no date"),
        ("LAB-01,Elm,6,1850-01-01", "is before 2000-01-01"),
        ("LAB-01,North Pass,6", "there is a record from “North Pass” already"),
        ("LAB-01,Elm,6,,,,more", "7 columns"),
        ("<b>LAB-01</b>,Elm,6", "&lt;b&gt;LAB-01&lt;/b&gt;"),
    ],
)
def test_one_wrong_line_keeps_everything_in_the_field_and_nothing_in_the_database(lead_client, product, line, message):
    record(product, "North Pass")
    text = f"LAB-02,Elm,6\n{line}"
    response = lead_client.post(url(product), {"records": text})
    page = response.content.decode()
    assert (response.status_code, message in page, "Line 2" in page) == (200, True, True)
    assert response.context["form"]["records"].value() == text
    assert RequirementRecord.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   \n ", "Code,Where,Weeks", "x" * 60_001])
def test_nothing_to_keep_is_said(lead_client, product, text):
    response = lead_client.post(url(product), {"records": text})
    assert (response.status_code, "records" in response.context["form"].errors) == (200, True)


def test_another_organisations_history_does_not_exist(outsider_client, product):
    assert outsider_client.get(url(product)).status_code == 404
    assert outsider_client.post(url(product), {"records": "LAB-01,Elm,6"}).status_code == 404
    assert not RequirementRecord.objects.exists()


def test_reviewer_is_refused(reviewer_client, product):
    assert reviewer_client.get(url(product)).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_history_takes_a_fixed_number_of_queries(lead_client, product, django_assert_num_queries, number):
    for n in range(number):
        record(product, f"Place {n}")
    with django_assert_num_queries(11):
        lead_client.get(url(product))
