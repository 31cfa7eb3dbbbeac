"""Who of an assessment has been reached and has answered: the coverage board and the list behind it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessments.models import Assessment, Interview
from assessments.seats import Board, Seat, make_board, seat_state
from assessments.services.invitations import latest_mails, may_be_written_to
from assessments.services.outline import roles_that_must_answer
from stakeholders.models import Message, Role


@dataclass(frozen=True)
class SeatRow:
    """One interview as the people page lists it."""

    interview: Interview
    state: str
    mail: Message | None

    @property
    def can_be_reminded(self) -> bool:
        """Tell whether a reminder or a new link can be mailed."""
        return self.interview.invited_at is not None and may_be_written_to(self.interview)

    @property
    def can_be_invited(self) -> bool:
        """Tell whether the host approved the person but no invitation has gone out."""
        return self.interview.invited_at is None and may_be_written_to(self.interview)


def seat_rows(assessment: Assessment) -> list[SeatRow]:
    """Return everybody who takes part, by role and name, in two queries."""
    interviews = list(assessment.interviews.taking_part().with_people())
    mails = latest_mails([interview.pk for interview in interviews])
    order = {role: place for place, role in enumerate(Role.values)}
    for interview in interviews:
        interview.assessment = assessment
    rows = [_row(interview, mails.get(interview.pk)) for interview in interviews]
    return sorted(rows, key=lambda row: (order[row.interview.role], row.interview.stakeholder.name.casefold()))


def _row(interview: Interview, mail: Message | None) -> SeatRow:
    state = seat_state(interview.state, approved=interview.host_approved_at is not None, mail_state=mail.state if mail else "")
    return SeatRow(interview, state, mail)


def board_of(rows: Sequence[SeatRow], required: Collection[str]) -> Board:
    """Return the board over rows that were read, with the roles that must answer."""
    seats = [Seat(row.interview.role, row.state, row.interview.front_line) for row in rows]
    return make_board(seats, required=required, order=Role.values)


def coverage_board(assessment: Assessment) -> Board:
    """Return an assessment's coverage board in a fixed number of queries: roles × where their people stand."""
    return board_of(seat_rows(assessment), roles_that_must_answer(assessment))
