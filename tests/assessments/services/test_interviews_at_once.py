"""What happens when a person's two requests meet: needs a database with row locks."""

import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Answer, Interview
from assessments.services.answers import save_answer
from assessments.services.interviews import reopen_interview, submit_interview
from tests.assessments.views.respondents import browser_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no row locks: writers wait for one another anyway"),
]


def in_thread(request) -> tuple[threading.Thread, list]:
    """Send a request from another connection and return where its answer will be."""
    answers = []

    def run():
        answers.append(request())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.7)  # time to reach the lock, not a thing that is measured
    return thread, answers


@pytest.fixture
def answered(interview):
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    return interview


def test_save_that_meets_a_submit_comes_before_it_or_is_refused(answered):
    person = browser_of(answered)
    address = reverse("save-answer", args=[answered.pk])
    with transaction.atomic():
        submit_interview(interview=answered)
        thread, answers = in_thread(lambda: person.post(address, {"code": "LAB-01", "LAB-01-value": "4"}).status_code)
    thread.join()
    assert answers == [409]
    assert Answer.objects.get().level == 1


def test_submit_that_meets_a_close_is_refused(answered):
    person = browser_of(answered)
    with transaction.atomic():
        assessment = answered.assessment
        assessment.state = "closed"
        assessment.save(update_fields=["state"])
        thread, answers = in_thread(lambda: person.post(reverse("submit", args=[answered.pk])).status_code)
    thread.join()
    assert answers == [409]
    assert Interview.objects.get().state == "in_progress"


def test_submit_that_meets_a_reopen_ends_in_one_of_both(answered):
    person = browser_of(answered)
    submit_interview(interview=answered)
    with transaction.atomic():
        reopen_interview(interview=answered)
        thread, answers = in_thread(lambda: person.post(reverse("submit", args=[answered.pk])).status_code)
    thread.join()
    assert answers == [302]
    assert Interview.objects.get().state == "submitted"


def test_protected_entry_that_meets_a_submit_is_refused(answered):
    person = browser_of(answered)
    address = reverse("protected", args=[answered.pk])
    with transaction.atomic():
        submit_interview(interview=answered)
        thread, answers = in_thread(lambda: person.post(address, {"entry-0-key": "", "entry-0-what": "late"}).status_code)
    thread.join()
    assert answers == [409]
    assert not answered.assessment.disclosures.exists()
