"""Drafts in the browser: start one, order its items, describe it; other organisations find none."""

import pytest

from assessments.models import InstrumentVersion, Item
from assessments.services.bank_rows import bank_of
from assessments.services.drafts import head_of, mark_of, publish_draft, start_draft
from assessments.services.drafts_order import domain_mark
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.drafting import draft_with, item_url, missing, order, row, sound_draft, typed, url

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def draft(organisation):
    return sound_draft(organisation)


# Starting


def test_draft_is_started_from_the_products_own_bank(lead_client, organisation):
    source = factories.make_version()
    response = lead_client.post(url("instrument-start", source))
    draft = InstrumentVersion.objects.get(state="draft")
    assert (response.url, draft.based_on, draft.instrument.organisation) == (url("draft", draft), source, organisation)


def test_second_start_leads_to_the_draft_that_there_is(lead_client, organisation):
    source = factories.make_version()
    draft = start_draft(source=source, organisation=organisation)
    response = lead_client.post(url("instrument-start", source), follow=True)
    assert response.redirect_chain[-1][0] == url("draft", draft)
    assert missing(response, "There is a draft already") == []


def test_reviewer_cannot_start_one(reviewer_client):
    source = factories.make_version()
    assert reviewer_client.post(url("instrument-start", source)).status_code == 403
    assert not InstrumentVersion.objects.filter(state="draft").exists()


@pytest.mark.parametrize("name", ["draft", "draft-head", "draft-check", "draft-publish"])
def test_pages_of_a_draft_lead_away_from_a_published_version(lead_client, name):
    source = factories.make_version()
    assert lead_client.get(url(name, source)).url == url("instrument-version", source)


@pytest.mark.parametrize("name", ["draft-move", "draft-head", "draft-discard", "draft-domain-new", "draft-item-new", "draft-publish"])
def test_published_version_and_the_products_own_bank_are_never_changed(lead_client, organisation, draft, name):
    publish_draft(version=draft)
    for version in (draft, factories.make_version(publish=False)):
        before, state = bank_of(version), InstrumentVersion.objects.get(pk=version.pk).state
        data = {"up": version.items.first().pk, "confirmed": "yes", "title": "X", "number": "9", "item-code": "N", "domain-code": "N"}
        response = lead_client.post(url(name, version), data, follow=True)
        assert missing(response, "Nothing was changed") == []
        assert (bank_of(version), InstrumentVersion.objects.get(pk=version.pk).state) == (before, state)


# The list


