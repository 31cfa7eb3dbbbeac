"""Edit the items of a draft: add, rewrite, remove. An item is always written whole, with all its parts, or not at all."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.bank.reading import MOST_ITEMS
from assessments.bank.version import BankItem
from assessments.models import Domain, InstrumentVersion, Item
from assessments.services.bank_rows import bank_item, fill_item, item_row, store_parts
from assessments.services.drafts import PARTS, locked_draft, note_change
from assessments.services.drafts_limits import limits_of, refuse_one_more
from stakeholders.models import User


class ItemChangedError(Exception):
    """Somebody else saved the item after the page was opened: `current` is theirs, `edition` its number; nothing was saved."""

    def __init__(self, current: BankItem, edition: int) -> None:
        super().__init__(current.code)
        self.current, self.edition = current, edition


class ItemGoneError(Exception):
    """Somebody else removed the item after the page was opened."""


@transaction.atomic
def add_item(*, version: InstrumentVersion, item: BankItem, actor: User | None = None) -> Item:
    """Add an item at the end of its domain. Raises ValidationError for what cannot be kept, or is too much."""
    draft = locked_draft(version)
    refuse_one_more(draft.items.all(), MOST_ITEMS)
    _refuse(draft, item)
    domain = _domain(draft, item)
    row = item_row(draft, domain, item, end_of(domain))
    row.save()
    store_parts([(row, item)], draft.language)
    note_change(draft, "bank.item_added", actor)
    return row


@transaction.atomic
def save_draft_item(*, version: InstrumentVersion, row: Item, item: BankItem, seen: int | None, actor: User | None = None) -> Item:
    """Rewrite an item with all its parts; in another domain it goes to the end.

    Raises ItemChangedError when `seen` is not its edition, ItemGoneError, ValidationError for what cannot be kept.
    """
    draft = locked_draft(version)
    current = draft_item(draft, row.pk)
    if seen is not None and seen != current.edition:
        raise ItemChangedError(bank_item(current, draft.language), current.edition)
    _refuse(draft, item, current.pk)
    if current.domain.code != item.domain:
        current.domain = _domain(draft, item)
        current.position = end_of(current.domain)
    fill_item(current, item)
    current.edition += 1
    current.save()
    for model in PARTS:
        model.objects.filter(item=current).delete()
    store_parts([(current, item)], draft.language)
    note_change(draft, "bank.item_changed", actor)
    return current


@transaction.atomic
def remove_items(*, version: InstrumentVersion, pks: Collection[int], actor: User | None = None) -> int:
    """Remove items from a draft and return how many; what names them shows as a defect. Raises ItemGoneError for none."""
    draft = locked_draft(version)
    gone = set(draft.items.filter(pk__in=pks).values_list("pk", flat=True))
    if not gone:
        raise ItemGoneError
    for model in PARTS:
        model.objects.filter(item__in=gone).delete()
    draft.items.filter(pk__in=gone).delete()
    note_change(draft, "bank.item_removed", actor)
    return len(gone)


def draft_item(draft: InstrumentVersion, pk: int) -> Item:
    """Return an item of the draft with its parts. Raises ItemGoneError."""
    found = draft.items.whole().filter(pk=pk).first()
    if found is None:
        raise ItemGoneError
    return found


def end_of(domain: Domain) -> int:
    """Return the position after a domain's last item."""
    last = domain.items.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _domain(draft: InstrumentVersion, item: BankItem) -> Domain:
    domain = draft.domains.filter(code=item.domain).first()
    if domain is None:
        raise ValidationError({"domain": _("There is no such domain in this draft any more. Choose another one.")})
    return domain


def _refuse(draft: InstrumentVersion, item: BankItem, pk: int = 0) -> None:
    """Refuse a code that another item has, and what the database does not keep."""
    if draft.items.filter(code=item.code).exclude(pk=pk).exists():
        raise ValidationError({"code": _("There is an item with this code already.")})
    problems = {path.split(".")[0]: message for path, message in limits_of(item)}
    if problems:
        raise ValidationError(problems)
