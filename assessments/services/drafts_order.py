"""The domains of a draft, and the order of domains and items."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.bank.reading import MOST_DOMAINS
from assessments.bank.version import BankDomain
from assessments.models import Domain, InstrumentVersion, Item
from assessments.services.drafts import DraftChangedError, locked_draft, mark_of, note_change
from assessments.services.drafts_items import ItemGoneError, end_of
from assessments.services.drafts_limits import refuse_one_more
from stakeholders.models import User

Placed = TypeVar("Placed", Domain, Item)


@transaction.atomic
def move_item(*, version: InstrumentVersion, pk: int, up: bool, actor: User | None = None) -> Item:
    """Move an item past its neighbour; past a domain's edge it goes into the next domain. Raises ItemGoneError."""
    draft = locked_draft(version)
    item = draft.items.filter(pk=pk).select_related("domain").first()
    if item is None:
        raise ItemGoneError
    if not _swap(list(item.domain.items.order_by("position", "pk")), item, up):
        _cross(draft, item, up)
    note_change(draft, "bank.item_moved", actor)
    return item


@transaction.atomic
def move_items(*, version: InstrumentVersion, pks: Collection[int], domain: str, actor: User | None = None) -> int:
    """Move items to the end of a domain, in their order; returns how many. Raises ItemGoneError without such a domain."""
    draft = locked_draft(version)
    target = draft.domains.filter(code=domain).first()
    if target is None:
        raise ItemGoneError
    moved = list(draft.items.filter(pk__in=pks).exclude(domain=target).order_by("domain__position", "position"))
    for position, item in enumerate(moved, start=end_of(target)):
        item.domain, item.position = target, position
    Item.objects.bulk_update(moved, ["domain", "position"])
    note_change(draft, "bank.item_moved", actor)
    return len(moved)


@transaction.atomic
def move_domain(*, version: InstrumentVersion, pk: int, up: bool, actor: User | None = None) -> Domain:
    """Move a domain with its items past its neighbour. Raises ItemGoneError."""
    draft = locked_draft(version)
    domains = list(draft.domains.all())
    domain = next((each for each in domains if each.pk == pk), None)
    if domain is None:
        raise ItemGoneError
    _swap(domains, domain, up)
    note_change(draft, "bank.domain_moved", actor)
    return domain


def domain_mark(domain: Domain) -> str:
    """Return the fingerprint of what a page shows of a domain."""
    return mark_of((domain.code, domain.title, domain.description, float(domain.weight)))


@transaction.atomic
def add_domain(*, version: InstrumentVersion, domain: BankDomain, actor: User | None = None) -> Domain:
    """Add a domain at the end. Raises ValidationError for a code that another one has, or one domain too many."""
    draft = locked_draft(version)
    refuse_one_more(draft.domains.all(), MOST_DOMAINS)
    last = draft.domains.last()
    row = Domain(version=draft, position=0 if last is None else last.position + 1)
    return _save_domain(draft, row, domain, "bank.domain_added", actor)


@transaction.atomic
def save_domain(*, version: InstrumentVersion, row: Domain, domain: BankDomain, seen: str = "", actor: User | None = None) -> Domain:
    """Change a domain. Raises ValidationError for a taken code, DraftChangedError when it is not as it was `seen`."""
    draft = locked_draft(version)
    current = draft.domains.filter(pk=row.pk).first()
    if current is None:
        raise ItemGoneError
    if seen and seen != domain_mark(current):
        raise DraftChangedError
    return _save_domain(draft, current, domain, "bank.domain_changed", actor)


@transaction.atomic
def remove_domain(*, version: InstrumentVersion, row: Domain, actor: User | None = None) -> None:
    """Remove an empty domain. Raises ValidationError while it has items."""
    draft = locked_draft(version)
    current = draft.domains.filter(pk=row.pk).first()
    if current is None:
        raise ItemGoneError
    if current.items.exists():
        raise ValidationError(_("This domain still has items. Move them to another domain or remove them first."))
    current.delete()
    note_change(draft, "bank.domain_removed", actor)


def _save_domain(draft: InstrumentVersion, row: Domain, domain: BankDomain, verb: str, actor: User | None) -> Domain:
    if draft.domains.filter(code=domain.code).exclude(pk=row.pk).exists():
        raise ValidationError({"code": _("There is a domain with this code already.")})
    row.code, row.title, row.description, row.weight = domain.code, domain.title, domain.description, domain.weight
    row.save()
    note_change(draft, verb, actor)
    return row


def _swap(rows: Sequence[Placed], row: Placed, up: bool) -> bool:
    """Exchange a row with its neighbour and number all anew; False at the edge."""
    order = list(rows)
    here = order.index(row)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order):
        each.position = position
    type(row).objects.bulk_update(order, ["position"])
    return True


def _cross(draft: InstrumentVersion, item: Item, up: bool) -> None:
    """Move an item to the near edge of the next domain in that direction, if there is one."""
    domains = list(draft.domains.all())
    there = domains.index(item.domain) + (-1 if up else 1)
    if not 0 <= there < len(domains):
        return
    target = domains[there]
    others = list(target.items.order_by("position", "pk"))
    item.domain = target
    item.save()
    order = [*others, item] if up else [item, *others]
    for position, each in enumerate(order):
        each.position = position
    Item.objects.bulk_update(order, ["position"])
