"""A thousand issued tokens: nowhere in the database, in no log, in no mail's subject, and never sent on to another site."""

import re
import uuid

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from stakeholders.models import AuditEvent, LinkPurpose, Membership
from stakeholders.services.links import issue_link, revoke_links
from tests.assessments.setups import make_approved
from tests.readiness.canaries import dump, logged

pytestmark = pytest.mark.django_db

ISSUED = 1000
TOKEN = re.compile(r"/(?:i|h|r|p)/([A-Za-z0-9_-]{43})/")


def issued(organisation, subject: uuid.UUID, number: int, purpose: str = LinkPurpose.INTERVIEW) -> list[str]:
    return [issue_link(organisation=organisation, purpose=purpose, subject_id=subject)[1] for _ in range(number)]


def found(tokens: list[str], text: str) -> list[str]:
    return [token for token in tokens if token in text]


def landing(token: str) -> str:
    return reverse("landing", args=[token])


@pytest.fixture
def tokens(interview):
    """A thousand, of every purpose."""
    organisation, subject = interview.assessment.organisation, interview.pk
    return [token for purpose in LinkPurpose.values for token in issued(organisation, subject, ISSUED // len(LinkPurpose.values), purpose)]


def use(token: str) -> None:
    """Look at a link, press its button, go on, and send it to ourselves as a referrer that is refused."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(landing(token))
    browser.post(landing(token), {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}, follow=True)
    browser.post(landing(token), secure=True, headers={"referer": f"https://elsewhere.example{landing(token)}"})


def test_a_thousand_issued_tokens_are_not_in_the_database(tokens):
    assert len(set(tokens)) == ISSUED
    assert found(tokens, dump()) == []


def test_tokens_that_were_used_are_not_in_the_database(interview):
    used = issued(interview.assessment.organisation, interview.pk, 20)
    for token in used:
        use(token)
    kept = dump()
    assert str(interview.pk) in kept
    assert found(used, kept) == []


@pytest.mark.parametrize("hidden_in", ["row", "session"])
def test_dump_shows_a_token_that_is_kept(organisation, hidden_in):
    token = "t" * 43
    if hidden_in == "row":
        AuditEvent.objects.create(organisation=organisation, verb=token, actor_kind="system", subject_type="x", subject_id=uuid.uuid4())
    else:
        session = SessionStore()
        session["link"] = token * 20
        session.create()
    assert token in dump()


def test_no_log_holds_a_token_while_it_is_issued_and_used(interview):
    with logged() as log:
        used = issued(interview.assessment.organisation, interview.pk, ISSUED)
        for token in used[:: ISSUED // 25]:
            use(token)
    assert "Forbidden (Referer checking failed" in log.getvalue()
    assert found(used, log.getvalue()) == []


def test_no_log_holds_a_token_that_is_wrong_or_closed(interview, anonymous):
    closed = issued(interview.assessment.organisation, interview.pk, 20)
    revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    wrong = [token[::-1] for token in closed]
    with logged() as log:
        for token in closed + wrong:
            anonymous.get(landing(token))
            anonymous.post(landing(token))
    assert "Gone: /i/…/" in log.getvalue()
    assert "Not Found: /i/…/" in log.getvalue()
    assert found(closed + wrong, log.getvalue()) == []


def test_no_log_holds_the_token_of_a_page_that_fails(interview, monkeypatch):
    def broken(**_given):
        raise LookupError(f"cannot open {landing(token)}")

    token = issued(interview.assessment.organisation, interview.pk, 1)[0]
    monkeypatch.setattr("assessments.views.landing.start_interview", broken)
    with logged() as log:
        Client(raise_request_exception=False).post(landing(token))
    assert "LookupError: cannot open /i/…/" in log.getvalue()
    assert token not in log.getvalue()


def test_tokens_of_mails_are_in_their_text_alone(lead, mailoutbox, django_capture_on_commit_callbacks):
    with logged() as log, django_capture_on_commit_callbacks(execute=True):
        make_approved(lead)
    mailed = [token for mail in mailoutbox for token in TOKEN.findall(mail.body)]
    around = [f"{mail.subject} {mail.from_email} {mail.to} {mail.extra_headers} {mail.reply_to}" for mail in mailoutbox]
    assert len(mailed) >= 4
    assert found(mailed, "\n".join([*around, log.getvalue(), dump()])) == []


def test_start_leads_to_an_address_without_the_token(interview):
    token = issued(interview.assessment.organisation, interview.pk, 1)[0]
    pages = Client().post(landing(token), follow=True)
    assert pages.redirect_chain
    assert [address for address, _status in pages.redirect_chain if token in address] == []
    assert token not in pages.content.decode()


@pytest.mark.parametrize("state", ["open", "closed", "unknown"])
def test_page_of_a_token_tells_no_other_site_where_the_visitor_came_from(interview, anonymous, state):
    token = issued(interview.assessment.organisation, interview.pk, 1)[0]
    if state == "closed":
        revoke_links(purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)
    response = anonymous.get(landing(token if state != "unknown" else token[::-1]))
    assert response["Referrer-Policy"] == "same-origin"


def test_invited_members_token_is_neither_kept_nor_logged(admin, mailoutbox, django_capture_on_commit_callbacks):
    browser = Client()
    browser.force_login(admin.user)
    with logged() as log, django_capture_on_commit_callbacks(execute=True):
        browser.post("/settings/members/invite/", {"email": "new@larkfield.example", "name": "New (fictional)", "role": "reviewer"})
    token = TOKEN.findall(mailoutbox[0].body)[0]
    browser.get(f"/p/{token}/")
    assert Membership.objects.filter(user__email="new@larkfield.example").exists()
    assert token not in dump() + log.getvalue() + mailoutbox[0].subject
