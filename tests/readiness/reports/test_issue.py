import hashlib

import pytest

from assessments.models import Assessment, Report, ReportFile
from readiness.reports.content import NothingToReportError, fingerprint
from readiness.reports.issue import draft_pdf, issue_report, issued_pdf, report_file, store_pdf, stored_bytes
from readiness.reports.pdf import Pdf, RenderError
from stakeholders.models import AuditEvent, WrittenOnceError
from tests.assessments.answering import contested, handed_in
from tests.readiness.reports.papers import page_texts, whole_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(assessment, lead):
    return issue_report(assessment=contested(assessment), issued_by=lead.user)


def test_first_issue_is_number_one_of_what_is_scored(report, assessment, lead):
    assert (report.number, report.issued_by) == (1, lead.user)
    assert report.content["result"] == report.snapshot.result
    assert report.fingerprint == fingerprint(report.content)


def test_issue_is_an_audit_event_in_ids_only(report, assessment, lead):
    event = AuditEvent.objects.get(verb="report.issued")
    assert (event.actor_id, event.subject_id, event.assessment_id) == (lead.user.pk, str(report.pk), assessment.pk)


def test_issuing_twice_makes_one_version(report, assessment, lead):
    again = issue_report(assessment=assessment, issued_by=lead.user)
    assert again == report
    assert Report.objects.count() == 1


def test_issuing_after_a_change_makes_the_next_version(report, assessment, lead):
    handed_in(assessment, "clinician", {"CHG-01": 1})
    again = issue_report(assessment=assessment, issued_by=lead.user)
    assert (again.number, Report.objects.count()) == (2, 2)


def test_what_was_submitted_since_the_last_score_is_scored_first(assessment, lead):
    contested(assessment)
    handed_in(assessment, "clinician", {"CHG-01": 1})
    report = issue_report(assessment=assessment, issued_by=lead.user)
    assert {item["code"]: item["answered"] for item in report.content["result"]["items"]}["CHG-01"]


def test_assessment_without_a_score_is_not_issued(assessment, lead):
    with pytest.raises(NothingToReportError):
        issue_report(assessment=assessment, issued_by=lead.user)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("change", [lambda r: r.save(), lambda r: r.delete(), lambda r: Report.objects.filter(pk=r.pk).update(number=9)])
def test_issued_report_refuses_change(report, change):
    with pytest.raises(WrittenOnceError):
        change(report)


def test_issued_content_stays_when_the_assessment_moves_on(report, assessment):
    assessment.product.name = "Another panel"
    assessment.product.save()
    assert "Another panel" not in whole_text(issued_pdf(Report.objects.get(pk=report.pk), "deal_review", "letter"))


@pytest.fixture
def file(report) -> ReportFile:
    return report_file(report=report)


def test_file_holds_the_hash_size_and_pages_of_its_bytes(file):
    content = stored_bytes(file)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (file.size, file.pages) == (len(content), len(page_texts(content)))


def test_file_is_stored_under_a_name_that_says_nothing(file):
    assert file.file.name == f"reports/{file.pk}.pdf"


def test_file_shows_the_figures_of_its_report(file, report):
    text = page_texts(stored_bytes(file))[0]
    overall = report.content["result"]["overall"]
    assert f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}" in text
    assert "issue 1" in text.lower()


def test_file_is_made_once(file, report):
    assert report_file(report=Report.objects.get(pk=report.pk)) == file
    assert ReportFile.objects.count() == 1


def test_file_that_another_made_meanwhile_is_kept(file, report, settings):
    wanted = {"report": report, "audience": file.audience, "language": file.language, "paper": file.paper}
    assert store_pdf(Pdf(content=b"%PDF-other", pages=1, peak_kilobytes=1), wanted) == file
    assert stored_bytes(file).startswith(b"%PDF-1.7")
    assert len(file.file.storage.listdir("reports")[1]) == 1


@pytest.mark.parametrize("change", [lambda f: f.save(), lambda f: f.delete(), lambda f: ReportFile.objects.filter(pk=f.pk).update(size=1)])
def test_issued_file_refuses_change(file, change):
    with pytest.raises(WrittenOnceError):
        change(file)


def test_changed_file_is_not_served(file):
    with open(file.file.path, "ab") as stored:
        stored.write(b"x")
    with pytest.raises(RenderError, match="not the one that was issued"):
        stored_bytes(file)


def test_missing_file_is_told(file):
    file.file.storage.delete(file.file.name)
    with pytest.raises(RenderError, match="cannot be read"):
        stored_bytes(file)


def test_report_renders_again_to_the_same_text(file, report):
    again = issued_pdf(Report.objects.get(pk=report.pk), "deal_review", "letter")
    assert page_texts(again) == page_texts(stored_bytes(file))


def test_draft_says_that_it_is_one(assessment):
    pdf = draft_pdf(contested(assessment), audience="deal_review", paper="letter")
    assert "draft" in page_texts(pdf)[0].lower()
    assert "issue" not in page_texts(pdf)[0].lower()


def test_note_for_figures_only_reaches_no_pdf(assessment):
    interview = handed_in(assessment, "lab_director", {"LAB-01": 1}, visibility_vendor="figures_only")
    interview.answers.update(note="canary in a note")
    handed_in(assessment, "it_integration_lead", {"INT-01": 1}).answers.update(note="shown to the customer")
    assessment = contested(assessment)
    texts = {
        audience: whole_text(draft_pdf(assessment, audience=audience, paper="letter")) for audience in ("deal_review", "health_system")
    }
    assert {audience: "canary in a note" in text for audience, text in texts.items()} == {"deal_review": False, "health_system": False}
    assert {audience: "shown to the customer" in text for audience, text in texts.items()} == {"deal_review": False, "health_system": True}


def test_same_snapshot_gives_both_audiences_the_same_figures(assessment):
    assessment = contested(assessment)
    pages = [
        page_texts(draft_pdf(Assessment.objects.with_parties().get(pk=assessment.pk), audience=a, paper="letter"))[0]
        for a in ("deal_review", "health_system")
    ]
    assert pages[0].replace("DEAL REVIEW", "") == pages[1].replace("HEALTH SYSTEM", "")
