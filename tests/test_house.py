import pytest

from assessments.models import Item, ItemText, PublishedError, ScopeItem
from stakeholders.models import WrittenOnceError
from tests import factories


def test_scope_of_an_open_assessment_holds_the_bank(assessment):
    scope = assessment.scopes.get()
    assert [i.code for i in scope.items.all()] == ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.save(),
        lambda r: r.delete(),
        lambda r: ScopeItem.objects.filter(pk=r.pk).update(weight=1),
        lambda r: ScopeItem.objects.filter(pk=r.pk).delete(),
        lambda r: ScopeItem.objects.bulk_update([r], ["weight"]),
    ],
)
def test_scope_item_refuses_change(assessment, change):
    with pytest.raises(WrittenOnceError):
        change(assessment.scopes.get().items.first())


def test_published_item_refuses_change(assessment):
    item = assessment.scopes.get().items.first().item
    with pytest.raises(PublishedError):
        item.save()


def moved_item(published):
    published.version = factories.make_version(publish=False)
    return published


@pytest.mark.parametrize(
    "change",
    [
        lambda i: moved_item(i).save(),
        lambda i: Item.objects.bulk_update([moved_item(i)], ["version"]),
        lambda i: Item(pk=i.pk, version=factories.make_version(publish=False), domain=i.domain, code="NEW-01", position=1).save(),
        lambda i: Item.objects.bulk_create([Item(version=i.version, domain=i.domain, code="NEW-01", position=9)]),
        lambda i: ItemText.objects.bulk_create([ItemText(item=i, field="title", role="clinician", text="New")]),
        lambda i: ItemText(pk=i.texts.first().pk, item=i, field="title", language="es", text="Changed").save(),
        lambda i: i.texts.update(text="Changed"),
        lambda i: i.roles.all().delete(),
    ],
)
def test_published_item_neither_changes_nor_moves_nor_grows(assessment, change):
    item = assessment.scopes.get().items.first().item
    before = (Item.objects.values().get(pk=item.pk), list(item.texts.values()))
    with pytest.raises(PublishedError):
        change(Item.objects.get(pk=item.pk))
    assert (Item.objects.values().get(pk=item.pk), list(item.texts.values())) == before


@pytest.mark.parametrize("hang", [lambda rows, other: rows.update(version=other), lambda rows, other: rows.update(version_id=other.pk)])
def test_item_of_a_draft_does_not_move_into_a_published_version(db, hang):
    draft, published = factories.make_version(publish=False), factories.make_version()
    with pytest.raises(PublishedError):
        hang(Item.objects.filter(version=draft), published)
    assert draft.items.count() == 5


def test_missing_language_is_inserted_under_a_published_version(assessment):
    item = assessment.scopes.get().items.first().item
    ItemText.objects.create(item=item, field="title", language="es", text="Título")
    assert item.texts.get(language="es").text == "Título"
