"""The editor of an item: saves what is incomplete, refuses what cannot be kept, and loses nothing that was typed."""

from dataclasses import replace

import pytest

from assessments.services.bank_rows import bank_item
from assessments.services.drafts import publish_draft
from assessments.services.drafts_items import remove_items, save_draft_item
from tests.assessments.drafting import item_url, missing, order, row, sound_draft, typed, url


@pytest.fixture
def draft(organisation):
    return sound_draft(organisation)


def test_editor_shows_everything_of_an_item(lead_client, draft):
    row_ = row(draft)
    save_draft_item(version=draft, row=row_, item=replace(bank_item(row_, "en"), condition="CTX-01 is epic"), seen=None)
    response = lead_client.get(item_url(draft))
    assert missing(response, "It is practised", "How far are you?", "the answer to CTX-01 (Record) is “Epic”") == []


def test_item_is_saved_and_the_editor_stays(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title="Another title", step_4="All of it", checks=["clinician"]))
    item = bank_item(row(draft), "en")
    assert response.url == item_url(draft)
    assert (item.title, item.steps[4], item.roles) == ("Another title", "All of it", ("lab_director", "clinician"))


def test_saving_can_go_on_to_the_next_item(lead_client, draft):
    assert lead_client.post(item_url(draft), typed(draft, go="next")).url == item_url(draft, "LAB-02")


def test_incomplete_item_is_saved_and_its_defects_are_listed(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title=None, why=None), follow=True)
    assert missing(response, "The item has no title.", "It is not said why we ask.", "#id_why") == []


def test_bad_value_is_told_at_its_field_and_nothing_is_lost(lead_client, draft):
    response = lead_client.post(item_url(draft), typed(draft, title="Typed title", condition="CTX-01 equals epic"))
    assert response.status_code == 422
    assert missing(response, "Typed title", "CTX-01 equals epic", "character 8") == []
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
    assert missing(response, "Somebody else has saved this item", ">Their", ">My", 'value="My title"') == []
    assert row(draft).text("title") == "Their title"
    again = lead_client.post(item_url(draft), data | {"seen": response.context["seen"]})
    assert (again.status_code, row(draft).text("title")) == (302, "My title")


def test_text_is_kept_when_the_item_or_the_draft_is_gone(lead_client, draft):
    data, address = typed(draft, title="My title"), item_url(draft)
    remove_items(version=draft, pks=[row(draft).pk])
    gone = lead_client.post(address, data)
    data, address = typed(draft, "LAB-02", title="My title"), item_url(draft, "LAB-02")
    publish_draft(version=draft)
    published = lead_client.post(address, data)
    assert (gone.status_code, published.status_code) == (409, 409)
    assert missing(gone, "My title", "This was not saved") + missing(published, "My title", "This was not saved") == []


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
    assert missing(lead_client.get(url("draft-condition", draft), query), words) == []
