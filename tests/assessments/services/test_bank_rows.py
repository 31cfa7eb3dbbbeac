"""Between a bank's plain values and its rows: what is stored is read back whole, with as many queries whatever its size."""

from dataclasses import replace

import pytest

from assessments.bank.minutes import seconds
from assessments.bank.version import AT_MOST, CLIMATE, TEXT, BankDomain, BankUse
from assessments.models import Domain, Item, ItemRole, ItemText
from assessments.services.bank_rows import bank_item, bank_of, item_row, store_parts, texts_of
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, STEPS, TYPE, audit, bank, context, quantity, requirement
from tests.assessments.drafting import draft_with

RICH = requirement(
    "LAB-03",
    roles=(LAB, IT),
    when_short=("clinician",),
    questions={LAB: "How far are you?", IT: "How far is the laboratory?", "clinician": "Do results come?"},
    uses=(BankUse(TYPE, gate=True, core=(LAB, IT)), BankUse(OTHER_TYPE)),
    evidence=("A report", "A signature"),
    floor=2.0,
    weight=5,
    opens_when="CTX-01 is epic",
    lead_weeks=(1.0, 2.5, 6.0),
    effort_hours={LAB: 6.0, "vendor": 4.0},
    depends_on=("LAB-01",),
    barrier="operational",
    clarity_gap="none",
    usually_known_by="the quality manager",
    source="42 CFR 493.1242(c)",
    source_is_public=True,
    lead_is_estimate=False,
)
WHOLE = bank(
    context(),
    requirement(condition="CTX-01 is epic"),
    quantity(direction=AT_MOST, need=14.0, floor=21.0, need_is_estimate=True, need_from="the product profile"),
    RICH,
    context("CTX-02", kind=TEXT, choices=()),
    requirement("CLM-01", domain="CLM", part=CLIMATE, requirement="", uses=(BankUse(TYPE),)),
    audit(domain="CLM"),
    description="What it is for.",
    note="Where it is from.",
    domains=(BankDomain("LAB", "Laboratory", "What a laboratory does.", 1.5), BankDomain("CLM", "Climate")),
)


@pytest.fixture
def draft(organisation):
    return draft_with(organisation, WHOLE)


def test_contents_are_read_back_as_they_were_stored(draft):
    found = bank_of(draft)
    assert found.domains == WHOLE.domains
    assert found.items == WHOLE.items


def test_head_is_that_of_the_version(draft):
    draft.number, draft.description, draft.note, draft.content_hash = "7", "For whom.", "From where.", "ab"
    found = bank_of(draft)
    assert (found.code, found.title, found.number) == ("own", "Own", "7")
    assert (found.description, found.note, found.content_hash) == ("For whom.", "From where.", "ab")


def test_items_come_by_domain_then_as_they_stand(organisation):
    mixed = bank(
        requirement("B-01", domain="B"), requirement("A-02", domain="A"), requirement("A-01", domain="A"),
        domains=(BankDomain("A", "First"), BankDomain("B", "Second")),
    )  # fmt: skip
    assert [item.code for item in bank_of(draft_with(organisation, mixed)).items] == ["A-02", "A-01", "B-01"]


@pytest.mark.parametrize("count", [1, 30])
def test_version_is_read_in_eight_queries(organisation, count, django_assert_num_queries):
    draft = draft_with(organisation, bank(*[replace(RICH, code=f"LAB-{n:02}") for n in range(count)]))
    draft = type(draft).objects.get(pk=draft.pk)
    with django_assert_num_queries(8):
        bank_of(draft)


def test_only_the_first_of_the_roles_is_accountable(draft):
    rows = ItemRole.objects.filter(item__code="LAB-03").order_by("position")
    assert [(row.role, row.accountable, row.when_short) for row in rows] == [
        (LAB, True, False),
        (IT, False, False),
        ("clinician", False, True),
    ]


def test_item_that_is_heard_only_when_short_has_nobody_accountable(organisation):
    draft = draft_with(organisation, bank(requirement(roles=(), when_short=(LAB,))))
    assert list(ItemRole.objects.filter(item__version=draft).values_list("role", "accountable")) == [(LAB, False)]


def test_seconds_of_each_role_are_counted_from_its_own_words(draft):
    rows = dict(ItemRole.objects.filter(item__code="LAB-03").values_list("role", "seconds"))
    assert rows == {role: seconds(RICH, role) for role in (LAB, IT, "clinician")}


def test_text_that_is_empty_has_no_row(draft):
    assert not ItemText.objects.filter(text="").exists()
    assert ("", "requirement") not in texts_of(context())


def test_item_without_a_ladder_has_no_steps(draft):
    plain = bank_item(Item.objects.whole().get(code="LAB-02"), "en")
    assert (plain.steps, plain.choices) == ((), ())


def test_ladder_with_a_gap_keeps_the_places_of_its_steps(organisation):
    draft = draft_with(organisation, bank(requirement(steps=("", *STEPS[1:4], ""))))
    assert bank_of(draft).items[0].steps == ("", *STEPS[1:4], "")


def test_item_is_read_in_one_language_at_a_time(draft):
    row = Item.objects.get(version=draft, code="LAB-01")
    ItemText.objects.create(item=row, field="title", language="es", text="Título")
    read = Item.objects.whole().get(pk=row.pk)
    assert (bank_item(read, "en").title, bank_item(read, "es").title, bank_item(read, "es").why) == ("Title", "Título", "")


def test_row_of_an_item_is_not_saved_by_itself(draft):
    before = Item.objects.count()
    row = item_row(draft, Domain.objects.get(version=draft, code="LAB"), replace(RICH, code="LAB-09"), 8)
    assert (row.code, row.position, row.lead_likely, row.floor) == ("LAB-09", 8, 2.5, 2.0)
    assert Item.objects.count() == before


def test_parts_are_written_in_the_language_that_is_named(draft):
    row = item_row(draft, Domain.objects.get(version=draft, code="LAB"), replace(RICH, code="LAB-09"), 8)
    row.save()
    store_parts([(row, RICH)], "es")
    assert set(row.texts.values_list("language", flat=True)) == {"es"}
    assert bank_item(Item.objects.whole().get(pk=row.pk), "es") == replace(RICH, code="LAB-09")
