"""How the product says what an item asks, what was answered, and what a finding means: pure but for the translated words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.models import Role

SPONSOR = Role.EXECUTIVE_SPONSOR
# Items of our own bank that the accountable role answers as the sender and the others, on the same ladder, as receivers.
SENT_AND_RECEIVED = frozenset({"CHG-05"})
LEVELS = (
    gettext_lazy("absent"),
    gettext_lazy("informal"),
    gettext_lazy("partial"),
    gettext_lazy("in place"),
    gettext_lazy("in routine use"),
)
RULES = {
    "shortfall": gettext_lazy("Shortfall"),
    "unknown": gettext_lazy("Unknown"),
    "disagreement": gettext_lazy("People disagree"),
    "variation": gettext_lazy("Sites differ"),
    "silent_role": gettext_lazy("Silent role"),
    "no_champion": gettext_lazy("No champion"),
    "silent_service": gettext_lazy("Silent service"),
    "unlisted_role": gettext_lazy("Role that nobody listed"),
    "unlisted_service": gettext_lazy("Service that nobody listed"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item asks, and each role's mean answer as it may be shown: None is withheld, an absent role gave no value.

    `need` and `floor` are levels 0–4 or amounts in `unit`; `counts` says whose answers count beside the sponsor's.
    """

    code: str
    title: str
    kind: str
    need: float
    floor: float | None
    gate: bool
    unit: str
    direction: str
    accountable: str
    means: Mapping[str, float | None] = field(default_factory=dict)


def number(value: float) -> str:
    """Return a number with at most one decimal, and none where it would be a zero."""
    return f"{value:.1f}".removesuffix(".0")


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def role_title(role: str) -> str:
    """Return a role's words; an unknown code becomes its own words, never an error."""
    return str(Role(role).label) if role in Role.values else role.replace("_", " ").capitalize()


def rule_title(rule: str) -> str:
    """Return what kind of finding a rule drafts; rules are an open list."""
    return str(RULES.get(rule) or rule.replace("_", " ").capitalize())


def amount(asked: Asked, value: float) -> str:
    """Return a value in words: "2 (partial)", "12 h/week"."""
    if asked.kind != "level":
        return f"{number(value)} {asked.unit}".strip()
    step = int(value)
    return f"{step} ({LEVELS[step]})" if value == step and 0 <= step < len(LEVELS) else number(value)


def bound(asked: Asked, value: float) -> str:
    """Return a need or a floor: "at least 3 (in place)", "at most 9 days"."""
    words = _("at most %(amount)s") if asked.direction == "at_most" else _("at least %(amount)s")
    return words % {"amount": amount(asked, value)}


def counts(asked: Asked, role: str) -> bool:
    """Tell whether a role's answers count: the sponsor's only where the sponsor is accountable."""
    return role != SPONSOR or asked.accountable == SPONSOR


def said(asked: Asked) -> str:
    """Return what each role answered, the accountable one first: "Laboratory: 1 (informal); Executive sponsor: 4 (…), not counted"."""
    roles = sorted(asked.means, key=lambda role: (role != asked.accountable, not counts(asked, role), role))
    return "; ".join(_said_by(asked, role, asked.means[role]) for role in roles)


def _said_by(asked: Asked, role: str, mean: float | None) -> str:
    words = _("not shown") if mean is None else amount(asked, mean)
    aside = "" if counts(asked, role) else ", " + _("not counted")
    return f"{role_title(role)}: {words}{aside}"


def asked_for(asked: Asked) -> str:
    """Return what must be true when: the floor before signing, the need at go-live."""
    at_go_live = _("%(need)s at go-live") % {"need": bound(asked, asked.need)}
    if not asked.gate or asked.floor is None:
        return _("Needed: %(need)s.") % {"need": at_go_live}
    return _("Needed: %(floor)s before signing, %(need)s.") % {"floor": bound(asked, asked.floor), "need": at_go_live}


