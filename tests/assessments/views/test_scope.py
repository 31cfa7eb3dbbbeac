"""The page of a scope: everybody reads the history; whoever may edit sees the effect first and then makes the revision."""

import re

import pytest
from django.urls import reverse

from assessments.models import Assessment, ProductRequirement, Scope
from assessments.services.bundle_imports import import_bundle
from assessments.services.lifecycle import mark_lost, mark_signed
from assessments.services.scope_offers import offer_of
from stakeholders.models import AuditEvent, MemberRole
from tests import factories
from tests.assessments.deeper_bank import LAB, add_deeper_bank, make_deeper_assessment, make_newer_version, submitted
from tests.assessments.setups import make_draft
from tests.assessments.small_bundles import make_bundle
from tests.assessments.small_bundles import make_item as make_small_item
from tests.conftest import signed_in


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


def page_of(assessment):
    return reverse("scope", args=[assessment.pk])


def ticks(assessment, **changes):
    """What the page sends when nothing was touched, less and more what a test touches."""
    offer = offer_of(assessment, Scope.objects.current(assessment).version)
    sent = {
        "seen": Scope.objects.current(assessment).number,
        "listed": offer.version.pk,
        "version": offer.version.pk,
        "domain": offer.domain_codes,
        "item": list(offer.core),
        "open": [],
    }
    return sent | changes


def without(assessment, *domains, **changes):
    kept = [code for code in ticks(assessment)["domain"] if code not in domains]
    return ticks(assessment, domain=kept, **changes)


def send(client, assessment, data, press="try"):
    return client.post(reverse("scope-revise", args=[assessment.pk]), data | {press: "yes"})


def make(client, assessment, data, reason="Not affected"):
    """Look at the effect, then make just that."""
    shown = send(client, assessment, data).context["shown"]
    return send(client, assessment, data | {"shown": shown, "reason": reason}, press="make")


def test_page_shows_the_current_revision_and_its_figures(lead_client, asked):
    page = lead_client.get(page_of(asked))
    assert (page.context["current"].number, page.context["outline"].questions, page.context["outline"].gates) == (1, 5, 2)
    assert "The product's profile, with nothing switched off." in page.content.decode()


def test_reviewer_reads_and_is_offered_nothing(reviewer_client, asked):
    page = reviewer_client.get(page_of(asked))
    assert (page.status_code, "form" in page.context) == (200, False)


def test_reviewer_cannot_revise(reviewer_client, asked):
    assert send(reviewer_client, asked, without(asked, "SEC")).status_code == 403
    assert asked.scopes.count() == 1


def test_outsider_finds_nothing(outsider_client, asked):
    assert outsider_client.get(page_of(asked)).status_code == 404
    assert outsider_client.post(reverse("scope-revise", args=[asked.pk])).status_code == 404


def test_what_opens_by_rule_is_ticked_with_its_reason(lead_client, asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    page = lead_client.get(page_of(asked))
    assert [(line.code, line.opened) for line in page.context["offered"].suggested] == [("LAB-01", True), ("LAB-07", True)]
    text = page.content.decode()
    assert "opens because its own answers fall short" in text
    assert "opens because of Title of LAB-01 (LAB-01), short or contested" in text


def test_what_opens_by_rule_stays_unticked_when_it_was_unticked(lead_client, asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    page = send(lead_client, asked, without(asked, "SEC"))
    assert [line.opened for line in page.context["offered"].suggested] == [False, False]


def test_effect_is_shown_and_nothing_is_made(lead_client, asked):
    submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    page = send(lead_client, asked, ticks(asked, item=["CTX-01", "LAB-02", "INT-01", "SEC-01"]))
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert "What revision 2 would do" in text
    assert "<b>No longer a gate:</b> Title of LAB-01 (LAB-01)" in text
    assert asked.scopes.count() == 1


def test_effect_needs_no_reason_yet(lead_client, asked):
    assert send(lead_client, asked, without(asked, "SEC")).context["trial"].changes.domains_off == ("SEC",)


def test_revision_is_made_after_its_effect_was_shown(lead_client, lead, asked):
    response = make(lead_client, asked, without(asked, "SEC", open=["LAB-07"]))
    made = Scope.objects.current(asked)
    assert response.url == page_of(asked)
    assert (made.number, made.reason, made.author, made.left_out_domains, made.opened) == (
        2,
        "Not affected",
        lead.user,
        ["SEC"],
        ["LAB-07"],
    )


def test_history_shows_every_revision_with_its_reason_and_changes(lead_client, asked):
    make(lead_client, asked, without(asked, "SEC"), reason="Security has no part in <this>")
    text = lead_client.get(page_of(asked)).content.decode()
    assert "Security has no part in &lt;this&gt;" in text
    assert "<b>Switched off:</b> the whole domain Sec" in text


def test_revision_whose_effect_was_not_shown_is_not_made(lead_client, asked):
    response = send(lead_client, asked, without(asked, "SEC", reason="Quickly"), press="make")
    assert (response.status_code, asked.scopes.count()) == (200, 1)
    assert "differs from what the effect was shown for" in response.content.decode()
    assert response.context["trial"].changes.domains_off == ("SEC",)


def test_revision_other_than_the_one_shown_is_not_made(lead_client, asked):
    shown = send(lead_client, asked, without(asked, "SEC")).context["shown"]
    response = send(lead_client, asked, without(asked, "LAB", reason="Sneaky", shown=shown), press="make")
    assert (asked.scopes.count(), response.context["trial"].changes.domains_off) == (1, ("LAB",))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "\u200b"])
