import pytest
from django.core.management import CommandError, call_command

from tests.assessments.answering import contested, handed_in
from tests.readiness.reports.papers import page_texts

pytestmark = pytest.mark.django_db


def refused(*arguments) -> CommandError:
    with pytest.raises(CommandError) as caught:
        call_command("render_report", *arguments)
    return caught.value


def test_pdf_is_written(assessment, tmp_path, capsys):
    assessment = contested(assessment)
    out = tmp_path / "report.pdf"
    call_command("render_report", str(assessment.pk), "--out", str(out))
    overall = assessment.latest_snapshot.result["overall"]
    assert f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}" in page_texts(out.read_bytes())[0]
    assert f"{len(page_texts(out.read_bytes()))} pages" in capsys.readouterr().out


def test_html_is_written_for_another_audience(assessment, tmp_path):
    handed_in(assessment, "clinician", {"CHG-01": 1}).answers.update(note="canary in a note")
    assessment = contested(assessment)
    for audience, shown in (("deal_review", False), ("health_system", True)):
        call_command("render_report", str(assessment.pk), "--out", str(tmp_path / "r.html"), "--audience", audience)
        assert ("canary in a note" in (tmp_path / "r.html").read_text()) is shown


@pytest.mark.parametrize("name", ["report.txt", "report", "report.pdf.exe"])
def test_other_kind_of_file_is_refused(assessment, tmp_path, name):
    error = refused(str(assessment.pk), "--out", str(tmp_path / name))
    assert error.returncode == 2
    assert "must end in .pdf or .html" in str(error)


@pytest.mark.parametrize("key", ["nope", "", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_unknown_assessment_is_refused(tmp_path, key):
    error = refused(key, "--out", str(tmp_path / "r.pdf"))
    assert error.returncode == 2
    assert "No assessment has the primary key" in str(error)


def test_assessment_without_a_score_is_refused(assessment, tmp_path):
    error = refused(str(assessment.pk), "--out", str(tmp_path / "r.pdf"))
    assert error.returncode == 2
    assert "has no score" in str(error)


def test_folder_that_is_not_there_is_refused_before_anything_is_rendered(assessment, tmp_path):
    error = refused(str(assessment.pk), "--out", str(tmp_path / "nowhere" / "r.pdf"))
    assert error.returncode == 2
    assert "no such folder" in str(error)


def test_file_that_cannot_be_written_is_told(assessment, tmp_path):
    (tmp_path / "r.html").mkdir()
    error = refused(str(contested(assessment).pk), "--out", str(tmp_path / "r.html"))
    assert error.returncode == 2
    assert "cannot be written" in str(error)


@pytest.mark.parametrize("choice", [("--audience", "everybody"), ("--paper", "a3")])
def test_unknown_choice_is_refused(assessment, tmp_path, choice):
    assert "invalid choice" in str(refused(str(assessment.pk), "--out", str(tmp_path / "r.pdf"), *choice))
