"""How many questions a scope puts to whom, and what switching a domain off would save: pure counting."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.questionnaire import SECONDS, STANCE, Candidate, core_codes, minutes

CLINICIAN = "clinician"


class OutlineItem(NamedTuple):
    """What counting needs of one item: its code, domain, who is asked (the accountable role first), gate, weight and kind."""

    code: str
    domain: str
    roles: tuple[str, ...]
    gate: bool = False
    weight: int = 3
    kind: str = "level"


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

    `accountable` counts the items for which this role's answer decides.
    """

    role: str
    questions: int
    core: int
    accountable: int
    minutes: int


@dataclass(frozen=True)
class ScopeOutline:
    """A scope in figures; `questions` and `gates` count the domains that are on."""

    domains: tuple[DomainOutline, ...]
    roles: tuple[RoleOutline, ...]
    questions: int
    gates: int


def outline_scope(items: Sequence[OutlineItem], titles: Sequence[tuple[str, str]], *, left_out: Collection[str] = ()) -> ScopeOutline:
    """Count a profile's items by domain and role.

    `titles` are (code, title) of the domains in the bank's order; domains without an item are not listed. Items of the
    domains in `left_out` count in their own domain's row only. Clinicians are asked one question more: where they stand.
    """
    kept = [item for item in items if item.domain not in left_out]
    domains = [_domain(code, title, [i for i in items if i.domain == code], on=code not in left_out) for code, title in titles]
    asked = sorted({role for item in kept for role in item.roles})
    roles = [_role(role, [item for item in kept if role in item.roles]) for role in asked]
    return ScopeOutline(
        domains=tuple(domain for domain in domains if domain.questions),
        roles=tuple(roles),
        questions=len(kept),
        gates=sum(item.gate for item in kept),
    )


def _role(role: str, items: Sequence[OutlineItem]) -> RoleOutline:
    candidates = [Candidate(i.code, i.roles == (role,), i.roles[0] == role, i.gate, i.weight) for i in items]
    first = core_codes(candidates, role)
    stance = int(role == CLINICIAN)
    seconds = sum(SECONDS[item.kind] for item in items if item.code in first) + stance * SECONDS[STANCE]
    accountable = sum(candidate.accountable for candidate in candidates)
    return RoleOutline(role, len(items) + stance, len(first) + stance, accountable, minutes(seconds))


def _domain(code: str, title: str, items: Sequence[OutlineItem], *, on: bool) -> DomainOutline:
    by_role = Counter(role for item in items for role in item.roles)
    return DomainOutline(code, title, len(items), sum(i.gate for i in items), on, tuple(sorted(by_role.items())))


def required_roles(items: Sequence[OutlineItem], *, left_out: Collection[str] = (), has_service_line: bool) -> list[str]:
    """Return the roles that must answer, sorted: every accountable one, and clinician when a service line is affected (product.md)."""
    roles = {item.roles[0] for item in items if item.domain not in left_out}
    return sorted(roles | ({CLINICIAN} if has_service_line else set()))
