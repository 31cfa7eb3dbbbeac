"""Where a scope asks less than its question bank does."""

import pytest

from assessments.models import ProductRequirement, Scope
from assessments.services.departures import departures
from assessments.services.scopes import freeze_scope
from tests import factories

pytestmark = pytest.mark.django_db


def scope_with(organisation, **values):
    """The scope of an open assessment whose product sets these values for LAB-01, a gate of weight 5, need 3 and floor 2."""
    product = factories.make_product(organisation)
    if values:
        ProductRequirement.objects.create(product=product, item_code="LAB-01", reason="Done before, every time.", **values)
    return Scope.objects.current(factories.make_open_assessment(organisation, product=product))


def test_profile_of_the_type_departs_nowhere(organisation):
    assert departures(scope_with(organisation)) == []


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"need": 2}, ("need",)),
        ({"floor": 1}, ("floor",)),
        ({"weight": 1}, ("weight",)),
        ({"gate": False}, ("gate",)),
        ({"need": 2, "floor": 1, "gate": False}, ("need", "floor", "gate")),
        ({"left_out": True}, ("left_out",)),
    ],
)
def test_whatever_asks_less_is_named_with_its_reason(organisation, values, fields):
    (departure,) = departures(scope_with(organisation, **values))
    assert (departure.code, departure.title, departure.fields) == ("LAB-01", "Title of LAB-01", fields)
    assert departure.reason == "Done before, every time."


@pytest.mark.parametrize("values", [{"need": 4}, {"floor": 3}, {"weight": 5}])
def test_what_asks_more_is_no_departure(organisation, values):
    assert departures(scope_with(organisation, **values)) == []


def test_departure_stays_with_the_scope_when_the_product_goes_back_to_its_type(organisation):
    """The scope was frozen with the easier value: taking the adjustment back afterwards hides nothing."""
    scope = scope_with(organisation, need=2)
    ProductRequirement.objects.all().delete()
    (departure,) = departures(scope)
    assert (departure.fields, departure.own.need, departure.bank.need) == (("need",), 2, 3)
    assert departure.reason == "Done before, every time."


def test_item_left_out_after_the_start_is_no_departure_of_what_was_frozen(organisation):
    scope = scope_with(organisation)
    ProductRequirement.objects.create(product=scope.assessment.product, item_code="LAB-01", left_out=True, reason="Later")
    assert departures(scope) == []


def test_item_that_a_revision_switched_off_is_told_there_and_not_here(organisation):
    assessment = factories.make_open_assessment(organisation)
    scope = freeze_scope(assessment=assessment, reason="Not affected", author=None, without_items=["LAB-01"], without_domains=["CHG"])
    assert departures(scope) == []


def test_deeper_item_that_nobody_opened_is_no_departure(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", ["lab_director"], core=["lab_director"])
    factories.make_item(version, "LAB-02", ["lab_director"])
    version.publish()
    assert departures(Scope.objects.current(factories.make_open_assessment(organisation, version=version))) == []


def test_what_a_module_sets_lower_counts_only_where_nobody_asks_more(organisation):
    version = factories.make_version()
    panel, companion = (factories.make_product(organisation, version=version) for _ in range(2))
    panel.modules.add(companion)
    ProductRequirement.objects.create(product=companion, item_code="LAB-01", need=2, reason="Ours is simpler")
    assert departures(Scope.objects.current(factories.make_open_assessment(organisation, product=panel))) == []


def test_departures_take_a_fixed_number_of_queries(organisation, django_assert_num_queries):
    few = scope_with(organisation, need=2)
    with django_assert_num_queries(12):
        departures(few)
    bank = [(f"LAB-{n:02}", ["lab_director"], True, 3) for n in range(1, 31)]
    product = factories.make_product(organisation, version=factories.make_version(bank=bank))
    for code, *_ in bank:
        ProductRequirement.objects.create(product=product, item_code=code, need=2, reason="Less")
    many = Scope.objects.current(factories.make_open_assessment(organisation, product=product))
    with django_assert_num_queries(12):
        assert len(departures(many)) == 30
