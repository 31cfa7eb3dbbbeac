"""Which question bank an imported bundle is read under: a published one that says the same, else a private one."""

from dataclasses import replace

import pytest

from assessments.models import InstrumentVersion, Item, VersionState
from assessments.scored import Domain, Instrument
from assessments.scored import Item as Scored
from assessments.services.bundle_banks import LONGEST_CODE, LONGEST_NUMBER, bank_for, floor_of, holds, private_code, product_for, roles_of
from tests import factories

pytestmark = pytest.mark.django_db
LAB, IT = "lab_director", "it_integration_lead"


def scored(code="LAB-01", **changes):
    values = {"domain": code.split("-")[0], "kind": "level", "weight": 5, "need": 3, "floor": 2, "gate": True, "title": f"Title of {code}"}
    return Scored(**{"code": code, "roles": (LAB, IT), "accountable": LAB} | values | changes)


@pytest.fixture
def version():
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-01", [LAB], gate=True)
    factories.make_item(version, "LAB-02", [LAB])
    factories.make_item(version, "INT-01", [IT])
    version.publish()
    return version


def bundled(version, *items):
    """Return the head of a bundle that names the version, with these items and their domains."""
    items = items or (scored(),)
    domains = tuple(Domain(code=code, title=code.title()) for code in dict.fromkeys(item.domain for item in items))
    return Instrument(code=version.instrument.code, version=version.number, domains=domains, items=items)


def test_published_version_that_says_the_same_is_used(organisation, version):
    assert bank_for(organisation=organisation, instrument=bundled(version)) == version


def test_superseded_version_that_says_the_same_is_used(organisation, version):
    version.supersede()
    assert bank_for(organisation=organisation, instrument=bundled(version)) == version


def test_bundle_may_ask_less_than_the_version_and_of_fewer_domains(version):
    assert holds(version, bundled(version, scored("INT-01")))


@pytest.mark.parametrize(
    "fault",
    [{"title": "Another title"}, {"kind": "quantity"}, {"code": "LAB-09"}, {"domain": "INT"}],
    ids=lambda fault: next(iter(fault)),
)
def test_version_whose_item_says_something_else_does_not_hold_the_bundle(version, fault):
    assert not holds(version, bundled(version, replace(scored(), **fault)))


@pytest.mark.parametrize("fault", [{"title": "Another title"}, {"weight": 2.0}], ids=["title", "weight"])
def test_version_whose_domain_says_something_else_does_not_hold_the_bundle(version, fault):
    bundle = bundled(version)
    domain = replace(bundle.domains[0], **fault)
    assert not holds(version, replace(bundle, domains=(domain,)))


def test_order_of_the_domains_is_what_the_report_shows_and_has_to_be_the_same(version):
    bundle = bundled(version, scored(), scored("INT-01"))
    assert holds(version, bundle)
    assert not holds(version, replace(bundle, domains=bundle.domains[::-1]))


def test_item_without_a_title_goes_by_its_code(version):
    other = factories.make_version(bank=[], publish=False)
    factories.make_item(other, "LAB-01", [LAB]).texts.filter(field="title").update(text="LAB-01")
    other.publish()
    assert holds(other, bundled(other, scored(title="")))
    assert not holds(version, bundled(version, scored(title="")))


def test_private_version_holds_what_the_bundle_says(organisation, version):
    bundle = bundled(version, scored(title="Own words"), scored("INT-01", gate=False, floor=None, unit="days", kind="quantity", need=9))
    made = bank_for(organisation=organisation, instrument=bundle)
    assert (made.state, made.instrument.organisation) == (VersionState.PUBLISHED, organisation)
    assert holds(made, bundle)
    row = Item.objects.get(version=made, code="INT-01")
    assert (row.kind, row.need, row.floor, row.unit, row.direction) == ("quantity", 9, None, "days", "at_least")


def test_private_version_asks_the_accountable_role_first(organisation, version):
    made = bank_for(organisation=organisation, instrument=bundled(version, scored(title="Own words", roles=(IT, LAB))))
    roles = Item.objects.get(version=made).roles.order_by("position").values_list("role", "accountable")
    assert list(roles) == [(LAB, True), (IT, False)]


