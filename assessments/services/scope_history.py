"""The revisions of a scope, and what each changed against the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment, Domain, ItemText, Scope, ScopeItem, TextField
from assessments.scope_changes import NOTHING, AskedItem, RevisionFacts, ScopeChanges, changes_between
from assessments.services.scopes import ScopePlan, plan_of


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision with its items, and what it changed; the first says what was switched off from the start."""

    scope: Scope
    items: tuple[ScopeItem, ...]
    changes: ScopeChanges


def revisions(assessment: Assessment, *, until: int | None = None) -> list[Revision]:
    """Return an assessment's revisions, the first one first, up to a number; two queries."""
    rows = Scope.objects.filter(assessment=assessment).select_related("version__instrument", "author").prefetch_related("items")
    scopes = list((rows if until is None else rows.filter(number__lte=until)).order_by("number"))
    found, before = [], NOTHING
    for scope in scopes:
        items = tuple(scope.items.all())
        after = facts_of(plan_of(scope), items)
        changes = changes_between(before, after)
        found.append(Revision(scope, items, _first(changes) if before is NOTHING else changes))
        before = after
    return found


def _first(changes: ScopeChanges) -> ScopeChanges:
    """Return what the first revision leaves out of the product's profile; that it asks anything at all is no change."""
    return ScopeChanges(domains_off=changes.domains_off, items_off=changes.items_off, opened=changes.opened)


def facts_of(plan: ScopePlan, items: Iterable[ScopeItem]) -> RevisionFacts:
    """Return a revision, saved or not, as it is compared."""
    asked = {item.code: AskedItem(item.code, item.domain_code, item.gate, tuple(item.roles), _bounds(item)) for item in items}
    return RevisionFacts(plan.version.number, plan.left_out_domains, plan.left_out_items, plan.opened, asked)


def _bounds(item: ScopeItem) -> tuple[object, ...]:
    lead = (item.lead_optimistic, item.lead_likely, item.lead_pessimistic)
    return (item.need, item.floor, item.weight, lead, tuple(sorted(item.effort.items())))


@dataclass(frozen=True, slots=True)
class Names:
    """The titles of items and domains by code, to say a change in words; an unknown code stands for itself."""

    items: dict[str, str]
    domains: dict[str, str]

    def item(self, code: str) -> str:
        """Return an item's title with its code."""
        return f"{self.items[code]} ({code})" if code in self.items else code

    def domain(self, code: str) -> str:
        """Return a domain's title."""
        return self.domains.get(code, code)


def names_in(version_pks: Iterable[UUID]) -> Names:
    """Return the titles that some versions of a bank give, the latest version's where several do; two queries."""
    keys = list(set(version_pks))
    texts = ItemText.objects.filter(item__version__in=keys, field=TextField.TITLE, role="", language="en")
    titles = texts.order_by("item__version__published_at", "item_id").values_list("item__code", "text")
    domains = Domain.objects.filter(version__in=keys).order_by("version__published_at", "pk").values_list("code", "title")
    return Names(dict(titles), dict(domains))
