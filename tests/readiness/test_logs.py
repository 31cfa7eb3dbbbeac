import logging
import sys

import pytest

from readiness.logs import HideLinks, hide_links
from stakeholders.models import AccessLink

TOKEN = AccessLink.new_token()


@pytest.mark.parametrize("place", ["i", "h", "r", "p", "accounts/password/reset/key", "accounts/confirm-email"])
def test_token_in_an_address_is_hidden(place):
    assert hide_links(f'"GET /{place}/{TOKEN}/ HTTP/1.1" 200') == f'"GET /{place}/…/ HTTP/1.1" 200'


def test_every_token_of_a_line_is_hidden():
    assert TOKEN not in hide_links(f"http://a.example/i/{TOKEN}/section and /p/{TOKEN}")


@pytest.mark.parametrize("before", ["{'path': 'i/", "?next=/i/", "?next=%2Fi%2F", "?next=%2fi%2f", "https://groundwork.example/i/"])
def test_token_in_a_part_of_an_address_is_hidden(before):
    assert hide_links(f"{before}{TOKEN}/") == f"{before}…/"


@pytest.mark.parametrize("text", ["/health-systems/", "/i/interview/", "/assessments/1/", "nothing"])
def test_other_addresses_stay_as_they_are(text):
    assert hide_links(text) == text


def test_token_in_the_arguments_of_a_message_is_hidden():
    record = logging.LogRecord("django.server", logging.INFO, "x.py", 1, '"%s" %s', (f"GET /p/{TOKEN}/ HTTP/1.1", 200), None)
    assert HideLinks().filter(record) is True
    assert record.getMessage() == '"GET /p/…/ HTTP/1.1" 200'


def test_token_in_a_traceback_is_hidden():
    try:
        raise LookupError(f"/i/{TOKEN}/")
    except LookupError:
        record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "Failed", (), sys.exc_info())
    HideLinks().filter(record)
    written = logging.Formatter("{message}", style="{").format(record)
    assert "LookupError: /i/…/" in written
    assert TOKEN not in written


def test_every_handler_of_the_project_hides_links(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert all("links" in handler["filters"] for handler in handlers)


def test_unknown_token_leaves_no_trace_in_the_log(client, db, caplog):
    caplog.handler.addFilter(HideLinks())
    client.get(f"/p/{TOKEN}/")
    assert "Not Found: /p/…/" in caplog.text
    assert TOKEN not in caplog.text
