"""Which items the address of the answers page asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.shown.items import ShownItem, ShownItems

STATUSES: dict[str, str | Promise] = {
    "short": _("Short"),
    "contested": _("Contested"),
    "unknown": _("Unknown"),
    "met": _("Met"),
    "not_applicable": _("Does not apply"),
}
ANY_GATE = "any"
GATES: dict[str, str | Promise] = {
    ANY_GATE: _("All gates"),
    "failed": _("Failed"),
    "unknown": _("Unknown"),
    "passed": _("Passed"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; unknown names count as not given. `contested`: flagged, whatever the status."""

    domain: str = ""
    status: str = ""
    gate: str = ""
    contested: bool = False

    @classmethod
    def of(cls, query: QueryDict, shown: ShownItems) -> Self:
        """Return what a query string asks for."""
        domain, status, gate = (query.get(name, "") for name in ("domain", "status", "gate"))
        return cls(
            domain=domain if domain in shown.domains else "",
            status=status if status in STATUSES else "",
            gate=gate if gate in GATES else "",
            contested=query.get("contested") == "1",
        )

    @property
    def narrows(self) -> bool:
        """Tell whether some items may be hidden."""
        return bool(self.domain or self.status or self.gate or self.contested)

    def of_items(self, items: Iterable[ShownItem]) -> list[ShownItem]:
        """Return the items asked for, in the scope's order."""
        return [item for item in items if self._takes(item)]

    def _takes(self, item: ShownItem) -> bool:
        gate = not self.gate or (item.row.gate if self.gate == ANY_GATE else item.gate_state == self.gate)
        contested = item.contested or not self.contested
        return self.domain in ("", item.domain) and self.status in ("", item.status) and gate and contested
