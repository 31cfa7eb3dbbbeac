"""The question bank's files: what ships, and what is refused by name."""

import shutil

import pytest
import yaml

from assessments.bank_files import BankFileError, read_bank
from assessments.management.commands.load_instrument import OWN_BANK


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(OWN_BANK, tmp_path / "bank")


def change(folder, edit):
    """Rewrite the first laboratory item with one edit."""
    file = folder / "LAB.yaml"
    items = yaml.safe_load(file.read_text())
    edit(items[0])
    file.write_text(yaml.safe_dump(items))
    return folder


def test_own_bank_holds_the_whole_catalogue():
    bank = read_bank(OWN_BANK)
    assert (len(bank.items), len(bank.domains)) == (102, 14)


def test_own_bank_asks_the_send_out_test_eighty_requirements():
    bank = read_bank(OWN_BANK)
    assert sum("send_out_test" in item.product_types for item in bank.items) == 80


def test_own_bank_names_a_source_for_every_item():
    unnamed = [i.code for i in read_bank(OWN_BANK).items if not i.source_is_public and i.source != "practice guidance"]
    assert unnamed == []


def test_own_bank_asks_short_questions():
    long = [i.code for i in read_bank(OWN_BANK).items if len(i.texts["question"]) > 160]
    assert long == []


def test_hash_is_the_same_with_windows_line_ends(folder):
    before = read_bank(folder).content_hash
    file = folder / "RPM.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_bank(folder).content_hash == before


def test_hash_changes_with_a_word(folder):
    before = read_bank(folder).content_hash
    change(folder, lambda item: item.update(title="Another title"))
    assert read_bank(folder).content_hash != before


REFUSED = [
    (lambda i: i.update(weight=9), "weight"),
    (lambda i: i.update(weight=2.5), "weight"),
    (lambda i: i.update(need=9), "need"),
    (lambda i: i.update(need=0), "need"),
    (lambda i: i.update(need=float("nan")), "need"),
    (lambda i: i.update(need=2, floor=3), "floor"),
    (lambda i: i.update(code="X" * 21), "code"),
    (lambda i: i.update(source="s" * 401), "source"),
    (lambda i: i.update(title="a\x00b"), "title"),
    (lambda i: i.update(barrier={}), "barrier"),
    (lambda i: i.update(roles=[{}]), "roles"),
    (lambda i: i.update(depends_on=[{}]), "depends_on"),
    (lambda i: i.update(effort_hours={1: 2, "x": 3}), "effort_hours"),
    (lambda i: i.update(roles=["surgeon"]), "roles"),
    (lambda i: i.update(roles=[]), "roles"),
    (lambda i: i.update(roles=["clinician", "clinician"]), "roles"),
    (lambda i: i.update(product_types=["toaster"]), "product_types"),
    (lambda i: i.update(steps=["one", "two"]), "steps"),
    (lambda i: i.update(steps=["a", "b", "c", "d", "  "]), "steps"),
    (lambda i: i.update(question=""), "question"),
    (lambda i: i.update(question=7), "question"),
    (lambda i: i.update(need="three"), "need"),
    (lambda i: i.update(need=True), "need"),
    (lambda i: i.update(weight=-1), "weight"),
    (lambda i: i.update(floor=None), "floor"),
    (lambda i: i.update(lead_weeks={"optimistic": 5, "likely": 2, "pessimistic": 9}), "lead_weeks"),
    (lambda i: i.update(effort_hours={"surgeon": 4}), "surgeon"),
    (lambda i: i.update(depends_on=["XYZ-99"]), "XYZ-99"),
    (lambda i: i.update(barrier="weather"), "barrier"),
    (lambda i: i.update(action="do it"), "action"),
    (lambda i: i.update(code="LAB-02"), "LAB-02"),
]


@pytest.mark.parametrize(("edit", "place"), REFUSED)
def test_item_with_a_defect_is_refused_by_name(folder, edit, place):
    with pytest.raises(BankFileError, match=place):
        read_bank(change(folder, edit))


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a: [", b"just words", b"[]", b"- code: 2024-99-99", b"- weight: " + b"9" * 5000, b"[" * 5000],
    ids=["binary", "open", "words", "empty", "no such day", "huge number", "deep"],
)
def test_broken_file_is_refused_by_name(folder, content):
    (folder / "SPC.yaml").write_bytes(content)
    with pytest.raises(BankFileError, match="SPC"):
        read_bank(folder)


def test_missing_domain_file_is_refused_by_name(folder):
    (folder / "WFL.yaml").unlink()
    with pytest.raises(BankFileError, match=r"WFL\.yaml is missing"):
        read_bank(folder)


def test_folder_without_an_instrument_is_refused(tmp_path):
    with pytest.raises(BankFileError, match=r"instrument\.yaml"):
        read_bank(tmp_path)
