"""Where a scope asks less than its question bank does: what makes a verdict easier stands beside it, with its reason."""

from dataclasses import dataclass

from assessments.adjustments import eases
from assessments.models import Scope, ScopeItem, TextField
from assessments.requirements import Adjustment, Requirement, combined
from assessments.services.profile_requirements import PartOfProfile, profile_of

LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Departure:
    """One requirement of which a scope asks less: the fields, the bank's values, the scope's own, and why."""

    code: str
    title: str
    fields: tuple[str, ...]
    bank: Requirement
    own: ScopeItem | None
    reason: str


def departures(scope: Scope) -> list[Departure]:
    """Return every scored requirement of which the scope asks less than the question bank, in the bank's order.

    What a revision switched off or nobody opened is not among them. Of an imported bundle there are none: it names no
    product's type. A fixed number of queries.
    """
    if scope.stated_roles is not None:
        return []
    asked = {row.code: row for row in scope.items.all()}
    profile = profile_of(scope.assessment.product, scope.version)
    named = {"texts__field": TextField.TITLE, "texts__role": "", "texts__language": scope.version.language}
    titles = dict(scope.version.items.filter(**named).values_list("code", "texts__text"))
    found = [_departure(line.parts, asked.get(line.item.code), titles.get(line.item.code, "")) for line in profile.lines]
    found += [_departure(each.parts, None, titles.get(each.item.code, "")) for each in profile.left_out]
    return [departure for departure in found if departure is not None]


def _departure(parts: tuple[PartOfProfile, ...], row: ScopeItem | None, title: str) -> Departure | None:
    bank = combined([part.plain for part in parts])
    if row is None:
        is_left_out = all(part.own is None for part in parts)
        fields: tuple[str, ...] = (LEFT_OUT,) if is_left_out else ()
    else:
        fields = eases(bank, Adjustment(need=row.need, floor=row.floor, weight=row.weight, gate=row.gate)) if row.is_scored else ()
    reasons = dict.fromkeys(part.row.reason for part in parts if part.row is not None and part.row.reason)
    return Departure(bank.code, title or bank.code, fields, bank, row, " ".join(reasons)) if fields else None
