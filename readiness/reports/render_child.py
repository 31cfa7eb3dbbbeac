"""The child process that turns a document into a PDF: `python -I render_child.py`, archive in, PDF out.

It reads one archive from standard input (the document as `document.html`, beside it every file that the document may
use) and writes one line of JSON (pages, peak memory) and then the PDF to standard output. It knows nothing of Django,
the database or the project's settings, opens no connection and starts no program.
"""

import gc
import json
import logging
import resource
import sys
import zipfile
from io import BytesIO
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://bundled.invalid/"  # an address that leads nowhere: relative names need a scheme that has paths
DOCUMENT = "document.html"
FONT_FACES = "css/report-fonts.css"
TYPES = {"css": "text/css", "svg": "image/svg+xml", "ttf": "font/ttf", "png": "image/png"}
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.", "ftplib.")


class BundledFiles(URLFetcher):
    """Serves the files of the archive by name and refuses every other address, whatever its scheme."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self.files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a bundled file; raises ValueError for anything else, which leaves the place in the document empty."""
        name = url.removeprefix(BASE)
        if not url.startswith(BASE) or name not in self.files:
            raise ValueError("only bundled files are read")
        kind = TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
        return URLFetcherResponse(url, self.files[name], {"Content-Type": kind})


def refuse_the_world(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse connections and programs, should a document ever find a way past the fetcher."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is refused while a report is rendered")


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process: address space, processor time, size of a written file, no core dump."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def render(files: dict[str, bytes], identifier: str) -> tuple[int, bytes]:
    """Return the number of pages and the PDF (PDF/UA-1, tagged) of the archive's document."""
    fetcher, fonts = BundledFiles(files), FontConfiguration()
    source = HTML(string=files[DOCUMENT].decode(), base_url=BASE, url_fetcher=fetcher)
    # Without a single font the text engine crashes, so these do not depend on the document.
    faces = CSS(string=files[FONT_FACES].decode(), base_url=BASE + FONT_FACES, url_fetcher=fetcher, font_config=fonts)
    document = source.render(font_config=fonts, stylesheets=[faces], pdf_variant="pdf/ua-1")
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    return len(document.pages), pdf


def main() -> None:
    """Render what comes in; arguments: megabytes, seconds, identifier of the PDF."""
    megabytes, seconds, identifier = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    limit(megabytes, seconds)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    # Short-lived: most of what is allocated lives until the end, and collecting it costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    with zipfile.ZipFile(BytesIO(sys.stdin.buffer.read())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sys.addaudithook(refuse_the_world)
    pages, pdf = render(files, identifier)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.buffer.write(json.dumps({"pages": pages, "peak_kilobytes": peak}).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
