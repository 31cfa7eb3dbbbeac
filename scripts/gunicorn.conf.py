"""How the embedded product is served: no access log, and no link's token in the error log."""

from typing import Any

from readiness.logs import HideLinks

accesslog = None
preload_app = True
# People think for longer than the default of two seconds: the next answer finds the connection still open, and does not meet
# its closing half-way.
keepalive = 20


def on_starting(server: Any) -> None:
    """Hide tokens in what the server itself writes."""
    server.log.error_log.addFilter(HideLinks())
