from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The composition root: pages that show several apps, reports, commands."""

    name = "readiness"
    verbose_name = "Readiness"

    def ready(self) -> None:
        """Register the system checks."""
        from readiness import checks  # noqa: F401
