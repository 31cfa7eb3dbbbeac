"""What happens when two leads or two browsers of the host act at once: needs a database with row locks."""

import threading

import pytest
from django.db import connection, transaction

from assessments.services.approvals import HostTerms, NobodyLeftError, approve, ask_host
from assessments.services.people import AlreadyAskedError, add_person
from assessments.services.setup import EditedMeanwhileError, save_promise
from stakeholders.models import Message, MessageKind, Stakeholder
from tests.assessments.setups import a_person, make_asked, make_draft

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no row locks: writers wait for one another anyway"),
]


def in_thread(act) -> tuple[threading.Thread, list]:
    """Do something on another connection and return where its result or its exception will be."""
    results = []

    def run():
        try:
            results.append(act())
        except Exception as error:  # noqa: BLE001 – the test looks at what it was
            results.append(error)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.7)  # time to reach the lock, not a thing that is measured
    return thread, results


def test_same_person_added_by_two_leads_is_added_once(lead):
    draft = make_draft(lead)
    with transaction.atomic():
        add_person(assessment=draft, person=a_person())
        thread, results = in_thread(lambda: add_person(assessment=draft, person=a_person()))
    thread.join()
    assert isinstance(results[0], AlreadyAskedError)
    assert (Stakeholder.objects.count(), draft.interviews.count()) == (1, 1)


def test_approving_in_two_browsers_invites_once(lead):
    asked = make_asked(lead)
    terms = HostTerms.proposed(asked)
    with transaction.atomic():
        approve(assessment=asked, terms=terms)
        thread, results = in_thread(lambda: approve(assessment=asked, terms=terms))
    thread.join()
    assert isinstance(results[0], NobodyLeftError)
    assert Message.objects.filter(kind=MessageKind.INVITATION).count() == 3


def test_two_who_ask_the_host_at_once_freeze_one_revision(lead):
    draft = make_draft(lead)
    add_person(assessment=draft, person=a_person())
    with transaction.atomic():
        ask_host(assessment=draft)
        thread, results = in_thread(lambda: ask_host(assessment=draft))
    thread.join()
    assert isinstance(results[0], Message)
    assert draft.scopes.count() == 1


def test_person_added_during_an_approval_waits(lead):
    asked = make_asked(lead)
    with transaction.atomic():
        approve(assessment=asked, terms=HostTerms.proposed(asked))
        thread, results = in_thread(lambda: add_person(assessment=asked, person=a_person(9)))
    thread.join()
    assert results[0].host_approved_at is None


def test_second_of_two_savers_is_told(lead):
    draft = make_draft(lead)
    with transaction.atomic():
        save_promise(assessment=draft, values={"metric": "Theirs", "target": 1}, seen=1)
        thread, results = in_thread(lambda: save_promise(assessment=draft, values={"metric": "Mine", "target": 2}, seen=1))
    thread.join()
    draft.promise.refresh_from_db()
    assert (type(results[0]), draft.promise.metric) == (EditedMeanwhileError, "Theirs")
