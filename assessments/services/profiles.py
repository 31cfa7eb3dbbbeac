"""Read what a product requires, for the pages that list it."""

from itertools import groupby
from typing import Any

from assessments.models import Domain, InstrumentVersion, Item, Product, TextField
from assessments.services.scopes import profile_items
from stakeholders.models import Role


def profile_rows(product: Product) -> dict[str, Any]:
    """Return a product's requirements by domain, with titles, and those that it leaves out; a fixed number of queries."""
    items = [item for item in profile_items(product) if item.is_scored]
    texts = _titles(product.version)
    domains = dict(Domain.objects.filter(version=product.version_id).values_list("code", "title"))
    adjusted = {r.item_code: r for r in product.requirements.all()}
    rows = [{"item": i, "title": texts.get(i.code, i.code), "roles": role_labels(i.roles), "adjusted": i.code in adjusted} for i in items]
    groups = groupby(rows, key=_domain_code)
    left_out = [{"code": code, "title": texts.get(code, code)} for code, r in adjusted.items() if r.left_out]
    return {
        "domains": [{"code": code, "title": domains.get(code, code), "rows": list(group)} for code, group in groups],
        "count": len(items),
        "gates": sum(item.gate for item in items),
        "left_out": left_out,
    }


def _domain_code(row: dict[str, Any]) -> str:
    return str(row["item"].domain_code)


def _titles(version: InstrumentVersion) -> dict[str, str]:
    rows = Item.objects.filter(version=version, texts__field=TextField.TITLE, texts__role="", texts__language=version.language)
    return dict(rows.order_by().values_list("code", "texts__text"))


def role_labels(roles: list[str]) -> list[str]:
    """Return the roles' names, the accountable one first."""
    return [str(Role(role).label) for role in roles]
