"""Loading the question bank: once, and never under a published version."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.bank.files import read_bank
from assessments.management.commands.load_instrument import OWN_BANK
from assessments.models import InstrumentVersion, Item, VersionState
from assessments.services.bank_rows import bank_of

pytestmark = pytest.mark.django_db


def load(folder=OWN_BANK):
    call_command("load_instrument", folder, stdout=StringIO())


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(OWN_BANK, tmp_path / "bank")


def test_bank_is_published_whole():
    load()
    version = InstrumentVersion.objects.get()
    assert (version.state, version.items.count(), version.domains.count()) == (VersionState.PUBLISHED, 146, 17)


def test_item_carries_roles_ladder_and_lead_time():
    load()
    item = Item.objects.whole().get(code="LAB-02")
    assert item.role_codes() == ["lab_director", "compliance_privacy_security"]
    assert [step.level for step in item.ladder() if step.text] == [0, 1, 2, 3, 4]
    assert (item.lead_optimistic, item.lead_likely, item.lead_pessimistic) == (1, 2, 6)


def test_second_load_changes_nothing():
    load()
    before = list(Item.objects.values_list("pk", flat=True))
    load()
    assert list(Item.objects.values_list("pk", flat=True)) == before


def test_changed_file_under_a_published_version_is_refused(folder):
    load()
    file = folder / "LAB.yaml"
    file.write_text(file.read_text().replace("weight: 5", "weight: 4"))
    with pytest.raises(CommandError, match="already published from other files; nothing was changed"):
        load(folder)
    assert Item.objects.get(code="LAB-01").weight == 5


def test_new_version_supersedes_the_old_one(folder):
    load()
    head = folder / "instrument.yaml"
    head.write_text(head.read_text().replace('version: "2"', 'version: "3"'))
    load(folder)
    states = dict(InstrumentVersion.objects.values_list("number", "state"))
    assert states == {"2": VersionState.SUPERSEDED, "3": VersionState.PUBLISHED}


def test_bad_folder_leaves_nothing_behind(folder):
    (folder / "SCL.yaml").write_text("- code: [X]")
    with pytest.raises(CommandError, match=r"SCL\.yaml, line 1"):
        load(folder)
    assert not InstrumentVersion.objects.exists()


def test_bank_that_is_not_complete_is_refused_with_every_defect(folder):
    file = folder / "SCL.yaml"
    file.write_text(file.read_text().replace("  roles:", "  roles: [] # ", 2))
    with pytest.raises(CommandError, match=r"SCL-01: .*item-not-answerable(.|\n)*SCL-02: ") as refused:
        load(folder)
    assert "nothing was changed" in str(refused.value)
    assert not InstrumentVersion.objects.exists()


def test_every_text_of_the_files_is_read_back_from_the_rows():
    load()
    version = InstrumentVersion.objects.get()
    assert bank_of(version) == read_bank(OWN_BANK)
