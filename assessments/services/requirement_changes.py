"""Change what a product asks of one requirement; drafts follow, running assessments keep their scope."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.adjustments import Problem, problems, trimmed
from assessments.models import Product, ProductRequirement
from assessments.requirements import Adjustment, Requirement
from assessments.services.profile_requirements import adjustment_of
from stakeholders.models import SavedMeanwhileError, User
from stakeholders.services.audit import record_event

FIELDS = ("left_out", "need", "floor", "weight", "gate", "lead_optimistic", "lead_likely", "lead_pessimistic", "effort", "reason")
MESSAGES = {
    "need_range": gettext_lazy("The need is a step of the ladder from 1 to 4, or an amount above zero."),
    "floor_range": gettext_lazy("The floor is a step of the ladder from 0 to 4, or an amount of zero and more."),
    "floor_above_need": gettext_lazy(
        "The floor asks more than the need (%(value)g). What must be true before the signature cannot exceed what must be true at go-live."
    ),
    "floor_below_need": gettext_lazy(
        "The floor asks more than the need (%(value)g). Here less is better, so the floor cannot be below the need."
    ),
    "gate_without_floor": gettext_lazy("A gate needs a floor: say what must be true before the contract is signed."),
    "gate_conditional": gettext_lazy(
        "This question is asked only under a condition, so it cannot be a gate: a gate must be answered everywhere."
    ),
    "weight_range": gettext_lazy("The weight is a whole number from 1 to 5."),
    "lead_range": gettext_lazy("Give weeks from 0 to %(value)g."),
    "lead_order": gettext_lazy("Give the weeks in order: the shortest first, the longest last."),
    "effort_range": gettext_lazy("Give hours from 0 to %(value)g."),
    "reason_missing": gettext_lazy(
        "Give a reason: this makes the verdict easier than the question bank has it, and reports say why under “what the vendor changed”."
    ),
}


@transaction.atomic
def adjust_requirement(
    *, product: Product, plain: Requirement, own: Adjustment, reason: str = "", actor: User | None = None, seen: int | None = None
) -> ProductRequirement:
    """Save a product's own values for what its type asks (`plain`); values that equal the bank's follow the bank.

    `seen` is the version of the row that the page showed, 0 where there was none. Raises ValidationError with every problem
    at its field, SavedMeanwhileError when somebody else saved in between.
    """
    refuse_problems(problems(plain, own, reason=reason))
    row = _claimed(product, plain.code, seen)
    kept = trimmed(plain, own)
    optimistic, likely, pessimistic = kept.lead or (None, None, None)
    row.left_out, row.need, row.floor, row.weight, row.gate = kept.left_out, kept.need, kept.floor, kept.weight, kept.gate
    row.lead_optimistic, row.lead_likely, row.lead_pessimistic = optimistic, likely, pessimistic
    row.effort = None if kept.effort is None else dict(kept.effort)
    row.reason = reason
    return _saved(row, "requirement.adjusted", actor)


@transaction.atomic
def reset_requirement(*, product: Product, code: str, actor: User | None = None, seen: int | None = None) -> ProductRequirement | None:
    """Go back to the type's values. The row stays, so that its history does; None when there was nothing to take back.

    Raises SavedMeanwhileError when somebody else saved in between.
    """
    row = _claimed(product, code, seen)
    if row.pk is None or adjustment_of(row) == Adjustment():
        return None
    for name in FIELDS:
        setattr(row, name, None)
    row.left_out, row.reason = False, ""
    return _saved(row, "requirement.reset", actor)


def problem_words(problem: Problem) -> str:
    """Return why an adjustment cannot stand."""
    return str(MESSAGES[problem.code]) % {"value": problem.value}


def refuse_problems(found: Iterable[Problem]) -> None:
    """Raise a ValidationError with every problem in words at its field, if there is any."""
    messages: dict[str, list[str]] = {}
    for problem in found:
        messages.setdefault(problem.field, []).append(problem_words(problem))
    if messages:
        raise ValidationError(messages)


def _claimed(product: Product, code: str, seen: int | None) -> ProductRequirement:
    """Lock the product's row for the code, new or not, and take its next version."""
    # The product is locked first, so that two who adjust a requirement for the first time do not both make its row.
    Product.objects.select_for_update().get(pk=product.pk)
    row = ProductRequirement.objects.filter(product=product, item_code=code).first()
    if row is None:
        if seen:
            raise SavedMeanwhileError(_("This requirement was set back meanwhile. Yours is not saved yet: save again to set it anew."))
        return ProductRequirement(product=product, item_code=code)
    if seen is not None and seen != row.version:
        told = _("Somebody else saved this meanwhile – %(theirs)s. Yours is not saved yet: save again to put it in its place.")
        raise SavedMeanwhileError(told % {"theirs": _own_values(row) or _("the type's values")})
    row.raise_version(None, FIELDS)
    return row


def _own_values(row: ProductRequirement) -> str:
    """Return what a row sets, one after the other."""
    values: list[tuple[Any, Any]] = [(row._meta.get_field(name), getattr(row, name)) for name in FIELDS]
    return "; ".join(f"{field.verbose_name}: {_plainly(value)}" for field, value in values if value not in (None, "", False))


def _plainly(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{pool} {hours:g}" for pool, hours in value.items())
    if isinstance(value, bool):
        return _("yes")
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _saved(row: ProductRequirement, verb: str, actor: User | None) -> ProductRequirement:
    row.save()
    record_event(organisation=row.product.organisation, verb=verb, subject=row, actor=actor)
    return row
