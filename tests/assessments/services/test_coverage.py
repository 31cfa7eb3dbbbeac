import pytest
from django.utils import timezone

from assessments.models import InterviewState
from assessments.services.coverage import board_of, coverage_board, seat_rows
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


@pytest.mark.parametrize("number", [1, 30])
def test_rows_take_two_queries(assessment, django_assert_num_queries, number):
    for _ in range(number):
        factories.make_interview(assessment)
    with django_assert_num_queries(2):
        assert [row.interview.assessment for row in seat_rows(assessment)] == [assessment] * number


def test_row_without_a_mail_waits_for_the_host_or_for_its_invitation(assessment):
    for approved in (None, timezone.now()):
        factories.make_interview(assessment, host_approved_at=approved)
    assert {(row.state, row.mail) for row in seat_rows(assessment)} == {("waiting", None), ("silent", None)}


def test_mail_to_somebody_else_says_nothing_of_a_row(assessment):
    factories.make_interview(assessment)
    send_invitation(interview=factories.make_interview(assessment))
    Message.objects.update(state="bounced")
    assert sorted(row.state for row in seat_rows(assessment)) == ["bounced", "silent"]


def test_board_counts_the_rows_it_is_given_and_misses_the_required(assessment):
    factories.make_interview(assessment, state=InterviewState.SUBMITTED)
    board = board_of(seat_rows(assessment), ["lab_director", "clinician"])
    assert (board.submitted, board.missing_roles, [row.role for row in board.rows]) == (1, ["clinician"], ["lab_director", "clinician"])


def test_people_of_another_assessment_are_on_no_board_here(assessment):
    factories.make_interview(factories.make_open_assessment(assessment.organisation))
    assert coverage_board(assessment).total == 0
