"""What happens when two leads change products at once: needs a database with row locks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assessments.models import Product, ProductRequirement, RequirementRecord
from assessments.requirements import Adjustment
from assessments.services.products import ProductValues, change_product
from assessments.services.requirement_changes import adjust_requirement
from assessments.services.requirement_records import add_record
from stakeholders.models import SavedMeanwhileError
from tests import factories
from tests.assessments.services.test_approvals_at_once import in_thread
from tests.assessments.services.test_requirement_changes import plain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no row locks: writers wait for one another anyway"),
]


def with_module(product, module):
    return change_product(product=product, values=ProductValues(name=product.name, product_type=product.product_type, modules=[module]))


def test_two_products_never_become_each_others_module(organisation):
    one, other = factories.make_product(organisation), factories.make_product(organisation)
    with transaction.atomic():
        with_module(one, other)
        thread, results = in_thread(lambda: with_module(other, one))
    thread.join()
    assert isinstance(results[0], ValidationError)
    assert Product.objects.filter(modules__isnull=False).get() == one


def test_second_of_two_who_adjust_a_requirement_for_the_first_time_is_told(organisation):
    product = factories.make_product(organisation)
    asked = plain(product)
    with transaction.atomic():
        adjust_requirement(product=product, plain=asked, own=Adjustment(need=4), seen=0)
        thread, results = in_thread(lambda: adjust_requirement(product=product, plain=asked, own=Adjustment(floor=3), seen=0))
    thread.join()
    assert isinstance(results[0], SavedMeanwhileError)
    assert ProductRequirement.objects.get().need == 4


def test_same_record_added_twice_at_once_is_kept_once(organisation):
    product = factories.make_product(organisation)
    values = {"place": "Elm Ridge", "weeks": 6}
    with transaction.atomic():
        add_record(product=product, code="LAB-01", values=values)
        thread, results = in_thread(lambda: add_record(product=product, code="LAB-01", values={**values, "place": "ELM RIDGE"}))
    thread.join()
    assert isinstance(results[0], ValidationError)
    assert RequirementRecord.objects.count() == 1
