"""How long the portfolio takes with many assessments: listing, sorting, filtering, searching.

usage: python benchmarks/portfolio.py [--assessments 10000] [--runs 7]
Uses a database of its own that is thrown away (SQLite; DATABASE_URL chooses another server).
"""

import argparse
import os
import random
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.settings")
os.environ.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")

PAGES = ["/", "/?sort=contract", "/?sort=score", "/?verdict=not_ready", "/?state=open&sort=-score", "/?q=Valley+77", "/?page=40"]


def fill(count: int) -> Any:
    """Make one organisation with many scored assessments."""
    from assessments.models import Assessment, ScoreSnapshot, Verdict
    from assessments.services.scopes import freeze_scope
    from tests import factories

    organisation = factories.make_organisation()
    membership = factories.make_membership(organisation)
    product = factories.make_product(organisation)
    systems = [factories.make_health_system(organisation, name=f"Valley {n} (fictional)") for n in range(100)]
    chance = random.Random(1)
    rows = [
        Assessment(
            organisation=organisation,
            product=product,
            health_system=chance.choice(systems),
            state=chance.choice(["draft", "open", "open", "closed"]),
            contract_date=date.today() + timedelta(days=chance.randint(-30, 300)),
            promised_go_live=date.today() + timedelta(days=chance.randint(60, 600)),
        )
        for _ in range(count)
    ]
    Assessment.objects.bulk_create(rows, batch_size=500)
    scope = freeze_scope(assessment=rows[0], reason="Benchmark", author=None)
    snapshots = []
    for row in rows:
        score = chance.uniform(5, 95)
        snapshot = ScoreSnapshot(
            assessment=row,
            scope=scope,
            reason="submitted",
            scoring_version=1,
            verdict=chance.choice(Verdict.values),
            score=score,
            low=score - 4,
            high=score + 4,
            coverage=chance.random(),
            gates_failed=chance.randint(0, 20),
            gates_unknown=chance.randint(0, 5),
            gates_total=39,
            bundle_sha256="0" * 64,
            result={},
        )
        row.latest_snapshot = snapshot
        snapshots.append(snapshot)
    ScoreSnapshot.objects.bulk_create(snapshots, batch_size=500)
    Assessment.objects.bulk_update(rows, ["latest_snapshot"], batch_size=500)
    return membership


def measure(client: Any, page: str, runs: int) -> tuple[int, list[float]]:
    """Return queries and milliseconds of one page."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.get(page)
    assert response.status_code == 200, (page, response.status_code)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        client.get(page)
        times.append((time.perf_counter() - start) * 1000)
    return len(queries), times


def main() -> None:
    """Fill a database that is thrown away, measure every page, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--assessments", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    from django.conf import settings
    from django.test import Client

    from benchmarks.machine import machine

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        client = Client()
        client.force_login(fill(options.assessments).user)
        print(machine(), f"— {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}, {options.assessments} assessments")
        print(f"{'page':30} {'queries':>7} {'median ms':>10} {'min':>8} {'max':>8}")
        for page in PAGES:
            queries, times = measure(client, page, options.runs)
            print(f"{page:30} {queries:>7} {statistics.median(times):>10.1f} {min(times):>8.1f} {max(times):>8.1f}")
    finally:
        runner.teardown_databases(old)


if __name__ == "__main__":
    main()
