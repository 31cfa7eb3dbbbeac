"""A section page whose questions come and go with the answers on it."""

import json
from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Answer, AnswerRevision
from tests import factories
from tests.assessments.branches import INTEGRATION, LABORATORY, NAVIGATOR, said, steered_version, submitted
from tests.assessments.views.respondents import browser_of, everything, section_address


@pytest.fixture
def steered(organisation):
    return factories.make_open_assessment(organisation, version=steered_version())


@pytest.fixture
def interview(steered):
    """The laboratory's interview: LAB-02 is asked where LAB-01 is 1 at most, LAB-03 where LAB-02 is 1 at least."""
    return factories.make_interview(steered, LABORATORY, state="in_progress")


@pytest.fixture
def person(interview):
    return browser_of(interview)


def fieldsets(page: str) -> dict[str, str]:
    """The opening tag of each question on a page, by code."""
    tags = [part.split(">")[0] for part in page.split("<fieldset")[1:]]
    return {tag.split('data-code="')[1].split('"')[0]: tag for tag in tags}


def hidden(page: str) -> list[str]:
    return [code for code, tag in fieldsets(page).items() if "hidden disabled" in tag]


def stored() -> dict[str, object]:
    return {answer.item_code: answer.value for answer in Answer.objects.all()}


def test_questions_that_an_answer_may_call_up_are_on_the_page_hidden(person, interview):
    page = person.get(section_address(interview)).content.decode()
    assert list(fieldsets(page)) == ["LAB-01", "LAB-02", "LAB-03"]
    assert hidden(page) == ["LAB-02", "LAB-03"]
    condition = json.loads(fieldsets(page)["LAB-02"].split('data-condition="')[1].split('"')[0].replace("&quot;", '"'))
    assert condition == {"code": "LAB-01", "op": "at_most", "limit": 1}


def test_question_that_hangs_on_another_page_is_not_sent_hidden(person, steered):
    submitted(steered, NAVIGATOR, {"CTX-07": "none"})
    integration = factories.make_interview(steered, INTEGRATION, state="in_progress")
    page = browser_of(integration).get(section_address(integration, "INT")).content.decode()
    assert list(fieldsets(page)) == ["INT-01"]
    assert "data-condition" not in page


def test_without_script_the_page_comes_again_with_what_was_called_up(person, interview):
    response = person.post(section_address(interview), {"LAB-01-value": "0", "go": "next"})
    assert response.url == section_address(interview) + "#item-LAB-02"
    assert hidden(person.get(section_address(interview)).content.decode()) == ["LAB-03"]


def test_what_was_shown_and_left_open_is_not_asked_twice(person, interview):
    response = person.post(section_address(interview), {"LAB-01-value": "0", "LAB-02-was": "", "go": "next"})
    assert response.url == reverse("protected", args=[interview.pk])


def test_answers_to_questions_called_up_in_the_browser_are_saved_with_the_page(person, interview):
    person.post(section_address(interview), {"LAB-01-value": "0", "LAB-02-value": "2", "LAB-03-value": "3", "go": "next"})
    assert stored() == {"LAB-01": 0, "LAB-02": 2, "LAB-03": 3}


def test_answer_that_another_one_hides_is_kept_and_not_shown_as_given(person, interview):
    person.post(section_address(interview), {"LAB-01-value": "0", "LAB-02-value": "2"})
    person.post(section_address(interview), {"LAB-01-value": "3"})
    assert stored() == {"LAB-01": 3, "LAB-02": 2}
    review = person.get(reverse("review", args=[interview.pk])).content.decode()
    assert "1 answer is kept, not asked any more" in review
    assert "Is LAB-02 in place?" not in review


def test_answer_comes_back_with_its_condition(person, interview):
    person.post(section_address(interview), {"LAB-01-value": "0", "LAB-02-value": "2"})
    person.post(section_address(interview), {"LAB-01-value": "3"})
    person.post(section_address(interview), {"LAB-01-value": "1"})
    page = person.get(section_address(interview)).content.decode()
    assert hidden(page) == []
    assert 'name="LAB-02-value" value="2" checked' in page


def test_autosave_of_a_hidden_question_is_kept_at_no_further_cost(person, interview, django_assert_num_queries):
    said(interview, "LAB-01", 3)
    address = reverse("save-answer", args=[interview.pk])
    person.post(address, {"code": "LAB-02", "LAB-02-value": "1"})
    with django_assert_num_queries(6):  # four statements and the two of the transaction
        response = person.post(address, {"code": "LAB-02", "LAB-02-value": "2"})
    assert response.status_code == 200
    assert stored()["LAB-02"] == 2


