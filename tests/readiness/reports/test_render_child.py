"""The child's two guards, each alone: the fetcher that knows bundled files only, and the hook that refuses the world."""

import subprocess
import sys
from pathlib import Path

import pytest

from readiness.reports import render_child
from readiness.reports.pdf import CHILD
from tests.readiness.reports.test_pdf import canary


def test_fetcher_serves_a_bundled_file():
    files = render_child.BundledFiles({"css/a.css": b"p {}"})
    answer = files.fetch(render_child.BASE + "css/a.css")
    assert (answer.read(), answer.content_type) == (b"p {}", "text/css")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "data:text/plain,x", render_child.BASE + "b.css", "css/a.css", "ftp://127.0.0.1/a"]
)
def test_fetcher_refuses_every_other_address(address):
    with pytest.raises(ValueError, match="only bundled files"):
        render_child.BundledFiles({"css/a.css": b""}).fetch(address)


def test_fetcher_knocks_nowhere():
    with canary() as (port, knocked), pytest.raises(ValueError, match="only bundled files"):
        render_child.BundledFiles({}).fetch(f"http://127.0.0.1:{port}/css/a.css")
    assert knocked == []


def behind_the_hook(code: str) -> str:
    """Run code in a Python that has the child's hook; returns what it wrote to standard error."""
    start = (
        f"import sys; sys.path.insert(0, {str(Path(CHILD).parent)!r}); import render_child; sys.addaudithook(render_child.refuse_the_world)"
    )
    done = subprocess.run([sys.executable, "-c", f"{start}\n{code}"], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
    ],
)
def test_hook_refuses_connections_and_programs(code):
    assert "is refused while a report is rendered" in behind_the_hook(code)
