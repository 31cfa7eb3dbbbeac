"""Freeze what an assessment asks: from the product's requirement profile to a numbered scope revision."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from assessments.models import Assessment, InstrumentVersion, Item, Product, Scope, ScopeItem
from assessments.requirements import Requirement, asked_of, effort_at, table_of
from assessments.services.frozen_rows import FrozenRows, carried, frozen_rows, in_version, is_off, keep_bounds
from assessments.services.profile_requirements import ProfileLine, profile_lines
from stakeholders.models import User


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """What the next scope revision is made of: a version of the bank, what is switched off, what is asked in depth.

    `refreshed`: take the product's profile as it is now; else whatever the revision before asked stays as it was frozen, and
    only what is opened or switched on, or what a newer version of the bank brings, is taken from the profile.
    """

    version: InstrumentVersion
    left_out_domains: frozenset[str] = frozenset()
    left_out_items: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    refreshed: bool = True

    def leaves_out(self, code: str, domain: str) -> bool:
        """Tell whether an item is switched off, alone or with its domain."""
        return domain in self.left_out_domains or code in self.left_out_items


def current_plan(assessment: Assessment) -> ScopePlan:
    """Return the plan that the latest revision was made from; before the first, what the draft would ask."""
    scope = Scope.objects.filter(assessment=assessment).select_related("version").order_by("-number").first()
    return draft_plan(assessment) if scope is None else plan_of(scope)


def plan_of(scope: Scope) -> ScopePlan:
    """Return the plan that a revision was made from; the next one keeps its needs, floors and weights."""
    return ScopePlan(
        version=scope.version,
        left_out_domains=frozenset(scope.left_out_domains),
        left_out_items=frozenset(scope.left_out_items),
        opened=frozenset(scope.opened),
        refreshed=False,
    )


def draft_plan(assessment: Assessment) -> ScopePlan:
    """Return what a draft proposes: the product's profile without what was switched off in the set-up."""
    return ScopePlan(
        version=assessment.product.version,
        left_out_domains=frozenset(assessment.left_out_domains),
        left_out_items=frozenset(assessment.left_out_items),
    )


def profile_items(product: Product, lines: list[ProfileLine] | None = None) -> list[ScopeItem]:
    """Return what the product requires, unsaved, in the bank's order, with everything opened: core and deeper items."""
    lines = profile_lines(product, product.version) if lines is None else lines
    every = frozenset(line.requirement.code for line in lines)
    return scope_rows(lines, ScopePlan(version=product.version, opened=every))


def core_items(product: Product, lines: list[ProfileLine] | None = None) -> list[ScopeItem]:
    """Return what the product asks first, unsaved, in the bank's order: the core, before anything is opened."""
    lines = profile_lines(product, product.version) if lines is None else lines
    return scope_rows(lines, ScopePlan(version=product.version))


def planned_items(assessment: Assessment, plan: ScopePlan, lines: list[ProfileLine] | None = None) -> list[ScopeItem]:
    """Return what a revision made from the plan would ask, unsaved, in the bank's order.

    `lines` is the product's profile under the plan's version where it was read already.
    """
    lines = profile_lines(assessment.product, plan.version) if lines is None else lines
    fresh = {row.code: row for row in scope_rows(lines, plan)}
    frozen = None if plan.refreshed else frozen_rows(assessment)
    if frozen is None:
        return list(fresh.values())
    stays = _stays(frozen, plan, fresh, {line.requirement.code for line in lines})
    codes = {row.code for row in stays}
    rows = [*stays, *_brought(frozen, plan, [row for row in fresh.values() if row.code not in codes])]
    rows.sort(key=lambda row: (row.item.domain.position, row.item.position))
    for position, row in enumerate(rows):
        row.position = position
    return rows


