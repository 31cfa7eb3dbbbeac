"""Items and domains of a draft: written whole, in order, and never over somebody else's text."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from assessments.bank.reading import MOST_DOMAINS, MOST_ITEMS
from assessments.bank.version import BankDomain, BankUse
from assessments.models import Domain, Instrument, InstrumentVersion, Item
from assessments.services.bank_rows import bank_item, bank_of
from assessments.services.drafts import DraftChangedError, NotADraftError, publish_draft
from assessments.services.drafts_items import ItemChangedError, ItemGoneError, add_item, draft_item, remove_items, save_draft_item
from assessments.services.drafts_order import (
    add_domain,
    domain_mark,
    move_domain,
    move_item,
    move_items,
    remove_domain,
    save_domain,
)
from tests import factories
from tests.assessments.bank import banks


@pytest.fixture
def draft(organisation):
    """An own draft: LAB-01, LAB-02 | INT-01, INT-02 | CHG-01."""
    version = factories.make_version(publish=False)
    Instrument.objects.filter(pk=version.instrument_id).update(organisation=organisation)
    return InstrumentVersion.objects.select_related("instrument").get(pk=version.pk)


def row(draft, code="LAB-01"):
    return draft.items.whole().get(code=code)


def order(draft):
    return [(item.domain, item.code) for item in bank_of(draft).items]


def value(draft, code="LAB-01", **changes):
    return replace(bank_item(row(draft, code), "en"), **changes)


def test_draft_takes_no_more_items_than_a_file(draft):
    domain = draft.domains.first()
    Item.objects.bulk_create(
        Item(version=draft, domain=domain, code=f"X-{n}", position=9 + n) for n in range(MOST_ITEMS - draft.items.count())
    )
    with pytest.raises(ValidationError, match="1000 of them already"):
        add_item(version=draft, item=banks.requirement("NEW-01"))
    assert draft.items.count() == MOST_ITEMS


def test_draft_takes_no_more_domains_than_a_file(draft):
    Domain.objects.bulk_create(
        Domain(version=draft, code=f"X{n}", title="More", position=9 + n) for n in range(MOST_DOMAINS - draft.domains.count())
    )
    with pytest.raises(ValidationError, match="100 of them already"):
        add_domain(version=draft, domain=BankDomain("NEW", "New"))
    assert draft.domains.count() == MOST_DOMAINS


FULL = banks.requirement(
    "LAB-01",
    questions={"lab_director": "Are you?", "": "Is it?"},
    roles=("lab_director", "it_integration_lead"),
    when_short=("clinician",),
    uses=(BankUse("remote_monitoring", True, ("lab_director",)), BankUse("send_out_test")),
    evidence=("A paper", "A screen"),
    floor=2,
    weight=5,
    need=3.5,
    need_is_estimate=True,
    need_from="Contract",
    condition="LAB-02 at least 2",
    opens_when="any(LAB-02 at least 1; not(LAB-02 is answered))",
    lead_weeks=(1, 2.5, 9),
    lead_is_estimate=False,
    effort_hours={"vendor": 3, "lab_director": 0},
    effort_is_estimate=False,
    depends_on=("INT-01",),
    barrier="workflow",
    clarity_gap="capacity",
    source="A standard, section 3",
    source_is_public=True,
)


def test_everything_of_an_item_is_saved(draft):
    save_draft_item(version=draft, row=row(draft), item=FULL, seen=1)
    assert value(draft) == FULL


def test_saving_again_leaves_nothing_of_the_item_before(draft):
    save_draft_item(version=draft, row=row(draft), item=FULL, seen=1)
    plain = banks.requirement("LAB-01")
    save_draft_item(version=draft, row=row(draft), item=plain, seen=2)
    assert value(draft) == plain


def test_saving_raises_the_edition_of_item_and_draft(draft):
    save_draft_item(version=draft, row=row(draft), item=FULL, seen=1)
    draft.refresh_from_db()
    assert (row(draft).edition, draft.edition, row(draft, "LAB-02").edition) == (2, 2, 1)


def test_item_that_somebody_else_saved_is_not_overwritten(draft):
    save_draft_item(version=draft, row=row(draft), item=value(draft, title="Theirs"), seen=1)
    with pytest.raises(ItemChangedError) as refused:
        save_draft_item(version=draft, row=row(draft), item=value(draft, title="Mine"), seen=1)
    assert (refused.value.current.title, refused.value.edition) == ("Theirs", 2)
    assert value(draft).title == "Theirs"


def test_item_that_is_gone_cannot_be_saved(draft):
    item, gone = value(draft), row(draft)
    remove_items(version=draft, pks=[gone.pk])
    with pytest.raises(ItemGoneError):
        save_draft_item(version=draft, row=gone, item=item, seen=1)


def test_code_is_taken_once(draft):
    with pytest.raises(ValidationError, match="code"):
        save_draft_item(version=draft, row=row(draft), item=value(draft, code="LAB-02"), seen=1)
    with pytest.raises(ValidationError, match="code"):
        add_item(version=draft, item=banks.requirement("LAB-02"))


def test_what_cannot_be_kept_is_refused_by_field(draft):
    with pytest.raises(ValidationError) as refused:
        save_draft_item(version=draft, row=row(draft), item=value(draft, need=2, floor=3, condition="x" * 501), seen=1)
    assert set(refused.value.message_dict) == {"floor", "condition"}
    assert row(draft).edition == 1


def test_item_goes_to_the_end_of_another_domain(draft):
    save_draft_item(version=draft, row=row(draft), item=value(draft, domain="INT"), seen=1)
    assert order(draft) == [("LAB", "LAB-02"), ("INT", "INT-01"), ("INT", "INT-02"), ("INT", "LAB-01"), ("CHG", "CHG-01")]


def test_unknown_domain_is_refused(draft):
    with pytest.raises(ValidationError, match="domain"):
        save_draft_item(version=draft, row=row(draft), item=value(draft, domain="XXX"), seen=1)


def test_added_item_stands_at_the_end_of_its_domain(draft):
    add_item(version=draft, item=banks.requirement("LAB-99", title="New"))
    assert order(draft)[2] == ("LAB", "LAB-99")


def test_item_of_another_draft_is_none_of_this_one(draft):
    other = factories.make_version(publish=False)
    with pytest.raises(ItemGoneError):
        draft_item(draft, other.items.first().pk)


@pytest.mark.parametrize(
    ("code", "up", "expected"),
    [
        ("LAB-02", True, "LAB-02 LAB-01 INT-01 INT-02 CHG-01"),
        ("LAB-01", False, "LAB-02 LAB-01 INT-01 INT-02 CHG-01"),
        ("LAB-01", True, "LAB-01 LAB-02 INT-01 INT-02 CHG-01"),
        ("CHG-01", False, "LAB-01 LAB-02 INT-01 INT-02 CHG-01"),
    ],
)
def test_item_is_moved_past_its_neighbour(draft, code, up, expected):
    move_item(version=draft, pk=row(draft, code).pk, up=up)
    assert " ".join(code for _, code in order(draft)) == expected


def test_item_is_moved_past_the_edge_of_its_domain(draft):
    move_item(version=draft, pk=row(draft, "INT-01").pk, up=True)
    assert order(draft)[:3] == [("LAB", "LAB-01"), ("LAB", "LAB-02"), ("LAB", "INT-01")]
    move_item(version=draft, pk=row(draft, "LAB-01").pk, up=False)
    move_item(version=draft, pk=row(draft, "INT-01").pk, up=False)
    assert order(draft)[2:4] == [("INT", "INT-01"), ("INT", "INT-02")]


def test_moving_there_and_back_changes_nothing(draft):
    before = order(draft)
    for up in (False, False, True, True):
        move_item(version=draft, pk=row(draft, "LAB-02").pk, up=up)
    assert order(draft) == before


def test_ticked_items_go_to_the_end_of_a_domain_in_their_order(draft):
    pks = {row(draft, code).pk for code in ("CHG-01", "LAB-01", "INT-02")}
    assert move_items(version=draft, pks=pks, domain="INT") == 2
    assert order(draft)[1:] == [("INT", "INT-01"), ("INT", "INT-02"), ("INT", "LAB-01"), ("INT", "CHG-01")]


def test_domain_is_moved_with_its_items(draft):
    move_domain(version=draft, pk=draft.domains.get(code="CHG").pk, up=True)
    assert [code for _, code in order(draft)] == ["LAB-01", "LAB-02", "CHG-01", "INT-01", "INT-02"]


def test_domain_is_added_changed_and_removed(draft):
    added = add_domain(version=draft, domain=BankDomain("NEW", "New"))
    save_domain(version=draft, row=added, domain=BankDomain("NEU", "Newer", "Text", 2.5), seen=domain_mark(added))
    assert bank_of(draft).domains[-1] == BankDomain("NEU", "Newer", "Text", 2.5)
    remove_domain(version=draft, row=added)
    assert [domain.code for domain in bank_of(draft).domains] == ["LAB", "INT", "CHG"]


def test_domain_with_items_stays(draft):
    with pytest.raises(ValidationError, match="items"):
        remove_domain(version=draft, row=draft.domains.get(code="LAB"))


def test_domain_code_is_taken_once(draft):
    with pytest.raises(ValidationError, match="code"):
        add_domain(version=draft, domain=BankDomain("INT", "Twice"))


def test_domain_that_somebody_else_changed_is_not_overwritten(draft):
    domain = draft.domains.get(code="LAB")
    seen = domain_mark(domain)
    save_domain(version=draft, row=domain, domain=BankDomain("LAB", "Theirs"), seen=seen)
    with pytest.raises(DraftChangedError):
        save_domain(version=draft, row=domain, domain=BankDomain("LAB", "Mine"), seen=seen)


def test_published_version_refuses_every_edit(organisation):
    instrument = Instrument.objects.create(code="own", title="Own", organisation=organisation)
    draft = InstrumentVersion.objects.create(instrument=instrument, number="1")
    add_domain(version=draft, domain=BankDomain("LAB", "Laboratory"))
    item = add_item(version=draft, item=banks.requirement())
    publish_draft(version=draft)
    domain = draft.domains.get()
    edits = [
        lambda: add_item(version=draft, item=banks.requirement("LAB-02")),
        lambda: save_draft_item(version=draft, row=item, item=FULL, seen=None),
        lambda: remove_items(version=draft, pks=[item.pk]),
        lambda: move_item(version=draft, pk=item.pk, up=True),
        lambda: move_items(version=draft, pks=[item.pk], domain="LAB"),
        lambda: move_domain(version=draft, pk=domain.pk, up=True),
        lambda: add_domain(version=draft, domain=BankDomain("X", "X")),
        lambda: save_domain(version=draft, row=domain, domain=BankDomain("X", "X")),
        lambda: remove_domain(version=draft, row=domain),
    ]
    for edit in edits:
        with pytest.raises(NotADraftError):
            edit()
