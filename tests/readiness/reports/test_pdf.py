"""The renderer's child process: what it reads, and where it ends."""

import socket
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from readiness.reports import pdf
from readiness.reports.bundled import bundled_files, covers
from readiness.reports.pdf import Limits, RenderError, nesting, render_pdf
from readiness.reports.render import for_print
from tests.readiness.reports.papers import Structure, whole_text


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'


@contextmanager
def canary():
    """A listener on this machine; yields its port and who knocked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        knocked: list[str] = []
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                knocked.append("knock")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], knocked
        finally:
            over.set()
            thread.join()


def test_listener_hears_a_knock():
    with canary() as (port, knocked):
        socket.create_connection(("127.0.0.1", port)).close()
        threading.Event().wait(0.5)
    assert knocked == ["knock"]


def test_nothing_is_fetched_from_the_network():
    with canary() as (port, knocked):
        address = f"http://127.0.0.1:{port}"
        render_pdf(
            page(
                f'<img src="{address}/a.png"><link rel="stylesheet" href="{address}/b.css"><object data="{address}/c"></object>'
                f'<style>@import "{address}/d.css"; p {{ background: url({address}/e.png) }}</style>'
                f'<a rel="attachment" href="{address}/f">f</a><svg><image href="{address}/g.png"/></svg><p>still here</p>'
            )
        )
    assert knocked == []


@pytest.mark.parametrize("address", ["file:///etc/hostname", "/etc/hostname", "https://bundled.invalid/../../etc/hostname"])
def test_no_file_is_read(address):
    made = render_pdf(page(f'<a rel="attachment" href="{address}">x</a><p>still here</p>'))
    assert "still here" in whole_text(made)
    assert list(Structure(made).pdf.attachments) == []


def test_bundled_file_is_read():
    made = render_pdf(page('<link rel="stylesheet" href="css/report-print.css"><h2 class="chapter-title">Read</h2>'))
    with Structure(made).pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Read"]


def test_handed_over_file_is_read():
    made = render_pdf(page('<link rel="stylesheet" href="own.css"><p>word</p>'), files={"own.css": b"p::after { content: 'handed over' }"})
    assert "handed over" in whole_text(made)


def test_nothing_is_written_but_in_a_folder_that_is_gone(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    render_pdf(page("<p>word</p>"))
    assert list(tmp_path.iterdir()) == []


def test_environment_of_the_child_holds_no_secret(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(pdf.subprocess, "run", run)
    with pytest.raises(RenderError):
        render_pdf(page("<p>word</p>"))
    assert set(seen) <= {"TMPDIR", "LANG", "PYTHONDONTWRITEBYTECODE", "FONTCONFIG_FILE"}


def test_child_that_takes_too_long_is_stopped():
    with pytest.raises(RenderError, match="took longer than 1 seconds"):
        render_pdf(page("<p>word </p>" * 30_000), limits=Limits(seconds=1))


def test_child_that_needs_too_much_memory_ends_as_an_error():
    with pytest.raises(RenderError, match="more memory or time"):
        render_pdf(page("<p>word </p>" * 60_000), limits=Limits(seconds=60, megabytes=200))


def test_next_report_is_made_after_a_failed_one():
    for _ in range(3):
        with pytest.raises(RenderError):
            render_pdf(page("<p>word</p>"), limits=Limits(seconds=1, megabytes=1))
    assert render_pdf(page("<p>word</p>")).pages == 1


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("<p>" + "x" * 2_000_000 + "</p>", "a word of more than"),
        ("<div>" * 300, "nested too deeply"),
        ("<p>a b</p>" * 1_300_000, "too long"),
    ],
    ids=["a 2 MB word", "300 nested", "12 MB"],
)
def test_document_that_would_take_minutes_is_refused_before(document, why):
    with pytest.raises(RenderError, match=why):
        render_pdf(document)


@pytest.mark.parametrize(
    ("document", "depth"),
    [
        ("", 0),
        ("<p>a</p>", 1),
        ("<div><p>a<br>b</p></div>", 2),
        ("<ul><li>a<li>b</ul>", 3),
        ("<svg><path d='M0'/></svg>", 1),
        ("a < b > c", 0),
    ],
)
def test_nesting(document, depth):
    assert nesting(document) == depth


def test_bundled_fonts_cover_european_names_and_not_others():
    assert covers("Ångström – Łódź, Ελλάδα “x” ≥ 80 %")
    assert not covers("王小明")


def test_every_bundled_file_is_there():
    assert all(bundled_files().values())
    assert {Path(name).suffix for name in bundled_files()} == {".css", ".ttf", ".svg"}


def test_labelled_drawing_gets_its_text_as_a_title():
    html = for_print('<head></head><svg class="chart" role="img" aria-label="3 of 5"><rect/></svg>').html
    assert '<svg class="chart" role="img" aria-label="3 of 5"><title>3 of 5</title><rect/></svg>' in html


def test_decoration_is_painted_as_a_background():
    printable = for_print('<head></head><svg class="glyph" viewBox="0 0 12 12" aria-hidden="true"><path d="M0 0"/></svg>')
    assert '<span class="glyph drawing-0"></span>' in printable.html
    assert printable.files["css/drawing-0.svg"] == b'<svg xmlns="http://www.w3.org/2000/svg"  viewBox="0 0 12 12" ><path d="M0 0"/></svg>'
    assert b".drawing-0{background:url(drawing-0.svg)" in printable.files["css/drawings.css"]
