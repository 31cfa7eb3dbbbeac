import pytest
from django.urls import reverse

from assessments.models import Product
from tests import factories
from tests.assessments.services.test_product_versions import BANK, next_version


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, name="Panel", version=factories.make_version(bank=BANK))


def url(product, name="product-version"):
    return reverse(name, args=[product.pk])


def test_page_of_a_product_on_the_newest_version_says_so(lead_client, product):
    assert "Nothing newer is published" in lead_client.get(url(product)).content.decode()
    assert url(product) not in lead_client.get(url(product, "product")).content.decode()


def test_product_page_offers_the_newer_version(lead_client, reviewer_client, product):
    next_version(product.version)
    assert url(product) in lead_client.get(url(product, "product")).content.decode()
    page = reviewer_client.get(url(product, "product")).content.decode()
    assert ("is published; this product is on version" in page, url(product) in page) == (True, False)


def test_page_names_what_changes(lead_client, organisation, product):
    factories.make_assessment(organisation, product=product)
    factories.make_open_assessment(organisation, product=product)
    product.requirements.create(item_code="LAB-03", need=4, reason="Ours is harder")
    next_version(product.version)
    page = lead_client.get(url(product)).content.decode()
    headings = ("New requirements", "No longer asked", "Become gates", "Are gates no longer", "weight: 3 → 4", "Ours is harder")
    assert [words for words in headings if words not in page] == []
    assert "1 draft follows" in page
    assert "1 assessment with a frozen scope stays" in page


def test_move_is_a_post_that_names_the_version(lead_client, product):
    newer = next_version(product.version)
    lead_client.get(url(product))
    assert Product.objects.get().version == product.version
    assert lead_client.post(url(product), {"to": newer.pk, "seen": 1}).url == url(product, "product")
    assert Product.objects.get().version == newer


def test_version_that_came_meanwhile_is_shown_first(lead_client, product):
    newer = next_version(product.version)
    newest = next_version(newer)
    response = lead_client.post(url(product), {"to": newer.pk, "seen": 1})
    assert (response.status_code, "published meanwhile" in response.content.decode()) == (409, True)
    assert response.context["newer"] == newest
    assert Product.objects.get().version == product.version


def test_move_over_another_ones_change_is_refused(lead_client, product):
    newer = next_version(product.version)
    Product.objects.update(edition=2)
    assert lead_client.post(url(product), {"to": newer.pk, "seen": 1}).status_code == 409
    assert Product.objects.get().version == product.version


@pytest.mark.parametrize("sent", [{}, {"to": "x"}, {"to": "\x00", "seen": "-1"}])
def test_post_without_a_version_moves_nothing(lead_client, product, sent):
    next_version(product.version)
    assert lead_client.post(url(product), sent).status_code in (400, 409)
    assert Product.objects.get().version == product.version


def test_another_organisations_product_does_not_exist(outsider_client, product):
    newer = next_version(product.version)
    assert outsider_client.get(url(product)).status_code == 404
    assert outsider_client.post(url(product), {"to": newer.pk}).status_code == 404
    assert Product.objects.get().version == product.version


def test_reviewer_is_refused(reviewer_client, product):
    assert reviewer_client.get(url(product)).status_code == 403
