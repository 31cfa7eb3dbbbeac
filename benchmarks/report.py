"""What the demonstration's report costs: seconds, pages, memory, size, each render in a child process of its own.

usage: python benchmarks/report.py [--runs 5] [--growth]
Uses a database of its own that is thrown away (SQLite; DATABASE_URL chooses another server). --growth adds reports of
more and more requirements.
"""

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.settings")

from benchmarks.machine import machine

GROWTH = (120, 240, 480, 960)


def demonstration() -> Any:
    """Return the demonstration's answered assessment."""
    from datetime import date

    from django.core.management import call_command

    from assessments.models import Assessment
    from readiness.demo.build import build_demonstration

    call_command("load_instrument", stdout=io.StringIO())
    organisation = build_demonstration(date.today())
    return Assessment.objects.with_parties().get(organisation=organisation, product__name="LarkPanel Tissue")


def timed(work: Callable[[], Any], runs: int) -> tuple[list[float], Any]:
    """Return the seconds of several runs, and what the last one made."""
    taken, made = [], None
    for _ in range(runs):
        start = time.perf_counter()
        made = work()
        taken.append(time.perf_counter() - start)
    return taken, made


def show(name: str, taken: list[float], pdf: Any = None) -> None:
    """Print one line."""
    line = f"{name:<34} median {statistics.median(taken):6.2f} s, min {min(taken):6.2f}, max {max(taken):6.2f}"
    if pdf is not None:
        line += f" · {pdf.pages} pages, {pdf.peak_kilobytes / 1024:.0f} MiB at most, {len(pdf.content) / 1024:.0f} KiB"
    print(line)


def demonstration_report(runs: int) -> None:
    """Print what content, document and both audiences' PDFs cost."""
    from readiness.reports.content import report_content
    from readiness.reports.document import Issue, build_document
    from readiness.reports.render import report_pdf

    assessment = demonstration()
    taken, content = timed(lambda: report_content(assessment), runs)
    show("content from the database", taken)
    for audience in ("deal_review", "health_system"):
        taken, document = timed(lambda audience=audience: build_document(content, audience=audience, issue=Issue()), runs)
        show(f"{audience}: document", taken)
        taken, pdf = timed(lambda document=document: report_pdf(document), runs)
        show(f"{audience}: PDF", taken, pdf)


def growth(runs: int) -> None:
    """Print how the PDF grows with the number of requirements."""
    from readiness.reports.pdf import Limits, render_pdf
    from readiness.reports.render import for_print, print_html
    from tests.readiness.reports.samples import make_content, make_document

    for count in GROWTH:
        printable = for_print(print_html(make_document(make_content(count)), paper="letter"))
        taken, pdf = timed(lambda p=printable: render_pdf(p.html, files=p.files, limits=Limits(seconds=600)), runs)
        show(f"{count} requirements", taken, pdf)


def main() -> None:
    """Build the demonstration in a throw-away database and print the figures."""
    parser = argparse.ArgumentParser(description="Time the report.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        demonstration_report(options.runs)
        if options.growth:
            growth(options.runs)
    finally:
        runner.teardown_databases(databases)
    print(machine())


if __name__ == "__main__":
    main()
