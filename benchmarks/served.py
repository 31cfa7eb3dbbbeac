"""The product as it is served, for measurements: gunicorn with the settings of `scripts/serve.sh`, and a way to kill its workers."""

import os
import random
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """A running gunicorn."""

    def __init__(self, workers: int, threads: int) -> None:
        self.port = free_port()
        self.log = Path(os.environ["VAR_DIR"]) / "gunicorn.log"
        self.killed, self.cpu_seconds = 0, 0.0
        command = [sys.executable, "-m", "gunicorn", "readiness.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(workers), "--threads", str(threads), "--config", str(ROOT / "scripts/gunicorn.conf.py")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)

    @property
    def workers(self) -> list[int]:
        """Return the process ids of the workers that live now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def wait_until_ready(self) -> None:
        """Wait until the server says that it is well; gives up after half a minute."""
        for _ in range(300):
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10):
                return
            time.sleep(0.1)
        raise SystemExit(f"The server did not start.\n{self.log.read_text()[-4000:]}")

    def kill_workers(self, every: float, finished: threading.Event) -> None:
        """Kill a random worker with -9 every so many seconds, until finished."""
        while not finished.wait(every):
            workers = self.workers
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(workers), signal.SIGKILL)
                    self.killed += 1

    def stop(self) -> None:
        """Stop the server, the hard way after half a minute, and note the processor time that it and its workers took."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def serving(*, workers: int = 2, threads: int = 4) -> Iterator[Server]:
    """Serve the product until the block ends."""
    server = Server(workers, threads)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
