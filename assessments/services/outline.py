"""What an assessment would ask, in figures: from the product's profile, or from the scope once it is frozen."""

from collections.abc import Iterable

from assessments.models import Assessment, AssessmentState, Domain, Product, Scope, ScopeItem
from assessments.scope_outline import OutlineItem, ScopeOutline, outline_scope, required_roles
from assessments.services.profile_requirements import ProfileLine, profile_lines
from assessments.services.scopes import core_items, draft_plan, freeze_scope, planned_items, profile_items
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


def roles_that_must_answer(assessment: Assessment) -> list[str]:
    """Return the roles that must answer, before and after the scope is frozen."""
    return required_roles(asked_items(assessment), has_service_line=assessment.service_lines.exists())


def current_scope(assessment: Assessment) -> Scope | None:
    """Return the latest scope revision, None before the first."""
    return Scope.objects.filter(assessment=assessment).order_by("-number").first()


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