def finding_sentence(rule: str, name: str, asked: Asked | None) -> str:
    """Return a finding in plain language: who answered what, and what is asked.

    `name` is the role or service line that it is about, `asked` the item of a rule about items (None: no longer in
    scope). A rule that this version does not know has no sentence.
    """
    if rule in ABOUT_OTHERS:
        return ABOUT_OTHERS[rule]() % {"name": name}
    if asked is None:
        return _("No longer in scope.") if rule in ABOUT_ITEMS else ""
    return ABOUT_ITEMS[rule](asked) if rule in ABOUT_ITEMS else ""


def shortfall_words(asked: Asked) -> str:
    """Return who says what of an item that falls short."""
    return " ".join(part for part in (_sentence(said(asked)), asked_for(asked)) if part)


def unknown_words(asked: Asked) -> str:
    """Return who has not answered, and what the others say."""
    missing = _("No answer from %(role)s, who is accountable.") % {"role": role_title(asked.accountable)}
    return " ".join(part for part in (missing, _sentence(said(asked)), asked_for(asked)) if part)


def disagreement_words(asked: Asked) -> str:
    """Return that people see it differently: the ends of the span by role, or within one role."""
    known = {role: mean for role, mean in asked.means.items() if mean is not None}
    ends = sorted(known, key=lambda role: (known[role], role))
    if len(ends) < 2 or known[ends[0]] == known[ends[-1]]:
        return _("People give answers that lie far apart. Settle it with them before planning.")
    values = {"low": role_title(ends[0]), "high": role_title(ends[-1])}
    values |= {"least": amount(asked, known[ends[0]]), "most": amount(asked, known[ends[-1]])}
    return _("%(high)s says %(most)s, %(low)s says %(least)s. Settle it with them before planning.") % values


def sent_and_received(asked: Asked) -> str:
    """Return what was told beside what has arrived, where an item asks for both and they differ; else nothing."""
    sent = asked.means.get(asked.accountable)
    received = {role: mean for role, mean in asked.means.items() if role != asked.accountable and mean is not None and counts(asked, role)}
    if asked.code not in SENT_AND_RECEIVED or sent is None or not any(mean != sent for mean in received.values()):
        return ""
    arrived = "; ".join(f"{role_title(role)}: {amount(asked, received[role])}" for role in sorted(received, key=Role.values.index))
    values = {"who": role_title(asked.accountable), "sent": amount(asked, sent), "received": arrived}
    return _("Sent, says %(who)s: %(sent)s. Received: %(received)s.") % values


def variation_words(asked: Asked) -> str:
    """Return that sites differ, and what follows."""
    return " ".join([_("Sites differ, and people at the same site agree: plan it wave by wave."), asked_for(asked)])


def _sentence(words: str) -> str:
    return f"{words}." if words else ""


ABOUT_ITEMS: Mapping[str, Callable[[Asked], str]] = {
    "shortfall": shortfall_words,
    "unknown": unknown_words,
    "disagreement": disagreement_words,
    "variation": variation_words,
}
ABOUT_OTHERS: Mapping[str, Callable[[], str]] = {
    "silent_role": lambda: _("Nobody from %(name)s has handed in an interview, so nobody knows what this role would say."),
    "no_champion": lambda: _(
        "The front-line clinicians of %(name)s do not stand behind it: their stance is below 3 of 4 on average, where a champion stands."
    ),
    "silent_service": lambda: _("No front-line clinician of %(name)s has said where they stand."),
    "unlisted_role": lambda: _(
        "Two or more of those who handed in say that this will touch %(name)s, and nobody in this role is asked. "
        "Ask somebody, or say why they need not be."
    ),
    "unlisted_service": lambda: _(
        "Two or more of those who handed in say that this will touch %(name)s, which is on no list of this assessment. "
        "Ask somebody there, or say why they need not be."
    ),
}
