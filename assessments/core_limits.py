"""Whose core has grown beyond what ten minutes hold, as add-on modules and own gates make it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.bank.minutes import LANDING, PROTECTED, REVIEW, ROLE_WITH_STANCE, STANCE, TEN_MINUTES, WHO_ELSE
from assessments.questionnaire import MOST_CORE, MOST_CORE_OF, SECONDS, minutes
from assessments.requirements import Requirement, table_of

ON_THE_WAY = LANDING + WHO_ELSE + PROTECTED + REVIEW
MOST_MINUTES = TEN_MINUTES // 60


@dataclass(frozen=True, slots=True)
class CoreLoad:
    """What one role is asked first: questions, scored or not, against the most, and whole minutes with everything on the way."""

    role: str
    questions: int
    most: int
    minutes: int

    @property
    def too_many(self) -> bool:
        """Tell whether there are more questions than this role's core may hold."""
        return self.questions > self.most

    @property
    def too_long(self) -> bool:
        """Tell whether it takes more than ten minutes."""
        return self.minutes > MOST_MINUTES


def core_loads(profile: Iterable[Requirement], climate: Mapping[str, int]) -> list[CoreLoad]:
    """Return every role's core, sorted by role; empty for a bank that divides nothing.

    `climate` are the seconds for the anonymous statements by role. Landing page, "who else", workarounds and review count too.
    """
    asked = list(profile)
    return [_load(role, [each for each in asked if role in each.core], climate.get(role, 0)) for role in sorted(table_of(asked))]


def _load(role: str, core: Sequence[Requirement], climate: int) -> CoreLoad:
    seconds = sum(each.seconds.get(role) or SECONDS[each.kind] for each in core)
    stance = STANCE if role == ROLE_WITH_STANCE else 0
    return CoreLoad(role, len(core), MOST_CORE_OF.get(role, MOST_CORE), minutes(seconds + stance + ON_THE_WAY + climate))


def heavy(loads: Iterable[CoreLoad]) -> list[CoreLoad]:
    """Return the cores that hold too many questions or take too long."""
    return [load for load in loads if load.too_many or load.too_long]