def test_private_version_is_made_once_for_the_same_bundle(organisation, version):
    bundle = bundled(version, scored(title="Own words"))
    first = bank_for(organisation=organisation, instrument=bundle)
    assert bank_for(organisation=organisation, instrument=bundle) == first


def test_private_version_of_other_contents_takes_the_next_free_number(organisation, version):
    made = [bank_for(organisation=organisation, instrument=bundled(version, scored(title=f"Words {n}"))).number for n in range(3)]
    assert made == ["1", "1-2", "1-3"]


def test_longest_number_leaves_room_for_the_next(organisation, version):
    long = "9" * LONGEST_NUMBER
    bundles = [replace(bundled(version, scored(title=title)), version=long) for title in ("One", "Two")]
    numbers = [bank_for(organisation=organisation, instrument=bundle).number for bundle in bundles]
    assert numbers == [long, f"{'9' * (LONGEST_NUMBER - 2)}-2"]
    assert bank_for(organisation=organisation, instrument=bundles[1]).number == numbers[1]
    assert InstrumentVersion.objects.filter(instrument__organisation=organisation).count() == 2


def test_private_code_begins_with_the_organisation_once(organisation):
    code = private_code(organisation, "TINY_bank")
    assert code == f"{organisation.slug}--TINY_bank"
    assert private_code(organisation, code) == code


@pytest.mark.parametrize(("code", "start"), [("Tiny Bank", "tiny-bank-"), ("???", "bank-"), ("x" * 200, "xxx")])
def test_code_that_no_file_may_have_is_told_apart_by_a_mark(organisation, code, start):
    made = private_code(organisation, code).removeprefix(f"{organisation.slug}--")
    assert made.startswith(start)
    assert len(made) <= LONGEST_CODE
    assert made != private_code(organisation, code + "!").removeprefix(f"{organisation.slug}--")


@pytest.mark.parametrize(
    ("direction", "need", "floor", "stored"),
    [
        ("at_least", 3, 3 + 1e-10, 3),
        ("at_least", 3, 2, 2),
        ("at_most", 14, 14 - 1e-10, 14),
        ("at_most", 14, 21, 21),
        ("at_least", 3, None, None),
    ],
)
def test_floor_is_stored_where_the_database_allows_it(direction, need, floor, stored):
    assert floor_of(scored(direction=direction, need=need, floor=floor, kind="quantity")) == stored


def test_roles_keep_their_order_behind_the_accountable_one():
    assert roles_of(scored(roles=("clinician", IT, LAB), accountable=LAB)) == [LAB, "clinician", IT]


def typed(version, code, *product_types):
    """Say which types of product ask an item; the version is still a draft."""
    item = Item.objects.get(version=version, code=code)
    item.product_types.all().delete()
    for product_type in product_types:
        item.product_types.create(product_type=product_type)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [(["LAB-01"], "in_house_assay"), (["LAB-01", "LAB-02", "INT-01"], "remote_monitoring"), (["NO-99"], "send_out_test")],
    ids=["equals: by name", "most", "none"],
)
def test_product_is_of_the_type_that_asks_most_of_the_items(organisation, codes, expected):
    draft = factories.make_version(
        bank=[("LAB-01", [LAB], False, 3), ("LAB-02", [LAB], False, 3), ("INT-01", [IT], False, 3)], publish=False
    )
    typed(draft, "LAB-01", "send_out_test", "in_house_assay")
    typed(draft, "LAB-02", "remote_monitoring")
    typed(draft, "INT-01", "remote_monitoring")
    draft.publish()
    assert product_for(organisation=organisation, version=draft, codes=codes).product_type == expected


def test_product_for_imports_is_made_once_for_a_version(organisation, version):
    first = product_for(organisation=organisation, version=version, codes=["LAB-01"])
    assert product_for(organisation=organisation, version=version, codes=["INT-01"]) == first
