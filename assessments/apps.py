from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What was asked, answered, scored and found."""

    name = "assessments"
    verbose_name = "Assessments"

    def ready(self) -> None:
        """Register the letters of invitations, reminders, new links and host approvals."""
        from assessments.letters import register_letters

        register_letters()
