"""The items of an assessment with what the latest score says of each, as a viewer may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from assessments.models import Assessment, ItemText, Scope, ScopeItem, ScoreSnapshot, TextField
from assessments.services.visibility import VENDOR, Viewer
from assessments.shown.hidden import Hidden, hidden_figures
from assessments.wording import Asked, bound

NOTHING_HEARD: Mapping[str, Any] = {
    "status": "unknown",
    "fulfilment": None,
    "low": None,
    "high": None,
    "answered": False,
    "role_means": {},
    "disagreement": None,
    "gate": None,
}


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item: what it asks and where it stands; fulfilment, low and high are 0–1, None where unknown or withheld.

    `gate_state` is empty for an item that is no gate. `withheld`: its own figures would give a single answer away.
    """

    row: ScopeItem
    asked: Asked
    domain_title: str
    status: str
    gate_state: str
    fulfilment: float | None
    low: float | None
    high: float | None
    contested: bool
    between_sites: bool
    withheld: bool

    @property
    def code(self) -> str:
        """Return the item's code."""
        return self.row.code

    @property
    def domain(self) -> str:
        """Return the code of the item's domain."""
        return self.row.domain_code

    @property
    def roles(self) -> list[str]:
        """Return the roles that are asked, the accountable one first."""
        return list(self.row.roles)

    @property
    def need_words(self) -> str:
        """Return what is required at go-live."""
        return bound(self.asked, self.row.need)

    @property
    def floor_words(self) -> str:
        """Return what must be true before a contract is signed; empty for an item that is no gate."""
        return bound(self.asked, self.row.floor) if self.row.gate and self.row.floor is not None else ""


@dataclass(frozen=True, slots=True)
class ShownItems:
    """All scored items in scope by code, in the scope's order, and the domains that hold them."""

    snapshot: ScoreSnapshot | None
    scope: Scope | None
    items: Mapping[str, ShownItem]
    domains: Mapping[str, str]

    def __iter__(self) -> Iterator[ShownItem]:
        return iter(self.items.values())


def shown_items(assessment: Assessment, viewer: Viewer = VENDOR) -> ShownItems:
    """Return the items with the latest snapshot's results, or with nothing heard before the first one; at most 10 queries."""
    snapshot = assessment.latest_snapshot
    scopes = Scope.objects.select_related("version").filter(assessment=assessment)
    scope = scopes.get(pk=snapshot.scope_id) if snapshot else scopes.order_by("-number").first()
    if scope is None:
        return ShownItems(snapshot, None, {}, {})
    rows = [row for row in scope.items.all() if row.is_scored]
    results = {result["code"]: result for result in snapshot.result["items"]} if snapshot else {}
    titles, hidden = _titles(scope, rows), hidden_figures(assessment, viewer)
    used = {row.domain_code for row in rows}
    domains = {d.code: d.title for d in scope.version.domains.all() if d.code in used}
    items = {row.code: _item(row, titles.get(row.item_id, row.code), results.get(row.code, NOTHING_HEARD), hidden, domains) for row in rows}
    return ShownItems(snapshot, scope, items, domains)


def _titles(scope: Scope, rows: list[ScopeItem]) -> dict[int, str]:
    """Return the items' titles in the page's language, else in the question bank's."""
    languages = [scope.version.language, get_language() or "en"]
    texts = ItemText.objects.filter(item__in=[row.item_id for row in rows], field=TextField.TITLE, role="", language__in=languages)
    by_language = {(language, item): text for item, language, text in texts.values_list("item_id", "language", "text")}
    return {item: text for language in languages for (known, item), text in by_language.items() if known == language}


def _item(row: ScopeItem, title: str, result: Mapping[str, Any], hidden: Hidden, domains: Mapping[str, str]) -> ShownItem:
    withheld = not hidden.item_may_show(row.code)
    apart = result["disagreement"] or {}
    return ShownItem(
        row=row,
        asked=asked_of(row, title, _means(row.code, result["role_means"], hidden)),
        domain_title=domains.get(row.domain_code, row.domain_code),
        status=result["status"],
        gate_state=result["gate"] or ("unknown" if row.gate and result is NOTHING_HEARD else ""),
        contested=bool(apart.get("flagged")),
        between_sites=bool(apart.get("between_sites")),
        withheld=withheld,
        **{name: None if withheld else result[name] for name in ("fulfilment", "low", "high")},
    )


def _means(code: str, means: Mapping[str, float], hidden: Hidden) -> dict[str, float | None]:
    return {role: mean if hidden.mean_may_show(code, role) else None for role, mean in means.items()}


def asked_of(row: ScopeItem, title: str, means: Mapping[str, float | None]) -> Asked:
    """Return what an item asks, in the terms of the wording."""
    return Asked(
        code=row.code,
        title=title,
        kind=row.kind,
        need=row.need,
        floor=row.floor,
        gate=row.gate,
        unit=row.unit,
        direction=row.direction,
        accountable=row.accountable,
        means=means,
    )
