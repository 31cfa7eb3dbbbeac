import re

import pytest
from django.core import mail
from django.utils import timezone

from assessments.models import Answer
from assessments.services.approvals import ask_host
from assessments.services.invitations import send_invitation, send_new_link, send_reminder
from assessments.services.parties import vendor_lead
from stakeholders.models import AccessLink, LinkPurpose, MemberRole, Message, MessageState, Visibility, token_hash
from stakeholders.services.mail import deliver_message
from tests import factories
from tests.assessments.setups import a_person, make_approved, make_asked

LINK = re.compile(r"^http://127\.0\.0\.1:8000/(i|h)/([A-Za-z0-9_-]{43})/$", re.MULTILINE)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do something and return the one mail that it sends."""

    def send(act, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            act(**arguments)
        (one,) = mail.outbox
        return one

    return send


@pytest.fixture
def invited(assessment, lead):
    lead.user.name = "Avery Lead"
    lead.user.save()
    return factories.make_interview(assessment, invited_at=timezone.now())


def test_invitation_says_who_asks_what_how_long_and_who_sees(sent, invited):
    letter = sent(send_invitation, interview=invited)
    system, vendor = invited.assessment.health_system.name, invited.assessment.organisation.name
    assert letter.subject == f"{system} and {vendor} ask for 1 minute of what you know"
    assert letter.reply_to == ["lead@larkfield.example"]
    assert f"{vendor} sees your role and your answers, not your name." in letter.body
    assert "It is 3 questions for “Laboratory”, about 1 min." in letter.body
    assert invited.assessment.host.name in letter.body


def test_invitation_comes_in_both_names(sent, invited):
    letter = sent(send_invitation, interview=invited)
    assert letter.from_email.startswith('"Avery Lead (Larkfield Genomics (fictional)) and Hollis Host (fictional)')
    assert letter.from_email.endswith("<no-reply@groundwork.example>")


@pytest.mark.parametrize("send", [send_invitation, send_reminder, send_new_link])
def test_link_stands_on_a_line_of_its_own_and_opens_the_interview(sent, invited, send):
    letter = sent(send, interview=invited)
    ((kind, token),) = LINK.findall(letter.body)
    link = AccessLink.objects.get(token_hash=token_hash(token))
    assert (kind, link.purpose, link.subject_id, link.is_valid) == ("i", LinkPurpose.INTERVIEW, invited.pk, True)


@pytest.mark.parametrize("send", [send_invitation, send_reminder, send_new_link])
def test_token_is_only_in_the_body(sent, invited, send):
    letter = sent(send, interview=invited)
    ((_, token),) = LINK.findall(letter.body)
    headers = [letter.subject, letter.from_email, *letter.to, *letter.reply_to, *letter.extra_headers.values()]
    assert not any(token in header for header in headers)
    assert not Message.objects.filter(message_id__contains=token).exists()


def test_letter_tells_the_stricter_visibility(sent, invited):
    invited.assessment.visibility_vendor = Visibility.FIGURES_ONLY
    invited.assessment.save()
    assert "sees figures only, none of your single answers." in sent(send_invitation, interview=invited).body


def test_letter_warns_the_only_one_of_a_role(sent, invited):
    assert "You are the only one asked in your role and place" in sent(send_invitation, interview=invited).body


def test_reminder_says_how_far_the_person_is(sent, invited):
    Answer.objects.create(interview=invited, item_code="LAB-01", kind="level", level=2)
    assert "You have answered 1 of 3 questions" in sent(send_reminder, interview=invited).body


def test_names_with_signs_are_written_as_they_are(sent, assessment):
    person = factories.make_stakeholder(assessment.health_system, name="Siobhán O'Neill <b>& Co</b>")
    interview = factories.make_interview(assessment, stakeholder=person)
    assert "Hello Siobhán O'Neill <b>& Co</b>," in sent(send_invitation, interview=interview).body


def test_name_with_a_line_break_cannot_add_a_header(sent, invited, lead):
    lead.user.name = "Avery\nBcc: evil@x.example"
    lead.user.save()
    assert "\n" not in sent(send_invitation, interview=invited).from_email


def test_until_when_is_said_in_the_persons_zone(sent, invited):
    assert "(America/Chicago)" in sent(send_invitation, interview=invited).body


def test_host_is_asked_with_a_link_of_their_own(lead, sent):
    asked = make_asked(lead)
    Message.objects.all().delete()
    letter = sent(ask_host, assessment=asked)
    ((kind, token),) = LINK.findall(letter.body)
    assert (kind, AccessLink.objects.get(token_hash=token_hash(token)).purpose) == ("h", LinkPurpose.HOST)
    assert letter.to == [asked.host.email]
    assert "see the 3 people to be asked" in letter.body


def test_host_is_asked_about_more_people_in_other_words(lead, sent):
    from assessments.services.people import add_person

    assessment = make_approved(lead)
    add_person(assessment=assessment, person=a_person(9))
    letter = sent(ask_host, assessment=assessment)
    assert "more people" in letter.subject
    assert "you see 1 person to be asked" in letter.body


@pytest.mark.parametrize("spoil", ["closed", "other host"])
def test_queued_request_to_a_former_host_is_not_sent(lead, spoil):
    asked = make_asked(lead)
    message = Message.objects.get()
    if spoil == "closed":
        asked.state = "closed"
    else:
        asked.host = factories.make_host(asked.health_system)
    asked.save()
    deliver_message.call(str(message.pk))
    message.refresh_from_db()
    assert (mail.outbox, message.state) == ([], MessageState.FAILED)


def test_lead_is_who_made_the_assessment(organisation, admin, lead, assessment):
    assessment.created_by = admin.user
    assert vendor_lead(assessment) == admin.user


def test_lead_is_the_first_lead_when_the_maker_has_left(organisation, admin, lead, assessment):
    gone = factories.make_membership(organisation, MemberRole.LEAD, is_active=False)
    assessment.created_by = gone.user
    assert vendor_lead(assessment) == lead.user


def test_lead_may_be_nobody(assessment):
    assert vendor_lead(assessment) is None
