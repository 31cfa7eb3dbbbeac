import pytest

from assessments.models import PublishedError, ScopeItem
from stakeholders.models import WrittenOnceError


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
