from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What was asked, answered, scored and found."""

    name = "assessments"
    verbose_name = "Assessments"
