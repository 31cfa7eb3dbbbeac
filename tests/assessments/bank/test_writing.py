"""Write and read a version: what comes back is what was written."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

import assessments
from assessments.bank.files import read_bank
from assessments.bank.reading import read_version
from assessments.bank.version import BankDomain, BankItem, BankUse, BankVersion, Choice
from assessments.bank.writing import write_version
from tests.assessments.bank.strategies import MISREAD, versions

OWN_BANK = Path(assessments.__file__).parent / "data" / "operational-readiness" / "2"
SMALL = BankVersion(
    code="own", number="1", title="Own", domains=(BankDomain("LAB", "Laboratory"),), items=(BankItem(code="A-1", domain="LAB"),)
)


def with_item(**values):
    return replace(SMALL, items=(replace(SMALL.items[0], **values),))


@given(versions())
@settings(max_examples=150, deadline=None)
def test_version_comes_back_as_it_was_written(version):
    assert read_version(write_version(version)) == version


@given(versions())
@settings(max_examples=30, deadline=None)
def test_version_reads_the_same_as_bytes(version):
    assert read_version(write_version(version).encode()) == version


@pytest.mark.parametrize("text", MISREAD)
def test_text_that_yaml_could_misread_comes_back(text):
    version = with_item(why=text, steps=(text, "b"), questions={"": text, "clinician": text})
    assert read_version(write_version(version)) == version


@pytest.mark.parametrize("text", MISREAD)
def test_text_reads_the_same_with_the_library_alone(text):
    assert yaml.safe_load(write_version(with_item(why=text)))["items"][0].get("why", "") == text


def test_shipped_bank_comes_back_as_it_was_written():
    version = read_bank(OWN_BANK)
    assert read_version(write_version(version)) == replace(version, content_hash="")


def test_keys_stand_in_a_stable_order():
    written = write_version(
        with_item(title="Title", choices=(Choice("b", "B"), Choice("a", "A")), floor=2, uses=(BankUse("send_out_test", True),))
    )
    assert list(yaml.safe_load(written)) == ["code", "version", "title", "language", "domains", "items"]
    assert list(yaml.safe_load(written)["items"][0]) == ["code", "domain", "title", "choices", "product_types", "gate_for", "floor"]


def test_what_has_its_default_is_left_out():
    assert yaml.safe_load(write_version(SMALL))["items"] == [{"code": "A-1", "domain": "LAB"}]


def test_long_text_is_folded_within_the_width():
    written = write_version(with_item(why="words " * 60 + "end")).splitlines()
    assert "    why: >-" in written
    assert max(map(len, written)) <= 130


def test_text_like_a_number_is_quoted_for_other_readers():
    assert "why: '1e3'" in write_version(with_item(why="1e3"))


def test_nothing_is_written_in_flow_style_or_with_anchors():
    written = write_version(with_item(roles=("clinician",), steps=("same", "same"), uses=(BankUse("send_out_test", core=("clinician",)),)))
    assert not set(written) & set("[]{}&*")
