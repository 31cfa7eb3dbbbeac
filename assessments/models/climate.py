"""Shared commitment and confidence, asked anonymously: kept apart from interviews like a disclosure."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from assessments.models.interviews import Interview
from stakeholders.models import Site
from stakeholders.models.tenancy import TenantQuerySet


class ClimateAnswerQuerySet(TenantQuerySet["ClimateAnswer"]):
    """Named selections of anonymous answers."""

    tenant_path = "assessment__organisation_id"
    assessment_path = "assessment"


class ClimateAnswer(models.Model):
    """How far one person agrees with an anonymous statement; on submit the link to the interview is erased.

    What is left is the unit: a site, or none for people of the whole system and of sites too small to be shown. The answer
    then waits without a day until two others to the same statement in the same unit can be shown with it; the day is that
    of showing, not of answering. Keys are random and waiting rows are written anew, so that no order remains.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="climate")
    interview = models.ForeignKey(Interview, on_delete=models.SET_NULL, null=True, related_name="climate")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("the unit; empty: no single site"))
    item_code = models.CharField(max_length=20)
    agreement = models.PositiveSmallIntegerField(help_text=_("0 strongly disagree – 4 strongly agree"))
    day = models.DateField(null=True, help_text=_("when it was shown, together with others; empty while it waits"))

    objects = ClimateAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "item_code"], condition=Q(interview__isnull=False), name="climate_answer_once_while_linked"
            ),
            models.CheckConstraint(condition=Q(agreement__lte=4), name="climate_agreement_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.item_code}: {self.agreement}"