def test_section_of_which_nothing_is_asked_any_more_leads_on_and_keeps_what_an_old_page_sends(organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "CTX-07", [NAVIGATOR], part="context", kind="choice")
    factories.make_item(version, "INT-16", [NAVIGATOR], condition="not(CTX-07 is none)")
    version.publish()
    interview = factories.make_interview(factories.make_open_assessment(organisation, version=version), NAVIGATOR, state="in_progress")
    said(interview, "CTX-07", "none")
    person, address = browser_of(interview), section_address(interview, "INT")
    assert person.get(address).url == reverse("interview", args=[interview.pk])
    assert person.post(address, {"INT-16-value": "3", "INT-16-note": "Do not lose me", "go": "next"}).status_code == 302
    assert stored() == {"CTX-07": "none", "INT-16": 3}


def test_error_in_a_question_that_another_answer_hides_is_shown(person, interview):
    said(interview, "LAB-01", 0)
    sent = {"LAB-01-value": "3", "LAB-02-value": "1", "LAB-02-note": "SSN 123-45-6789"}
    response = person.post(section_address(interview), sent)
    assert response.status_code == 422
    assert hidden(response.content.decode()) == ["LAB-03"]


def test_question_names_what_a_colleague_made_known(steered):
    submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    integration = factories.make_interview(steered, INTEGRATION, state="in_progress")
    browser = browser_of(integration)
    for address in (section_address(integration, "INT"), reverse("review", args=[integration.pk])):
        assert "How will results get into Epic?" in browser.get(address).content.decode()


@pytest.fixture
def earlier(steered):
    """The same health system's navigator answered another assessment on 3 May."""
    before = factories.make_open_assessment(steered.organisation, version=steered.product.version)
    before.health_system = steered.health_system
    before.save(update_fields=["health_system"])
    interview = submitted(before, NAVIGATOR, {"CTX-07": "epic", "INT-16": 3})
    type(interview).objects.filter(pk=interview.pk).update(submitted_at=f"{date(2026, 5, 3)}T12:00Z")
    return before


@pytest.fixture
def navigator(steered):
    return factories.make_interview(steered, NAVIGATOR, state="in_progress")


def context_page(interview) -> str:
    return browser_of(interview).get(section_address(interview, "CTX")).content.decode()


def test_context_of_an_earlier_assessment_is_offered_and_not_saved(earlier, navigator):
    browser, address = browser_of(navigator), section_address(navigator, "CTX")
    before = everything()
    page = browser.get(address).content.decode()
    assert f"As answered for {earlier.product.name} on 3 May 2026" in page
    assert 'name="CTX-07-value" value="epic" checked' in page
    assert everything() == before


def test_offer_that_is_sent_is_saved(earlier, navigator):
    browser_of(navigator).post(section_address(navigator, "CTX"), {"CTX-07-was": "", "CTX-07-value": "epic", "go": "next"})
    assert list(navigator.answers.values_list("choice", flat=True)) == ["epic"]
    assert AnswerRevision.objects.filter(interview=navigator).count() == 1
    assert "As answered for" not in context_page(navigator)


def test_scored_answers_are_never_offered(earlier, navigator):
    page = browser_of(navigator).get(section_address(navigator, "INT")).content.decode()
    assert "checked" not in page


def test_offer_names_nobody(earlier, navigator):
    names = earlier.interviews.values_list("stakeholder__name", flat=True)
    assert not [name for name in names if name in context_page(navigator)]


@pytest.mark.parametrize("whose", ["interview", "assessment"])
def test_answer_for_figures_only_is_not_offered(earlier, navigator, whose):
    rows = earlier.interviews if whose == "interview" else type(earlier).objects.filter(pk=earlier.pk)
    rows.update(visibility_health_system="figures_only")
    assert "As answered for" not in context_page(navigator)


def test_answer_to_another_organisation_is_not_offered(earlier, navigator, outsider):
    type(earlier).objects.filter(pk=earlier.pk).update(organisation=outsider.organisation)
    assert "As answered for" not in context_page(navigator)


@pytest.mark.parametrize(("records", "offered"), [(["Epic", "epic "], "epic"), (["Epic", "MEDITECH"], ""), (["Homemade"], ""), ([""], "")])
def test_record_of_the_sites_offers_the_health_record_of_that_name(steered, records, offered):
    for site, ehr in zip(steered.sites.all(), records, strict=False):
        site.ehr = ehr
        site.save()
    integration = factories.make_interview(steered, INTEGRATION, state="in_progress")
    page = context_page(integration)
    assert ("As noted for your sites" in page) == bool(offered)
    assert ('value="epic" checked' in page) == bool(offered)


@pytest.mark.parametrize("count", [1, 30])
def test_page_with_conditions_and_offers_takes_a_fixed_number_of_queries(steered, earlier, count, django_assert_num_queries):
    for _number in range(count):
        submitted(earlier, NAVIGATOR, {"CTX-07": "epic"})
        submitted(steered, INTEGRATION, {"CTX-01": "epic"})
    navigator = factories.make_interview(steered, NAVIGATOR, state="in_progress")
    browser, address = browser_of(navigator), section_address(navigator, "CTX")
    browser.get(address)
    with django_assert_num_queries(6):
        browser.get(address)
