"""How a change of scope is said, and what it would do to verdict, gates and minutes, now and then side by side."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.openings import Opening, Why
from assessments.results import GateResult
from assessments.scope_changes import ScopeChanges
from assessments.scope_outline import RoleOutline
from assessments.services.scope_history import Names
from assessments.services.scope_revisions import Trial
from assessments.wording import role_title

LABELS = {
    "items_off": gettext_lazy("Switched off"),
    "items_on": gettext_lazy("Switched on again"),
    "opened": gettext_lazy("Asked in depth"),
    "closed": gettext_lazy("No longer asked in depth"),
    "gates_off": gettext_lazy("No longer a gate"),
    "gates_on": gettext_lazy("A gate now"),
    "came": gettext_lazy("New in the product's profile or the question bank"),
    "left": gettext_lazy("No longer in the product's profile or the question bank"),
    "bounds": gettext_lazy("Another need, floor, weight, lead time or effort"),
    "asked_of": gettext_lazy("Asked of other roles"),
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One kind of change and what it is about."""

    label: str
    things: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return the line as a sentence."""
        return f"{self.label}: {'; '.join(self.things)}."


def change_lines(changes: ScopeChanges, names: Names) -> list[ChangeLine]:
    """Return what a revision changed, in words, what was switched off first."""
    domains = {"items_off": changes.domains_off, "items_on": changes.domains_on}
    lines = []
    for kind, label in LABELS.items():
        whole = [_("the whole domain %(title)s") % {"title": names.domain(code)} for code in domains.get(kind, ())]
        things = (*whole, *(names.item(code) for code in getattr(changes, kind)))
        lines.append(ChangeLine(str(label), things))
    if changes.version:
        moved = _("%(old)s to %(new)s") % {"old": changes.version[0], "new": changes.version[1]}
        lines.insert(0, ChangeLine(_("Version of the question bank"), (moved,)))
    return [line for line in lines if line.things]


def opening_words(opening: Opening, names: Names) -> str:
    """Return why the rule opens a question."""
    because = ", ".join(names.item(code) for code in opening.because)
    words = {
        Why.SHORT: _("opens because its own answers fall short"),
        Why.CONTESTED: _("opens because its own answers lie far apart"),
        Why.DOMAIN: _("opens because of %(because)s, short or contested"),
        Why.CONDITION: _("opens because of what was answered to %(because)s"),
    }
    return words[opening.why] % {"because": because}


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate that a revision takes away, brings, or puts in another state; an empty state is "not there"."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """How many questions and minutes a role has, now and then."""

    title: str
    questions: tuple[int, int]
    minutes: tuple[int, int]


def gate_lines(trial: Trial, names: Names, services: Mapping[str, str], *, only_same: bool = False) -> list[GateLine]:
    """Return the gates whose state differs: those that leave first, then those that come, then the rest.

    `only_same`: no item that becomes a gate or is held against another need or floor, for its state would tell a level.
    """
    now, then = _states(trial.now.result.gates), _states(trial.then.result.gates)
    if only_same:
        moved = {key for key in then if key[0] == "requirement" and key[1] not in trial.same_gates}
        now, then = (_without(states, moved) for states in (now, then))
    keys = [key for key in {**now, **then} if now.get(key) != then.get(key)]
    lines = [GateLine(_gate_title(*key, names, services), now.get(key, ""), then.get(key, "")) for key in keys]
    return sorted(lines, key=lambda line: (bool(line.after), bool(line.before)))


def _without(states: Mapping[tuple[str, str], str], keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    return {key: state for key, state in states.items() if key not in keys}


def _states(gates: Iterable[GateResult]) -> dict[tuple[str, str], str]:
    return {(gate.kind, gate.code): gate.state for gate in gates}


def _gate_title(kind: str, code: str, names: Names, services: Mapping[str, str]) -> str:
    if kind == "role":
        return _("An interview from %(role)s") % {"role": role_title(code)}
    if kind == "champion":
        return _("Champion in %(service)s") % {"service": services.get(code, code)}
    return _("Coverage of 80 %") if kind == "coverage" else names.item(code)


def load_lines(trial: Trial) -> list[LoadLine]:
    """Return how much is asked of each role now and then, in the order of their names."""
    now, then = ({role.role: role for role in side.roles} for side in (trial.now, trial.then))
    return [_load(role, now.get(role), then.get(role)) for role in sorted({**now, **then}, key=role_title)]


def _load(role: str, now: RoleOutline | None, then: RoleOutline | None) -> LoadLine:
    sides = [(side.questions, side.minutes) if side else (0, 0) for side in (now, then)]
    return LoadLine(role_title(role), (sides[0][0], sides[1][0]), (sides[0][1], sides[1][1]))
