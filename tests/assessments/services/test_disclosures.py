from uuid import uuid4

import pytest

from assessments.given_answers import GivenAnswer
from assessments.models import Disclosure
from assessments.services.answers import InterviewClosedError, save_answer
from assessments.services.disclosures import Entry, disclosures_shown, erase_links, save_disclosures
from assessments.services.interviews import submit_interview
from assessments.services.visibility import HEALTH_SYSTEM, VENDOR
from tests import factories

WORKAROUND = Entry(None, "We keep a paper log.", "daily", "Results get lost.")


def test_save_disclosures_keeps_an_entry_of_the_interview(interview):
    save_disclosures(interview=interview, entries=[WORKAROUND])
    entry = Disclosure.objects.get()
    assert (entry.interview, entry.assessment, entry.day) == (interview, interview.assessment, None)
    assert (entry.what, entry.how_often, entry.what_breaks) == ("We keep a paper log.", "daily", "Results get lost.")


def test_save_disclosures_sent_twice_keeps_one(interview):
    entry = Entry(uuid4(), "We keep a paper log.")
    save_disclosures(interview=interview, entries=[entry])
    save_disclosures(interview=interview, entries=[entry])
    assert Disclosure.objects.get().pk == entry.key


def test_save_disclosures_changes_and_takes_back(interview):
    kept, gone = uuid4(), uuid4()
    save_disclosures(interview=interview, entries=[Entry(kept, "A"), Entry(gone, "B")])
    left = save_disclosures(interview=interview, entries=[Entry(kept, "A, twice a day"), Entry(gone, " \n"), Entry(uuid4(), "")])
    assert [entry.what for entry in left] == ["A, twice a day"]
    assert [entry.what for entry in Disclosure.objects.all()] == ["A, twice a day"]


def test_save_disclosures_never_touches_another_persons_entry(assessment, interview):
    other = factories.make_interview(assessment, state="opened")
    key = save_disclosures(interview=other, entries=[WORKAROUND])[0].pk
    save_disclosures(interview=interview, entries=[Entry(key, "Mine")])
    save_disclosures(interview=interview, entries=[Entry(key, "")])
    assert other.disclosures.get().what == "We keep a paper log."
    assert interview.disclosures.get().what == "Mine"


def test_save_disclosures_drops_what_no_row_may_hold(interview):
    save_disclosures(interview=interview, entries=[Entry(None, " a\x00b ")])
    assert Disclosure.objects.get().what == "ab"


def test_save_disclosures_after_submit_is_refused(assessment):
    with pytest.raises(InterviewClosedError):
        save_disclosures(interview=factories.make_interview(assessment, state="submitted"), entries=[WORKAROUND])
    assert not Disclosure.objects.exists()


def test_submit_cuts_the_entries_loose(interview):
    key = save_disclosures(interview=interview, entries=[WORKAROUND])[0].pk
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    submitted = submit_interview(interview=interview)
    entry = Disclosure.objects.get()
    assert (entry.interview, entry.day, entry.what) == (None, submitted.submitted_at.date(), "We keep a paper log.")
    assert entry.pk != key


def test_erase_links_leaves_others_alone(assessment, interview):
    other = factories.make_interview(assessment, state="opened")
    save_disclosures(interview=other, entries=[WORKAROUND])
    save_disclosures(interview=interview, entries=[Entry(None, "Mine")])
    erase_links(interview=interview)
    assert other.disclosures.get().what == "We keep a paper log."
    assert not interview.disclosures.exists()


def submitted_with_entry(assessment, what: str) -> None:
    interview = factories.make_interview(assessment, state="opened")
    save_disclosures(interview=interview, entries=[Entry(None, what)])
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    submit_interview(interview=interview)


@pytest.mark.parametrize(("people", "shown"), [(2, set()), (3, {"0", "1", "2"})])
def test_disclosures_show_once_three_have_submitted(assessment, people, shown):
    for number in range(people):
        submitted_with_entry(assessment, str(number))
    assert {entry.what for entry in disclosures_shown(assessment=assessment, viewer=HEALTH_SYSTEM)} == shown


def test_disclosures_reach_the_vendor_when_the_host_released_them(assessment):
    for number in range(3):
        submitted_with_entry(assessment, str(number))
    Disclosure.objects.filter(what="1").update(shown_to_vendor=True)
    assert [entry.what for entry in disclosures_shown(assessment=assessment, viewer=VENDOR)] == ["1"]


def test_disclosures_that_are_not_handed_in_show_to_nobody(assessment, interview):
    for number in range(3):
        submitted_with_entry(assessment, str(number))
    save_disclosures(interview=interview, entries=[Entry(None, "not yet")])
    shown = disclosures_shown(assessment=assessment, viewer=HEALTH_SYSTEM)
    assert "not yet" not in {entry.what for entry in shown}


def test_disclosures_of_another_assessment_never_show(organisation, assessment):
    for number in range(3):
        submitted_with_entry(assessment, str(number))
    other = factories.make_open_assessment(organisation)
    for _ in range(3):
        factories.make_interview(other, state="submitted")
    assert not disclosures_shown(assessment=other, viewer=HEALTH_SYSTEM).exists()
