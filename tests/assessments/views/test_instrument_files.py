"""Question banks go out as files and come in as drafts; no file, however hostile, breaks the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.bank.writing import write_version
from assessments.models import Instrument, InstrumentVersion
from assessments.services.drafts_files import import_version
from tests import factories
from tests.assessments.bank import banks

IMPORT = reverse("instrument-import")
GOOD = write_version(banks.bank()).encode()
BAD = write_version(banks.bank(banks.requirement(need=5, condition="x" * 501))).encode()

HEAD = b"code: a\nversion: '1'\ntitle: t\n"
HOSTILE = {
    "empty": b"",
    "nothing but space": b"  \n\n",
    "not UTF-8": b"\xff\xfe\x00\x01",
    "NUL": b"code: \x00",
    "control characters": b"code: \x1b[31m",
    "not YAML": b"a: [b",
    "a tag": b"!!python/object/apply:os.system ['true']",
    "aliases": b"a: &a [x]\nb: [*a, *a, *a]",
    "billions": b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]",
    "deep": b"[" * 5000,
    "deep pairs": b"{a: " * 5000,
    "a list": b"- a\n- b",
    "a word": b"hello",
    "a number": b"1e999",
    "two documents": b"--- a\n--- b",
    "merge keys": b"<<: {a: b}",
    "wrong kinds": b"code: [1]\nversion: {}\ntitle: 7\ndomains: x\nitems: {a: b}",
    "numbers that are none": HEAD + b"domains: [{code: A, title: A, weight: .nan}]\nitems: [{code: B, domain: A, need: .inf}]",
    "sexagesimal": b"code: a\nversion: 1:30",
    "item codes twice": HEAD + b"domains: [{code: A, title: A}]\nitems: [{code: B, domain: A}, {code: B, domain: A}]",
    "unknown domain": HEAD + b"items: [{code: B, domain: A}]",
    "path as code": b"code: ../../etc\nversion: '1'",
    "script": b"<script>alert(1)</script>: x",
    "long line": b"code: " + b"x" * 500_000,
    "many items": b"code: a\nversion: '1'\nitems:\n" + b"- {}\n" * 1001,
    "lone surrogate": b'code: "\\ud800"',
    "zip": b"PK\x03\x04" + bytes(range(256)) * 10,
}


def upload(content, name="bank.yaml"):
    return SimpleUploadedFile(name, content, content_type="application/yaml")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words(lead_client, name):
    response = lead_client.post(IMPORT, {"file": upload(HOSTILE[name])})
    assert response.status_code == 422
    assert b"Nothing of bank.yaml was imported" in response.content
    assert b"<script>alert" not in response.content
    assert not Instrument.objects.exists()


def test_errors_name_line_and_path_and_the_choice_is_kept(lead_client):
    response = lead_client.post(IMPORT, {"file": upload(BAD, "ours.yaml"), "replace_draft": "on"})
    page = response.content.decode()
    assert "items[0].need" in page
    assert "items[0].condition" in page
    assert "need: 5" in page
    assert "ours.yaml" in page
    assert response.context["form"]["replace_draft"].value()
    lines = [error["line"] for error in response.context["errors"]]
    assert lines == sorted(lines)
    assert all(1 <= line <= BAD.count(b"\n") for line in lines)


def test_file_becomes_a_draft(lead_client, organisation):
    response = lead_client.post(IMPORT, {"file": upload(GOOD)})
    draft = InstrumentVersion.objects.get()
    assert response.url == reverse("draft", args=[draft.pk])
    assert (draft.state, draft.instrument.organisation) == ("draft", organisation)


def test_existing_draft_is_replaced_only_when_ticked(lead_client, organisation):
    first = import_version(organisation=organisation, content=GOOD)
    refused = lead_client.post(IMPORT, {"file": upload(GOOD)})
    assert (refused.status_code, InstrumentVersion.objects.get()) == (409, first)
    assert lead_client.post(IMPORT, {"file": upload(GOOD), "replace_draft": "on"}).status_code == 302
    assert InstrumentVersion.objects.get() != first


def test_file_that_is_too_large_is_refused_before_it_is_read(lead_client):
    response = lead_client.post(IMPORT, {"file": upload(b"#" * (2 * 1024 * 1024 + 1))})
    assert response.status_code == 422
    assert "larger than 2 MB" in response.content.decode()


def test_no_file_is_asked_for(lead_client):
    assert lead_client.post(IMPORT, {}).status_code == 422


@pytest.mark.parametrize("name", ["<script>.yaml", "x" * 300 + ".yaml", "../../etc/passwd", "a\r\nb.yaml"])
def test_name_of_the_file_is_only_shown(lead_client, name):
    response = lead_client.post(IMPORT, {"file": upload(b"a: [", name)})
    assert response.status_code == 422
    assert b"<script>.yaml" not in response.content


def test_member_without_the_right_imports_nothing(reviewer_client):
    assert reviewer_client.post(IMPORT, {"file": upload(GOOD)}).status_code == 403
    assert not Instrument.objects.exists()


def test_any_visible_version_goes_out_as_a_file(reviewer_client, db):
    version = factories.make_version()
    response = reviewer_client.get(reverse("instrument-export", args=[version.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="{version.instrument.code}-1.yaml"'
    assert response["Content-Type"].startswith("application/yaml")
    assert b"LAB-01" in response.content


def test_what_went_out_comes_in_as_the_same_bytes(lead_client, lead):
    exported = lead_client.get(reverse("instrument-export", args=[factories.make_version().pk])).content
    lead_client.post(IMPORT, {"file": upload(exported)})
    draft = InstrumentVersion.objects.get(state="draft")
    assert lead_client.get(reverse("instrument-export", args=[draft.pk])).content == exported
