"""What a long section page costs beside a plain string join of the same HTML, and how many queries it takes.

usage: python benchmarks/section_page.py [--questions 40] [--runs 60]
Both answer the same request, through the same middleware, access check and reading of questions and answers; the plain one
then makes neither forms nor template contexts, but escapes and joins the texts of the same page. Processor time is measured,
database included (SQLite, in this process), so that a busy machine changes little.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.machine import machine
from benchmarks.scratch import scratch_database

GOAL_RATIO, GOAL_QUERIES = 3, 12


def make_page(questions: int) -> tuple[Any, str]:
    """Return the browser of somebody who answered every second question of one long section, and the section's address."""
    from django.urls import reverse

    from tests import factories
    from tests.assessments.answering import answer
    from tests.assessments.views.respondents import browser_of

    bank = [(f"LAB-{number:02}", ["lab_director"], False, 3) for number in range(questions)]
    assessment = factories.make_open_assessment(factories.make_organisation(), version=factories.make_version(bank=bank))
    interview = factories.make_interview(assessment, state="in_progress")
    for code, *_rest in bank[::2]:
        answer(interview, code, 3, note="As it was agreed <in spring>.")
    return browser_of(interview), reverse("section", args=[interview.pk, "LAB"])


def joined(html: str, texts: list[str]) -> Callable[[], str]:
    """Return a function that makes the same HTML by escaping the texts in it and joining them with what stands between."""
    from django.utils.html import escape

    pieces: list[tuple[str, str]] = []
    rest = html
    for text in texts:
        before, found, after = rest.partition(escape(text))
        if found:
            pieces.append((before, text))
            rest = after
    return lambda: "".join([part for before, text in pieces for part in (before, escape(text))]) + rest


def texts_of(own: Any) -> list[str]:
    """Return what the page shows of questions, in the page's order."""
    return [text for q in own.questions for text in (q.text, *(option.text for option in q.options))]


def plain_page(html: str) -> Callable[..., Any]:
    """Return what stands in for the making of the page: the same HTML from the same reading of the interview."""
    from django.http import HttpResponse

    from assessments.views.respondent import who_sees

    made: list[Callable[[], str]] = []

    def page(request: Any, own: Any, *_args: Any, **_more: Any) -> HttpResponse:
        who_sees(own.interview)
        if not made:
            made.append(joined(html, texts_of(own)))
        return HttpResponse(made[0]())

    return page


def milliseconds(work: Callable[[], Any]) -> float:
    """Return the processor time of one call."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def queries(client: Any, address: str) -> int:
    """Return how many statements the page takes, the session's and the access check's included."""
    from django.db import connection

    counted: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(address)
    return len(counted)


def compare(client: Any, address: str, runs: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of the page and of the plain one, taken in turn."""
    from assessments.views import section

    html = client.get(address).content.decode()
    real = (section._forms, section._page)
    plain = (lambda *_args: [], plain_page(html))
    taken: tuple[list[float], list[float]] = ([], [])
    for run in range(-2, runs):
        for times, (section._forms, section._page) in zip(taken, (real, plain), strict=True):
            spent = milliseconds(lambda: client.get(address))
            if run >= 0:
                times.append(spent)
    assert client.get(address).content.decode() == html
    section._forms, section._page = real
    return taken


def show(questions: int, runs: int) -> float:
    """Measure a section of so many questions, print a line, and return the ratio."""
    client, address = make_page(questions)
    number = queries(client, address)
    page, plain = (statistics.median(times) for times in compare(client, address, runs))
    print(f"{questions:>9} {number:>8} {page:>9.1f} {plain:>9.1f} {page / plain:>6.2f}")
    return page / plain


def main() -> None:
    """Measure a short and a long section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--runs", type=int, default=60)
    options = parser.parse_args()
    with scratch_database():
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        print(f"{machine()}; goals: {GOAL_QUERIES} queries, ratio {GOAL_RATIO}")
        print(f"{'questions':>9} {'queries':>8} {'page ms':>9} {'plain ms':>9} {'ratio':>6}")
        for questions in (5, options.questions):
            show(questions, options.runs)


if __name__ == "__main__":
    main()
