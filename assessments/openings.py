"""What is asked in depth by rule: which deeper questions open, and because of what. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.conditions import Answer, Condition, ConditionError, codes, holds, parse

SHORT_OR_CONTESTED = ("short", "contested")


class Why(StrEnum):
    """What opens a question."""

    SHORT = "short"  # its own answers fall short, so those are heard who would know better
    CONTESTED = "contested"  # its own answers lie far apart
    DOMAIN = "domain"  # a core item of its domain is short or contested
    CONDITION = "condition"  # what is known about the place makes trouble likely


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that opening would add: a deeper item, or an item of the core (`in_core`) that more roles could be asked."""

    code: str
    domain: str
    in_core: bool
    opens_when: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What scoring says of one item in scope."""

    code: str
    domain: str
    status: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A question that opens by rule: the reason, and the codes of the items that caused it."""

    code: str
    why: Why
    because: tuple[str, ...]


def openings(
    candidates: Iterable[Candidate],
    *,
    scored: Sequence[Scored],
    core: Collection[str],
    known: Sequence[Mapping[str, Answer]] = (),
) -> list[Opening]:
    """Return what opens by rule, in the order of the candidates; nothing else opens by itself.

    `core` are the codes that are asked first. `known` are the answers about the place, once for every site that gave one: a
    condition that holds at one site opens the question. An item that opens for several reasons names the closest one.
    """
    troubled = {item.code: item for item in scored if item.status in SHORT_OR_CONTESTED}
    by_domain: dict[str, tuple[str, ...]] = {}
    for item in troubled.values():
        if item.code in core:
            by_domain[item.domain] = (*by_domain.get(item.domain, ()), item.code)
    found = (_opening(candidate, troubled, by_domain, known) for candidate in candidates)
    return [opening for opening in found if opening is not None]


def _opening(
    candidate: Candidate,
    troubled: Mapping[str, Scored],
    by_domain: Mapping[str, tuple[str, ...]],
    known: Sequence[Mapping[str, Answer]],
) -> Opening | None:
    if candidate.in_core:
        own = troubled.get(candidate.code)
        return Opening(candidate.code, Why(own.status), (candidate.code,)) if own else None
    condition = _condition(candidate.opens_when)
    if condition is not None and any(holds(condition, answers) for answers in known):
        return Opening(candidate.code, Why.CONDITION, tuple(sorted(codes(condition))))
    if candidate.domain in by_domain:
        return Opening(candidate.code, Why.DOMAIN, by_domain[candidate.domain])
    return None


def _condition(text: str) -> Condition | None:
    """Return the condition, None where there is none or it cannot be read: what nobody can read opens nothing."""
    try:
        return parse(text) if text else None
    except ConditionError:
        return None
