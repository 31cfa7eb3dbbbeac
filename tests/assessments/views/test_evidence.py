import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Assignment, Evidence, Interview
from assessments.services.answers import save_answer
from assessments.services.evidence import attach_evidence
from stakeholders.models import AuditEvent
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.views.respondents import browser_of

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def answer(interview):
    return save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 4))


@pytest.fixture
def person(interview):
    return browser_of(interview)


@pytest.fixture
def evidence(answer, django_capture_on_commit_callbacks):
    return attach_evidence(answer=answer, upload=SimpleUploadedFile("list of tests.pdf", PDF))


def add(person, interview, *files: tuple[str, bytes], code: str = "LAB-01"):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return person.post(reverse("evidence-add", args=[interview.pk, code]), {f"{code}-file": uploads})


def stored_files(settings) -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def submitted(interview) -> None:
    Interview.objects.filter(pk=interview.pk).update(state="submitted", submitted_at="2026-11-22T00:00Z")


def test_add_keeps_the_file_under_a_name_that_says_nothing(person, interview, answer, settings):
    response = add(person, interview, ("list of tests.pdf", PDF))
    assert response.status_code == 200
    assert "list of tests.pdf" in response.content.decode()
    kept = Evidence.objects.get()
    assert (kept.answer, kept.content_type, kept.size, len(kept.sha256)) == (answer, "application/pdf", len(PDF), 64)
    assert kept.file.name == f"evidence/{kept.pk}"
    assert stored_files(settings) == [PDF]


def test_add_and_remove_are_recorded_in_ids_only(person, interview, answer):
    add(person, interview, ("secret plan.pdf", PDF))
    key = Evidence.objects.get().pk
    person.post(reverse("evidence-remove", args=[interview.pk, key]))
    events = AuditEvent.objects.filter(subject_type="Evidence").order_by("at")
    assert [(e.verb, e.subject_id, e.actor_id) for e in events] == [
        ("evidence.attached", str(key), interview.stakeholder_id),
        ("evidence.removed", str(key), interview.stakeholder_id),
    ]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 20_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", "Only PDF"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "Only PDF"),
        ("bomb.docx", bomb(), "Only PDF"),
        ("macro.docm", PDF, "Only PDF"),
        ("empty.pdf", b"", "submitted file is empty|This file is empty"),
        ("large.pdf", PDF + b"0" * (11 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_hostile_file_is_refused_and_nothing_is_kept(person, interview, answer, settings, name, content, says):
    response = add(person, interview, (name, content))
    assert response.status_code == 422
    assert any(words in response.content.decode() for words in says.split("|"))
    assert not Evidence.objects.exists()
    assert stored_files(settings) == []


def test_name_with_a_path_stays_a_name(person, interview, answer, settings):
    add(person, interview, ("..\\..\\etc\\passwd<b>.pdf", PDF))
    assert Evidence.objects.get().name == "passwdb.pdf"
    assert stored_files(settings) == [PDF]


def test_sixth_file_is_refused(person, interview, answer, settings):
    response = add(person, interview, *[(f"{n}.pdf", PDF) for n in range(6)])
    assert response.status_code == 422
    assert "5 files are attached already" in response.content.decode()
    assert Evidence.objects.count() == 5
    assert len(stored_files(settings)) == 5


def test_add_without_an_answer_asks_for_it_first(person, interview):
    response = add(person, interview, ("a.pdf", PDF), code="LAB-02")
    assert response.status_code == 422
    assert "Please answer the question first" in response.content.decode()


def test_add_where_files_are_not_allowed_is_refused(person, interview, answer):
    interview.assessment.uploads_allowed = False
    interview.assessment.save(update_fields=["uploads_allowed"])
    assert "Files cannot be attached here" in add(person, interview, ("a.pdf", PDF)).content.decode()
    assert not Evidence.objects.exists()


def test_add_after_handing_in_is_refused(person, interview, answer):
    submitted(interview)
    assert add(person, interview, ("a.pdf", PDF)).status_code == 409
    assert not Evidence.objects.exists()


def test_add_to_another_interview_is_closed(person, assessment, answer):
    other = factories.make_interview(assessment, state="opened")
    assert add(person, other, ("a.pdf", PDF)).status_code == 410


def test_remove_deletes_row_and_file(person, interview, evidence, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = person.post(reverse("evidence-remove", args=[interview.pk, evidence.pk]))
    assert response.status_code == 200
    assert not Evidence.objects.exists()
    assert stored_files(settings) == []


def test_remove_after_handing_in_is_refused(person, interview, evidence):
    submitted(interview)
    assert person.post(reverse("evidence-remove", args=[interview.pk, evidence.pk])).status_code == 409
    assert Evidence.objects.exists()


def test_owner_gets_the_file_back_as_an_attachment(person, interview, evidence):
    response = person.get(reverse("evidence-own", args=[interview.pk, evidence.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="list of tests.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("name", "method"), [("evidence-own", "get"), ("evidence-remove", "post")])
def test_file_of_another_interview_does_not_exist(assessment, evidence, name, method):
    other = factories.make_interview(assessment, state="opened")
    person = browser_of(other)
    assert getattr(person, method)(reverse(name, args=[other.pk, evidence.pk])).status_code == 404
    assert getattr(person, method)(reverse(name, args=[evidence.answer.interview_id, evidence.pk])).status_code == 410
    assert Evidence.objects.exists()


@pytest.mark.parametrize(("name", "method"), [("evidence-own", "get"), ("evidence-remove", "post")])
def test_file_behind_a_revoked_link_is_closed_at_once(person, interview, evidence, name, method):
    revoke_links(purpose="interview", subject_id=interview.pk)
    assert getattr(person, method)(reverse(name, args=[interview.pk, evidence.pk])).status_code == 410


def test_file_that_is_gone_from_the_store_does_not_exist(person, interview, evidence):
    evidence.file.storage.delete(evidence.file.name)
    assert person.get(reverse("evidence-own", args=[interview.pk, evidence.pk])).status_code == 404


@pytest.fixture
def lead_address(evidence):
    return reverse("evidence-file", args=[evidence.pk])


def test_lead_gets_the_file_once_it_is_handed_in(lead_client, interview, lead_address):
    assert lead_client.get(lead_address).status_code == 404
    submitted(interview)
    response = lead_client.get(lead_address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_lead_never_gets_a_file_of_figures_only(lead_client, interview, lead_address):
    submitted(interview)
    Interview.objects.update(visibility_vendor="figures_only")
    assert lead_client.get(lead_address).status_code == 404


def test_reviewer_gets_no_evidence(reviewer_client, interview, lead_address):
    submitted(interview)
    assert reviewer_client.get(lead_address).status_code == 403


def test_outsider_gets_no_evidence(outsider_client, interview, lead_address):
    submitted(interview)
    assert outsider_client.get(lead_address).status_code == 404


def test_visitor_is_asked_to_sign_in(anonymous, interview, lead_address):
    submitted(interview)
    assert anonymous.get(lead_address).status_code == 302


def test_lead_of_assigned_assessments_gets_no_other_evidence(lead, lead_client, interview, lead_address):
    submitted(interview)
    lead.only_assigned = True
    lead.save()
    assert lead_client.get(lead_address).status_code == 404
    Assignment.objects.create(assessment=interview.assessment, membership=lead)
    assert lead_client.get(lead_address).status_code == 200
