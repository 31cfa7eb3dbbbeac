"""The way of somebody who has submitted to the questions that came since, and back to a handed-in interview."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.models import Interview
from assessments.services.lifecycle import close_assessment
from assessments.services.scope_revisions import revise_scope, score_of
from assessments.services.scopes import current_plan
from tests.assessments.deeper_bank import make_deeper_assessment, submitted
from tests.assessments.views.respondents import browser_of, section_address, token_of


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


@pytest.fixture
def done(asked):
    """The laboratory's interview, handed in before LAB-07 was opened; LAB-02 was skipped."""
    interview = submitted(asked, answers={"LAB-01": 1})
    plan = replace(current_plan(asked), opened=frozenset({"LAB-07"}))
    revise_scope(assessment=asked, plan=plan, reason="Closer look", author=None, seen=1)
    return interview


def landing(interview):
    return reverse("landing", args=[token_of(interview)])


def test_landing_says_how_many_came_since_and_how_long_they_take(anonymous, done):
    text = " ".join(anonymous.get(landing(done)).content.decode().split())
    assert "1 more question since you handed in" in text
    assert "about 1 minute more" in text
    assert "Answer the new questions" in text


def test_visit_alone_changes_nothing(anonymous, done):
    anonymous.get(landing(done))
    assert Interview.objects.get().state == "submitted"


def test_button_leads_straight_to_the_new_question(anonymous, done):
    response = anonymous.post(landing(done), {"more": "yes"})
    assert response.url == f"{section_address(done)}#item-LAB-07"
    assert Interview.objects.get().state == "in_progress"
    assert "Is LAB-07 in place?" in anonymous.get(response.url).content.decode()


def test_other_button_still_shows_the_answers(anonymous, done):
    assert anonymous.post(landing(done)).url == reverse("interview", args=[done.pk])
    assert Interview.objects.get().state == "submitted"


def test_receipt_says_it_too_and_leads_there(done):
    person = browser_of(done)
    receipt = reverse("receipt", args=[done.pk])
    assert "1 more question since you handed in" in " ".join(person.get(receipt).content.decode().split())
    assert person.post(reverse("reopen", args=[done.pk]), {"more": "yes"}).url == f"{section_address(done)}#item-LAB-07"


def test_taking_answers_back_without_it_goes_to_the_review(done):
    assert browser_of(done).post(reverse("reopen", args=[done.pk])).url == reverse("review", args=[done.pk])


def test_answers_are_kept_and_count_again_once_handed_in(anonymous, asked, done):
    address = anonymous.post(landing(done), {"more": "yes"}).url
    anonymous.post(address.split("#")[0], {"LAB-07-value": "3", "LAB-07-was": "", "go": "review"})
    anonymous.post(reverse("submit", args=[done.pk]))
    scope = asked.scopes.latest("number")
    means = {item.code: item.role_means for item in score_of(asked, scope, list(scope.items.all())).items}
    assert means["LAB-01"] == {"lab_director": 1}
    assert "more question" not in anonymous.get(reverse("receipt", args=[done.pk])).content.decode()


def test_closed_assessment_offers_no_new_questions(anonymous, asked, done):
    close_assessment(assessment=asked)
    assert "more question" not in anonymous.get(landing(done)).content.decode()
    assert anonymous.post(landing(done), {"more": "yes"}).url == reverse("interview", args=[done.pk])
    assert Interview.objects.get().state == "submitted"


def test_sending_it_twice_is_harmless(anonymous, done):
    anonymous.post(landing(done), {"more": "yes"})
    assert anonymous.post(landing(done), {"more": "yes"}).url == reverse("interview", args=[done.pk])
    assert Interview.objects.get().state == "in_progress"


def test_whoever_has_nothing_new_is_told_nothing(anonymous, asked):
    interview = submitted(asked, answers={"LAB-01": 1})
    assert "more question" not in anonymous.get(landing(interview)).content.decode()