def test_draft_lists_domains_and_items_with_their_defects(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    response = lead_client.get(url("draft", draft))
    assert missing(response, "Laboratory", "CTX-01", "LAB-01", "1 defect", "3 items") == []


@pytest.mark.parametrize(("query", "expected"), [("?q=record", ["CTX-01"]), ("?role=lab_director", ["LAB-01", "LAB-02"]), ("?gate=1", [])])
def test_list_is_narrowed(lead_client, draft, query, expected):
    groups = lead_client.get(url("draft", draft, query=query)).context["groups"]
    assert [row.line.item.code for group in groups for row in group.rows] == expected


def test_item_is_moved_by_a_plain_form(lead_client, draft):
    response = lead_client.post(url("draft-move", draft, query="?domain=LAB"), {"up": row(draft).pk})
    assert response.url == url("draft", draft, query="?domain=LAB")
    assert order(draft) == ["LAB-01", "CTX-01", "LAB-02"]


def test_item_is_moved_in_place(lead_client, draft):
    response = lead_client.post(url("draft-move", draft), {"down": row(draft).pk}, **HTMX)
    assert missing(response, "LAB-01 is moved", 'id="draft-body"') == []
    assert "<html" not in response.content.decode()
    assert order(draft) == ["CTX-01", "LAB-02", "LAB-01"]


def test_ticked_items_are_moved_and_removed(lead_client, draft):
    lead_client.post(url("draft-domain-new", draft), {"domain-code": "NEW", "domain-title": "New one"})
    lead_client.post(url("draft-move", draft), {"pick": [row(draft).pk, row(draft, "CTX-01").pk], "to": "NEW"})
    assert order(draft) == ["LAB-02", "CTX-01", "LAB-01"]
    lead_client.post(url("draft-move", draft), {"pick": [row(draft).pk], "remove": "yes"})
    assert order(draft) == ["LAB-02", "CTX-01"]


@pytest.mark.parametrize(
    "data", [{}, {"pick": ["x"]}, {"to": "LAB"}, {"domain_up": "x"}, {"up": "-1"}, {"down": "9" * 40}, {"pick": "1", "to": "Ü"}]
)
def test_senseless_moves_change_nothing(lead_client, draft, data):
    before = order(draft)
    assert lead_client.post(url("draft-move", draft), data).status_code in (302, 409)
    assert order(draft) == before


def test_domain_is_moved(lead_client, draft):
    lead_client.post(url("draft-domain-new", draft), {"domain-code": "NEW", "domain-title": "New one"})
    lead_client.post(url("draft-move", draft), {"domain_up": draft.domains.get(code="NEW").pk})
    assert [domain.code for domain in bank_of(draft).domains] == ["NEW", "LAB"]


def test_added_item_opens_in_its_editor_or_in_place(lead_client, draft):
    data = {"item-domain": "LAB", "item-code": "LAB-03", "item-title": "New"}
    response = lead_client.post(url("draft-item-new", draft), data)
    assert response.url == item_url(draft, "LAB-03")
    response = lead_client.post(url("draft-item-new", draft), data | {"item-code": "LAB-04"}, **HTMX)
    assert missing(response, "LAB-04 is added") == []


@pytest.mark.parametrize("code", ["LAB-01", "no spaces", "", "x" * 30])
def test_item_that_cannot_be_added_keeps_what_was_typed(lead_client, draft, code):
    response = lead_client.post(url("draft-item-new", draft), {"item-domain": "LAB", "item-code": code, "item-title": "Typed title"})
    assert response.status_code == 422
    assert missing(response, "Typed title") == []


@pytest.mark.parametrize("number", [1, 30])
def test_draft_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    draft = draft_with(organisation, banks.bank(*(banks.requirement(f"LAB-{n:02}") for n in range(number))))
    editor = item_url(draft, "LAB-00")
    with django_assert_num_queries(12):
        lead_client.get(url("draft", draft))
    with django_assert_num_queries(14):
        lead_client.get(editor)
    with django_assert_num_queries(13):
        lead_client.get(url("draft-check", draft))


# Head and domains


def test_head_is_saved(lead_client, draft):
    head = {"title": "Ours", "number": "2026.1", "description": "A\r\nB", "note": ""}
    response = lead_client.post(url("draft-head", draft), head | {"seen": mark_of(head_of(draft).values())})
    assert response.url == url("draft", draft)
    assert head_of(InstrumentVersion.objects.select_related("instrument").get(pk=draft.pk)) == head | {"description": "A\nB"}


def test_head_that_a_colleague_saved_is_shown_beside_what_was_typed(lead_client, draft):
    head = {"title": "Mine", "number": "1", "description": "", "note": "My note"}
    response = lead_client.post(url("draft-head", draft), head | {"seen": "0" * 16})
    assert response.status_code == 409
    assert missing(response, "My note", "Somebody else", "Title of the question bank: Own") == []
    again = lead_client.post(url("draft-head", draft), head | {"seen": response.context["seen"]})
    assert again.status_code == 302


def test_domain_is_saved_and_removed_once_it_is_empty(lead_client, draft):
    domain = draft.domains.get()
    address = url("draft-domain", draft, domain.pk)
    data = {"code": "LAB", "title": "Bench", "description": "", "weight": "1,5", "seen": domain_mark(domain)}
    assert lead_client.post(address, data).status_code == 302
    assert missing(lead_client.post(address, {"remove": "yes"}), "still has items") == []
    lead_client.post(url("draft-move", draft), {"pick": list(draft.items.values_list("pk", flat=True)), "remove": "yes"})
    assert lead_client.post(address, {"remove": "yes"}).status_code == 302
    assert not draft.domains.exists()


def test_domain_that_a_colleague_saved_is_not_overwritten(lead_client, draft):
    address = url("draft-domain", draft, draft.domains.get().pk)
    response = lead_client.post(address, {"code": "LAB", "title": "Mine", "weight": "1", "seen": "0" * 16})
    assert response.status_code == 409
    assert missing(response, "Mine", "Title: Laboratory") == []


# Other organisations

ROUTES = ["draft", "draft-head", "draft-check", "draft-publish", "draft-condition", "draft-move", "draft-discard", "draft-domain-new"]
READ = ["instrument-version", "instrument-preview", "instrument-compare", "instrument-export", "instrument-start", "draft-item-new"]


@pytest.mark.parametrize("name", [*ROUTES, *READ])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisation_finds_no_draft(outsider_client, draft, name, method):
    before = bank_of(draft)
    answer = getattr(outsider_client, method)(url(name, draft), {"confirmed": "yes", "up": row(draft).pk})
    assert answer.status_code in (404, 405)
    assert bank_of(draft) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisation_finds_no_item_or_domain(outsider_client, draft, method):
    for address in (item_url(draft), url("draft-domain", draft, draft.domains.get().pk), url("draft-item-remove", draft, row(draft).pk)):
        assert getattr(outsider_client, method)(address).status_code in (404, 405)


def test_item_of_another_draft_is_not_reached_through_ones_own(lead_client, outsider, draft):
    theirs = start_draft(source=factories.make_version(), organisation=outsider.organisation)
    foreign = theirs.items.first()
    assert lead_client.get(url("draft-item", draft, foreign.pk)).status_code == 404
    assert lead_client.post(url("draft-item", draft, foreign.pk), typed(draft)).status_code == 409
    lead_client.post(url("draft-item-remove", draft, foreign.pk))
    lead_client.post(url("draft-move", draft), {"pick": [foreign.pk], "to": "LAB"})
    lead_client.post(url("draft-move", draft), {"pick": [foreign.pk], "remove": "yes"})
    foreign.refresh_from_db()
    assert foreign.version == theirs
