"""A small sample of `benchmarks/autosave.py`: what was acknowledged is there, though a worker is killed; and the oracle can say no."""

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.autosave import run
from benchmarks.browsers import Person, Save, start
from benchmarks.oracle import Stored, arranged, lost, stored
from benchmarks.served import serving

FIRST, SECOND = Save("LAB-01", 1, 3), Save("LAB-01", 2, 0)
BOTH = {"me": {FIRST, SECOND}}


def database_url() -> str:
    """Return the address of the tests' own database, for the server."""
    name, told = connection.settings_dict["NAME"], connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{name}"


@pytest.fixture
def _served_here(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("STATICFILES_BACKEND", settings.STORAGES["staticfiles"]["BACKEND"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_served_here")
def test_no_acknowledged_save_is_lost_while_a_worker_is_killed(assessment):
    people = start(assessment, 10)
    with serving() as server:
        run(server, people, seconds=5, pause=0.5, kill_every=2)
    assert server.killed >= 1
    assert sum(len(person.acknowledged) for person in people) >= 10
    assert lost(people, stored()) == []
    assert [line for person in people for line in person.unsaved] == []


def me(*acknowledged: Save) -> list[Person]:
    return [Person("me", "session", ["LAB-01"], acknowledged=list(acknowledged))]


def test_oracle_is_content_with_a_later_save():
    assert lost(me(FIRST, SECOND), Stored({"me": {"LAB-01": SECOND}}, BOTH)) == []


@pytest.mark.parametrize(
    "database",
    [
        Stored({}, BOTH),
        Stored({"me": {"LAB-01": FIRST}}, BOTH),
        Stored({"me": {"LAB-01": SECOND._replace(level=1)}}, BOTH),
        Stored({"me": {"LAB-01": SECOND}}, {"me": {FIRST}}),
        Stored({"me": {"LAB-01": SECOND}}, {}),
    ],
    ids=["no answer", "an older answer", "a value never sent", "no revision of the last", "no revision at all"],
)
def test_oracle_misses_an_acknowledged_save(database):
    assert f"me {SECOND}" in lost(me(FIRST, SECOND), database)


def test_oracle_reads_number_and_level_of_a_save():
    row = ("me", "LAB-01", 3, FIRST.note)
    assert arranged([row], [row]) == Stored({"me": {"LAB-01": FIRST}}, {"me": {FIRST}})
