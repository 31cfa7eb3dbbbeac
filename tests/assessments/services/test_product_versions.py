import pytest

from assessments.models import InstrumentVersion, Product
from assessments.services.product_versions import move_product, newer_version, version_changes
from stakeholders.models import SavedMeanwhileError
from tests import factories

BANK = [("LAB-01", ["lab_director"], True, 5), ("LAB-02", ["lab_director"], False, 3), ("LAB-03", ["lab_director"], True, 3)]
NEWER = [("LAB-01", ["lab_director"], False, 5), ("LAB-02", ["lab_director"], True, 4), ("LAB-09", ["lab_director"], False, 3)]


def next_version(version, bank=None, *, publish=True):
    newer = InstrumentVersion.objects.create(instrument=version.instrument, number=f"{version.number}.1")
    for code, roles, gate, weight in NEWER if bank is None else bank:
        factories.make_item(newer, code, roles, gate=gate, weight=weight)
    if publish:
        version.supersede()
        newer.publish()
    return newer


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, version=factories.make_version(bank=BANK))


def codes(requirements):
    return [requirement.code for requirement in requirements]


def test_nothing_newer_before_something_is_published(product):
    next_version(product.version, publish=False)
    factories.make_version()
    assert newer_version(product) is None


def test_newest_published_version_of_the_same_bank_is_offered(product):
    newer = next_version(product.version)
    newest = next_version(newer)
    assert newer_version(product) == newest


def test_older_version_is_never_offered(product):
    newer = next_version(product.version, publish=False)
    newer.publish()
    product.version = newer
    assert newer_version(product) is None


def test_changes_name_new_and_gone_items_and_gates(product):
    changes = version_changes(product, next_version(product.version))
    assert (codes(changes.added), codes(changes.gone)) == (["LAB-09"], ["LAB-03"])
    assert (codes(changes.gates_on), codes(changes.gates_off)) == (["LAB-02"], ["LAB-01"])
    assert [(each.new.code, each.old.weight, each.new.weight) for each in changes.changed] == [("LAB-02", 3, 4)]


def test_own_value_is_no_change_of_the_bank(product):
    product.requirements.create(item_code="LAB-02", weight=5)
    assert version_changes(product, next_version(product.version)).changed == ()


def test_adjustment_whose_item_is_gone_is_listed_and_kept(product):
    product.requirements.create(item_code="LAB-03", need=4)
    newer = next_version(product.version)
    changes = version_changes(product, newer)
    move_product(product=product, version=newer)
    assert [row.item_code for row in changes.lost] == ["LAB-03"]
    assert product.requirements.get().need == 4


def test_own_value_that_no_longer_fits_is_named(product):
    product.requirements.create(item_code="LAB-02", floor=1, gate=True)
    newer = next_version(product.version, [("LAB-02", ["lab_director"], False, 3)], publish=False)
    newer.items.filter(code="LAB-02").update(condition="CTX-01 is epic")
    unfit = version_changes(product, newer).unfit
    assert [(each.row.item_code, each.problems[0].code) for each in unfit] == [("LAB-02", "gate_conditional")]


def test_version_with_nothing_new_changes_nothing(product):
    assert not version_changes(product, next_version(product.version, BANK))


def test_drafts_follow_the_move_and_frozen_scopes_stay(organisation, product):
    draft = factories.make_assessment(organisation, product=product)
    running = factories.make_open_assessment(organisation, product=product)
    newer = next_version(product.version)
    move_product(product=product, version=newer)
    draft = type(draft).objects.get(pk=draft.pk)
    assert [item.code for item in factories.make_scope(draft).items.all()] == ["LAB-01", "LAB-02", "LAB-09"]
    assert [item.code for item in running.scopes.get().items.all()] == ["LAB-01", "LAB-02", "LAB-03"]


def test_move_over_another_ones_change_is_refused(product):
    newer = next_version(product.version)
    Product.objects.filter(pk=product.pk).update(edition=2)
    with pytest.raises(SavedMeanwhileError):
        move_product(product=product, version=newer, seen=1)


def test_move_to_another_than_the_newest_is_refused(product):
    with pytest.raises(ValueError, match="newest"):
        move_product(product=product, version=factories.make_version())


@pytest.mark.parametrize("number", [1, 30])
def test_changes_take_a_fixed_number_of_queries(organisation, django_assert_num_queries, number):
    bank = [(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)]
    product = factories.make_product(organisation, version=factories.make_version(bank=bank))
    newer = next_version(product.version, bank)
    with django_assert_num_queries(14):
        version_changes(product, newer)
