"""Where every invited seat stands, and the coverage board made of them: pure counting."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

# The board's columns, in the order of the way that a seat goes.
WAITING, SILENT, BOUNCED = "waiting", "silent", "bounced"
OPENED, IN_PROGRESS, SUBMITTED, DECLINED = "opened", "in_progress", "submitted", "declined"
BOARD_STATES = (WAITING, SILENT, BOUNCED, OPENED, IN_PROGRESS, SUBMITTED, DECLINED)
UNDELIVERED = ("bounced", "failed")


class Seat(NamedTuple):
    """What the board needs of an interview: its role, its place on the board, and whether the person does the work."""

    role: str
    state: str
    front_line: bool


@dataclass(frozen=True)
class BoardRow:
    """One role of the board; `counts` follow `BOARD_STATES`."""

    role: str
    counts: tuple[int, ...]
    total: int
    front_line: int
    required: bool

    @property
    def submitted(self) -> int:
        """Return how many of the role have submitted."""
        return self.counts[BOARD_STATES.index(SUBMITTED)]

    @property
    def missing(self) -> bool:
        """Tell whether the role must answer and nobody is named for it."""
        return self.required and self.total == 0


@dataclass(frozen=True)
class Board:
    """The coverage board: a row per role, the sums, and how many of all seats belong to people who do the work."""

    rows: tuple[BoardRow, ...]
    totals: tuple[int, ...]
    total: int
    front_line: int

    @property
    def submitted(self) -> int:
        """Return how many have submitted."""
        return self.totals[BOARD_STATES.index(SUBMITTED)]

    @property
    def missing_roles(self) -> list[str]:
        """Return the required roles that nobody is named for."""
        return [row.role for row in self.rows if row.missing]


def seat_state(state: str, *, approved: bool, mail_state: str) -> str:
    """Return where an interview stands on the board.

    `state` is the interview's own; `approved` says that the host approved the person; `mail_state` is what became of the
    latest mail to them, empty for none. Somebody who pressed Start has evidently been reached, whatever a later mail did.
    """
    if state != "invited":
        return state
    if not approved:
        return WAITING
    return BOUNCED if mail_state in UNDELIVERED else SILENT


def make_board(seats: Iterable[Seat], *, required: Collection[str], order: Iterable[str]) -> Board:
    """Count seats by role and state; roles come in the given order, those neither required nor taken are left out."""
    taken = list(seats)
    roles = [role for role in order if role in required or any(seat.role == role for seat in taken)]
    rows = tuple(_row(role, [s for s in taken if s.role == role], role in required) for role in roles)
    totals = tuple(sum(row.counts[column] for row in rows) for column in range(len(BOARD_STATES)))
    return Board(rows, totals, len(taken), sum(seat.front_line for seat in taken))


def _row(role: str, seats: list[Seat], required: bool) -> BoardRow:
    counted = Counter(seat.state for seat in seats)
    counts = tuple(counted[state] for state in BOARD_STATES)
    return BoardRow(role, counts, len(seats), sum(seat.front_line for seat in seats), required)
