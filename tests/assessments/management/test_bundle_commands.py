import io
import json
import uuid

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessments.models import Assessment
from tests.assessments.services.test_bundle_imports import document


def run(name, *args, **options):
    """Return (exit status, standard output, standard error) of a command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err, **options)
    except SystemExit as exit_:
        return exit_.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def bundle_file(tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(document()))
    return path


def test_import_prints_the_primary_key(organisation, bundle_file):
    status, out, _ = run("import_bundle", str(bundle_file), organisation=organisation.slug)
    assert (status, out.strip()) == (0, str(Assessment.objects.get().pk))


def test_export_writes_json_that_imports_and_scores_the_same(organisation, bundle_file, tmp_path):
    run("import_bundle", str(bundle_file), organisation=organisation.slug)
    _, exported, _ = run("export_bundle", str(Assessment.objects.get().pk))
    (tmp_path / "again.json").write_text(exported)
    assert run("score", str(bundle_file))[1] == run("score", str(tmp_path / "again.json"))[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "document: is empty"),
        (b"\x00\x01\x02", "document: is not JSON"),
        (b"\xff\xfe\x00", "document: is not UTF-8 text"),
        (b'{"format": "readiness-assessment", "version": 2}', "version: must be an integer from 1 to 1"),
        (b"[" * 5000, "document: is nested deeper than 20 levels"),
        (json.dumps(document(extra=1)).encode(), "extra: is not a key of the format"),
        (json.dumps(document(sites=[{"code": "a\u0000"}])).encode(), "sites[0].code: holds a control character (U+0000)"),
        (json.dumps(document(sites=[{"code": "\ud800"}])).encode(), "sites[0].code: holds a lone surrogate (U+D800)"),
    ],
)
def test_import_of_a_bad_bundle_says_where_in_one_line(organisation, tmp_path, content, said):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    status, out, err = run("import_bundle", str(path), organisation=organisation.slug)
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
    assert not Assessment.objects.exists()


def test_import_of_a_file_that_is_not_there_says_so(organisation):
    status, _, err = run("import_bundle", "/nowhere/at/all.json", organisation=organisation.slug)
    assert (status, err) == (2, '"/nowhere/at/all.json": cannot be read: No such file or directory\n')


def test_import_of_a_file_that_is_too_large_says_so(organisation, bundle_file, monkeypatch):
    monkeypatch.setattr("assessments.bundle_files.LARGEST", 100)
    assert run("import_bundle", str(bundle_file), organisation=organisation.slug)[0] == 2


@pytest.mark.parametrize("slug", ["nobody", "a\x00b", "ü" * 300])
def test_import_into_an_unknown_organisation_names_those_there_are(organisation, bundle_file, slug):
    status, _, err = run("import_bundle", str(bundle_file), organisation=slug)
    assert status == 2
    assert err.startswith("--organisation: ")
    assert organisation.slug in err


def test_import_without_an_organisation_is_refused(bundle_file, db):
    with pytest.raises(CommandError, match="--organisation"):
        call_command("import_bundle", str(bundle_file))


@pytest.mark.parametrize("key", ["7", "not-a-key", "\x00", str(uuid.UUID(int=1)), "9" * 5000])
def test_export_of_what_is_not_there_says_so_in_one_line(db, key):
    status, out, err = run("export_bundle", key)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("ASSESSMENT: ")


def test_export_with_hidden_answers_is_a_deliberate_act(organisation, bundle_file):
    run("import_bundle", str(bundle_file), organisation=organisation.slug)
    Assessment.objects.update(visibility_vendor="figures_only")
    key = str(Assessment.objects.get().pk)
    assert run("export_bundle", key)[0] == 2
    assert run("export_bundle", key, with_hidden_answers=True)[0] == 0
