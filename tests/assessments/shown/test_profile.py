"""A product's profile in words: values beside the bank's, who is asked, and what several products ask differently."""

import pytest
from django.utils import translation

from assessments.models import ItemText
from assessments.services.profile_requirements import PartOfProfile, profile_of
from assessments.shown.profile import AskedRole, Beside, left_out_rows, overlap_words, profile_rows, titles_of, value_words
from tests import factories
from tests.assessments.deeper_bank import make_deeper_version
from tests.assessments.test_requirements import requirement

HOURS, DAYS = {"kind": "quantity", "unit": "hours a week"}, {"kind": "quantity", "unit": "days", "direction": "at_most"}


@pytest.mark.parametrize(
    ("fields", "value", "words"),
    [
        ({}, None, "–"),
        ({}, 0, "0 (absent)"),
        ({}, 3, "3 (in place)"),
        ({}, 4.0, "4 (in routine use)"),
        ({}, 2.5, "2.5"),
        ({}, 5, "5"),
        (HOURS, 8, "8 hours a week"),
        (HOURS, 2.5, "2.5 hours a week"),
        (HOURS, 0, "0 hours a week"),
        ({**HOURS, "unit": ""}, 8, "8"),
        (DAYS, 9, "at most 9 days"),
        (DAYS, 1, "at most 1 days"),
        ({**DAYS, "unit": ""}, 9, "at most 9"),
        (DAYS, None, "–"),
    ],
)
def test_value_is_said_with_step_or_unit(fields, value, words):
    assert value_words(requirement(**fields), value).replace("\N{NO-BREAK SPACE}", " ") == words


def test_step_is_one_piece_in_a_narrow_column():
    assert " " not in value_words(requirement(), 4)


@pytest.fixture
def version(db):
    return make_deeper_version()


@pytest.fixture
def product(organisation, version):
    return factories.make_product(organisation, version=version, name="Panel")


def row(product, code="LAB-01"):
    rows = profile_rows(profile_of(product, product.version), titles_of(product.version))
    return next(row for row in rows if row.code == code)


def plainly(pair):
    return tuple(words.replace("\N{NO-BREAK SPACE}", " ") for words in pair)


def test_banks_own_values_stand_alone(product):
    shown = row(product)
    assert plainly(shown.need) == ("3 (in place)", "")
    assert (shown.weight, shown.adjusted, shown.gate_note, shown.reasons) == (Beside("5"), False, "", ())


def test_departure_stands_beside_the_banks_value_with_its_reason(product):
    product.requirements.create(item_code="LAB-01", need=2, weight=1, gate=False, reason="<b>Courier</b>")
    shown = row(product)
    assert (plainly(shown.need), shown.weight) == (("2 (partial)", "3 (in place)"), Beside("1", "5"))
    assert (shown.adjusted, shown.reasons, shown.gate_note) == (True, ("<b>Courier</b>",), "no gate here, a gate in the bank")


def test_gate_of_the_product_alone_says_so(product):
    product.requirements.create(item_code="LAB-02", gate=True, floor=2, need=3)
    assert (row(product, "LAB-02").gate, row(product, "LAB-02").gate_note) == (True, "a gate here, not in the bank")


def test_row_that_went_back_to_the_banks_values_gives_no_reason(product):
    product.requirements.create(item_code="LAB-01", reason="Once")
    assert (row(product).adjusted, row(product).reasons) == (False, ())


@pytest.mark.parametrize(
    ("code", "core", "roles"),
    [
        ("LAB-01", True, [("Laboratory", True), ("Compliance, privacy, security", False)]),
        ("LAB-07", False, [("Laboratory", False), ("IT and integration", False)]),
    ],
)
def test_roles_say_whether_they_are_asked_first(product, code, core, roles):
    shown = row(product, code)
    assert (shown.core, list(shown.roles)) == (core, [AskedRole(*role) for role in roles])


def test_what_is_left_out_stands_apart_with_its_reason(product):
    product.requirements.create(item_code="LAB-02", left_out=True, reason="Sent by courier")
    profile = profile_of(product, product.version)
    assert [(each.code, each.title, each.reason) for each in left_out_rows(profile, {})] == [("LAB-02", "LAB-02", "Sent by courier")]
    assert "LAB-02" not in [each.code for each in profile_rows(profile, {})]


def test_add_on_says_what_it_needs_too(organisation, product, version):
    product.modules.add(factories.make_product(organisation, version=version, name="Tracker"))
    product.requirements.create(item_code="LAB-02", left_out=True, reason="No")
    assert (row(product).source, row(product, "LAB-02").source) == ("also for Tracker", "for Tracker only")


def test_titles_are_in_the_pages_language_and_else_in_the_banks(version):
    ItemText.objects.create(item=version.items.get(code="LAB-01"), field="title", language="de", text="Kurier")
    with translation.override("de"):
        titles = titles_of(version)
    assert (titles["LAB-01"], titles["LAB-02"]) == ("Kurier", "Title of LAB-02")


def part(name, **fields):
    own = requirement(**fields)
    return PartOfProfile(factories.Product(name=name), requirement(), own, None, ())


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([part("A")], []),
        ([part("A"), part("B")], []),
        ([part("A"), part("B", weight=5)], ["Weight: 3 for A and 5 for B; the stricter counts"]),
        ([part("A", floor=None), part("B", floor=2)], ["Floor: none for A and 2 (partial) for B; the stricter counts"]),
        ([part("A", gate=True), part("B")], ["Gate: yes for A and no for B; the stricter counts"]),
        (
            [part("A", **DAYS, need=9), part("B", **DAYS, need=14)],
            ["Need: at most 9 days for A and at most 14 days for B; the stricter counts"],
        ),
        ([part("A"), PartOfProfile(factories.Product(name="B"), requirement(), None, None, ())], []),
        ([part("A"), part("B"), part("C", weight=1)], ["Weight: 3 for A, 3 for B and 1 for C; the stricter counts"]),
    ],
)
def test_overlap_says_only_what_products_ask_differently(parts, words):
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in overlap_words(parts)] == words