def test_reason_is_needed_and_nothing_typed_is_lost(lead_client, asked, reason):
    response = make(lead_client, asked, without(asked, "SEC"), reason=reason)
    assert (response.status_code, asked.scopes.count()) == (422, 1)
    domain = next(d for d in response.context["offered"].domains if d.code == "SEC")
    assert not domain.on


def test_second_of_two_gets_409_with_what_happened(lead_client, asked):
    mine = without(asked, "LAB", reason="Mine")
    make(lead_client, asked, without(asked, "SEC"), reason="Theirs came first")
    response = send(lead_client, asked, mine, press="make")
    text = response.content.decode()
    assert (response.status_code, asked.scopes.count()) == (409, 2)
    assert "Somebody else made a revision while this page was open" in text
    assert "Theirs came first" in text
    assert 'value="Mine"' in text


@pytest.mark.parametrize("seen", ["", "x", "0", "-1", "²", "9" * 30])
def test_page_that_names_no_revision_is_refused(lead_client, asked, seen):
    assert send(lead_client, asked, without(asked, "SEC", seen=seen)).status_code == 409


def test_nothing_to_change_is_said(lead_client, asked):
    response = send(lead_client, asked, ticks(asked))
    assert (response.status_code, "Nothing would change" in response.content.decode()) == (400, True)


def test_nothing_left_to_ask_is_said(lead_client, asked):
    response = send(lead_client, asked, ticks(asked, domain=[]))
    assert (response.status_code, "would be left to ask" in response.content.decode()) == (400, True)


def test_hostile_values_are_refused_or_ignored(lead_client, asked):
    data = without(asked, "SEC") | {"domain": ["LAB", "INT", "CTX", "\x00", "世"], "open": ["'; --", "LAB-02"], "listed": "x"}
    assert send(lead_client, asked, data).context["trial"].changes.domains_off == ("SEC",)
    assert send(lead_client, asked, data | {"version": "not-a-version"}).status_code == 422
    assert asked.scopes.count() == 1


def test_moving_to_a_newer_version_shows_what_comes(lead_client, asked):
    newer = make_newer_version(asked.product.version)
    page = send(lead_client, asked, ticks(asked, version=newer.pk))
    assert page.context["trial"].changes.came == ("LAB-09",)
    make_data = ticks(asked, version=newer.pk, listed=newer.pk, item=[*ticks(asked)["item"], "LAB-09"])
    make(lead_client, asked, make_data)
    assert Scope.objects.current(asked).version == newer


def test_foreign_version_is_refused(lead_client, asked):
    assert send(lead_client, asked, without(asked, "SEC", version=factories.make_version().pk)).status_code == 422


def test_profile_as_it_is_now_is_taken_when_it_is_ticked(lead_client, asked):
    asked.product.requirements.create(item_code="LAB-02", weight=1)
    assert send(lead_client, asked, ticks(asked, refreshed="on")).context["trial"].changes.bounds == ("LAB-02",)


def test_draft_points_to_the_set_up(lead_client, lead):
    draft = make_draft(lead)
    page = lead_client.get(page_of(draft))
    assert reverse("setup-check", args=[draft.pk]) in page.content.decode()
    assert "form" not in page.context


