"""Checking a draft, publishing it for ever, discarding it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.bank.version import BankUse
from assessments.models import Instrument, InstrumentVersion, Item
from assessments.services.bank_rows import bank_item
from assessments.services.drafts_items import save_draft_item
from tests.assessments.drafting import item_url, missing, row, sound_draft, url


@pytest.fixture
def draft(organisation):
    return sound_draft(organisation)


def test_check_leads_to_the_field_of_each_defect(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    assert missing(lead_client.get(url("draft-check", draft)), f"{item_url(draft)}#id_source", "source-missing") == []


def test_publishing_is_refused_with_the_names_of_the_defects(lead_client, draft):
    Item.objects.filter(pk=row(draft).pk).update(source="")
    response = lead_client.post(url("draft-publish", draft), {"confirmed": "yes"})
    assert response.status_code == 422
    assert missing(response, "Nothing was published. First mend: source-missing.") == []
    assert InstrumentVersion.objects.get(pk=draft.pk).state == "draft"


def test_advice_does_not_keep_a_draft_from_being_published(lead_client, draft):
    checks = ("lab_director", "clinician", "it_integration_lead")
    many = replace(bank_item(row(draft), "en"), roles=checks, uses=(BankUse("send_out_test", core=("lab_director",)),))
    save_draft_item(version=draft, row=row(draft), item=many, seen=None)
    assert missing(lead_client.get(url("draft-check", draft)), "many-checks") == []
    lead_client.post(url("draft-publish", draft), {"confirmed": "yes"})
    assert InstrumentVersion.objects.get(pk=draft.pk).state == "published"


def test_publishing_asks_first_and_says_that_it_is_for_ever(lead_client, draft):
    assert missing(lead_client.get(url("draft-publish", draft)), "can never be changed") == []
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
