"""A stakeholder's browser, and what the database holds, for the tests of their pages."""

import json

from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from assessments.models import Interview
from stakeholders.services.links import issue_link


def token_of(interview: Interview) -> str:
    """Return a fresh link's token to the interview."""
    return issue_link(organisation=interview.assessment.organisation, purpose="interview", subject_id=interview.pk)[1]


def browser_of(interview: Interview, **options) -> Client:
    """Return a browser in which the interview's Start was pressed."""
    client = Client(**options)
    client.post(reverse("landing", args=[token_of(interview)]))
    return client


def section_address(interview: Interview, domain: str = "LAB") -> str:
    return reverse("section", args=[interview.pk, domain])


def everything(*, without: tuple[str, ...] = ()) -> dict[str, list]:
    """Return every row of every table, to compare before and after."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.label not in without]
    return {m._meta.label: json.loads(serializers.serialize("json", m._base_manager.order_by("pk"))) for m in models}
