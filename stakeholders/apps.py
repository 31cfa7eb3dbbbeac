from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """Who: organisations and their members, health systems and the people there, links and mails to them."""

    name = "stakeholders"
    verbose_name = "Stakeholders"

    def ready(self) -> None:
        """Register the letters of the mails that this app sends."""
        from stakeholders import letters  # noqa: F401
