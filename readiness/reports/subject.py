"""What a report is about: a content with one audience's view of it, and the look-ups that every chapter needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from assessments.scored import SPONSOR
from readiness.reports.voices import counts
from readiness.reports.words import all_printable, amount, number, role_title

__all__ = ["SPONSOR", "Facts", "Gate", "Subject"]
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Gate:
    """One gate: `said` and `asked` are words (empty where nobody said anything or a figure is withheld), `impact` 0–5."""

    kind: str
    code: str
    title: str
    state: str
    said: str
    asked: str
    impact: float
    planned: bool

    @property
    def is_requirement(self) -> bool:
        """Tell whether it rests on a requirement, so that the appendix holds more."""
        return self.kind == "requirement"


class Subject:
    """A content as one audience may see it; every text in it is printable."""

    def __init__(self, content: Facts, audience: str) -> None:
        self.content: Facts = all_printable(content)
        self.audience = audience
        self.heard: Facts = self.content["audiences"][audience]
        self.deal: Facts = self.content["deal"]
        self.result: Facts = self.content["result"]
        self.seats: Sequence[Facts] = self.content["seats"]
        self.withheld = frozenset(self.heard["withheld"])

    @cached_property
    def items(self) -> dict[str, Facts]:
        """Return the requirements by code, in the bank's order."""
        return {item["code"]: item for item in self.content["items"]}

    @cached_property
    def results(self) -> dict[str, Facts]:
        """Return what scoring says of each requirement, by code."""
        return {item["code"]: item for item in self.result["items"]}

    @cached_property
    def domains(self) -> dict[str, Facts]:
        """Return the bank's domains by code, in its order."""
        return {domain["code"]: domain for domain in self.content["scope"]["domains"]}

    @cached_property
    def services(self) -> dict[str, str]:
        """Return the affected service lines' names by code."""
        return {service["code"]: service["title"] for service in self.content["services"]}

    @cached_property
    def unlisted(self) -> dict[str, str]:
        """Return the services that people named and nobody listed, by code; none in contents that are older than the question."""
        return {service["code"]: service["title"] for service in self.content.get("named", ())}

    @cached_property
    def waves(self) -> dict[str, Facts]:
        """Return the waves by code."""
        return {wave["code"]: wave for wave in self.content["waves"]}

    @cached_property
    def planned(self) -> frozenset[tuple[str, str]]:
        """Return kind and code of every failed gate with an agreed plan."""
        return frozenset((plan["kind"], plan["code"]) for plan in self.content["decisions"]["plans"])

    @cached_property
    def gates(self) -> list[Gate]:
        """Return every gate in the bank's order, champions first, then requirements, roles and coverage."""
        order = {"champion": 0, "requirement": 1, "role": 2, "coverage": 3}
        places = {code: place for place, code in enumerate(self.items)}
        gates = sorted(self.result["gates"], key=lambda gate: (order[gate["kind"]], places.get(gate["code"], 0), gate["code"]))
        return [self.gate(gate) for gate in gates]

    def in_state(self, state: str) -> list[Gate]:
        """Return the gates in a state: champions first, then by what is missing, most first."""
        found = [gate for gate in self.gates if gate.state == state]
        return sorted(found, key=lambda gate: (gate.kind != "champion", -gate.impact))

    def gate(self, gate: Facts) -> Gate:
        """Return one gate of the result with its words."""
        item = self.items.get(gate["code"]) if gate["kind"] == "requirement" else None
        plan = {"requirement": "shortfall", "champion": "no_champion"}.get(gate["kind"], "")
        return Gate(
            kind=gate["kind"],
            code=gate["code"],
            title=self.gate_title(gate["kind"], gate["code"]),
            state=gate["state"],
            said=self.said(gate["code"]) if item else "",
            asked=self.floor(item) if item else "",
            impact=self.missing(gate["code"]) if item else 0.0,
            planned=(plan, gate["code"]) in self.planned,
        )

    def gate_title(self, kind: str, code: str) -> str:
        """Return what a gate asks for, in words."""
        if kind == "champion":
            return _("Champion in %(service)s") % {"service": self.service(code)}
        if kind == "role":
            return _("An interview from %(role)s") % {"role": role_title(code)}
        if kind == "coverage":
            return _("At least 80 % of the weight answered by the accountable role")
        return self.title(code)

    def title(self, code: str) -> str:
        """Return a requirement's title, its code where the scope does not hold it."""
        return str(self.items[code]["title"] or code) if code in self.items else code

    def service(self, code: str) -> str:
        """Return a service line's name within a sentence."""
        name = self.services.get(code, code)
        return name[:1].lower() + name[1:] if name[1:2].islower() else name

    def missing(self, code: str) -> float:
        """Return weight × what is missing of a requirement's fulfilment, 0–5; for the order only, never printed."""
        item, result = self.items.get(code), self.results.get(code)
        if item is None or result is None or result["fulfilment"] is None:
            return 0.0
        return float(item["weight"] * (1 - result["fulfilment"]))

    def means(self, code: str) -> dict[str, float | None]:
        """Return each role's mean of a requirement, in the scope's order of roles; None is withheld."""
        found = self.heard["role_means"].get(code, {})
        order = list(self.items[code]["roles"]) if code in self.items else []
        return dict(sorted(found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))

    def counts(self, code: str, role: str) -> bool:
        """Tell whether a role's answers count: the sponsor's only where the sponsor is accountable."""
        return counts(self.items[code], role)

    def said(self, code: str) -> str:
        """Return the lowest and the highest answer that counts: "1", "0–2"; empty where there is none, or it may not be shown."""
        if code not in self.heard["spans"]:
            return ""
        low, high = self.heard["spans"][code]
        item = self.items[code]
        return amount(item, high) if number(low) == number(high) else f"{number(low)}–{amount(item, high)}"

    def floor(self, item: Facts) -> str:
        """Return the amount of a gate's floor."""
        return "" if item["floor"] is None else amount(item, item["floor"])