@pytest.mark.parametrize("settle", [mark_signed, mark_lost])
def test_settled_deal_is_locked(lead_client, asked, settle):
    data = without(asked, "SEC")
    settle(assessment=asked)
    assert "The deal is settled" in lead_client.get(page_of(asked)).content.decode()
    assert send(lead_client, asked, data).status_code == 409


def test_deal_that_was_lost_as_a_draft_has_no_scope(lead_client, lead):
    draft = make_draft(lead)
    mark_lost(assessment=draft)
    assert "Nothing was ever asked" in lead_client.get(page_of(draft)).content.decode()


def test_visit_to_the_action_leads_back(lead_client, asked):
    assert lead_client.get(reverse("scope-revise", args=[asked.pk])).url == page_of(asked)


def test_people_page_lists_who_has_more_and_mails_them(lead_client, asked, django_capture_on_commit_callbacks, mailoutbox):
    done = submitted(asked, LAB, answers={"LAB-01": 1})
    make(lead_client, asked, ticks(asked, open=["LAB-07"]))
    people = reverse("people", args=[asked.pk])
    assert "1 more question since they submitted, about 1 min" in lead_client.get(people).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = lead_client.post(reverse("people-more", args=[asked.pk]), follow=True).content.decode()
    assert "1 mail about more questions is on its way." in answer
    assert [m.to for m in mailoutbox] == [[done.stakeholder.email]]
    assert re.search(r"mailed \d", lead_client.get(people).content.decode())


def test_nobody_to_mail_is_said(lead_client, asked):
    assert "Nobody to mail" in lead_client.post(reverse("people-more", args=[asked.pk]), follow=True).content.decode()


def test_whoever_may_not_see_names_sees_none_among_those_with_more(asked, organisation, lead_client, reviewer_client):
    done = submitted(asked, LAB, answers={"LAB-01": 1})
    make(lead_client, asked, ticks(asked, open=["LAB-07"]))
    text = reviewer_client.get(reverse("people", args=[asked.pk])).content.decode()
    assert "1 more question since they submitted" in text
    assert done.stakeholder.name not in text


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, asked, django_assert_num_queries, number):
    for _ in range(number):
        submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    lead_client.get(page_of(asked))
    with django_assert_num_queries(28):
        lead_client.get(page_of(asked))


@pytest.mark.parametrize("number", [1, 30])
def test_effect_takes_a_fixed_number_of_queries(lead_client, asked, django_assert_num_queries, number):
    for _ in range(number):
        submitted(asked, answers={"LAB-01": 1, "LAB-02": 3})
    data = without(asked, "SEC")
    send(lead_client, asked, data)
    with django_assert_num_queries(51):
        send(lead_client, asked, data)


def test_profile_that_changes_after_the_effect_was_shown_is_shown_first(lead_client, asked):
    data = ticks(asked, refreshed="on", open=["LAB-07"])
    shown = send(lead_client, asked, data).context["shown"]
    ProductRequirement.objects.create(product=asked.product, item_code="LAB-01", gate=False, floor=1, need=1)
    page = send(lead_client, asked, data | {"shown": shown, "reason": "Deeper"}, press="make")
    assert (Scope.objects.current(asked).number, "differs from what the effect was shown for" in page.content.decode()) == (1, True)


@pytest.mark.parametrize(("visibility", "shows"), [("role", True), ("figures_only", False)])
def test_score_of_one_item_alone_is_withheld_where_it_is_an_answer_for_figures_only(lead_client, organisation, visibility, shows):
    assessment = make_deeper_assessment(organisation, visibility_vendor=visibility, visibility_health_system=visibility)
    submitted(assessment, answers={"LAB-01": 3, "LAB-02": 1})
    page = send(lead_client, assessment, ticks(assessment, item=["LAB-02"])).content.decode()
    assert ("range 33–33" in page, "withheld, because so few answers" in page) == (shows, not shows)


def test_member_of_assigned_assessments_sees_only_those(asked, organisation):
    narrow = factories.make_membership(organisation, MemberRole.LEAD, only_assigned=True)
    assert signed_in(narrow).get(page_of(asked)).status_code == 404
    assert Assessment.objects.filter(pk=asked.pk).exists()


