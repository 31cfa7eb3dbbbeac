import logging

import pytest
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Disclosure, Interview
from assessments.services.answers import save_answer
from assessments.services.disclosures import Entry, save_disclosures
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import browser_of, everything, section_address

CANARY = "canary-7f3a-paper-log-beside-the-analyser"


@pytest.fixture
def person(interview):
    return browser_of(interview)


@pytest.fixture
def address(interview):
    return reverse("protected", args=[interview.pk])


def sent(page, what: str, number: int = 0, **fields: str) -> dict[str, str]:
    """Return what a person sends when one entry of the page is filled in."""
    names = ("key", "what", "how_often", "what_breaks")
    shown = {f"{form.prefix}-{name}": form[name].value() or "" for form in page.context["forms"] for name in names}
    return {**shown, f"entry-{number}-what": what, **{f"entry-{number}-{name}": value for name, value in fields.items()}}


def test_protected_says_what_protected_means(person, address):
    page = person.get(address).content.decode()
    assert "When you hand in, its link to you is erased." in page
    assert "When the written way does not work, what do you really do?" in page


def test_protected_keeps_an_entry_and_shows_it_until_handed_in(person, interview, address):
    response = person.post(address, {**sent(person.get(address), CANARY, how_often="every_day"), "go": "next"})
    assert response.url == reverse("nominations", args=[interview.pk])
    assert Disclosure.objects.get().interview == interview
    assert CANARY in person.get(address).content.decode()


def test_protected_sent_twice_keeps_one(person, address):
    data = sent(person.get(address), CANARY)
    person.post(address, data)
    person.post(address, data)
    assert Disclosure.objects.count() == 1


def test_protected_entry_is_changed_added_to_and_taken_back(person, address):
    person.post(address, sent(person.get(address), "first"))
    person.post(address, sent(person.get(address), "second", number=1))
    assert {d.what for d in Disclosure.objects.all()} == {"first", "second"}
    page = person.get(address)
    number = [form["what"].value() for form in page.context["forms"]].index("first")
    person.post(address, sent(page, "", number=number))
    assert [d.what for d in Disclosure.objects.all()] == ["second"]


@pytest.mark.parametrize(("go", "name"), [("more", "protected"), ("next", "nominations"), ("", "nominations")])
def test_protected_button_leads_where_it_says(person, interview, address, go, name):
    assert person.post(address, {"go": go}).url == reverse(name, args=[interview.pk])


def test_protected_leads_back_to_the_last_section(person, interview, address):
    assert person.post(address, {"go": "back"}).url == section_address(interview, "INT")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"what": "x" * 2001}, "at most 2000"),
        ({"what": "a", "how_often": "x" * 121}, "at most 120"),
        ({"what": "a", "what_breaks": "x" * 501}, "at most 500"),
        ({"what": "a\x00b"}, "Null characters"),
        ({"what": "", "how_often": "daily"}, "Please say what you really do"),
        ({"what": "We text 123-45-6789"}, "This looks like a social security number."),
        ({"what": "a", "key": "not-a-key"}, "Enter a valid UUID."),
    ],
)
def test_protected_refuses_bad_input_and_keeps_it(person, address, fields, says):
    response = person.post(address, sent(person.get(address), **fields))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Disclosure.objects.exists()


def test_protected_takes_no_more_than_ten_entries(person, interview, address):
    save_disclosures(interview=interview, entries=[Entry(None, str(n)) for n in range(10)])
    page = person.get(address)
    assert len(page.context["forms"]) == 10
    person.post(address, {**sent(page, "changed"), "entry-10-what": "eleventh", "entry-10-key": ""})
    assert Disclosure.objects.count() == 10


def test_protected_entry_of_another_cannot_be_changed(person, assessment, address):
    other = factories.make_interview(assessment, state="opened")
    key = save_disclosures(interview=other, entries=[Entry(None, "theirs")])[0].pk
    person.post(address, {"entry-0-key": str(key), "entry-0-what": "mine"})
    assert other.disclosures.get().what == "theirs"


@pytest.mark.parametrize("state", ["submitted", "declined"])
def test_protected_after_handing_in_is_not_saved_but_still_shown(person, address, state):
    Interview.objects.update(state=state, submitted_at="2026-11-22T00:00Z")
    response = person.post(address, {"entry-0-key": "", "entry-0-what": "Do not lose me"})
    assert response.status_code == 409
    assert "Do not lose me" in response.content.decode()
    assert not Disclosure.objects.exists()
    assert person.get(address).status_code in (200, 302)


def test_canary_is_found_nowhere_outside_its_table(person, interview, address, caplog):
    caplog.set_level(logging.DEBUG)
    person.post(address, sent(person.get(address), CANARY))
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    person.post(reverse("submit", args=[interview.pk]))
    person.post(reverse("reopen", args=[interview.pk]))
    # Statements are logged while debugging only, and tests debug.
    logged = [record for record in caplog.records if CANARY in record.getMessage() and record.name != "django.db.backends"]
    rows = everything(without=("assessments.Disclosure",))
    assert CANARY not in str(rows)
    assert str(Disclosure.objects.get().pk) not in str(rows)
    assert logged == []
    for name in ("review", "protected"):
        assert CANARY not in person.get(reverse(name, args=[interview.pk])).content.decode()


def test_entry_says_nothing_of_its_person_once_handed_in(person, interview, address):
    person.post(address, sent(person.get(address), CANARY))
    save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
    person.post(reverse("submit", args=[interview.pk]))
    row = everything()["assessments.Disclosure"][0]
    assert set(row["fields"]) == {"assessment", "interview", "what", "how_often", "what_breaks", "day", "shown_to_vendor"}
    assert row["fields"]["interview"] is None
    assert str(interview.stakeholder_id) not in str(row)


@pytest.mark.parametrize("method", ["get", "post"])
def test_protected_page_of_another_interview_is_closed(person, assessment, method):
    other = factories.make_interview(assessment, state="opened")
    assert getattr(person, method)(reverse("protected", args=[other.pk]), {"entry-0-what": "x"}).status_code == 410
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_protected_page_without_the_button_pressed_is_closed(anonymous, address, method):
    assert getattr(anonymous, method)(address).status_code == 410


def test_protected_page_behind_a_revoked_link_is_closed_at_once(person, interview, address):
    revoke_links(purpose="interview", subject_id=interview.pk)
    assert person.post(address, {"entry-0-what": "x"}).status_code == 410
    assert not Disclosure.objects.exists()
