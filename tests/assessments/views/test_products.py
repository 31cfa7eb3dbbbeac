import pytest
from django.urls import reverse

from assessments.models import Product
from tests import factories

LIST, NEW = reverse("products"), reverse("product-new")
PANEL = {"name": "Panel", "product_type": "send_out_test", "claim": "Nine days"}


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, name="Panel")


def url(product, name="product"):
    return reverse(name, args=[product.pk])


def test_list_holds_the_organisations_products_only(lead_client, product, outsider):
    factories.make_product(outsider.organisation, name="Theirs")
    page = lead_client.get(LIST).content.decode()
    assert "Panel" in page
    assert "Theirs" not in page


def test_empty_list_teaches_and_offers_to_add(lead_client):
    assert NEW in lead_client.get(LIST).content.decode()


def test_reviewer_reads_but_is_offered_nothing(reviewer_client, product):
    page = reviewer_client.get(LIST).content.decode() + reviewer_client.get(url(product)).content.decode()
    assert NEW not in page
    assert url(product, "product-edit") not in page


def test_product_is_added(lead_client, organisation):
    factories.make_version()
    made = lead_client.post(NEW, PANEL)
    assert made.url == url(Product.objects.get(organisation=organisation, name="Panel", claim="Nine days"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "PANEL"}, "name"),
        ({"product_type": ""}, "product_type"),
        ({"product_type": "time_machine"}, "product_type"),
        ({"claim": "x" * 301}, "claim"),
    ],
)
@pytest.mark.parametrize("page", ["new", "edit"])
def test_wrong_entry_is_named_and_nothing_is_saved(lead_client, organisation, product, changes, field, page):
    edited = factories.make_product(organisation, name="Edited")
    address = NEW if page == "new" else url(edited, "product-edit")
    response = lead_client.post(address, {**PANEL, "name": "Other", **changes})
    assert (response.status_code, field in response.context["form"].errors) == (200, True)
    assert sorted(Product.objects.values_list("name", flat=True)) == ["Edited", "Panel"]


def test_product_without_a_question_bank_is_refused_with_what_to_do(lead_client):
    assert "manage.py load_instrument" in lead_client.post(NEW, PANEL).content.decode()


def test_product_is_changed(lead_client, product):
    assert lead_client.post(url(product, "product-edit"), {**PANEL, "name": "世界 Panel"}).url == url(product)
    product.refresh_from_db()
    assert (product.name, product.claim) == ("世界 Panel", "Nine days")


def test_profile_shows_need_floor_weight_gate_and_roles(lead_client, product):
    page = lead_client.get(url(product)).content.decode()
    assert all(text in page for text in ("Title of LAB-01", "Gate", "<b>Laboratory</b>", "Compliance, privacy, security"))


def test_profile_shows_what_is_left_out(lead_client, product):
    product.requirements.create(item_code="LAB-02", left_out=True)
    assert "Left out of this product" in lead_client.get(url(product)).content.decode()


@pytest.mark.parametrize("name", ["product", "product-edit"])
def test_another_organisations_product_does_not_exist(outsider_client, product, name):
    missing = outsider_client.get(reverse(name, args=["11111111-1111-1111-1111-111111111111"]))
    response = outsider_client.get(url(product, name))
    assert (response.status_code, response.content) == (404, missing.content)


def test_reviewer_may_neither_add_nor_change(reviewer_client, product):
    assert (reviewer_client.post(NEW, PANEL).status_code, reviewer_client.post(url(product, "product-edit"), PANEL).status_code) == (
        403,
        403,
    )


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version()
    for _ in range(number):
        factories.make_product(organisation, version=version)
    with django_assert_num_queries(5):
        lead_client.get(LIST)


@pytest.mark.parametrize("number", [1, 30])
def test_profile_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)])
    product = factories.make_product(organisation, version=version)
    with django_assert_num_queries(11):
        lead_client.get(url(product))
