"""How fast autosaves are, and whether each one acknowledged is in the database afterwards, even while workers are killed.

usage: python benchmarks/autosave.py [--people 200] [--seconds 120] [--pause 2] [--kill-every N] [--workers 2] [--threads 4]
Serves with gunicorn on a database of its own that is thrown away: SQLite, or on the PostgreSQL server of DATABASE_URL.
--pause 0 saves as fast as it goes. Ends with 1 when an acknowledged save is lost, when one was not saved in the end, or when
something failed though nothing was killed.
"""

import argparse
import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.browsers import Person, prepare
from benchmarks.machine import machine
from benchmarks.scratch import scratch_database
from benchmarks.served import Server, serving

PATIENCE = 60.0


def run(server: Server, people: list[Person], *, seconds: float, pause: float, kill_every: float = 0) -> float:
    """Let everybody answer at once, killing workers meanwhile if asked to, and return the seconds it took."""
    begun, finished = time.monotonic(), threading.Event()
    pace = {"until": begun + seconds, "pause": pause, "patience": PATIENCE}
    threads = [threading.Thread(target=person.use, args=(server.port,), kwargs=pace) for person in people]
    if kill_every:
        threading.Thread(target=server.kill_workers, args=(kill_every, finished)).start()
        threading.Timer(seconds, finished.set).start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    finished.set()
    return time.monotonic() - begun


def share(values: list[float], part: float) -> float:
    """Return the value below which that part of the sorted values lies."""
    return values[min(len(values) - 1, int(len(values) * part))]


def times(name: str, values: list[float]) -> str:
    """Return one line about milliseconds."""
    ordered = sorted(values)
    if not ordered:
        return f"{name:<24} none"
    p50, p95, p99 = (share(ordered, part) for part in (0.5, 0.95, 0.99))
    return f"{name:<24} p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, max {ordered[-1]:.0f} ms"


def counted(name: str, lines: list[str]) -> str:
    """Return how many of something there were, and of which kinds."""
    kinds = "".join(f"\n  {number} × {line}" for line, number in Counter(lines).most_common(5))
    return f"{name:<24} {len(lines)}{kinds}"


def report(people: list[Person], seconds: float, losses: list[str]) -> None:
    """Print what was measured."""
    saves = sum(len(person.acknowledged) for person in people)
    print(f"{'acknowledged saves':<24} {saves} in {seconds:.1f} s, {saves / seconds:.1f} a second")
    print(times("request", [ms for person in people for ms in person.request_ms]))
    print(times("until saved, retries in", [ms for person in people for ms in person.until_saved_ms]))
    print(f"{'dead connections':<24} {sum(person.reconnected for person in people)}, replaced at once")
    print(counted("failed, then saved", [line for person in people for line in person.retried]))
    print(counted("not saved in the end", [line for person in people for line in person.unsaved]))
    print(counted("acknowledged, but lost", losses))


def parsed() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=2, help="seconds between two answers of a person")
    parser.add_argument(
        "--kill-every", type=float, default=0, help="seconds after which a random worker is killed with -9, again and again"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    return parser.parse_args()


def main() -> int:
    """Prepare, run, ask the oracle, print."""
    options = parsed()
    load = os.getloadavg()[0]
    with scratch_database() as database:
        people = prepare(options.people)
        from django.db import connection

        from benchmarks.oracle import lost, stored

        with serving(workers=options.workers, threads=options.threads) as server:
            seconds = run(server, people, seconds=options.seconds, pause=options.pause, kill_every=options.kill_every)
        losses = lost(people, stored())
        connection.close()
    print(f"{machine()}; load average before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    print(f"{database}, {options.workers} workers × {options.threads} threads, {options.people} people, one save every {options.pause:g} s")
    print(f"{'workers killed':<24} {server.killed}")
    report(people, seconds, losses)
    saves = sum(len(person.acknowledged) for person in people)
    print(f"{'processor time':<24} {server.cpu_seconds * 1000 / max(1, saves):.1f} ms a save, start of the server and its workers included")
    failed = [line for person in people for line in person.unsaved + ([] if options.kill_every else person.retried)]
    return 1 if losses or failed else 0


if __name__ == "__main__":
    sys.exit(main())
