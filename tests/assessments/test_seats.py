import pytest

from assessments.seats import BOARD_STATES, Seat, make_board, seat_state


@pytest.mark.parametrize(
    ("state", "approved", "mail_state", "expected"),
    [
        ("invited", False, "", "waiting"),
        ("invited", False, "sent", "waiting"),
        ("invited", True, "", "silent"),
        ("invited", True, "sent", "silent"),
        ("invited", True, "queued", "silent"),
        ("invited", True, "bounced", "bounced"),
        ("invited", True, "failed", "bounced"),
        ("opened", True, "bounced", "opened"),
        ("in_progress", False, "", "in_progress"),
        ("submitted", True, "failed", "submitted"),
        ("declined", True, "sent", "declined"),
    ],
)
def test_seat_state_follows_interview_approval_and_mail(state, approved, mail_state, expected):
    assert seat_state(state, approved=approved, mail_state=mail_state) == expected


def board():
    seats = [Seat("clinician", "submitted", True), Seat("clinician", "silent", False), Seat("lab_director", "waiting", True)]
    order = ["lab_director", "it_integration_lead", "clinician", "executive_sponsor"]
    return make_board(seats, required=["it_integration_lead", "clinician"], order=order)


def test_board_lists_taken_and_required_roles_in_order():
    assert [row.role for row in board().rows] == ["lab_director", "it_integration_lead", "clinician"]


def test_board_counts_by_state():
    clinicians = board().rows[2]
    assert dict(zip(BOARD_STATES, clinicians.counts, strict=True)) == {**dict.fromkeys(BOARD_STATES, 0), "silent": 1, "submitted": 1}
    assert (clinicians.total, clinicians.front_line, clinicians.submitted, clinicians.missing) == (2, 1, 1, False)


def test_board_sums_up():
    whole = board()
    assert (whole.total, whole.front_line, whole.submitted, sum(whole.totals)) == (3, 2, 1, 3)


def test_board_names_required_roles_without_anybody():
    assert board().missing_roles == ["it_integration_lead"]


def test_board_of_nobody_has_only_required_roles():
    empty = make_board([], required=["clinician"], order=["lab_director", "clinician"])
    assert ([row.role for row in empty.rows], empty.total, empty.missing_roles) == (["clinician"], 0, ["clinician"])
