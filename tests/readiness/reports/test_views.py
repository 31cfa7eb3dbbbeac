"""…/reports/: one page, one draft, one button, many files; and who may open which."""

import pytest
from django.urls import reverse

from assessments.models import Report, ReportFile
from readiness.reports.issue import issue_report, report_file
from stakeholders.models import MemberRole
from tests import factories
from tests.assessments.answering import contested, handed_in
from tests.conftest import signed_in
from tests.readiness.reports.papers import page_texts, whole_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(assessment):
    """The contested assessment with a note that the health system may read."""
    handed_in(assessment, "clinician", {"CHG-01": 1}).answers.update(note="canary in a note")
    return contested(assessment)


def url(name, assessment, *args):
    return reverse(name, args=[assessment.pk, *args])


def issue(assessment, lead):
    return issue_report(assessment=assessment, issued_by=lead.user)


def test_page_without_a_score_says_what_will_be_here(lead_client, assessment):
    page = lead_client.get(url("reports", assessment))
    assert "Nothing to report yet" in page.content.decode()
    assert "Issue report" not in page.content.decode()


def test_page_lists_issued_versions(lead_client, told, lead):
    report = issue(told, lead)
    page = lead_client.get(url("reports", told)).content.decode()
    assert f"{report.fingerprint[:4]} {report.fingerprint[4:8]} {report.fingerprint[8:12]}" in page
    assert url("report-file", told, 1) in page


@pytest.mark.parametrize("issues", [1, 30])
def test_page_reads_a_fixed_number_of_times(lead_client, told, lead, issues, django_assert_num_queries):
    first = issue(told, lead)
    Report.objects.bulk_create(
        Report(assessment=told, number=n, snapshot=first.snapshot, content={}, fingerprint=f"{n:064}", issued_by=lead.user)
        for n in range(2, issues + 1)
    )
    with django_assert_num_queries(6):
        lead_client.get(url("reports", told))


def test_preview_shows_the_report_as_a_page(lead_client, told):
    page = lead_client.get(url("report-preview", told)).content.decode()
    overall = told.latest_snapshot.result["overall"]
    assert "Not ready to sign as sold." in page
    assert f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}" in page
    assert 'style="' not in page


def test_preview_without_a_score_leads_back(lead_client, assessment):
    assert lead_client.get(url("report-preview", assessment))["Location"] == url("reports", assessment)


def test_draft_pdf_without_a_score_leads_back(lead_client, assessment):
    assert lead_client.get(url("report-pdf", assessment))["Location"] == url("reports", assessment)


def test_draft_pdf_holds_what_the_page_shows(lead_client, told):
    answer = lead_client.get(url("report-pdf", told))
    overall = told.latest_snapshot.result["overall"]
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"].startswith('inline; filename="readiness-panel')
    assert "no-store" in answer["Cache-Control"]
    assert f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}" in page_texts(answer.content)[0]


def test_issue_freezes_a_version_with_its_pdf(lead_client, told):
    answer = lead_client.post(url("report-issue", told), follow=True)
    assert "Issue 1 is frozen." in answer.content.decode()
    assert ReportFile.objects.get().report.number == 1


def test_issue_pressed_twice_makes_one_version(lead_client, told):
    lead_client.post(url("report-issue", told))
    answer = lead_client.post(url("report-issue", told), follow=True)
    assert "Nothing has changed since issue 1." in answer.content.decode()
    assert Report.objects.count() == 1


def test_issue_without_a_score_says_why_not(lead_client, assessment):
    answer = lead_client.post(url("report-issue", assessment), follow=True)
    assert "nobody has submitted an answer" in answer.content.decode()
    assert Report.objects.count() == 0


def test_issue_is_not_a_get(lead_client, told):
    assert lead_client.get(url("report-issue", told)).status_code == 405
    assert Report.objects.count() == 0


def test_issued_file_is_downloaded_as_it_was_stored(lead_client, told, lead):
    file = report_file(report=issue(told, lead))
    answer = lead_client.get(url("report-file", told, 1))
    assert answer.content == file.file.open("rb").read()
    assert answer["Content-Disposition"].endswith('-issue-1-deal_review.pdf"')


