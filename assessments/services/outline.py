"""What an assessment would ask, in figures: from the product's profile, or from the scope once it is frozen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assessments.models import Assessment, AssessmentState, Domain, Product, Scope, ScopeItem
from assessments.scope_outline import OutlineItem, ScopeOutline, outline_scope, required_roles
from assessments.services.profile_requirements import ProfileLine, profile_lines
from assessments.services.scope_offers import Offer, offer_of
from assessments.services.scopes import (
    ScopePlan,
    core_items,
    draft_plan,
    freeze_scope,
    plan_of,
    planned_items,
    profile_items,
    scope_rows,
)
from stakeholders.models import User

FROZEN = ("code", "need", "floor", "weight", "gate", "roles", "condition")


def outline_items(items: Iterable[ScopeItem]) -> list[OutlineItem]:
    """Return what counting needs of scope items, saved or not."""
    return [OutlineItem(i.code, i.domain_code, tuple(i.roles), i.gate, i.weight, i.kind, tuple(i.core_roles), i.seconds) for i in items]


def product_outline(product: Product, left_out: Iterable[str] = (), *, lines: list[ProfileLine] | None = None) -> ScopeOutline:
    """Return the figures of what a product asks first, without the domains that are left out, and how much deeper it could go.

    `lines` is the product's profile, where the caller has read it already.
    """
    titles = Domain.objects.filter(version=product.version_id).order_by("position").values_list("code", "title")
    lines = profile_lines(product, product.version) if lines is None else lines
    asked, in_depth = outline_items(core_items(product, lines)), outline_items(profile_items(product, lines))
    return outline_scope(asked, list(titles), left_out=set(left_out), in_depth=in_depth)


def asked_items(assessment: Assessment) -> list[OutlineItem]:
    """Return what is asked: the current scope once the host has approved it, the profile without its left-out domains before.

    A deal that was lost as a draft has no scope; what it would have asked is shown.
    """
    scope = None if assessment.state == AssessmentState.DRAFT else current_scope(assessment)
    if scope is None:
        return outline_items(planned_items(assessment, draft_plan(assessment)))
    return outline_items(scope.items.all())


@dataclass(frozen=True)
class CheckedScope:
    """What the set-up's last step shows: the figures, what is switched off, and what could be switched off or asked later."""

    outline: ScopeOutline
    plan: ScopePlan
    offer: Offer


def checked_scope(assessment: Assessment) -> CheckedScope:
    """Return what a draft would ask, or what is frozen once the host has approved it, and what might be asked later."""
    scope = None if assessment.state == AssessmentState.DRAFT else current_scope(assessment)
    plan = draft_plan(assessment) if scope is None else plan_of(scope)
    offer = offer_of(assessment, plan.version)
    # Domains that are off stay in: their own line says what they would add.
    shown = replace(plan, left_out_domains=frozenset())
    asked = scope_rows(offer.lines, shown) if scope is None else list(scope.items.all())
    in_depth = scope_rows(offer.lines, replace(shown, opened=frozenset(offer.full)))
    outline = outline_scope(
        outline_items(asked),
        [(code, code) for code in offer.domain_codes],
        left_out=plan.left_out_domains,
        in_depth=outline_items(in_depth),
    )
    return CheckedScope(outline, plan, offer)


def roles_that_must_answer(assessment: Assessment) -> list[str]:
    """Return the roles that must answer, before and after the scope is frozen."""
    return required_roles(asked_items(assessment), has_service_line=assessment.service_lines.exists())


def current_scope(assessment: Assessment) -> Scope | None:
    """Return the latest scope revision, None before the first."""
    return Scope.objects.filter(assessment=assessment).select_related("version").order_by("-number").first()


def proposal_differs(assessment: Assessment, scope: Scope | None) -> bool:
    """Tell whether the draft's profile and left-out domains would make another scope than the frozen one."""
    if scope is None:
        return True
    proposed = planned_items(assessment, draft_plan(assessment))
    return scope.version_id != assessment.product.version_id or _rows(proposed) != _rows(scope.items.all())


def _rows(items: Iterable[ScopeItem]) -> list[tuple[object, ...]]:
    return [tuple(getattr(item, name) for name in FROZEN) for item in items]


def propose_scope(*, assessment: Assessment, author: User | None, reason: str) -> Scope:
    """Return the scope that the host is asked about: the latest revision, or the next one when something has changed.

    Raises ValueError when nothing would be left to ask.
    """
    scope = current_scope(assessment)
    if scope is not None and not (assessment.state == AssessmentState.DRAFT and proposal_differs(assessment, scope)):
        return scope
    return freeze_scope(assessment=assessment, reason=reason, author=author)
