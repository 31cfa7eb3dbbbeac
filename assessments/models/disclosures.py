"""Workarounds as they are really done: a protected channel, apart from answers, revisions, history and audit."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.interviews import Interview
from stakeholders.models.tenancy import TenantQuerySet


class HowOften(models.TextChoices):
    """How often a workaround is needed, in words that give nobody away."""

    EVERY_DAY = "every_day", _("Every day")
    EVERY_WEEK = "every_week", _("Every week")
    EVERY_MONTH = "every_month", _("Every month")
    LESS_OFTEN = "less_often", _("Less often")


class DisclosureQuerySet(TenantQuerySet["Disclosure"]):
    """Named selections of disclosures."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class Disclosure(models.Model):
    """A protected entry: what is really done, how often, what breaks if it stops.

    On submit the link to the interview is erased; the key is random, so that no order of entry remains.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="disclosures")
    interview = models.ForeignKey(Interview, on_delete=models.SET_NULL, null=True, related_name="disclosures")
    what = models.TextField(_("what is really done"), max_length=2000)
    how_often = models.CharField(_("how often"), max_length=120, blank=True)
    what_breaks = models.CharField(_("what breaks if it stops"), max_length=500, blank=True)
    day = models.DateField(null=True, help_text=_("cut to the day"))
    shown_to_vendor = models.BooleanField(default=False, help_text=_("decided by the host"))

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.id)