def test_file_of_another_audience_is_made_when_it_is_asked_for(lead_client, told, lead):
    issue(told, lead)
    answer = lead_client.get(url("report-file", told, 1), {"audience": "health_system", "paper": "a4"})
    assert "canary in a note" in whole_text(answer.content)
    assert ReportFile.objects.get().paper == "a4"


def test_version_that_was_never_issued_does_not_exist(lead_client, told):
    assert lead_client.get(url("report-file", told, 7)).status_code == 404


def test_damaged_file_is_a_clear_page(lead_client, told, lead):
    file = report_file(report=issue(told, lead))
    file.file.storage.delete(file.file.name)
    answer = lead_client.get(url("report-file", told, 1))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "cannot be read" in answer.content.decode()


@pytest.fixture
def no_pdf(monkeypatch):
    """A machine on which every report is too long for one PDF."""
    monkeypatch.setattr("readiness.reports.pdf.MOST_CHARACTERS", 100)


def test_draft_that_cannot_be_rendered_is_a_clear_page(lead_client, told, no_pdf):
    answer = lead_client.get(url("report-pdf", told))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "too long to become one PDF" in answer.content.decode()
    assert url("report-preview", told) in answer.content.decode()


def test_version_whose_pdf_cannot_be_made_is_kept(lead_client, told, no_pdf):
    answer = lead_client.post(url("report-issue", told), follow=True)
    assert "The version is issued and kept." in answer.content.decode()
    assert (Report.objects.count(), ReportFile.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "query", [{"audience": "everybody"}, {"paper": "a3"}, {"audience": "deal_review\ud800"}, {"paper": "letter" * 1000}]
)
def test_report_that_nobody_defined_does_not_exist(lead_client, told, query):
    for name in ("report-preview", "report-pdf"):
        address = url(name, told) + "?" + "&".join(f"{key}={value.encode('utf-8', 'replace').decode()}" for key, value in query.items())
        assert lead_client.get(address).status_code == 404


@pytest.fixture(params=[MemberRole.REVIEWER, MemberRole.CUSTOMER_SUCCESS])
def reader(request, organisation):
    """A member who may open the report but no single answer."""
    return signed_in(factories.make_membership(organisation, request.param))


def test_reader_opens_the_deal_review_without_notes(reader, told):
    page = reader.get(url("report-preview", told))
    assert page.status_code == 200
    assert "canary in a note" not in page.content.decode()


@pytest.mark.parametrize("name", ["report-preview", "report-pdf"])
def test_reader_does_not_open_the_health_systems_draft(reader, told, name):
    assert reader.get(url(name, told), {"audience": "health_system"}).status_code == 403


def test_reader_does_not_open_the_health_systems_file(reader, told, lead):
    issue(told, lead)
    assert reader.get(url("report-file", told, 1), {"audience": "health_system"}).status_code == 403
    assert ReportFile.objects.count() == 0


def test_reader_is_not_offered_what_is_refused(reader, told, lead):
    issue(told, lead)
    page = reader.get(url("reports", told)).content.decode()
    assert "health_system" not in page
    assert "Issue report" not in page


def test_reader_does_not_issue(reader, told):
    assert reader.post(url("report-issue", told)).status_code == 403
    assert Report.objects.count() == 0


def test_lead_reads_the_notes_that_the_health_system_may_see(lead_client, told):
    page = lead_client.get(url("report-preview", told), {"audience": "health_system"})
    assert "canary in a note" in page.content.decode()


def test_member_who_sees_only_assigned_ones_opens_no_other_report(organisation, told, lead):
    issue(told, lead)
    client = signed_in(factories.make_membership(organisation, MemberRole.LEAD, only_assigned=True))
    answers = [client.get(url(name, told)).status_code for name in ("reports", "report-preview", "report-pdf")]
    assert [*answers, client.get(url("report-file", told, 1)).status_code] == [404] * 4
