"""System checks of our own: every view has an access policy."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

# Routes of libraries, which bring their own guards; nothing of ours is behind them.
LIBRARY_ROUTES = ("accounts/", "admin/", "static/")


def routes(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every route of the URLconf with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


@register
def every_view_has_a_policy(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse views without an access decorator."""
    return [
        Error(f"The view of “{route}” has no access policy.", hint="Use a decorator of stakeholders.access.", id="readiness.E001")
        for route, view in routes()
        if not route.startswith(LIBRARY_ROUTES) and not hasattr(view, "policy")
    ]
