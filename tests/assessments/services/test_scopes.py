"""What an assessment asks: the product's profile, less what is switched off, frozen in numbered revisions."""

import pytest
from django.db import IntegrityError, transaction

from assessments.models import ProductRequirement, Scope, ScopeItem
from assessments.services.scopes import freeze_scope, profile_items
from stakeholders.models import WrittenOnceError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation):
    return factories.make_assessment(organisation)


def freeze(assessment, **options):
    return freeze_scope(assessment=assessment, reason="Start", author=None, **options)


def codes(scope):
    return [item.code for item in scope.items.all()]


def adjust(assessment, code="LAB-01", **values):
    return ProductRequirement.objects.create(product=assessment.product, item_code=code, **values)


def test_first_revision_holds_the_whole_profile_in_the_banks_order(draft):
    scope = freeze(draft)
    assert scope.number == 1
    assert codes(scope) == ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]


def test_scope_item_copies_what_the_bank_says(draft):
    item = freeze(draft).items.get(code="LAB-01")
    assert (item.need, item.floor, item.weight, item.gate, item.kind) == (3, 2, 5, True, "level")
    assert (item.roles, item.accountable) == (["lab_director", "compliance_privacy_security"], "lab_director")


def test_next_revision_leaves_the_first_as_it_is(draft):
    first = freeze(draft)
    second = freeze(draft, without_domains=["CHG"])
    assert second.number == 2
    assert "CHG-01" in codes(first)
    assert "CHG-01" not in codes(second)
    assert Scope.objects.current(draft) == second


def test_domain_that_is_switched_off_is_not_asked(draft):
    assert codes(freeze(draft, without_domains=["LAB", "INT"])) == ["CHG-01"]


def test_item_that_is_switched_off_is_not_asked(draft):
    assert codes(freeze(draft, without_items=["LAB-02", "CHG-01"])) == ["LAB-01", "INT-01", "INT-02"]


def test_unknown_names_switch_nothing_off(draft):
    assert len(codes(freeze(draft, without_domains=["XYZ"], without_items=["NO-99"]))) == 5


def test_scope_without_anything_to_ask_is_refused_and_nothing_is_stored(draft):
    with pytest.raises(ValueError, match="at least one item"):
        freeze(draft, without_domains=["LAB", "INT", "CHG"])
    assert not Scope.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("need", 2), ("floor", 1), ("weight", 1), ("gate", False)])
def test_product_overrules_the_bank_field_by_field(draft, field, value):
    adjust(draft, **{field: value})
    item = freeze(draft).items.get(code="LAB-01")
    assert getattr(item, field) == value


def test_product_that_overrules_nothing_takes_the_banks_values(draft):
    adjust(draft)
    item = freeze(draft).items.get(code="LAB-01")
    assert (item.need, item.floor, item.weight, item.gate) == (3, 2, 5, True)


def test_requirement_that_the_product_leaves_out_is_not_asked(draft):
    adjust(draft, left_out=True)
    assert "LAB-01" not in codes(freeze(draft))


def test_other_products_adjustment_changes_nothing_here(draft, organisation):
    other = factories.make_assessment(organisation, version=draft.product.version)
    adjust(other, left_out=True)
    assert "LAB-01" in codes(freeze(draft))


def test_later_adjustment_never_reaches_a_frozen_scope(draft):
    scope = freeze(draft)
    adjust(draft, weight=1)
    assert scope.items.get(code="LAB-01").weight == 5


def test_profile_is_what_would_be_frozen_and_stores_nothing(draft):
    planned = [item.code for item in profile_items(draft.product)]
    assert not ScopeItem.objects.exists()
    assert planned == codes(freeze(draft))


def test_product_of_another_type_asks_nothing_of_this_bank(draft):
    draft.product.product_type = "remote_monitoring"
    assert profile_items(draft.product) == []


def test_required_roles_are_the_accountable_ones_and_clinicians_of_affected_services(draft):
    scope = freeze(draft, without_domains=["CHG"])
    assert scope.required_roles() == ["clinician", "it_integration_lead", "lab_director"]
    draft.service_lines.clear()
    assert scope.required_roles() == ["it_integration_lead", "lab_director"]


def test_revision_number_is_given_once(draft):
    scope = freeze(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.create(assessment=draft, number=1, version=scope.version, reason="Again")


def test_scope_itself_refuses_change(draft):
    scope = freeze(draft)
    scope.reason = "Rewritten"
    with pytest.raises(WrittenOnceError):
        scope.save()


@pytest.mark.parametrize(
    "fault", [{"weight": 6}, {"weight": 0}, {"need": 0}, {"gate": True, "floor": None}, {"accountable": "surgeon"}], ids=str
)
def test_database_refuses_a_scope_item_that_makes_no_sense(draft, fault):
    item = freeze(draft).items.get(code="LAB-02").copy_unsaved()
    item.code = "LAB-99"
    for name, value in fault.items():
        setattr(item, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()
