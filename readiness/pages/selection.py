"""What the portfolio's address may ask for: words, state, verdict, order. Only known names reach the database."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentState, Verdict
from readiness.pages.needs import ACTIVE

NO_VERDICT = "none"
WORST_FIRST = Case(*(When(latest_snapshot__verdict=v, then=Value(n)) for n, v in enumerate(Verdict.values)), output_field=IntegerField())
OVER_LAST = Case(When(state__in=ACTIVE, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True)
class Column:
    """A column of the list that can be sorted by: its heading, what it is sorted by, and whether it holds figures."""

    label: str | Promise
    order: F | Case
    numeric: bool = False


# The only names that `?sort=` takes; a minus in front turns the order round.
SORTS = {
    "name": Column(_("Health system and product"), F("health_system__name")),
    "state": Column(_("State"), F("state")),
    "verdict": Column(_("Verdict"), WORST_FIRST),
    "score": Column(_("Score and range"), F("latest_snapshot__score"), numeric=True),
    "coverage": Column(_("Coverage"), F("latest_snapshot__coverage"), numeric=True),
    "contract": Column(_("Contract"), F("contract_date")),
    "go_live": Column(_("Promised go-live"), F("promised_go_live")),
}


@dataclass(frozen=True)
class Selection:
    """What the address asks for; unknown names count as not given."""

    words: str = ""
    state: str = ""
    verdict: str = ""
    sort: str = ""
    waiting: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the selection that a query string asks for."""
        state, verdict, sort = (query.get(name, "") for name in ("state", "verdict", "sort"))
        return cls(
            words=" ".join(query.get("q", "")[:200].split()),
            state=state if state in AssessmentState.values else "",
            verdict=verdict if verdict in (*Verdict.values, NO_VERDICT) else "",
            sort=sort if sort.removeprefix("-") in SORTS else "",
            waiting=query.get("needs") == "1",
        )

    @property
    def narrows(self) -> bool:
        """Tell whether some assessments may be hidden."""
        return bool(self.words or self.state or self.verdict or self.waiting)

    def narrow(self, assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
        """Return the assessments of the state and verdict whose health system or product holds every word."""
        found = assessments
        for word in self.words.split()[:8]:
            found = found.filter(Q(health_system__name__icontains=word) | Q(product__name__icontains=word))
        if self.state:
            found = found.filter(state=self.state)
        if self.verdict == NO_VERDICT:
            return found.filter(latest_snapshot=None)
        return found.filter(latest_snapshot__verdict=self.verdict) if self.verdict else found

    def order(self, assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
        """Order by the column asked for, what has no value last; by default the running ones first, the nearest contract first."""
        if not self.sort:
            return assessments.order_by(OVER_LAST, F("contract_date").asc(nulls_last=True), "-created_at", "pk")
        key = SORTS[self.sort.removeprefix("-")].order
        first = key.desc(nulls_last=True) if self.sort.startswith("-") else key.asc(nulls_last=True)
        return assessments.order_by(first, "health_system__name", "pk")

    def columns(self) -> list[dict[str, Any]]:
        """Return the list's headings: each with the next `?sort=` and the order that holds now, as ARIA names it."""
        return [
            {
                "label": column.label,
                "numeric": column.numeric,
                "next": f"-{name}" if self.sort == name else name,
                "aria": {name: "ascending", f"-{name}": "descending"}.get(self.sort, ""),
            }
            for name, column in SORTS.items()
        ]
