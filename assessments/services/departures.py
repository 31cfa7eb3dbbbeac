"""Where a scope asks less than its question bank does: what makes a verdict easier stands beside it, with its reason."""

from dataclasses import dataclass
from uuid import UUID

from assessments.adjustments import eases
from assessments.models import Kind, ProductRequirement, Scope, ScopeItem, TextField
from assessments.requirements import Adjustment, Requirement, asked_of, combined, table_of
from assessments.services.profile_requirements import Profile, profile_of

LEFT_OUT = "left_out"
SCORED = (Kind.LEVEL, Kind.QUANTITY)


@dataclass(frozen=True, slots=True)
class Departure:
    """One requirement of which a scope asks less: the fields, the bank's values, the scope's own, and why."""

    code: str
    title: str
    fields: tuple[str, ...]
    bank: Requirement
    own: ScopeItem | None
    reason: str


def departures(scope: Scope, profile: Profile | None = None) -> list[Departure]:
    """Return every scored requirement of which the scope asks less than the question bank, by code.

    What a revision switched off or nobody opened is not among them. Of an imported bundle there are none: it names no
    product's type. A fixed number of queries. `profile` is the product's under the scope's version where it was read already.
    """
    if scope.stated_roles is not None:
        return []
    profile = profile or profile_of(scope.assessment.product, scope.version)
    named = {"texts__field": TextField.TITLE, "texts__role": "", "texts__language": scope.version.language}
    titles = dict(scope.version.items.filter(**named).values_list("code", "texts__text"))
    reasons = _reasons(scope, [product.pk for product in profile.products])
    parts_of_all = [*(line.parts for line in profile.lines), *(each.parts for each in profile.left_out)]
    plain = [combined([part.plain for part in parts]) for parts in parts_of_all]
    table = table_of(plain)
    asked = {row.code: row for row in scope.items.all()}
    found = [(bank, asked.get(bank.code), _fields(bank, asked.get(bank.code), scope, table)) for bank in plain]
    departed = [
        Departure(bank.code, titles.get(bank.code, bank.code), fields, bank, row, reasons.get(bank.code, ""))
        for bank, row, fields in found
        if fields
    ]
    return sorted(departed, key=lambda departure: departure.code)


def _fields(bank: Requirement, row: ScopeItem | None, scope: Scope, table: frozenset[str]) -> tuple[str, ...]:
    """Return by which fields a requirement is easier than in the bank; a missing row is one that the product left out."""
    if row is not None:
        return eases(bank, Adjustment(need=row.need, floor=row.floor, weight=row.weight, gate=row.gate)) if row.is_scored else ()
    is_switched_off = bank.code in scope.left_out_items or bank.domain in scope.left_out_domains
    would_be_asked = asked_of(bank, opened=bank.code in scope.opened, table=table)
    return (LEFT_OUT,) if would_be_asked and bank.kind in SCORED and not is_switched_off else ()


def _reasons(scope: Scope, products: list[UUID]) -> dict[str, str]:
    """Return the reasons as they stood when the scope was frozen, by code: later words explain nothing of it. One query."""
    history = ProductRequirement.history.filter(product__in=products, history_date__lte=scope.created_at)
    stood: dict[tuple[UUID, str], str] = {}
    for row in history.order_by("history_date", "history_id"):
        stood[row.product_id, row.item_code] = "" if row.history_type == "-" else row.reason
    found: dict[str, list[str]] = {}
    for (_product, code), reason in stood.items():
        found.setdefault(code, []).extend([reason] if reason else [])
    return {code: " ".join(dict.fromkeys(each)) for code, each in found.items()}
