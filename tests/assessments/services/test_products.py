import pytest
from django.core.exceptions import ValidationError

from assessments.models import Instrument, Product
from assessments.services.products import ProductValues, change_product, create_product
from stakeholders.models import AuditEvent
from tests import factories


def test_product_gets_the_newest_published_bank(organisation):
    factories.make_version()
    newest = factories.make_version()
    factories.make_version(publish=False)
    assert create_product(organisation=organisation, values=ProductValues(name="Panel", product_type="send_out_test")).version == newest


def test_product_needs_a_published_bank(organisation):
    factories.make_version(publish=False)
    with pytest.raises(ValidationError, match="No question bank"):
        create_product(organisation=organisation, values=ProductValues(name="Panel", product_type="send_out_test"))


def test_name_is_taken_whatever_its_case_in_the_same_organisation_only(organisation, outsider):
    factories.make_version()
    create_product(organisation=organisation, values=ProductValues(name="Panel", product_type="send_out_test"))
    with pytest.raises(ValidationError, match="already"):
        create_product(organisation=organisation, values=ProductValues(name="PANEL", product_type="send_out_test"))
    assert (
        create_product(organisation=outsider.organisation, values=ProductValues(name="Panel", product_type="send_out_test")).name == "Panel"
    )


def test_product_may_keep_its_own_name_on_change(organisation):
    product = factories.make_product(organisation, name="Panel")
    assert (
        change_product(product=product, values=ProductValues(name="panel", product_type="send_out_test", claim="9 days")).claim == "9 days"
    )


def test_change_keeps_the_bank(organisation):
    product = factories.make_product(organisation, version=factories.make_version())
    factories.make_version()
    version = product.version
    assert change_product(product=product, values=ProductValues(name="Panel", product_type="in_house_assay")).version == version


def test_change_may_name_another_published_version(organisation):
    product, other = factories.make_product(organisation), factories.make_version()
    changed = change_product(product=product, values=ProductValues(name="Panel", product_type="send_out_test", version=other))
    assert changed.version == other


def foreign_version(outsider):
    version = factories.make_version()
    Instrument.objects.filter(versions=version).update(organisation=outsider.organisation)
    version.refresh_from_db()
    return version


@pytest.mark.parametrize("kind", ["draft", "foreign", "superseded"])
def test_version_that_is_not_ours_and_published_is_refused(organisation, outsider, kind):
    product = factories.make_product(organisation, name="Panel")
    version = foreign_version(outsider) if kind == "foreign" else factories.make_version(publish=kind != "draft")
    if kind == "superseded":
        version.supersede()
    with pytest.raises(ValidationError, match="published version"):
        change_product(product=product, values=ProductValues(name="Panel", product_type="send_out_test", version=version))
    with pytest.raises(ValidationError, match="published version"):
        create_product(organisation=organisation, values=ProductValues(name="Other", product_type="send_out_test", version=version))


def test_product_may_stay_on_a_version_that_was_superseded(organisation):
    product = factories.make_product(organisation, name="Panel")
    product.version.supersede()
    assert (
        change_product(product=product, values=ProductValues(name="New name", product_type="send_out_test", version=product.version)).name
        == "New name"
    )


# Add-on modules


@pytest.fixture
def panel(organisation):
    return factories.make_product(organisation, name="Panel")


@pytest.fixture
def companion(organisation):
    return factories.make_product(organisation, name="Companion")


def with_modules(product, modules):
    return change_product(product=product, values=ProductValues(name=product.name, product_type=product.product_type, modules=modules))


def test_product_is_sold_together_with_others(panel, companion):
    with_modules(panel, [companion])
    assert list(panel.modules.all()) == [companion]
    assert list(companion.part_of.all()) == [panel]


def test_new_product_may_have_modules(organisation, companion):
    made = create_product(organisation=organisation, values=ProductValues(name="Both", product_type="send_out_test", modules=[companion]))
    assert list(made.modules.all()) == [companion]


def test_change_without_modules_keeps_them_and_an_empty_list_takes_them_away(panel, companion):
    panel.modules.add(companion)
    change_product(product=panel, values=ProductValues(name="Panel", product_type="send_out_test"))
    assert list(panel.modules.all()) == [companion]
    with_modules(panel, [])
    assert not panel.modules.exists()


def test_product_is_never_its_own_module(panel):
    with pytest.raises(ValidationError, match="itself"):
        with_modules(panel, [panel])


def test_module_of_another_organisation_is_refused(panel, outsider):
    theirs = factories.make_product(outsider.organisation)
    with pytest.raises(ValidationError, match="your own organisation"):
        with_modules(panel, [theirs])
    assert not panel.modules.exists()


def test_module_with_modules_of_its_own_is_refused_by_name(organisation, panel, companion):
    companion.modules.add(factories.make_product(organisation))
    with pytest.raises(ValidationError, match="Companion is itself"):
        with_modules(panel, [companion])


def test_module_gets_no_modules_of_its_own_so_that_no_circle_arises(panel, companion):
    panel.modules.add(companion)
    with pytest.raises(ValidationError, match="Panel is itself"):
        with_modules(companion, [panel])
    with pytest.raises(ValidationError, match="add-on of Panel"):
        with_modules(companion, [factories.make_product(panel.organisation)])


def test_refused_modules_change_nothing_else(panel):
    with pytest.raises(ValidationError):
        change_product(product=panel, values=ProductValues(name="Other", product_type="send_out_test", modules=[panel]))
    assert Product.objects.get(pk=panel.pk).name == "Panel"


def test_change_leaves_an_event_in_ids_only(panel, lead):
    change_product(product=panel, actor=lead.user, values=ProductValues(name="Other", product_type="send_out_test"))
    event = AuditEvent.objects.get(verb="product.changed")
    assert (event.subject_id, event.actor_id) == (str(panel.pk), lead.user.pk)
