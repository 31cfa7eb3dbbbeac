import io
import zipfile

import pytest

from assessments.evidence_files import CONTENT_TYPES, FileType, clean_name, recognise

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name in names:
            written.writestr(name, "<xml/>")
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("a.pdf", PDF, "pdf"),
        ("A.PDF", PDF, "pdf"),
        ("a.png", PNG, "png"),
        ("a.jpg", JPEG, "jpg"),
        ("a.jpeg", JPEG, "jpg"),
        ("a.docx", DOCX, "docx"),
        ("a.xlsx", XLSX, "xlsx"),
        ("a.txt", "Prüfliste\n".encode(), "txt"),
        ("a.csv", "\ufeffTest;Größe\r\n".encode(), "csv"),
        ("a.csv", "Größe;1\r\n".encode("cp1252"), "csv"),
    ],
)
def test_recognise_takes_what_is_allowed(name, content, extension):
    found = recognise(name, content)
    assert found == FileType(extension)
    assert found.content_type == CONTENT_TYPES[extension]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", HTML),
        ("page.html", HTML),
        ("page.txt", HTML),
        ("page.csv", b" \n" + HTML),
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.txt", "\ufeff".encode() + SVG),
        ("a.pdf", PNG),
        ("a.png", PDF),
        ("a.pdf", b"junk before " + PDF),
        ("a.docx", XLSX),
        ("a.docx", archive("word/document.xml")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docm", DOCX),
        ("a.zip", DOCX),
        ("bomb.docx", archive("0" * 100)),
        ("a.exe", b"MZ\x90\x00"),
        ("a.txt", b"MZ\x90\x00"),
        ("a.csv", "a;b".encode("utf-16")),
        ("a.txt", b""),
        ("a.pdf", b""),
        ("a", PDF),
        ("", PDF),
        ("pdf", PDF),
        (".pdf", PDF),
    ],
)
def test_recognise_refuses_everything_else(name, content):
    assert recognise(name, content) is None


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("list of tests.pdf", "list of tests.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\dana\\liste.pdf", "liste.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ('"><b>.pdf', "b.pdf"),
        ("検査一覧.pdf", "検査一覧.pdf"),
        ("..pdf", "evidence.pdf"),
        ("a\x00.pdf", "a.pdf"),
    ],
)
def test_clean_name_is_safe_to_show_and_save(name, cleaned):
    assert clean_name(name, FileType("pdf")) == cleaned


def test_clean_name_is_cut_but_keeps_its_extension():
    assert clean_name("x" * 500 + ".jpeg", FileType("jpg")) == "x" * 116 + ".jpg"
