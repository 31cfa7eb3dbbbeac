"""What the next revision of a scope could switch off, open or move to, and what opens by rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.conditions import Answer, ConditionError, codes, parse
from assessments.models import Assessment, InstrumentVersion, ScopeItem, VersionState
from assessments.openings import Candidate, Opening, Scored, openings
from assessments.results import Result
from assessments.services.place_answers import answers_about_place
from assessments.services.profile_requirements import ProfileLine, profile_lines
from assessments.services.scopes import ScopePlan, scope_rows

Known = Sequence[Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A product's profile under a version of the bank: `core` is asked before anything is opened, `full` when everything is."""

    version: InstrumentVersion
    lines: list[ProfileLine]
    core: Mapping[str, ScopeItem]
    full: Mapping[str, ScopeItem]

    @property
    def domain_codes(self) -> list[str]:
        """Return the domains that hold anything, in the bank's order."""
        return list(dict.fromkeys(row.domain_code for row in self.full.values()))

    def added_roles(self, code: str) -> tuple[str, ...]:
        """Return the roles that opening an item adds; all of them where it is a deeper one."""
        first = self.core[code].roles if code in self.core else []
        return tuple(role for role in self.full[code].roles if role not in first)

    def candidates(self, plan: ScopePlan) -> list[Candidate]:
        """Return what opening would add to a plan: nothing that is switched off or open already."""
        opens_when = {line.item.code: line.item.opens_when for line in self.lines}
        found = [row for row in self.full.values() if row.code not in plan.opened and self.added_roles(row.code)]
        kept = [row for row in found if row.domain_code not in plan.left_out_domains and row.code not in plan.left_out_items]
        return [Candidate(row.code, row.domain_code, row.code in self.core, opens_when[row.code]) for row in kept]


def offer_of(assessment: Assessment, version: InstrumentVersion, *, lines: list[ProfileLine] | None = None) -> Offer:
    """Return what the assessment's product could ask under a version of the bank; as many queries as its profile takes.

    `lines` is the profile where it was read already: then none.
    """
    lines = profile_lines(assessment.product, version) if lines is None else lines
    every = frozenset(line.requirement.code for line in lines)
    core = {row.code: row for row in scope_rows(lines, ScopePlan(version=version))}
    full = {row.code: row for row in scope_rows(lines, ScopePlan(version=version, opened=every))}
    return Offer(version, lines, core, full)


def suggested_openings(assessment: Assessment, *, offer: Offer, plan: ScopePlan, result: Result) -> dict[str, Opening]:
    """Return what opens by rule under a plan, by code, from a score and from what is known about the place; one query."""
    scored = [Scored(item.code, item.domain, item.status) for item in result.items]
    return opened_by_rule(offer, plan, scored, known_about_place(assessment, offer, plan))


def opened_by_rule(offer: Offer, plan: ScopePlan, scored: Sequence[Scored], known: Known = ()) -> dict[str, Opening]:
    """Return what opens by rule under a plan, by code; without `known`, what the score alone opens."""
    found = openings(offer.candidates(plan), scored=scored, core=offer.core.keys(), known=known)
    return {opening.code: opening for opening in found}


def known_about_place(assessment: Assessment, offer: Offer, plan: ScopePlan) -> Known:
    """Return the answers that the conditions of a plan's candidates look at, as each person sees them; one query."""
    looked_at = {code for candidate in offer.candidates(plan) for code in _codes(candidate.opens_when)}
    accountable = {code: offer.full[code].accountable for code in looked_at if code in offer.full}
    return answers_about_place(assessment, accountable)


def _codes(condition: str) -> frozenset[str]:
    try:
        return codes(parse(condition)) if condition else frozenset()
    except ConditionError:
        return frozenset()


def versions_ahead(version: InstrumentVersion) -> list[InstrumentVersion]:
    """Return the version itself and the newer published ones of its bank, the oldest first; one query."""
    published = InstrumentVersion.objects.filter(instrument=version.instrument_id, state=VersionState.PUBLISHED)
    newer = published.exclude(pk=version.pk).select_related("instrument").order_by("published_at")
    return [version, *(row for row in newer if version.published_at is None or row.published_at > version.published_at)]  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is ticked on a page that listed an offer: the domains and items that are on, and the items asked in depth."""

    domains: Collection[str]
    items: Collection[str]
    opened: Collection[str]


def plan_from(plan: ScopePlan, offer: Offer, ticked: Ticked) -> ScopePlan:
    """Return a plan with what was ticked; what the page did not list stays as it was.

    A deeper item that is opened is on, whatever was switched off before; of an item in the core its own tick decides.
    """
    openable = {code for code in offer.full if offer.added_roles(code)}
    opened = (plan.opened - openable) | (openable & set(ticked.opened))
    listed, domains = set(offer.core), set(offer.domain_codes)
    items_off = (plan.left_out_items - listed - opened) | (listed - set(ticked.items))
    domains_off = (plan.left_out_domains - domains) | (domains - set(ticked.domains))
    return replace(plan, left_out_domains=frozenset(domains_off), left_out_items=frozenset(items_off), opened=frozenset(opened))
