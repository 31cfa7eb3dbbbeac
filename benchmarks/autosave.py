"""How many autosaves a second the served product takes, and whether each one acknowledged is in the database afterwards.

usage: python benchmarks/autosave.py [--people 50] [--seconds 20] [--pause 0] [--workers 2]
Serves with gunicorn on a database that is thrown away (SQLite; DATABASE_URL of an empty database chooses another).
"""

import argparse
import http.client
import io
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CSRF = "a" * 32


@dataclass
class Person:
    """A stakeholder's browser: session, questions, and what the server acknowledged last per question."""

    interview: str
    session: str
    codes: list[str]
    acknowledged: dict[str, int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def prepare(people: int) -> list[Person]:
    """Make one open assessment on the real question bank with started interviews and their sessions."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_instrument", stdout=io.StringIO())
    from assessments.models import InstrumentVersion
    from tests import factories

    version = InstrumentVersion.objects.current()
    assessment = factories.make_open_assessment(factories.make_organisation(), version=version)
    codes = [i.code for i in assessment.scopes.get().items.all() if "lab_director" in i.roles]
    return [start(factories.make_interview(assessment, role="lab_director", state="opened"), codes) for _ in range(people)]


def start(interview: Any, codes: list[str]) -> Person:
    """Return the browser of somebody who has pressed Start."""
    from django.contrib.sessions.backends.db import SessionStore

    from stakeholders.access import SESSION_KEY
    from stakeholders.services.links import issue_link

    link, _ = issue_link(organisation=interview.assessment.organisation, purpose="interview", subject_id=interview.pk)
    session = SessionStore()
    session[SESSION_KEY] = {f"interview:{interview.pk}": str(link.pk)}
    session.create()
    return Person(str(interview.pk), str(session.session_key), codes)


def answer(person: Person, port: int, until: float, pause: float) -> None:
    """Save random levels until the time is over, over one connection as a browser does."""
    chance = random.Random(person.interview)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    cookies = f"sessionid={person.session}; csrftoken={CSRF}"
    headers = {"Cookie": cookies, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    while time.monotonic() < until:
        code, level = chance.choice(person.codes), chance.randint(0, 4)
        begun = time.perf_counter()
        try:
            body = urlencode({"code": code, f"{code}-value": level, f"{code}-reference": "Shared folder" if level == 4 else ""})
            connection.request("POST", f"/i/interview/{person.interview}/save/", body, headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            person.errors.append(type(error).__name__)
            connection.close()
            continue
        person.milliseconds.append((time.perf_counter() - begun) * 1000)
        if response.status == 200:
            person.acknowledged[code] = level
        else:
            person.errors.append(f"{response.status} {text[:80]!r}")
        time.sleep(pause)


def lost(people: list[Person]) -> int:
    """Count acknowledged answers that are not in the database with their last acknowledged value."""
    from assessments.models import Answer

    stored = {(str(i), c): level for i, c, level in Answer.objects.values_list("interview_id", "item_code", "level")}
    return sum(stored.get((p.interview, code)) != level for p in people for code, level in p.acknowledged.items())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers; gives up after half a minute."""
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def run(people: list[Person], options: argparse.Namespace) -> float:
    """Serve, let everybody answer at once, and return the seconds it took."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "readiness.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(options.workers)]
    server = subprocess.Popen([*command, "--threads", "4", "--config", str(ROOT / "scripts/gunicorn.conf.py")], cwd=ROOT)
    try:
        wait_for(port)
        begun = time.monotonic()
        until = begun + options.seconds
        threads = [threading.Thread(target=answer, args=(p, port, until, options.pause)) for p in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begun
    finally:
        server.terminate()
        server.wait(timeout=30)


def main() -> None:
    """Prepare, run, count, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=0, help="seconds that each person waits between two answers")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, DJANGO_SETTINGS_MODULE="readiness.settings")
        people = prepare(options.people)
        seconds = run(people, options)
        report(people, seconds)


def report(people: list[Person], seconds: float) -> None:
    """Print what was measured, with the machine beside it."""
    from django.db import connection

    from benchmarks.machine import machine

    times = sorted(ms for p in people for ms in p.milliseconds)
    errors = [error for p in people for error in p.errors]
    saved = len(times) - sum(error[:1].isdigit() for error in errors)
    print(f"{machine()} — {connection.vendor}, {len(people)} people")
    print(f"saves a second  {saved / seconds:8.1f}   ({saved} in {seconds:.1f} s, client and server on the same machine)")
    if times:
        print(f"milliseconds    median {statistics.median(times):.1f}, p95 {times[int(len(times) * 0.95)]:.1f}, max {times[-1]:.1f}")
    print(f"errors {len(errors)}, acknowledged answers that are not stored: {lost(people)}")
    for error in sorted(set(errors))[:5]:
        print(f"  {errors.count(error)} × {error}")


if __name__ == "__main__":
    main()
