"""A real browser against the served product. Without Chromium these tests skip, or fail when REQUIRE_E2E=1."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

# The sync API of Playwright keeps an event loop running in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session", autouse=True)
def _needs_a_browser():
    if CHROMIUM is None:
        reason = "there is no Chromium on this machine (apt-get install chromium)"
        if os.environ.get("REQUIRE_E2E") == "1":
            pytest.fail(f"REQUIRE_E2E=1, but {reason}")
        pytest.skip(f"BROWSER TESTS SKIPPED: {reason}")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


class Watch:
    """What a browser must never do: fetch from elsewhere, violate the policy, fail in a script."""

    def __init__(self, live_server_url):
        self.host = urlsplit(live_server_url).netloc
        self.foreign, self.complaints = [], []

    def follow(self, page):
        page.on("request", self._request)
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.foreign.append(request.url)

    def _console(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def watch(live_server):
    watch = Watch(live_server.url)
    yield watch
    assert watch.foreign == []
    assert watch.complaints == []


@pytest.fixture
def open_page(browser, live_server, watch):
    """Return a function that opens a page of its own browser context: a person on a device."""
    contexts = []

    def open_page(viewport=None, **options):
        context = browser.new_context(viewport=viewport or DESKTOP, base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return watch.follow(context.new_page())

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_page):
    """Return a function that signs a member in through the sign-in page."""

    def sign_in(email, password, **options):
        page = open_page(**options)
        page.goto("/accounts/login/")
        page.locator("main [name=login]").fill(email)
        page.locator("main [name=password]").fill(password)
        page.locator("main button.btn-primary").click()
        page.wait_for_load_state()
        return page

    return sign_in


def axe_findings(page):
    """Return what axe finds on the page, as short lines."""
    result = Axe().run(page)
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
