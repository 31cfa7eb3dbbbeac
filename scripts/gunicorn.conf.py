"""How the embedded product is served: no access log, and no link's token in the error log."""

from readiness.logs import HideLinks

accesslog = None
preload_app = True


def on_starting(server):
    """Hide tokens in what the server itself writes."""
    server.log.error_log.addFilter(HideLinks())
