"""Move a product to a newer version of its question bank, having seen what that changes in its profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments.adjustments import Problem, problems
from assessments.models import InstrumentVersion, Product, ProductRequirement, VersionState
from assessments.requirements import Requirement
from assessments.services.profile_requirements import Profile, adjustment_of, is_adjusted, profile_of
from stakeholders.models import User
from stakeholders.services.audit import record_event


@dataclass(frozen=True, slots=True)
class Changed:
    """A requirement of both versions of which need, floor or weight differ, the product's own values taken into account."""

    old: Requirement
    new: Requirement


@dataclass(frozen=True, slots=True)
class Unfit:
    """An own value that the newer version leaves no room for, with what is wrong."""

    row: ProductRequirement
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What a newer version changes in a product's profile, in the bank's order.

    `lost` are adjustments whose item is gone: they are kept, without effect.
    """

    added: tuple[Requirement, ...]
    gone: tuple[Requirement, ...]
    gates_on: tuple[Requirement, ...]
    gates_off: tuple[Requirement, ...]
    changed: tuple[Changed, ...]
    lost: tuple[ProductRequirement, ...]
    unfit: tuple[Unfit, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.gone, self.gates_on, self.gates_off, self.changed, self.lost, self.unfit))


def newer_version(product: Product) -> InstrumentVersion | None:
    """Return the published version of the product's bank that came after its own, None when there is none."""
    own = product.version
    newer = InstrumentVersion.objects.filter(instrument=own.instrument_id, state=VersionState.PUBLISHED).exclude(pk=own.pk)
    if own.published_at is not None:
        newer = newer.filter(published_at__gt=own.published_at)
    return newer.select_related("instrument").order_by("published_at").last()


def version_changes(product: Product, version: InstrumentVersion) -> VersionChanges:
    """Return what the version changes in the product's profile; fourteen queries, however many items."""
    before, after = profile_of(product, product.version), profile_of(product, version)
    old, new = _by_code(before), _by_code(after)
    both = [(old[code], new[code]) for code in new if code in old]
    return VersionChanges(
        added=tuple(new[code] for code in new if code not in old),
        gone=tuple(old[code] for code in old if code not in new),
        gates_on=tuple(later for earlier, later in both if later.gate and not earlier.gate),
        gates_off=tuple(later for earlier, later in both if earlier.gate and not later.gate),
        changed=tuple(Changed(earlier, later) for earlier, later in both if _differ(earlier, later)),
        lost=tuple(row for row in after.unused if row not in before.unused),
        unfit=_unfit(after),
    )


def _by_code(profile: Profile) -> Mapping[str, Requirement]:
    return {line.requirement.code: line.requirement for line in profile.lines}


def _differ(old: Requirement, new: Requirement) -> bool:
    # A floor without a gate asks nothing, and a gate that comes or goes is told by itself.
    floors = old.floor != new.floor and old.gate and new.gate
    return floors or (old.need, old.weight) != (new.need, new.weight)


def _unfit(profile: Profile) -> tuple[Unfit, ...]:
    sold = profile.products[0]
    own = [part for line in profile.lines for part in line.parts if part.product is sold and part.row and is_adjusted(part.row)]
    pairs = [(part.row, problems(part.plain, adjustment_of(part.row), reason=part.row.reason)) for part in own if part.row]
    return tuple(Unfit(row, tuple(found)) for row, found in pairs if found)


@transaction.atomic
def move_product(*, product: Product, version: InstrumentVersion, actor: User | None = None, seen: int | None = None) -> Product:
    """Put the product under a newer version of its bank. Drafts follow; running assessments stay on theirs.

    Raises SavedMeanwhileError when `seen` is not the current version, ValueError for another version than the newest.
    """
    product.raise_version(seen, ("name", "version"))
    if version != newer_version(product):
        raise ValueError("A product moves to the newest published version of its own bank.")
    product.version = version
    product.save()
    record_event(organisation=product.organisation, verb="product.moved", subject=product, actor=actor)
    return product
