import pytest
from django.core import mail
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.lifecycle import mark_lost
from assessments.services.setup import switch_domains
from stakeholders.models import Message
from tests import factories
from tests.assessments.deeper_bank import make_deeper_version
from tests.assessments.setups import add_three, make_approved, make_asked, make_draft

ALL = ["LAB", "INT", "CHG"]


@pytest.fixture
def draft(lead):
    return make_draft(lead)


def url(assessment):
    return reverse("setup-check", args=[assessment.pk])


def ask(client, assessment):
    return client.post(reverse("ask-host", args=[assessment.pk]), follow=True)


def test_page_shows_questions_per_role_and_what_is_missing(lead_client, draft):
    response = lead_client.get(url(draft))
    roles = {r["figures"].role: r["figures"].questions for r in response.context["roles"]}
    assert roles["lab_director"] == 3
    assert response.context["missing"][0].text == "Nobody is named yet."


def test_nothing_is_sent_by_looking(lead_client, lead):
    draft = make_draft(lead)
    add_three(draft)
    lead_client.get(url(draft))
    assert (Message.objects.count(), draft.scopes.count()) == (0, 0)


def test_domain_is_switched_off_and_its_effect_shown(lead_client, draft):
    response = lead_client.post(url(draft), {"domain": ["LAB", "CHG"], "version": 1}, follow=True)
    draft.refresh_from_db()
    assert (draft.left_out_domains, response.context["outline"].questions) == (["INT"], 3)


def test_htmx_gets_the_scope_alone(lead_client, draft):
    response = lead_client.post(url(draft), {"domain": ["LAB"], "version": 1}, headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="scope">')
    assert 'name="version" value="2"' in response.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_last_domain_stays_on(lead_client, draft, headers):
    response = lead_client.post(url(draft), {"version": 1}, headers=headers)
    draft.refresh_from_db()
    assert (response.status_code, draft.left_out_domains) == (400, [])
    assert "At least one domain" in response.content.decode()


def test_single_question_is_switched_off_and_its_effect_shown(lead_client, draft):
    kept = ["LAB-01", "INT-01", "INT-02", "CHG-01"]
    response = lead_client.post(url(draft), {"domain": ALL, "items": "shown", "item": kept, "version": 1}, follow=True)
    draft.refresh_from_db()
    assert (draft.left_out_items, response.context["outline"].questions) == (["LAB-02"], 4)


def test_single_questions_that_are_all_off_leave_nothing_to_ask(lead_client, draft):
    response = lead_client.post(url(draft), {"domain": ALL, "items": "shown", "version": 1})
    draft.refresh_from_db()
    assert (response.status_code, draft.left_out_items) == (400, [])


def test_unknown_single_questions_are_ignored(lead_client, draft):
    data = {"domain": ALL, "items": "shown", "item": ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01", "\x00", "NO-99"], "version": 1}
    lead_client.post(url(draft), data)
    draft.refresh_from_db()
    assert draft.left_out_items == []


def test_list_in_which_something_was_switched_stays_unfolded(lead_client, draft):
    data = {"domain": ALL, "items": "shown", "item": ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"], "version": 1}
    response = lead_client.post(url(draft), data, headers={"HX-Request": "true", "HX-Trigger": "items-INT"})
    assert response.context["opened"] == "INT"
    assert response.content.decode().count("<details open>") == 1


def test_deeper_questions_are_said_to_come_later(lead_client, lead):
    draft = make_draft(lead, version=make_deeper_version())
    response = lead_client.get(url(draft))
    figures = {r["figures"].role: (r["figures"].core, r["figures"].later) for r in response.context["roles"]}
    assert figures == {"lab_director": (2, 1), "it_integration_lead": (2, 2), "compliance_privacy_security": (1, 1)}
    assert "may be asked later, only where answers are short" in response.content.decode()


@pytest.mark.parametrize("version", ["7", "", "x", "-1", "9" * 30, "²"])
def test_another_version_is_refused(lead_client, draft, version):
    response = lead_client.post(url(draft), {"domain": ["LAB"], "version": version})
    draft.refresh_from_db()
    assert (response.status_code, draft.left_out_domains) == (409, [])


def test_unknown_domain_codes_are_ignored(lead_client, draft):
    lead_client.post(url(draft), {"domain": [*ALL, "\x00", "XYZ", "世"], "version": 1})
    draft.refresh_from_db()
    assert draft.left_out_domains == []


def test_domains_stay_after_approval(lead_client, lead):
    assessment = make_approved(lead)
    version = Assessment.objects.get(pk=assessment.pk).version
    assert lead_client.post(url(assessment), {"domain": ["LAB"], "version": version}).status_code == 409


def test_approved_page_does_not_ask_to_switch_domains_off(lead_client, lead):
    assert "Switch off what does not apply" not in lead_client.get(url(make_approved(lead))).content.decode()


def test_open_assessment_shows_its_frozen_scope(lead_client, lead):
    draft = make_draft(lead)
    add_three(draft)
    switch_domains(assessment=draft, left_out=["CHG"])
    ask(lead_client, draft)
    Assessment.objects.filter(pk=draft.pk).update(state="open", left_out_domains=[])
    assert lead_client.get(url(draft)).context["outline"].questions == 4


def test_draft_that_was_lost_is_shown(lead_client, draft):
    mark_lost(assessment=draft)
    assert lead_client.get(url(draft)).context["outline"].questions == 5


def test_role_that_would_be_asked_nothing_blocks(lead_client, draft):
    add_three(draft)
    switch_domains(assessment=draft, left_out=["INT"])
    response = lead_client.get(url(draft))
    assert response.context["blocked"]
    assert "IT and integration" in str(response.context["missing"][0].text)


def test_required_role_without_anybody_does_not_block(lead_client, draft):
    draft.interviews.create(stakeholder=factories.make_stakeholder(draft.health_system), role="lab_director")
    response = lead_client.get(url(draft))
    assert (response.context["blocked"], len(response.context["missing"])) == (False, 2)


def test_change_since_the_host_was_asked_is_said(lead_client, lead):
    asked = make_asked(lead)
    asked.product.requirements.create(item_code="LAB-02", left_out=True)
    assert "have changed since the host was asked" in lead_client.get(url(asked)).content.decode()


def test_host_is_asked_by_one_mail(lead_client, draft, django_capture_on_commit_callbacks):
    add_three(draft)
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(lead_client, draft)
    assert [m.to for m in mail.outbox] == [[draft.host.email]]
    assert "gets a mail with a link to approve" in response.content.decode()


def test_host_is_not_asked_while_something_blocks(lead_client, draft):
    response = ask(lead_client, draft)
    assert "Nobody is named yet." in response.content.decode()
    assert (Message.objects.count(), draft.scopes.count()) == (0, 0)


def test_host_is_not_asked_again_about_nobody(lead_client, lead):
    assert "whom the host has not decided on" in ask(lead_client, make_approved(lead)).content.decode()


def test_host_is_not_flooded(lead_client, lead):
    asked = make_asked(lead)
    for _ in range(9):
        ask(lead_client, asked)
    assert "got ten mails within the hour" in ask(lead_client, asked).content.decode()


def test_host_cannot_be_asked_by_a_visit(lead_client, draft):
    assert lead_client.get(reverse("ask-host", args=[draft.pk])).status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, draft, django_assert_num_queries, number):
    for _ in range(number):
        draft.interviews.create(stakeholder=factories.make_stakeholder(draft.health_system), role="lab_director")
    with django_assert_num_queries(29):
        lead_client.get(url(draft))
