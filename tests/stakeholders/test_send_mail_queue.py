from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from assessments.services.invitations import send_reminder
from stakeholders.models import Message, MessageState
from tests import factories


@pytest.fixture
def message(assessment):
    """A reminder whose task was lost before it ran."""
    return send_reminder(interview=factories.make_interview(assessment, invited_at=timezone.now()))


def run(*arguments):
    out = StringIO()
    call_command("send_mail_queue", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.FAILED])
def test_mail_that_did_not_leave_is_sent_with_its_own_message_id(message, state):
    Message.objects.update(state=state, tries=1)
    assert run() == "1 of 1 mails sent."
    assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id


def test_mail_that_left_is_not_sent_again(message):
    run()
    assert run() == "0 of 0 mails sent."
    assert len(mail.outbox) == 1


def test_mail_that_is_no_longer_needed_is_left_alone(message):
    Message.objects.update(state=MessageState.FAILED, error="no longer needed")
    assert run() == "0 of 0 mails sent."


@pytest.mark.parametrize(("arguments", "sent"), [((), 0), (("--tries", "9"), 1)])
def test_mail_that_was_tried_too_often_is_left_alone(message, arguments, sent):
    Message.objects.update(state=MessageState.FAILED, tries=5)
    run(*arguments)
    assert len(mail.outbox) == sent


def test_refusing_server_is_noted_and_tried_again(message, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert run() == "0 of 1 mails sent."
    message.refresh_from_db()
    assert (message.state, message.tries, message.error) == (MessageState.FAILED, 1, "ConnectionRefusedError")
