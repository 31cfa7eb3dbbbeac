"""Drafts of question banks for tests: made from plain values, and what a browser sends for their items."""

from django.urls import reverse

from assessments.forms.bank_items import ItemForm
from assessments.models import Instrument, InstrumentVersion
from assessments.services.bank_rows import bank_item, bank_of, store_contents
from tests.assessments.bank import banks


def draft_with(organisation, bank):
    """Return an own draft with exactly these contents."""
    instrument = Instrument.objects.create(code="own", title="Own", organisation=organisation)
    version = InstrumentVersion.objects.create(instrument=instrument, number="1")
    store_contents(version, bank)
    return version


def sound_draft(organisation):
    """Return an own draft that could be published: two requirements and a context item before them."""
    return draft_with(organisation, banks.bank(banks.context(), banks.requirement(), banks.requirement("LAB-02")))


def url(name, version, *args, query=""):
    return reverse(name, args=[version.pk, *args]) + query


def row(draft, code="LAB-01"):
    return draft.items.whole().get(code=code)


def item_url(draft, code="LAB-01"):
    return url("draft-item", draft, row(draft, code).pk)


def order(draft):
    return [item.code for item in bank_of(draft).items]


def sent(form):
    """Return what a browser sends for a form that nobody touched."""
    data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value()) if hasattr(bound.field, "prepare_value") else bound.value()
        if value is True:
            data[bound.name] = "on"
        elif isinstance(value, list):
            data[bound.name] = [str(each) for each in value]
        elif value not in (None, False):
            data[bound.name] = str(value)
    return data


def typed(draft, code="LAB-01", **changes):
    """Return what the browser sends for the item's form after these changes."""
    item = bank_item(row(draft, code), "en")
    data = sent(ItemForm(domains=[("LAB", "Laboratory")], item=item)) | {"seen": row(draft, code).edition} | changes
    return {name: value for name, value in data.items() if value is not None}


def missing(response, *words):
    """Return those of the words that a page lacks."""
    page = response.content.decode()
    return [word for word in words if word not in page]
