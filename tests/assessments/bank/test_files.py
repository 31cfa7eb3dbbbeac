"""Read a bank from its folder: one head, one file for every domain, errors with the file's name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import assessments
from assessments.bank.files import content_hash, read_bank
from assessments.bank.marks import BankFileErrors
from assessments.bank.reading import read_version
from assessments.bank.version import CLIMATE, CONTEXT, PRODUCT_TYPES, SELF_AUDIT

OWN_BANK = Path(assessments.__file__).parent / "data" / "operational-readiness" / "2"


@pytest.fixture
def folder(tmp_path):
    """Return a small bank with two domains."""
    (tmp_path / "instrument.yaml").write_text("code: own\nversion: '1'\ndomains:\n- code: LAB\n- code: INT\n")
    (tmp_path / "LAB.yaml").write_text("- code: LAB-01\n  title: One\n- code: LAB-02\n")
    (tmp_path / "INT.yaml").write_text("- code: INT-01\n")
    return tmp_path


@pytest.fixture
def own_bank(tmp_path):
    return shutil.copytree(OWN_BANK, tmp_path / "bank")


def errors_of(folder):
    with pytest.raises(BankFileErrors) as caught:
        read_bank(folder)
    return [str(error) for error in caught.value.errors]


def test_folder_is_the_same_as_one_document(folder):
    document = yaml.safe_load((folder / "instrument.yaml").read_text())
    document["items"] = [
        item | {"domain": d["code"]} for d in document["domains"] for item in yaml.safe_load((folder / f"{d['code']}.yaml").read_text())
    ]
    assert read_version(yaml.safe_dump(document)) == replace(read_bank(folder), content_hash="")


def test_items_stand_in_the_order_of_domains(folder):
    assert [(item.domain, item.code) for item in read_bank(folder).items] == [("LAB", "LAB-01"), ("LAB", "LAB-02"), ("INT", "INT-01")]


def test_errors_of_all_files_are_told_at_once(folder):
    (folder / "LAB.yaml").write_text("- code: LAB-01\n  title: 7\n")
    (folder / "INT.yaml").write_text("- code: INT-01\n  domain: INT\n")
    assert [error.split(":")[0] for error in errors_of(folder)] == ["LAB.yaml, line 2, [0].title", "INT.yaml, line 2, [0].domain"]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a: [", b"just words", b"{}", b"", b"- code: 2024-99-99", b"- weight: " + b"9" * 5000, b"[" * 5000, b"- 7"],
    ids=["binary", "open", "words", "mapping", "empty", "no such day", "huge number", "deep", "no item"],
)
@pytest.mark.parametrize("name", ["LAB.yaml", "instrument.yaml"])
def test_broken_file_is_refused_by_name(folder, content, name):
    (folder / name).write_bytes(content)
    assert errors_of(folder)[0].startswith(name)


def test_missing_domain_file_is_refused_by_name(folder):
    (folder / "INT.yaml").unlink()
    assert errors_of(folder) == ["INT.yaml: the file is missing."]


def test_folder_without_a_head_is_refused(tmp_path):
    assert errors_of(tmp_path) == ["instrument.yaml: the file is missing."]


def test_items_in_the_head_are_refused(folder):
    with (folder / "instrument.yaml").open("a") as head:
        head.write("items: []\n")
    assert errors_of(folder) == ["instrument.yaml, line 6, items: this key is not known here."]


def test_domain_code_cannot_lead_out_of_the_folder(folder):
    (folder / "instrument.yaml").write_text("code: own\nversion: '1'\ndomains:\n- code: ../LAB\n")
    assert [error.split(":")[0] for error in errors_of(folder)] == ["instrument.yaml, line 4, domains[0].code"]


def test_code_twice_in_one_file_is_refused_with_its_line(folder):
    (folder / "LAB.yaml").write_text("- code: LAB-01\n- code: LAB-01\n")
    assert errors_of(folder) == ["LAB.yaml, line 2, [1].code: the code LAB-01 stands twice."]


def test_code_in_two_files_is_refused_with_both(folder):
    (folder / "INT.yaml").write_text("- code: LAB-01\n")
    assert errors_of(folder) == ["INT.yaml: the code LAB-01 stands in LAB.yaml, too."]


def test_hash_is_the_same_with_windows_line_ends(folder):
    before = read_bank(folder).content_hash
    file = folder / "LAB.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_bank(folder).content_hash == before


def test_hash_changes_with_a_word(folder):
    before = read_bank(folder).content_hash
    (folder / "INT.yaml").write_text("- code: INT-02\n")
    assert read_bank(folder).content_hash != before


def test_hash_is_that_of_head_and_domain_files_alone(folder):
    before = read_bank(folder).content_hash
    (folder / "README.md").write_text("Not part of the bank")
    assert before == read_bank(folder).content_hash == content_hash(folder / name for name in ("instrument.yaml", "LAB.yaml", "INT.yaml"))


def test_own_bank_reads_the_same_from_windows(own_bank):
    for file in own_bank.glob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_bank(own_bank) == read_bank(OWN_BANK)


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_own_bank_has_at_most_twelve_gates_for_a_type(product_type):
    gates = [item.code for item in read_bank(OWN_BANK).items for use in item.uses if use.gate and use.product_type == product_type]
    assert 0 < len(gates) <= 12


def test_own_bank_names_a_source_for_every_item():
    assert [i.code for i in read_bank(OWN_BANK).items if not i.source_is_public and i.source != "practice guidance"] == []


def test_own_bank_asks_short_questions():
    assert [item.code for item in read_bank(OWN_BANK).items for question in item.questions.values() if len(question) > 160] == []


def test_own_bank_has_every_part():
    assert {item.part for item in read_bank(OWN_BANK).items} >= {CONTEXT, CLIMATE, SELF_AUDIT}
