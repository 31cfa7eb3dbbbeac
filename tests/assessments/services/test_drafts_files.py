"""Question banks as files: what goes out comes in the same, or nothing comes in at all."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, assume, given, settings

import assessments
from assessments.bank.files import read_bank
from assessments.bank.marks import BankFileErrors
from assessments.bank.version import Choice
from assessments.bank.writing import write_version
from assessments.models import InstrumentVersion
from assessments.services.drafts import DraftExistsError, publish_draft
from assessments.services.drafts_files import errors_of, export_version, file_name, import_version
from assessments.services.drafts_limits import limits_of
from assessments.services.instruments import load_instrument
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.bank.strategies import versions

OWN_BANK = Path(assessments.__file__).parent / "data" / "operational-readiness" / "2"


def file_of(*items, **values):
    return write_version(banks.bank(*items, **values)).encode()


def paths(error):
    return [each.path for each in error.value.errors]


def test_shipped_bank_goes_out_and_comes_in_as_the_same_bytes(organisation):
    own, _new = load_instrument(bank=read_bank(OWN_BANK))
    exported = export_version(own)
    assert export_version(import_version(organisation=organisation, content=exported.encode())) == exported


@given(bank=versions())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bank_goes_out_and_comes_in_as_the_same_bytes(transactional_db, bank):
    assume(not any(list(limits_of(item)) for item in bank.items))
    there, here = factories.make_organisation("There (fictional)"), factories.make_organisation("Here (fictional)")
    exported = export_version(import_version(organisation=there, content=write_version(bank).encode()))
    assert export_version(import_version(organisation=here, content=exported.encode())) == exported


def test_import_goes_into_the_organisations_own_bank(organisation):
    own, _new = load_instrument(bank=replace(banks.bank(), code="shared", content_hash="x"))
    draft = import_version(organisation=organisation, content=export_version(own).encode())
    assert (draft.state, draft.instrument.organisation, draft.number) == ("draft", organisation, own.number)
    assert own.instrument.organisation is None
    assert (file_name(draft), file_name(own)) == ("shared-1.yaml", "shared-1.yaml")


def test_import_moves_no_published_title(organisation):
    published = publish_draft(version=import_version(organisation=organisation, content=file_of(title="Before")))
    draft = import_version(organisation=organisation, content=file_of(title="After"))
    titles = [InstrumentVersion.objects.select_related("instrument").get(pk=v.pk).bank_title for v in (published, draft)]
    assert titles == ["Before", "After"]


LONG = "x" * 60
CODES = ["A_B", "a_b", "-", "_", "--", "a--b", "A" * 60, LONG, "here-fictional--x", "here-fictional--here-fictional--x", "here-fictional--"]


@pytest.mark.parametrize("code", CODES)
def test_code_of_a_file_comes_back_as_it_was(db, code):
    here, there = factories.make_organisation("Here (fictional)"), factories.make_organisation("T" * 70)
    exported = export_version(import_version(organisation=here, content=file_of(code=code)))
    assert exported == file_of(code=code).decode()
    assert export_version(import_version(organisation=there, content=exported.encode())) == exported


def test_no_two_codes_meet_in_one_bank(db):
    here = factories.make_organisation("Here (fictional)")
    banks_made = {import_version(organisation=here, content=file_of(code=code)).instrument_id for code in CODES}
    assert len(banks_made) == len(CODES)


def test_taken_number_becomes_the_next(organisation):
    publish_draft(version=import_version(organisation=organisation, content=file_of()))
    draft = import_version(organisation=organisation, content=file_of())
    assert (draft.number, draft.based_on.number) == ("2", "1")


def test_draft_is_replaced_only_when_that_is_said(organisation):
    first = import_version(organisation=organisation, content=file_of())
    with pytest.raises(DraftExistsError):
        import_version(organisation=organisation, content=file_of(banks.requirement("LAB-07")))
    second = import_version(organisation=organisation, content=file_of(banks.requirement("LAB-07")), replace_draft=True)
    assert not InstrumentVersion.objects.filter(pk=first.pk).exists()
    assert [item.code for item in second.items.all()] == ["LAB-07"]


def test_refused_file_leaves_the_draft_that_it_would_have_replaced(organisation):
    first = import_version(organisation=organisation, content=file_of())
    with pytest.raises(BankFileErrors):
        import_version(organisation=organisation, content=file_of(banks.requirement(need=5)), replace_draft=True)
    assert [v.pk for v in InstrumentVersion.objects.all()] == [first.pk]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"need": 5}, "items[0].need"),
        ({"need": 2, "floor": 3}, "items[0].floor"),
        ({"condition": "x" * 501}, "items[0].condition"),
        ({"opens_when": "x" * 501}, "items[0].opens_when"),
        ({"need_from": "x" * 201}, "items[0].need_from"),
        ({"when_short": ("lab_director",)}, "items[0].also_when_short"),
        ({"kind": "choice", "choices": (Choice("a", "two\nlines"),)}, "items[0].choices.a"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_line_and_path(organisation, changes, path):
    with pytest.raises(BankFileErrors) as refused:
        import_version(organisation=organisation, content=file_of(banks.requirement(**changes)))
    assert paths(refused) == [path]
    assert refused.value.errors[0].line
    assert not InstrumentVersion.objects.exists()


def test_at_most_twenty_errors_are_told(organisation):
    with pytest.raises(BankFileErrors) as refused:
        import_version(organisation=organisation, content=file_of(*(banks.requirement(f"LAB-{n:02}", need=5) for n in range(30))))
    assert len(refused.value.errors) == 20


def test_incomplete_bank_is_a_draft(organisation):
    draft = import_version(organisation=organisation, content=file_of(banks.requirement(title="", steps=(), roles=())))
    assert draft.state == "draft"


def test_error_is_told_with_its_line(organisation):
    content = file_of(banks.requirement(need=5))
    with pytest.raises(BankFileErrors) as refused:
        import_version(organisation=organisation, content=content)
    assert errors_of(refused.value, content)[0]["text"] == "need: 5"


def test_commands_write_and_read_a_version(organisation, tmp_path):
    draft, out = import_version(organisation=organisation, content=file_of()), StringIO()
    call_command("export_instrument", str(draft.pk), stdout=out)
    assert out.getvalue() == export_version(draft)
    file = tmp_path / "bank.yaml"
    file.write_text(out.getvalue())
    call_command("import_instrument", str(file), organisation=organisation.slug, replace_draft=True, stdout=StringIO())
    assert InstrumentVersion.objects.get().pk != draft.pk


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a: [", file_of(banks.requirement(need=9))])
def test_command_says_why_a_file_is_refused(organisation, tmp_path, content):
    file = tmp_path / "bank.yaml"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_instrument", str(file), organisation=organisation.slug, stdout=StringIO())


def test_command_refuses_a_second_draft_and_an_unknown_organisation(organisation, tmp_path):
    file = tmp_path / "bank.yaml"
    file.write_bytes(file_of())
    call_command("import_instrument", str(file), organisation=organisation.slug, stdout=StringIO())
    with pytest.raises(CommandError, match="--replace-draft"):
        call_command("import_instrument", str(file), organisation=organisation.slug, stdout=StringIO())
    with pytest.raises(CommandError, match="no organisation"):
        call_command("import_instrument", str(file), organisation="nobody", stdout=StringIO())
