"""How many questions a scope puts to whom, and what switching a domain off would save: pure counting."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.questionnaire import SECONDS, STANCE, Candidate, core_codes, minutes

CLINICIAN = "clinician"
SCORED_KINDS = ("level", "quantity")


class OutlineItem(NamedTuple):
    """What counting needs of one item: its code, domain, who is asked (the accountable role first), gate, weight and kind."""

    code: str
    domain: str
    roles: tuple[str, ...]
    gate: bool = False
    weight: int = 3
    kind: str = "level"
    core: tuple[str, ...] = ()
    seconds: Mapping[str, int] = {}

    @property
    def is_scored(self) -> bool:
        """Tell whether its answers enter the score; what only steers needs nobody to answer for it."""
        return self.kind in SCORED_KINDS

    def seconds_for(self, role: str) -> int:
        """Return the seconds that the role needs for it: from its words where they were counted, else by kind."""
        return self.seconds.get(role) or SECONDS[self.kind]


@dataclass(frozen=True)
class DomainOutline:
    """One domain of a profile: its questions and gates, whether it is on, and how many questions each role has in it."""

    code: str
    title: str
    questions: int
    gates: int
    on: bool
    by_role: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RoleOutline:
    """One role: how many questions it has, how many of them are asked first (the core) and how many minutes those take.

    `accountable` counts the items for which this role's answer decides, `deeper` those that are asked only once they are opened.
    """

    role: str
    questions: int
    core: int
    accountable: int
    minutes: int
    deeper: int = 0

    @property
    def later(self) -> int:
        """Return how many questions are not asked first: they may be asked later."""
        return self.questions - self.core + self.deeper


@dataclass(frozen=True)
class ScopeOutline:
    """A scope in figures; `questions` and `gates` count the domains that are on."""

    domains: tuple[DomainOutline, ...]
    roles: tuple[RoleOutline, ...]
    questions: int
    gates: int


def outline_scope(
    items: Sequence[OutlineItem],
    titles: Sequence[tuple[str, str]],
    *,
    left_out: Collection[str] = (),
    in_depth: Sequence[OutlineItem] = (),
) -> ScopeOutline:
    """Count a profile's items by domain and role.

    `titles` are (code, title) of the domains in the bank's order; domains without an item are not listed. Items of the
    domains in `left_out` count in their own domain's row only. Clinicians are asked one question more: where they stand.
    `in_depth` is the same profile with every deeper item opened, to say how much more there could be.
    """
    kept = [item for item in items if item.domain not in left_out]
    domains = [_domain(code, title, [i for i in items if i.domain == code], on=code not in left_out) for code, title in titles]
    asked = sorted({role for item in kept for role in item.roles})
    more = [item for item in in_depth if item.domain not in left_out]
    roles = [_role(role, [item for item in kept if role in item.roles], _count(more, role)) for role in asked]
    return ScopeOutline(
        domains=tuple(domain for domain in domains if domain.questions),
        roles=tuple(roles),
        questions=len(kept),
        gates=sum(item.gate for item in kept),
    )


def _count(items: Sequence[OutlineItem], role: str) -> int:
    return sum(role in item.roles for item in items)


def _role(role: str, items: Sequence[OutlineItem], in_depth: int) -> RoleOutline:
    first = _first(items, role)
    stance = int(role == CLINICIAN)
    seconds = sum(item.seconds_for(role) for item in items if item.code in first) + stance * SECONDS[STANCE]
    accountable = sum(item.roles[0] == role for item in items if item.is_scored)
    deeper = max(in_depth - len(items), 0)
    return RoleOutline(role, len(items) + stance, len(first) + stance, accountable, minutes(seconds), deeper)


def _first(items: Sequence[OutlineItem], role: str) -> frozenset[str]:
    """Return the codes that the role is asked first: all that is in scope, or by rank where the bank divides nothing."""
    if any(item.core for item in items):
        return frozenset(item.code for item in items)
    return core_codes([Candidate(i.code, i.roles == (role,), i.roles[0] == role, i.gate, i.weight) for i in items], role)


def _domain(code: str, title: str, items: Sequence[OutlineItem], *, on: bool) -> DomainOutline:
    by_role = Counter(role for item in items for role in item.roles)
    return DomainOutline(code, title, len(items), sum(i.gate for i in items), on, tuple(sorted(by_role.items())))


def required_roles(items: Sequence[OutlineItem], *, left_out: Collection[str] = (), has_service_line: bool) -> list[str]:
    """Return the roles that must answer, sorted: every accountable one, and clinician when a service line is affected (product.md)."""
    roles = {item.roles[0] for item in items if item.domain not in left_out and item.is_scored}
    return sorted(roles | ({CLINICIAN} if has_service_line else set()))
