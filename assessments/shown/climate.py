"""How people see it: what may be shown of the anonymous statements, unit by unit, in counts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from assessments.climate import Tally, tally
from assessments.models import Assessment
from assessments.services.climate import Statement, statements_of


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit's answers to a statement; without a name: people of the whole system and of units too small to be shown."""

    unit: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement with what each shown unit said."""

    statement: Statement
    units: tuple[UnitTally, ...]


def climate_shown(assessment: Assessment, *, scope_pk: UUID | None = None, language: str = "") -> list[ShownStatement]:
    """Return the statements that at least three people of a unit have answered, in the bank's order.

    Statements without a shown unit are left out, and so are answers that wait: no figure rests on them. One query once the
    scope was read, and one more where it is not named.
    """
    statements = statements_of(assessment, scope_pk, language=language)
    return shown_from(statements, _counts(assessment)) if statements else []


Counts = dict[str, dict[str, dict[int, int]]]


def _counts(assessment: Assessment) -> Counts:
    """Return numbers by statement, unit's name and point."""
    rows: Any = assessment.climate.filter(interview=None).exclude(day=None).order_by()
    columns = rows.values_list("item_code", "site__name", "agreement").annotate(Count("pk"))
    counts: Counts = defaultdict(lambda: defaultdict(dict))
    for code, unit, agreement, number in columns:
        counts[code][unit or ""][agreement] = number
    return counts


def shown_from(statements: Sequence[Statement], counts: Counts) -> list[ShownStatement]:
    """Return the statements with their counts, units by name and those without one last."""
    shown = []
    for statement in statements:
        units = sorted(counts.get(statement.code, {}).items(), key=lambda unit: (not unit[0], unit[0]))
        if units:
            shown.append(ShownStatement(statement, tuple(UnitTally(name, tally(points)) for name, points in units)))
    return shown
