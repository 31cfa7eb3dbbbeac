import pytest
from django.utils import timezone

from assessments.models import InterviewState
from assessments.services.coverage import coverage_board, seat_rows
from assessments.services.invitations import send_invitation
from stakeholders.models import Message
from tests import factories


def test_rows_come_by_role_and_name_without_the_withdrawn(assessment):
    system = assessment.health_system
    for name, role in [("zoe", "lab_director"), ("Adam", "lab_director"), ("Bea", "clinician")]:
        factories.make_interview(assessment, role, stakeholder=factories.make_stakeholder(system, role, name=name))
    factories.make_interview(assessment, state=InterviewState.WITHDRAWN)
    assert [row.interview.stakeholder.name for row in seat_rows(assessment)] == ["Adam", "zoe", "Bea"]


@pytest.mark.parametrize(("mail_state", "expected"), [("sent", "silent"), ("bounced", "bounced"), ("failed", "bounced")])
def test_row_follows_the_latest_mail(assessment, mail_state, expected):
    send_invitation(interview=factories.make_interview(assessment))
    Message.objects.update(state=mail_state)
    assert seat_rows(assessment)[0].state == expected


@pytest.mark.parametrize(
    ("fields", "reminded", "invited"),
    [
        ({}, False, True),
        ({"invited_at": timezone.now()}, True, False),
        ({"invited_at": timezone.now(), "state": InterviewState.SUBMITTED}, False, False),
        ({"host_approved_at": None}, False, False),
    ],
)
def test_row_says_what_can_be_mailed(assessment, fields, reminded, invited):
    factories.make_interview(assessment, **fields)
    (row,) = seat_rows(assessment)
    assert (row.can_be_reminded, row.can_be_invited) == (reminded, invited)


def test_board_names_required_roles_that_are_missing(assessment):
    factories.make_interview(assessment, front_line=True)
    board = coverage_board(assessment)
    assert (board.missing_roles, board.total, board.front_line) == (["it_integration_lead", "clinician"], 1, 1)


@pytest.mark.parametrize("number", [1, 30])
def test_board_takes_five_queries(assessment, django_assert_num_queries, number):
    for _ in range(number):
        factories.make_interview(assessment)
    with django_assert_num_queries(5):
        coverage_board(assessment)
