"""Stakeholders' browsers for the autosave measurements: they save, and try again like `static/js/interview.js`."""

import http.client
import random
import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

CSRF = "a" * 32
# As in static/js/interview.js.
FIRST_WAIT, LONGEST_WAIT, REQUEST_LIMIT = 1.0, 30.0, 20.0


class Save(NamedTuple):
    """One answer as it was sent: its question, which save of this person it is, and the level."""

    code: str
    number: int
    level: int

    @property
    def note(self) -> str:
        """Return the note that tells this save from every other of the person."""
        return f"save {self.number}"


class RefusedError(Exception):
    """The server refused an answer, which a browser shows and does not try again."""


@dataclass
class Person:
    """A stakeholder's browser: the session, the questions, and what became of every save."""

    interview: str
    session: str
    codes: list[str]
    acknowledged: list[Save] = field(default_factory=list)
    request_ms: list[float] = field(default_factory=list)
    until_saved_ms: list[float] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    unsaved: list[str] = field(default_factory=list)
    reconnected: int = 0
    connection: http.client.HTTPConnection | None = None

    def use(self, port: int, *, until: float, pause: float, patience: float) -> None:
        """Save a random level every `pause` seconds until the time is over; what still fails then is tried `patience` seconds more."""
        chance = random.Random(self.interview)
        due = time.monotonic() + chance.uniform(0, pause)
        number = 0
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            number += 1
            self._save(Save(chance.choice(self.codes), number, chance.randint(0, 4)), port, until + patience)
            due = max(due + pause, time.monotonic() if pause == 0 else due)
            if time.monotonic() >= until:
                return

    def _save(self, save: Save, port: int, give_up: float) -> None:
        begun, wait = time.perf_counter(), FIRST_WAIT
        while True:
            sent = time.perf_counter()
            try:
                self._post(save, port)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                if time.monotonic() + wait > give_up:
                    return self.unsaved.append(f"{type(error).__name__}: {error}")
                self.retried.append(f"{type(error).__name__}: {error}")
                time.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)
            except RefusedError as refusal:
                return self.unsaved.append(str(refusal))
            else:
                break
        now = time.perf_counter()
        self.acknowledged.append(save)
        self.request_ms.append((now - sent) * 1000)
        self.until_saved_ms.append((now - begun) * 1000)
        return None

    def _post(self, save: Save, port: int) -> None:
        """Send one answer; raises OSError for what is worth trying again, RefusedError for what is not.

        A kept connection that turns out to be dead is replaced at once, as browsers do without telling anybody.
        """
        kept = self.connection is not None
        try:
            status, text = self._sent(save, port)
        except (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected):
            if not kept:
                raise
            self._hang_up()
            self.reconnected += 1
            status, text = self._sent(save, port)
        if status >= 500 or status == 429:
            raise OSError(f"status {status}")
        if status != 200:
            raise RefusedError(f"{status} {text[:120]!r}")

    def _sent(self, save: Save, port: int) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_LIMIT)
        cookies = f"sessionid={self.session}; csrftoken={CSRF}"
        headers = {"Cookie": cookies, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", f"/i/interview/{self.interview}/save/", urlencode(form_of(save)), headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def form_of(save: Save) -> dict[str, Any]:
    """Return what the browser sends for an answer; the highest step wants to say where it can be seen."""
    code = save.code
    reference = "Shared folder" if save.level == 4 else ""
    return {"code": code, f"{code}-value": save.level, f"{code}-note": save.note, f"{code}-reference": reference}


def prepare(people: int) -> list[Person]:
    """Make one open assessment on the real question bank, in an empty database, with started interviews and their sessions."""
    import io

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_instrument", stdout=io.StringIO())
    from assessments.models import InstrumentVersion
    from tests import factories

    version = InstrumentVersion.objects.current()
    return start(factories.make_open_assessment(factories.make_organisation(), version=version), people)


def start(assessment: Any, people: int) -> list[Person]:
    """Return the browsers of so many laboratory directors who have pressed Start."""
    from assessments.services.questions import questions_of
    from tests import factories

    interviews = [factories.make_interview(assessment, role="lab_director", state="opened") for _ in range(people)]
    codes = [question.code for question in questions_of(interviews[0]) if question.kind == "level"]
    return [_started(interview, codes) for interview in interviews]


def _started(interview: Any, codes: list[str]) -> Person:
    """Return the browser of somebody who has pressed Start."""
    from django.contrib.sessions.backends.db import SessionStore

    from stakeholders.access import SESSION_KEY
    from stakeholders.services.links import issue_link

    link, _ = issue_link(organisation=interview.assessment.organisation, purpose="interview", subject_id=interview.pk)
    session = SessionStore()
    session[SESSION_KEY] = {f"interview:{interview.pk}": str(link.pk)}
    session.create()
    return Person(str(interview.pk), str(session.session_key), codes)
