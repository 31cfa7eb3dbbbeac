"""manage.py score: a bundle in, its result out, or one line that says what is wrong."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments import bundle_files
from assessments.bundles import parse_bundle, result_document
from assessments.scoring import score
from tests.assessments.small_bundles import make_document

ROOT = Path(__file__).resolve().parents[2]


def run(name) -> str:
    out = StringIO()
    call_command("score", str(name), stdout=out)
    return out.getvalue()


def refused(name) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("score", str(name), stderr=err)
    assert caught.value.code == 2
    return err.getvalue()


@pytest.fixture
def bundle_file(tmp_path):
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(make_document()), encoding="utf-8")
    return file


def test_score_prints_the_result_sorted_and_indented(bundle_file):
    expected = result_document(score(parse_bundle(make_document())))

    assert run(bundle_file) == json.dumps(expected, sort_keys=True, indent=2) + "\n"


def test_score_prints_every_part_of_the_result(bundle_file):
    result = json.loads(run(bundle_file))

    assert sorted(result) == [
        "domains",
        "findings",
        "gates",
        "items",
        "overall",
        "scoring_version",
        "verdict",
        "waves",
    ]
    assert sorted(result["items"][0]) == [
        "answered",
        "code",
        "disagreement",
        "domain",
        "fulfilment",
        "gate",
        "high",
        "low",
        "role_means",
        "status",
    ]
    assert sorted(result["domains"][0]) == ["code", "coverage", "high", "low", "score"]
    assert sorted(result["waves"][0]) == ["code", "gates", "overall", "verdict"]


def test_score_reads_a_byte_order_mark(bundle_file):
    bundle_file.write_bytes(b"\xef\xbb\xbf" + bundle_file.read_bytes())

    assert json.loads(run(bundle_file))["scoring_version"] == 1


def test_score_names_the_place_in_the_document(bundle_file):
    document = make_document()
    document["answers"][0]["value"] = 9
    bundle_file.write_text(json.dumps(document), encoding="utf-8")

    assert refused(bundle_file) == "answers[0].value: must be an integer from 0 to 4\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "document: is empty\n"),
        (b"\xff\xfe\x00", "document: is not UTF-8 text: byte 1 cannot be read\n"),
        (b"[1,", "document: is not JSON: Expecting value, line 1, column 4\n"),
        (b"{}", "format: is missing\n"),
    ],
)
def test_score_refuses_a_file_that_holds_no_bundle(tmp_path, content, line):
    file = tmp_path / "other.json"
    file.write_bytes(content)

    assert refused(file) == line


def test_score_refuses_a_missing_file(tmp_path):
    assert refused(tmp_path / "nothing.json") == f'"{tmp_path}/nothing.json": cannot be read: No such file or directory\n'


def test_score_refuses_a_directory(tmp_path):
    assert refused(tmp_path) == f'"{tmp_path}": cannot be read: Is a directory\n'


def test_score_refuses_a_name_that_no_file_can_have():
    assert refused("a\x00\nb") == '"a\\u0000\\nb": cannot be read: embedded null byte\n'


def test_score_refuses_a_file_that_is_too_large(bundle_file, monkeypatch):
    monkeypatch.setattr(bundle_files, "LARGEST", 100)

    assert refused(bundle_file).startswith(f'"{bundle_file}": is larger than ')


def manage(*arguments: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], input=content, capture_output=True, cwd=ROOT, env=environment, check=False
    )


def test_score_reads_standard_input():
    done = manage("score", "-", content=json.dumps(make_document()).encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == result_document(score(parse_bundle(make_document())))


def test_score_refuses_standard_input_on_one_line():
    done = manage("score", "-", content=b'{"format": NaN}')

    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"format: is not a finite number\n")
