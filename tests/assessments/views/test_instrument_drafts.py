"""Drafts in the browser: start, order, head, domains, items, check, publish, discard."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.bank.version import BankUse
from assessments.forms.bank_items import ItemForm
from assessments.models import Instrument, InstrumentVersion, Item
from assessments.services.bank_rows import bank_item, bank_of
from assessments.services.drafts import head_of, mark_of, publish_draft, start_draft
from assessments.services.drafts_items import remove_item, save_draft_item
from assessments.services.drafts_order import domain_mark
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.forms.test_bank_items import sent
from tests.assessments.services.test_drafts import draft_with

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def draft(organisation):
    """An own draft that could be published: two requirements and a context item before them."""
    items = (banks.context(), banks.requirement(), banks.requirement("LAB-02"))
    return draft_with(organisation, banks.bank(*items))


def url(name, version, *args, query=""):
    return reverse(name, args=[version.pk, *args]) + query


def row(draft, code="LAB-01"):
    return draft.items.whole().get(code=code)


def item_url(draft, code="LAB-01"):
    return url("draft-item", draft, row(draft, code).pk)


def order(draft):
    return [item.code for item in bank_of(draft).items]


def typed(draft, code="LAB-01", **changes):
    """Return what the browser sends for the item's form after these changes."""
    item = bank_item(row(draft, code), "en")
    data = sent(ItemForm(domains=[("LAB", "Laboratory")], item=item)) | {"seen": row(draft, code).edition} | changes
    return {name: value for name, value in data.items() if value is not None}


def says(response, *words):
    page = response.content.decode()
    return [word for word in words if word not in page]


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
    assert says(response, "There is a draft already") == []


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
        assert says(response, "Nothing was changed") == []
        assert (bank_of(version), InstrumentVersion.objects.get(pk=version.pk).state) == (before, state)


# The list


def test_draft_lists_domains_and_items_with_their_defects(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    response = lead_client.get(url("draft", draft))
    assert says(response, "Laboratory", "CTX-01", "LAB-01", "1 defect", "3 items") == []


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
    assert says(response, "LAB-01 is moved", 'id="draft-body"') == []
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
    assert says(response, "LAB-04 is added") == []


@pytest.mark.parametrize("code", ["LAB-01", "no spaces", "", "x" * 30])
def test_item_that_cannot_be_added_keeps_what_was_typed(lead_client, draft, code):
    response = lead_client.post(url("draft-item-new", draft), {"item-domain": "LAB", "item-code": code, "item-title": "Typed title"})
    assert response.status_code == 422
    assert says(response, "Typed title") == []


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
    assert says(response, "My note", "Somebody else", "Title: Own") == []
    again = lead_client.post(url("draft-head", draft), head | {"seen": response.context["seen"]})
    assert again.status_code == 302


def test_domain_is_saved_and_removed_once_it_is_empty(lead_client, draft):
    domain = draft.domains.get()
    address = url("draft-domain", draft, domain.pk)
    data = {"code": "LAB", "title": "Bench", "description": "", "weight": "1,5", "seen": domain_mark(domain)}
    assert lead_client.post(address, data).status_code == 302
    assert says(lead_client.post(address, {"remove": "yes"}), "still has items") == []
    lead_client.post(url("draft-move", draft), {"pick": list(draft.items.values_list("pk", flat=True)), "remove": "yes"})
    assert lead_client.post(address, {"remove": "yes"}).status_code == 302
    assert not draft.domains.exists()


def test_domain_that_a_colleague_saved_is_not_overwritten(lead_client, draft):
    address = url("draft-domain", draft, draft.domains.get().pk)
    response = lead_client.post(address, {"code": "LAB", "title": "Mine", "weight": "1", "seen": "0" * 16})
    assert response.status_code == 409
    assert says(response, "Mine", "Title: Laboratory") == []


# The editor of an item


def test_editor_shows_everything_of_an_item(lead_client, draft):
    row_ = row(draft)
    save_draft_item(version=draft, row=row_, item=replace(bank_item(row_, "en"), condition="CTX-01 is epic"), seen=None)
    response = lead_client.get(item_url(draft))
    assert says(response, "It is practised", "How far are you?", "the answer to CTX-01 (Record) is “Epic”") == []


def test_item_is_saved_and_the_editor_stays(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title="Another title", step_4="All of it", checks=["clinician"]))
    item = bank_item(row(draft), "en")
    assert response.url == item_url(draft)
    assert (item.title, item.steps[4], item.roles) == ("Another title", "All of it", ("lab_director", "clinician"))


def test_saving_can_go_on_to_the_next_item(lead_client, draft):
    assert lead_client.post(item_url(draft), typed(draft, go="next")).url == item_url(draft, "LAB-02")


def test_incomplete_item_is_saved_and_its_defects_are_listed(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title=None, why=None), follow=True)
    assert says(response, "The item has no title.", "It is not said why we ask.", "#id_why") == []


def test_bad_value_is_told_at_its_field_and_nothing_is_lost(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title="Typed title", condition="CTX-01 equals epic"))
    assert response.status_code == 422
    assert says(response, "Typed title", "CTX-01 equals epic", "character 8") == []
    assert row(draft).text("title") == "Title"


