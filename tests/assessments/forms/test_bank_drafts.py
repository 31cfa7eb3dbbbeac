"""Small forms of a draft: head, domains, new items, files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.bank.marks import MOST_BYTES
from assessments.bank.version import BankDomain, BankItem
from assessments.forms.bank_drafts import DomainForm, HeadForm, ImportForm, NewDomainForm, NewItemForm
from assessments.models import Domain

HEAD = {"title": "Own bank", "number": "2.1", "description": " One\r\nTwo ", "note": ""}
DOMAIN = {"code": "LAB", "title": "Laboratory", "description": "", "weight": "1"}
ITEM = {"code": "LAB-01", "title": "Courier", "domain": "LAB"}


def new_item(**typed):
    return NewItemForm({**ITEM, **typed}, domains=[("LAB", "Laboratory")])


def test_head_is_what_was_typed_with_plain_line_ends():
    form = HeadForm(HEAD)
    assert form.is_valid(), form.errors
    assert form.head == {"title": "Own bank", "number": "2.1", "description": "One\nTwo", "note": ""}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"number": ""}, "number"),
        ({"number": "2 final"}, "number"),
        ({"number": "../2"}, "number"),
        ({"number": "x" * 21}, "number"),
        ({"description": "x" * 5001}, "description"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_head_that_cannot_be_kept_is_refused_at_its_field(typed, field):
    form = HeadForm({**HEAD, **typed})
    assert (form.is_valid(), list(form.errors)) == (False, [field])


@pytest.mark.parametrize(("typed", "weight"), [("2,5", 2.5), ("", 1), ("0.01", 0.01), ("100", 100)])
def test_domain_counts_once_unless_another_weight_is_typed(typed, weight):
    form = DomainForm({**DOMAIN, "weight": typed})
    assert form.is_valid(), form.errors
    assert form.value == BankDomain("LAB", "Laboratory", "", weight)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "L B"}, "code"),
        ({"code": "x" * 11}, "code"),
        ({"title": "x" * 81}, "title"),
        ({"weight": "0"}, "weight"),
        ({"weight": "-1"}, "weight"),
        ({"weight": "101"}, "weight"),
        ({"weight": "nan"}, "weight"),
        ({"description": "x" * 301}, "description"),
    ],
)
def test_domain_that_cannot_be_kept_is_refused_at_its_field(typed, field):
    form = DomainForm({**DOMAIN, **typed})
    assert (form.is_valid(), list(form.errors)) == (False, [field])


def test_domain_starts_from_what_is_saved():
    saved = Domain(code="LAB", title="Laboratory", description="Words", weight=2.5)
    assert DomainForm.start(saved) == {"code": "LAB", "title": "Laboratory", "description": "Words", "weight": 2.5}


def test_new_domain_needs_code_and_title_only():
    form = NewDomainForm({"code": "LAB", "title": "Laboratory"})
    assert form.is_valid(), form.errors
    assert form.value == BankDomain("LAB", "Laboratory")


def test_new_item_needs_domain_code_and_title_only():
    form = new_item()
    assert form.is_valid(), form.errors
    assert form.value == BankItem(code="LAB-01", domain="LAB", title="Courier")


@pytest.mark.parametrize(
    ("typed", "field"), [({"domain": "XYZ"}, "domain"), ({"domain": ""}, "domain"), ({"code": "-LAB"}, "code"), ({"title": " "}, "title")]
)
def test_new_item_that_cannot_be_kept_is_refused_and_stays_as_typed(typed, field):
    form = new_item(**typed)
    assert (form.is_valid(), list(form.errors)) == (False, [field])
    assert {name: form[name].value() for name in ITEM} == {**ITEM, **typed}


@pytest.mark.parametrize(("size", "accepted"), [(0, True), (MOST_BYTES, True), (MOST_BYTES + 1, False)])
def test_file_larger_than_two_megabytes_is_refused(size, accepted):
    form = ImportForm({}, {"file": SimpleUploadedFile("bank.yaml", b"x" * size)})
    assert (form.is_valid(), "file" in form.errors) == (accepted, not accepted)


def test_import_without_a_file_is_refused():
    assert list(ImportForm({}).errors) == ["file"]
