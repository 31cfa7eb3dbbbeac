"""Drafts of an organisation's own bank: from a copy to a version that never changes again."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from assessments.bank.checks import ITEM_RULES, VERSION_RULES
from assessments.bank.version import BankDomain, BankItem, BankUse, BankVersion
from assessments.models import Instrument, InstrumentVersion, Item
from assessments.models.frozen import PublishedError
from assessments.services.bank_rows import bank_of
from assessments.services.drafts import (
    DefectsError,
    DraftChangedError,
    DraftExistsError,
    NotADraftError,
    describe_draft,
    discard_draft,
    head_of,
    mark_of,
    publish_draft,
    start_draft,
)
from stakeholders.models import AuditEvent
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.drafting import draft_with

HEAD = {"title": "Ours", "number": "7", "description": "What we ask.", "note": ""}


@pytest.fixture
def source(db):
    return factories.make_version()


@pytest.fixture
def draft(source, organisation):
    return start_draft(source=source, organisation=organisation)


def test_draft_is_a_copy_in_the_organisations_own_bank(source, organisation):
    draft = start_draft(source=source, organisation=organisation)
    assert (draft.state, draft.number, draft.based_on, draft.instrument.organisation) == ("draft", "1", source, organisation)
    assert bank_of(draft).items == bank_of(source).items
    assert bank_of(draft).domains == bank_of(source).domains


def test_product_s_own_bank_stays_as_it_was(source, organisation):
    before = bank_of(source)
    start_draft(source=source, organisation=organisation)
    assert bank_of(InstrumentVersion.objects.get(pk=source.pk)) == before
    assert source.instrument.versions.count() == 1


def test_there_is_one_draft_at_a_time(draft, source, organisation):
    with pytest.raises(DraftExistsError) as refused:
        start_draft(source=source, organisation=organisation)
    assert refused.value.draft == draft


def test_every_organisation_has_a_draft_of_its_own(draft, source, outsider):
    assert start_draft(source=source, organisation=outsider.organisation).instrument != draft.instrument


def test_number_follows_the_highest(organisation, source):
    for number in ("3", "4-b", "x"):
        version = start_draft(source=source, organisation=organisation)
        InstrumentVersion.objects.filter(pk=version.pk).update(number=number)
        version.refresh_from_db()
        version.publish()
    assert start_draft(source=source, organisation=organisation).number == "4"


def test_draft_can_start_from_ones_own_version(organisation):
    version = draft_with(organisation, banks.bank())
    publish_draft(version=version)
    draft = start_draft(source=version, organisation=organisation)
    assert (draft.instrument.organisation, draft.based_on) == (organisation, version)


def test_head_is_changed_with_the_bank_s_title(draft):
    describe_draft(version=draft, head=HEAD, seen=mark_of(head_of(draft).values()))
    assert head_of(InstrumentVersion.objects.get(pk=draft.pk)) == HEAD


def title(version):
    return InstrumentVersion.objects.select_related("instrument").get(pk=version.pk).bank_title


def test_published_version_keeps_its_title(organisation):
    published = publish_draft(version=draft_with(organisation, banks.bank()))
    draft = start_draft(source=published, organisation=organisation)
    describe_draft(version=draft, head=HEAD | {"title": "Renamed"})
    assert (title(published), title(draft)) == ("Own", "Renamed")
    assert Instrument.objects.get(pk=published.instrument_id).title == "Own"
    publish_draft(version=draft)
    assert (title(published), title(draft)) == ("Own", "Renamed")
    assert str(InstrumentVersion.objects.get(pk=published.pk)) == "Own 1"
    assert Instrument.objects.get(pk=published.instrument_id).title == "Renamed"


def test_discarding_leaves_no_title_behind(organisation):
    published = publish_draft(version=draft_with(organisation, banks.bank()))
    draft = start_draft(source=published, organisation=organisation)
    describe_draft(version=draft, head=HEAD | {"title": "Renamed"})
    discard_draft(version=draft)
    assert title(published) == Instrument.objects.get(pk=published.instrument_id).title == "Own"


def test_bank_of_which_nothing_is_published_is_called_as_its_draft(draft):
    describe_draft(version=draft, head=HEAD)
    assert Instrument.objects.get(pk=draft.instrument_id).title == "Ours"


def test_version_without_a_title_is_called_as_its_bank(db):
    version = factories.make_version(publish=False)
    assert (version.title, version.bank_title) == ("", version.instrument.title)


def test_migration_gives_every_version_the_title_of_its_bank(db):
    version = factories.make_version(publish=False)
    import_module("assessments.migrations.0018_title_of_a_version").titles_to_versions(apps, None)
    assert InstrumentVersion.objects.get(pk=version.pk).title == version.instrument.title


def test_number_is_taken_once(organisation):
    version = draft_with(organisation, banks.bank())
    publish_draft(version=version)
    draft = start_draft(source=version, organisation=organisation)
    with pytest.raises(ValidationError, match="number"):
        describe_draft(version=draft, head=HEAD | {"number": version.number})


def test_head_that_somebody_else_changed_is_not_overwritten(draft):
    seen = mark_of(head_of(draft).values())
    describe_draft(version=draft, head=HEAD, seen=seen)
    with pytest.raises(DraftChangedError):
        describe_draft(version=InstrumentVersion.objects.get(pk=draft.pk), head=HEAD | {"note": "Mine"}, seen=seen)


def test_publishing_supersedes_the_version_before(organisation):
    first = publish_draft(version=draft_with(organisation, banks.bank()))
    second = publish_draft(version=start_draft(source=first, organisation=organisation))
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "published")


def test_publishing_moves_no_product(organisation):
    first = publish_draft(version=draft_with(organisation, banks.bank()))
    product = factories.make_product(organisation, version=first)
    publish_draft(version=start_draft(source=first, organisation=organisation))
    product.refresh_from_db()
    assert product.version == first


def test_published_draft_is_frozen(organisation):
    version = publish_draft(version=draft_with(organisation, banks.bank()))
    with pytest.raises(PublishedError):
        version.items.first().save()
    with pytest.raises(PublishedError):
        Item.objects.filter(version=version).update(weight=1)
    for change in (publish_draft, discard_draft):
        with pytest.raises(NotADraftError):
            change(version=version)
    with pytest.raises(NotADraftError):
        describe_draft(version=version, head=HEAD)


def test_product_s_own_draft_cannot_be_changed(db):
    own = factories.make_version(publish=False)
    for change in (publish_draft, discard_draft):
        with pytest.raises(NotADraftError):
            change(version=own)


def test_edition_that_was_not_seen_is_not_published(organisation):
    version = draft_with(organisation, banks.bank())
    describe_draft(version=version, head=HEAD)
    with pytest.raises(DraftChangedError):
        publish_draft(version=version, seen=1)


def test_discarding_takes_the_bank_that_holds_nothing_else(draft):
    discard_draft(version=draft)
    assert not Instrument.objects.filter(pk=draft.instrument_id).exists()
    assert not Item.objects.filter(version=draft.pk).exists()


def test_discarding_leaves_published_versions(organisation):
    version = publish_draft(version=draft_with(organisation, banks.bank()))
    discard_draft(version=start_draft(source=version, organisation=organisation))
    assert [v.pk for v in InstrumentVersion.objects.filter(instrument__organisation=organisation)] == [version.pk]


def test_every_change_is_recorded_by_id(draft, lead):
    describe_draft(version=draft, head=HEAD, actor=lead.user)
    discard_draft(version=draft, actor=lead.user)
    verbs = AuditEvent.objects.filter(subject_id=str(draft.pk)).order_by("at").values_list("verb", "actor_id")
    assert list(verbs) == [("bank.draft_started", None), ("bank.draft_described", lead.user.pk), ("bank.draft_discarded", lead.user.pk)]


LAB, TYPE = banks.LAB, banks.TYPE
GATE = BankUse(TYPE, gate=True, core=(LAB,))
FAULTY: dict[str, list[BankItem]] = {
    "title-missing": [banks.requirement(title="")],
    "requirement-missing": [banks.requirement(requirement="")],
    "why-missing": [banks.requirement(why="")],
    "item-not-answerable": [banks.requirement(questions={})],
    "item-without-type": [banks.requirement(), banks.requirement("LAB-02", uses=())],
    "core-role-not-asked": [banks.requirement(uses=(BankUse(TYPE, core=(LAB, "clinician")),))],
    "kind-of-part": [banks.requirement(), banks.audit(kind="text")],
    "ladder-incomplete": [banks.requirement(steps=("Only one",))],
    "choice-without-answers": [banks.requirement(), banks.context(choices=())],
    "quantity-without-unit": [banks.quantity(unit="")],
    "placeholder-unknown": [banks.requirement(why="Because of {CTX-99|it}.")],
    "gate-without-floor": [banks.requirement(uses=(GATE,))],
    "gate-not-scored": [banks.requirement(), banks.requirement("LAB-02", kind="text", floor=2, uses=(GATE,))],
    "gate-not-core": [banks.requirement(floor=2, uses=(BankUse(TYPE, gate=True),))],
    "gate-with-condition": [banks.context(), banks.requirement(floor=2, uses=(GATE,), condition="CTX-01 is epic")],
    "condition-unreadable": [banks.requirement(condition="LAB-01 equals 2")],
    "condition-unknown-item": [banks.requirement(condition="LAB-99 at least 2")],
    "condition-not-earlier": [banks.requirement(condition="LAB-02 at least 2"), banks.requirement("LAB-02")],
    "condition-kind": [banks.context(), banks.requirement(condition="CTX-01 at least 2")],
    "unknown-dependency": [banks.requirement(depends_on=("LAB-99",))],
    "source-missing": [banks.requirement(source="")],
    "action-missing": [banks.requirement(action_vendor="")],
    "type-without-items": [banks.requirement(), banks.audit(uses=(BankUse("remote_monitoring"),))],
    "condition-circle": [banks.requirement(depends_on=("LAB-02",)), banks.requirement("LAB-02", depends_on=("LAB-01",))],
}
# What no row can hold in the first place: the database or the editor refuses it before there is anything to publish.
NEVER_STORED = {"need-off-ladder", "floor-above-need", "code-twice", "domain-unknown"}


def test_every_kind_of_defect_has_its_example():
    assert {*FAULTY, *NEVER_STORED, "domain-empty"} == {*ITEM_RULES, *VERSION_RULES}


@pytest.mark.parametrize("name", FAULTY)
def test_publishing_is_refused_with_the_name_of_the_defect(organisation, name):
    version = draft_with(organisation, banks.bank(*FAULTY[name]))
    with pytest.raises(DefectsError, match=name):
        publish_draft(version=version)
    version.refresh_from_db()
    assert version.state == "draft"


def test_publishing_is_refused_with_an_empty_domain(organisation):
    bank = banks.bank(domains=(BankDomain("LAB", "Laboratory"), BankDomain("EMP", "Empty")))
    with pytest.raises(DefectsError, match="domain-empty"):
        publish_draft(version=draft_with(organisation, bank))


@pytest.mark.parametrize(
    "bank",
    [
        banks.bank(banks.requirement(need=5)),
        banks.bank(banks.requirement(need=2, floor=3)),
        banks.bank(banks.requirement(), banks.requirement()),
    ],
    ids=["need-off-ladder", "floor-above-need", "code-twice"],
)
def test_what_no_row_can_hold_is_refused_by_the_database(organisation, bank: BankVersion):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_with(organisation, bank)


def test_number_of_queries_of_a_copy_does_not_grow(organisation, django_assert_max_num_queries):
    many = draft_with(organisation, replace(banks.bank(*(banks.requirement(f"LAB-{n:02}") for n in range(30))), number="1"))
    publish_draft(version=many)
    with django_assert_max_num_queries(40):
        start_draft(source=many, organisation=organisation)


def test_bank_of_somebody_else_under_our_code_is_never_touched(source, organisation, outsider):
    Instrument.objects.create(code=f"{organisation.slug}--{source.instrument.code}", title="Theirs", organisation=outsider.organisation)
    with pytest.raises(PermissionDenied):
        start_draft(source=source, organisation=organisation)
    assert not InstrumentVersion.objects.filter(state="draft").exists()
