"""What the page of a scope offers to switch off and to open, domain by domain, with the reason where the rule opens it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.models import ScopeItem
from assessments.openings import Opening
from assessments.services.scope_history import Names
from assessments.services.scope_offers import Offer
from assessments.services.scopes import ScopePlan
from assessments.shown.scope_words import opening_words
from assessments.wording import listed, role_title


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One question that can be switched off (`is_core`) or opened (`added` names who would then be asked, too).

    `differs`: it is ticked otherwise than it is asked now.
    """

    code: str
    title: str
    gate: bool
    is_core: bool
    on: bool
    opened: bool
    added: str
    why: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain with its questions; `first` of them are asked without opening anything, `gates` are gates."""

    code: str
    title: str
    on: bool
    first: int
    gates: int
    lines: tuple[ItemLine, ...]

    @property
    def deeper(self) -> int:
        """Return how many more questions could be opened."""
        return sum(not line.is_core and not line.opened for line in self.lines)

    @property
    def touched(self) -> bool:
        """Tell whether anything in it is switched off, or ticked otherwise than it is asked now."""
        return any(line.differs or (line.is_core and not line.on) for line in self.lines)


@dataclass(frozen=True, slots=True)
class OfferLines:
    """All that is offered: what opens by rule, and every domain with the rest."""

    suggested: tuple[ItemLine, ...]
    domains: tuple[DomainLine, ...]


def offer_lines(offer: Offer, plan: ScopePlan, suggested: Mapping[str, Opening], names: Names, *, now: ScopePlan) -> OfferLines:
    """Return what is offered, ticked as the plan has it; what opens by rule stands apart, with its reason.

    `now` is the plan of the revision that is asked now.
    """
    lines = {row.code: _line(row, offer, plan, suggested.get(row.code), names) for row in offer.full.values()}
    lines = {code: replace(line, differs=_differs(code, plan, now)) for code, line in lines.items()}
    domains = []
    for code in offer.domain_codes:
        rows = [row for row in offer.full.values() if row.domain_code == code]
        first = [row for row in rows if row.code in offer.core]
        shown = tuple(lines[row.code] for row in rows if row.code in offer.core or row.code not in suggested)
        on = code not in plan.left_out_domains
        domains.append(DomainLine(code, names.domain(code), on, len(first), sum(row.gate for row in first), shown))
    return OfferLines(tuple(lines[code] for code in lines if code in suggested), tuple(domains))


def _differs(code: str, plan: ScopePlan, now: ScopePlan) -> bool:
    return (code in plan.opened) != (code in now.opened) or (code in plan.left_out_items) != (code in now.left_out_items)


def _line(row: ScopeItem, offer: Offer, plan: ScopePlan, opening: Opening | None, names: Names) -> ItemLine:
    return ItemLine(
        code=row.code,
        title=names.items.get(row.code, row.code),
        gate=row.gate,
        is_core=row.code in offer.core,
        on=row.code not in plan.left_out_items,
        opened=row.code in plan.opened,
        added=listed([role_title(role) for role in offer.added_roles(row.code)]),
        why=opening_words(opening, names) if opening else "",
    )
