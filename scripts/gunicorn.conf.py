"""How the embedded product is served: no access log, and no link's token in the error log."""

from typing import Any

from readiness.logs import HideLinks

accesslog = None
preload_app = True


def on_starting(server: Any) -> None:
    """Hide tokens in what the server itself writes."""
    server.log.error_log.addFilter(HideLinks())