def test_scope_of_an_imported_bundle_is_shown_and_revised(lead_client, organisation):
    first, second = make_small_item(code="LAB/1"), make_small_item(code="LAB/2")
    assessment = import_bundle(organisation=organisation, bundle=make_bundle(items=(first, second)))
    page = lead_client.get(page_of(assessment))
    assert (page.status_code, page.context["outline"].questions) == (200, 2)
    make(lead_client, assessment, ticks(assessment, item=["LAB/1"]))
    revised = Scope.objects.current(assessment)
    assert ([item.code for item in revised.items.all()], revised.stated_roles) == (["LAB/1"], assessment.scopes.get(number=1).stated_roles)


HIDDEN = {"visibility_vendor": "figures_only", "visibility_health_system": "figures_only"}


def raised(assessment, **values):
    """What somebody sends who raised a bound in the product to learn a level from the effect."""
    ProductRequirement.objects.create(product=assessment.product, item_code="LAB-01", **values)
    return ticks(assessment, refreshed="on")


@pytest.mark.parametrize("values", [{"floor": 3}, {"need": 4}])
@pytest.mark.parametrize(("hidden", "shown"), [({}, True), (HIDDEN, False)])
def test_gate_with_another_bound_tells_no_level_where_the_score_is_withheld(lead_client, organisation, hidden, shown, values):
    assessment = make_deeper_assessment(organisation, **hidden)
    submitted(assessment, answers={"LAB-01": 2, "LAB-02": 3})
    page = send(lead_client, assessment, raised(assessment, **values))
    text = " ".join(page.content.decode().split())
    assert page.context["gates_hidden"] is not shown
    assert ("Gates that come, or get another need or floor, are withheld" in text) is not shown
    assert any("LAB-01" in line.title for line in page.context["gates"]) is (shown and "floor" in values)
    assert text.count("withheld, because so few answers") == (0 if shown else 4)


def test_item_that_becomes_a_gate_tells_no_level_where_the_score_is_withheld(lead_client, organisation):
    assessment = make_deeper_assessment(organisation, **HIDDEN)
    submitted(assessment, answers={"LAB-01": 2, "LAB-02": 3})
    ProductRequirement.objects.create(product=assessment.product, item_code="LAB-02", gate=True)
    page = send(lead_client, assessment, ticks(assessment, refreshed="on", item=["LAB-02"]))
    assert not any("LAB-02" in line.title and line.after for line in page.context["gates"])


def test_gates_as_they_were_are_counted_where_the_score_is_withheld(lead_client, organisation):
    assessment = make_deeper_assessment(organisation, **HIDDEN)
    submitted(assessment, answers={"LAB-01": 1, "LAB-02": 3})
    page = send(lead_client, assessment, without(assessment, "SEC"))
    assert page.context["gates_hidden"] is False
    assert "1 failed" in page.content.decode()


def with_a_condition(organisation, **fields):
    """An own bank that asks LAB-08 of whoever answered low to LAB-02 alone; one person who submitted did not."""
    version = factories.make_version(publish=False, bank=[])
    add_deeper_bank(version)
    factories.make_item(version, "LAB-08", [LAB], condition="LAB-02 < 2")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version, **fields)
    return assessment, submitted(assessment, answers={"LAB-01": 3, "LAB-02": 3})


@pytest.mark.parametrize("level", [1, 3])
def test_condition_tells_nothing_of_who_meets_it_where_the_score_is_withheld(lead_client, organisation, level):
    assessment, person = with_a_condition(organisation, **HIDDEN)
    person.answers.filter(item_code="LAB-02").update(level=level)
    page = send(lead_client, assessment, ticks(assessment, open=["LAB-08"]))
    text = page.content.decode()
    assert "At most 1 person." in text
    assert person.stakeholder.name not in text


def test_who_gets_more_is_named_where_nothing_is_withheld(lead_client, asked):
    person = submitted(asked, answers={"LAB-01": 1})
    text = send(lead_client, asked, ticks(asked, open=["LAB-07"])).content.decode()
    assert person.stakeholder.name in text
    assert "At most" not in text


def test_every_try_leaves_an_event_with_ids_alone(lead_client, lead, asked):
    send(lead_client, asked, without(asked, "SEC"))
    send(lead_client, asked, without(asked, "LAB"))
    events = AuditEvent.objects.filter(verb="assessment.scope_tried")
    assert [(e.actor_id, e.assessment_id, e.subject_id) for e in events] == [(lead.user.pk, asked.pk, str(asked.pk))] * 2


def test_looking_at_the_page_leaves_no_event(lead_client, asked):
    lead_client.get(page_of(asked))
    assert not AuditEvent.objects.filter(verb="assessment.scope_tried").exists()
