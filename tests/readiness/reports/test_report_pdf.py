"""The finished PDF: its words, its pages, its structure."""

import re

import pikepdf
import pytest

from assessments.models import Audience
from readiness.reports.pdf import render_pdf
from readiness.reports.render import for_print, print_html, report_file_html, report_pdf
from tests.readiness.reports.papers import Structure, page_of, page_texts, whole_text
from tests.readiness.reports.samples import NOTE, make_content, make_document, with_texts


def test_page_one_holds_the_verdict_and_the_score(issued):
    text = page_texts(issued)[0]
    overall = make_content()["result"]["overall"]
    assert "Not ready to sign as sold." in text
    assert f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}" in text
    assert re.search(rf"\b{overall['score']:.0f}\b", text)


def test_page_two_holds_the_open_critical_items(issued):
    assert page_texts(issued)[1].startswith("Open critical items")
    assert "Start LAB-01 now." in page_texts(issued)[1]


@pytest.mark.parametrize(
    "chapter",
    [
        "Open critical items",
        "Domains",
        "Gates and waves",
        "Critical findings",
        "Where people disagree",
        "All findings",
        "People and coverage",
        "Method and versions",
        "Appendix: every requirement",
    ],
)
def test_contents_name_the_page_that_a_chapter_is_on(issued, chapter):
    contents = page_texts(issued)[page_of(issued, "Contents") - 1]
    printed = re.search(re.escape(chapter) + r"[ .]+(\d+)", contents)
    assert printed is not None
    assert int(printed[1]) == page_of(issued, chapter)


def test_every_page_has_issue_fingerprint_and_number(issued):
    digits = make_document().fingerprint
    fingerprint = f"{digits[:4]} {digits[4:8]} {digits[8:12]}"
    for number, text in enumerate(page_texts(issued), start=1):
        assert f"issue 3 · {fingerprint}" in text
        assert f"{number} / {issued.pages}" in text


def test_running_head_names_chapter_and_verdict(issued):
    text = page_texts(issued)[page_of(issued, "People and coverage") - 1]
    assert text.count("People and coverage") == 2
    assert "Not ready to sign as sold." in text


def test_pages_are_counted(issued):
    assert issued.pages == len(page_texts(issued))


def test_same_content_renders_to_the_same_text_again(issued):
    assert page_texts(report_pdf(make_document())) == page_texts(issued)


def test_a4_breaks_as_us_letter_does(issued):
    other = report_pdf(make_document(), paper="a4")
    with pikepdf.open(__import__("io").BytesIO(other.content)) as pdf:
        width, height = (round(float(side)) for side in list(pdf.pages[0].mediabox)[2:])
    assert (width, height) == (595, 842)
    assert page_texts(other)[0].startswith(page_texts(issued)[0][:120])


def test_deal_review_holds_no_note(issued):
    assert NOTE not in whole_text(issued)


def test_health_system_reads_the_notes(shared_with_customer):
    assert NOTE in whole_text(shared_with_customer)


def test_report_without_an_answer_says_so(unanswered):
    text = page_texts(unanswered)[0]
    assert "Not enough evidence to sign." in text
    assert "no readiness score yet" in text
    assert page_texts(unanswered)[1].startswith("Open critical items")


def test_hundred_and_twenty_requirements_are_all_there():
    pdf = report_pdf(make_document(make_content(120)))
    text = whole_text(pdf)
    assert [code for code in (item["code"] for item in make_content(120)["items"]) if code not in text] == []
    assert page_texts(pdf)[1].startswith("Open critical items")


@pytest.mark.parametrize(
    "text",
    [
        "A very long name of a hospital corporation " * 3,
        "W" * 300,
        "نتائج المختبر " * 8,
        "תוצאות מעבדה " * 8,
        "患者データの管理 " * 8,
        "x" * 4000,
    ],
    ids=["long", "one word", "Arabic", "Hebrew", "Japanese", "4,000 letters"],
)
def test_page_one_stays_one_page_whatever_the_texts_are(text):
    page = print_html(make_document(with_texts(make_content(), lambda _: text)), paper="letter").partition('<section class="chapter"')[0]
    printable = for_print(page + "</article></body></html>")
    assert render_pdf(printable.html, files=printable.files).pages == 1


HOSTILE = '<script>alert(1)</script><img src=http://127.0.0.1:9/x>&lt;b&gt;</style>{{ 7 }}{% now %}<a rel=attachment href="file:///etc/passwd">"\''


@pytest.fixture(scope="module")
def hostile():
    return report_pdf(make_document(with_texts(make_content(), lambda _: HOSTILE), audience=Audience.HEALTH_SYSTEM))


def test_hostile_text_ends_as_text(hostile):
    text = whole_text(hostile).replace(" ", "")
    assert text.count(HOSTILE.replace(" ", "")) > 20


def test_hostile_text_attaches_nothing_and_links_nowhere(hostile):
    structure = Structure(hostile)
    assert list(structure.pdf.attachments) == []
    targets = [note for page in structure.pdf.pages for note in page.get("/Annots", [])]
    assert targets
    assert not any("/A" in note and "/URI" in note.A for note in targets)


def test_document_is_marked_tagged_titled_and_in_a_language(structure):
    root = structure.pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.Lang) == "en"
    assert str(structure.pdf.docinfo.Title).startswith("Panel (fictional) at Valley Health (fictional)")
    with structure.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_figure_has_an_alternative(structure):
    figures = structure.tagged("/Figure")
    assert len(figures) > 10
    assert [figure for figure in figures if not str(figure.get("/Alt", "")).strip()] == []


def test_alternative_of_a_range_bar_says_score_and_range(structure):
    assert any(re.fullmatch(r"\d+ of 100, range \d+ to \d+", str(figure.Alt)) for figure in structure.tagged("/Figure"))


def test_every_table_cell_has_its_headers(structure):
    assert structure.tags["/Table"] >= 8
    for cell in structure.tagged("/TD"):
        headers = [attributes for attributes in [cell.A] if "/Headers" in attributes and len(attributes.Headers)]
        assert headers


def test_headings_begin_with_one_title(structure):
    assert structure.tags["/H1"] == 1
    assert {"/H2", "/H3", "/H4"} <= set(structure.tags)


def test_bookmarks_are_the_chapters(structure):
    with structure.pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        domains = [entry.title for entry in outline.root[-1].children]
    assert titles[0] == "Not ready to sign as sold."
    assert titles[-1] == "Appendix: every requirement"
    assert domains == ["Laboratory", "Integration", "Change"]


def test_only_the_bundled_fonts_are_used(structure):
    names = {str(font.BaseFont).split("+")[1] for page in structure.pdf.pages for font in page.Resources.Font.values()}
    assert names == {"Inter", "Inter-Semi-Bold", "Inter-Bold"}


def test_file_for_a_browser_needs_no_other():
    html = report_file_html(make_document())
    assert "Not ready to sign as sold." in html
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', html) == []
    assert re.findall(r"url\((?!data:)", html) == []
