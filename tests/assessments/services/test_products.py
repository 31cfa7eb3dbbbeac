import pytest
from django.core.exceptions import ValidationError

from assessments.services.products import change_product, create_product
from assessments.services.profiles import profile_rows
from tests import factories


def test_product_gets_the_newest_published_bank(organisation):
    factories.make_version()
    newest = factories.make_version()
    factories.make_version(publish=False)
    assert create_product(organisation=organisation, name="Panel", product_type="send_out_test").version == newest


def test_product_needs_a_published_bank(organisation):
    factories.make_version(publish=False)
    with pytest.raises(ValidationError, match="No question bank"):
        create_product(organisation=organisation, name="Panel", product_type="send_out_test")


def test_name_is_taken_whatever_its_case_in_the_same_organisation_only(organisation, outsider):
    factories.make_version()
    create_product(organisation=organisation, name="Panel", product_type="send_out_test")
    with pytest.raises(ValidationError, match="already"):
        create_product(organisation=organisation, name="PANEL", product_type="send_out_test")
    assert create_product(organisation=outsider.organisation, name="Panel", product_type="send_out_test").name == "Panel"


def test_product_may_keep_its_own_name_on_change(organisation):
    product = factories.make_product(organisation, name="Panel")
    assert change_product(product=product, name="panel", product_type="send_out_test", claim="9 days").claim == "9 days"


def test_change_keeps_the_bank(organisation):
    product = factories.make_product(organisation, version=factories.make_version())
    factories.make_version()
    version = product.version
    assert change_product(product=product, name="Panel", product_type="in_house_assay").version == version


def test_profile_lists_requirements_by_domain_and_what_is_left_out(organisation):
    product = factories.make_product(organisation)
    product.requirements.create(item_code="LAB-02", left_out=True)
    product.requirements.create(item_code="LAB-01", need=4)
    page = profile_rows(product)
    assert [(d["code"], [r["item"].code for r in d["rows"]]) for d in page["domains"]] == [
        ("LAB", ["LAB-01"]),
        ("INT", ["INT-01", "INT-02"]),
        ("CHG", ["CHG-01"]),
    ]
    first = page["domains"][0]["rows"][0]
    assert (first["title"], first["item"].need, first["adjusted"], first["roles"][0]) == ("Title of LAB-01", 4, True, "Laboratory")
    assert ([row["code"] for row in page["left_out"]], page["count"], page["gates"]) == (["LAB-02"], 4, 2)
