import pytest

from assessments.models import ItemProductType, RequirementRecord
from assessments.requirements import HISTORY
from assessments.services.profile_requirements import is_adjusted, profile_lines, profile_of
from assessments.services.scopes import core_items
from tests import factories


def add_type(version, code, product_type, **fields):
    item = version.items.get(code=code)
    return ItemProductType.objects.create(item=item, product_type=product_type, **fields)


@pytest.fixture
def version(db):
    """Five items for a send-out test; a patient platform is asked INT-01 too, as a gate nowhere, and APP-01 alone."""
    version = factories.make_version(publish=False)
    add_type(version, "INT-01", "digital_engagement_platform")
    item = factories.make_item(version, "APP-01", ["patient_navigation"])
    item.product_types.all().delete()
    add_type(version, "APP-01", "digital_engagement_platform")
    version.publish()
    return version


@pytest.fixture
def panel(organisation, version):
    return factories.make_product(organisation, version=version, name="Panel")


@pytest.fixture
def companion(organisation, version):
    return factories.make_product(organisation, version=version, name="Companion", product_type="digital_engagement_platform")


def by_code(product):
    return {line.requirement.code: line for line in profile_lines(product, product.version)}


def test_product_and_module_ask_each_requirement_once(panel, companion):
    panel.modules.add(companion)
    codes = [line.requirement.code for line in profile_lines(panel, panel.version)]
    assert sorted(codes) == ["APP-01", "CHG-01", "INT-01", "INT-02", "LAB-01", "LAB-02"]


def test_on_overlap_the_strictest_counts_and_each_part_is_named(panel, companion):
    panel.modules.add(companion)
    panel.requirements.create(item_code="INT-01", weight=1)
    companion.requirements.create(item_code="INT-01", need=4, floor=3)
    line = by_code(panel)["INT-01"]
    assert (line.requirement.need, line.requirement.floor, line.requirement.weight, line.requirement.gate) == (4, 3, 4, True)
    assert [(part.product.name, part.own.weight, part.own.gate) for part in line.parts] == [("Panel", 1, True), ("Companion", 4, False)]


def test_what_the_product_leaves_out_is_asked_when_a_module_needs_it(panel, companion):
    panel.modules.add(companion)
    panel.requirements.create(item_code="INT-01", left_out=True)
    assert "INT-01" in by_code(panel)
    companion.requirements.create(item_code="INT-01", left_out=True)
    assert "INT-01" not in by_code(panel)
    assert [each.item.code for each in profile_of(panel, panel.version).left_out] == ["INT-01"]


def test_module_is_read_under_the_products_version(panel, companion):
    companion.version = factories.make_version(bank=[])
    companion.save()
    panel.modules.add(companion)
    assert "APP-01" in by_code(panel)


def test_history_of_a_module_counts(panel, companion):
    panel.modules.add(companion)
    for n in range(3):
        RequirementRecord.objects.create(product=companion, item_code="APP-01", place=f"Place {n}", weeks=n + 4)
    requirement = by_code(panel)["APP-01"].requirement
    assert (requirement.lead, requirement.lead_from) == ((4, 5, 6), HISTORY)


def test_adjustment_of_an_item_that_the_type_is_not_asked_is_kept_without_effect(panel):
    panel.requirements.create(item_code="APP-01", need=4)
    panel.requirements.create(item_code="GONE-01")
    profile = profile_of(panel, panel.version)
    assert [row.item_code for row in profile.unused] == ["APP-01"]


def test_row_that_went_back_to_the_type_is_no_adjustment(panel):
    assert not is_adjusted(panel.requirements.create(item_code="LAB-01"))
    assert not is_adjusted(None)
    assert is_adjusted(panel.requirements.create(item_code="LAB-02", left_out=True))


def test_gate_made_of_a_deeper_item_is_asked_of_whoever_is_accountable(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", ["lab_director"], core=["lab_director"])
    factories.make_item(version, "LAB-02", ["lab_director", "clinician"], floor=2)
    version.publish()
    product = factories.make_product(organisation, version=version)
    assert [item.code for item in core_items(product)] == ["LAB-01"]
    product.requirements.create(item_code="LAB-02", gate=True)
    assert [(item.code, item.roles) for item in core_items(product)] == [("LAB-01", ["lab_director"]), ("LAB-02", ["lab_director"])]


def test_own_value_that_a_newer_bank_leaves_no_room_for_still_makes_a_scope(organisation):
    version = factories.make_version(bank=[("LAB-01", ["lab_director"], False, 3)])
    product = factories.make_product(organisation, version=version)
    product.requirements.create(item_code="LAB-01", gate=True)
    assessment = factories.make_assessment(organisation, product=product)
    assert [item.gate for item in factories.make_scope(assessment).items.all()] == [False]


@pytest.mark.parametrize(("items", "modules"), [(1, 0), (30, 0), (1, 3), (30, 3)])
def test_profile_takes_seven_queries_however_long(organisation, django_assert_num_queries, items, modules):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(items)])
    product = factories.make_product(organisation, version=version)
    for _ in range(modules):
        product.modules.add(factories.make_product(organisation, version=version))
    with django_assert_num_queries(7):
        profile_of(product, version)