def _stays(frozen: FrozenRows, plan: ScopePlan, fresh: Mapping[str, ScopeItem], known: Collection[str]) -> list[ScopeItem]:
    """Return what was asked and is not switched off now, whether or not the product still asks it."""
    before = {code: row for code, row in frozen.standing().items() if not plan.leaves_out(code, row.domain_code)}
    before = in_version(before, plan.version.pk, known=known)
    divides = frozen.divides()
    rows = [carried(row, fresh.get(code), opened=code in plan.opened, divides=divides) for code, row in before.items()]
    return [row for row in rows if row is not None]


def _brought(frozen: FrozenRows, plan: ScopePlan, fresh: Iterable[ScopeItem]) -> list[ScopeItem]:
    """Return what the profile adds: items that are opened or switched on, and all that a newer version of the bank asks."""
    latest, last = frozen.latest, frozen.last
    moves, newly = plan.version.pk != latest.version_id, plan.opened - set(latest.opened)
    rows = [row for row in fresh if moves or row.code in newly or is_off(row, latest)]
    for row in rows:
        keep_bounds(row, last.get(row.code))
    return rows


def scope_rows(lines: list[ProfileLine], plan: ScopePlan) -> list[ScopeItem]:
    """Return what a plan asks of a profile, unsaved, in the bank's order, with the profile's own needs, floors and weights."""
    table = table_of(line.requirement for line in lines)
    kept = [line for line in lines if not plan.leaves_out(line.requirement.code, line.requirement.domain)]
    asked = [(line, asked_of(line.requirement, opened=line.requirement.code in plan.opened, table=table)) for line in kept]
    rows = [(line, roles) for line, roles in asked if roles]
    return [_scope_item(line.item, line.requirement, roles, table, position) for position, (line, roles) in enumerate(rows)]


def _scope_item(item: Item, requirement: Requirement, roles: tuple[str, ...], table: frozenset[str], position: int) -> ScopeItem:
    optimistic, likely, pessimistic = requirement.lead
    return ScopeItem(
        item=item,
        code=requirement.code,
        domain_code=requirement.domain,
        position=position,
        kind=requirement.kind,
        need=requirement.need,
        floor=requirement.floor,
        weight=requirement.weight,
        gate=requirement.gate,
        unit=requirement.unit,
        direction=requirement.direction,
        roles=list(roles),
        accountable=requirement.accountable,
        core_roles=[role for role in roles if role in requirement.core],
        seconds={role: requirement.seconds[role] for role in roles if role in requirement.seconds},
        condition=requirement.condition,
        lead_optimistic=optimistic,
        lead_likely=likely,
        lead_pessimistic=pessimistic,
        lead_from=requirement.lead_from,
        effort=effort_at(requirement, table),
        effort_from=requirement.effort_from,
    )


@transaction.atomic
def freeze_scope(
    *,
    assessment: Assessment,
    reason: str,
    author: User | None,
    plan: ScopePlan | None = None,
    without_domains: Iterable[str] = (),
    without_items: Iterable[str] = (),
) -> Scope:
    """Write the next scope revision from a plan, by default the draft's, less the domains and items that are switched off.

    Revisions are numbered from 1 and written once; roles that an imported bundle stated are kept. Raises ValueError when
    nothing scored would be left to ask.
    """
    # The lock comes first, so that two who revise at once build on each other.
    Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    plan = plan or draft_plan(assessment)
    plan = replace(
        plan,
        left_out_domains=plan.left_out_domains | set(without_domains),
        left_out_items=plan.left_out_items | set(without_items),
    )
    items = planned_items(assessment, plan)
    if not any(item.is_scored for item in items):
        raise ValueError("A scope needs at least one item.")
    before = Scope.objects.filter(assessment=assessment).order_by("-number").first()
    scope = Scope.objects.create(
        assessment=assessment,
        number=before.number + 1 if before else 1,
        version=plan.version,
        reason=reason,
        stated_roles=before.stated_roles if before else None,
        author=author,
        left_out_domains=sorted(plan.left_out_domains),
        left_out_items=sorted(plan.left_out_items),
        opened=sorted(plan.opened),
    )
    for item in items:
        item.scope = scope
    ScopeItem.objects.bulk_create(items)
    return scope