@pytest.mark.parametrize("nasty", ["\x00", "\ud800", "<script>alert(1)</script>", "{% now %}", "𝕏" * 300, "‮‭", "-1", "1e999"])
def test_nasty_values_are_saved_or_refused(lead_client, draft, nasty):
    address, data = item_url(draft), typed(draft, seen=None)
    for field in ("title", "question", "need", "condition", "choices", "seen", "domain", "depends_on", "code"):
        response = lead_client.post(address, data | {field: nasty.encode("utf-8", "replace").decode()})
        assert response.status_code in (302, 409, 422, 400)
        assert b"<script>alert" not in response.content


def test_colleagues_text_is_shown_beside_what_was_typed(lead_client, draft):
    data = typed(draft, title="My title")
    save_draft_item(version=draft, row=row(draft), item=replace(bank_item(row(draft), "en"), title="Their title"), seen=None)
    response = lead_client.post(item_url(draft), data)
    assert response.status_code == 409
    assert says(response, "Somebody else has saved this item", ">Their", ">My", 'value="My title"') == []
    assert row(draft).text("title") == "Their title"
    again = lead_client.post(item_url(draft), data | {"seen": response.context["seen"]})
    assert (again.status_code, row(draft).text("title")) == (302, "My title")


def test_text_is_kept_when_the_item_or_the_draft_is_gone(lead_client, draft):
    data, address = typed(draft, title="My title"), item_url(draft)
    remove_item(version=draft, row=row(draft))
    gone = lead_client.post(address, data)
    data, address = typed(draft, "LAB-02", title="My title"), item_url(draft, "LAB-02")
    publish_draft(version=draft)
    published = lead_client.post(address, data)
    assert (gone.status_code, published.status_code) == (409, 409)
    assert says(gone, "My title", "This was not saved") + says(published, "My title", "This was not saved") == []


def test_item_is_removed(lead_client, draft):
    assert lead_client.post(url("draft-item-remove", draft, row(draft).pk)).status_code == 302
    assert order(draft) == ["CTX-01", "LAB-02"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"field": "condition", "condition": "CTX-01 is epic"}, "the answer to CTX-01 (Record) is “Epic”"),
        (
            {"field": "opens_when", "opens_when": "not(LAB-01 at least 2)"},
            "it is not so, or not answered, that the answer to LAB-01 (Title)",
        ),
        ({"field": "condition", "condition": "CTX-01 equals"}, "From character 8 on this cannot be read"),
        ({"field": "condition", "condition": ""}, 'id="reading-condition"'),
        ({"field": "condition", "condition": "all(" * 200}, "cannot be read"),
    ],
)
def test_condition_is_read_aloud_while_it_is_typed(lead_client, draft, query, words):
    assert says(lead_client.get(url("draft-condition", draft), query), words) == []


# Checking, publishing, discarding


def test_check_leads_to_the_field_of_each_defect(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    assert says(lead_client.get(url("draft-check", draft)), f"{item_url(draft)}#id_source", "source-missing") == []


def test_publishing_is_refused_with_the_names_of_the_defects(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    response = lead_client.post(url("draft-publish", draft), {"confirmed": "yes"})
    assert response.status_code == 422
    assert says(response, "Nothing was published. First mend: source-missing.") == []
    assert InstrumentVersion.objects.get(pk=draft.pk).state == "draft"


def test_advice_does_not_keep_a_draft_from_being_published(lead_client, draft):
    checks = ("lab_director", "clinician", "it_integration_lead")
    many = replace(bank_item(row(draft), "en"), roles=checks, uses=(BankUse("send_out_test", core=("lab_director",)),))
    save_draft_item(version=draft, row=row(draft), item=many, seen=None)
    assert says(lead_client.get(url("draft-check", draft)), "many-checks") == []
    lead_client.post(url("draft-publish", draft), {"confirmed": "yes"})
    assert InstrumentVersion.objects.get(pk=draft.pk).state == "published"


def test_publishing_asks_first_and_says_that_it_is_for_ever(lead_client, draft):
    assert says(lead_client.get(url("draft-publish", draft)), "can never be changed") == []
    refused = lead_client.post(url("draft-publish", draft))
    assert (refused.status_code, InstrumentVersion.objects.get(pk=draft.pk).state) == (422, "draft")


def test_draft_that_changed_meanwhile_is_not_published(lead_client, draft):
    seen = lead_client.get(url("draft-publish", draft)).context["version"].edition
    lead_client.post(url("draft-move", draft), {"up": row(draft).pk})
    response = lead_client.post(url("draft-publish", draft), {"confirmed": "yes", "seen": seen})
    assert response.status_code == 409
    assert InstrumentVersion.objects.get(pk=draft.pk).state == "draft"


def test_draft_is_discarded_once_that_is_confirmed(lead_client, draft):
    lead_client.post(url("draft-discard", draft))
    assert InstrumentVersion.objects.filter(pk=draft.pk).exists()
    assert lead_client.post(url("draft-discard", draft), {"confirmed": "yes"}).url == reverse("instruments")
    assert not Instrument.objects.filter(pk=draft.instrument_id).exists()


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
