"""The people at the health system: stakeholders who answer, and the host who co-owns the assessment."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stakeholders.models.health_systems import HealthSystem, ServiceLine, Site
from stakeholders.models.roles import Influence, Role
from stakeholders.models.tenancy import TenantQuerySet
from stakeholders.models.versioned import Versioned


class StakeholderQuerySet(TenantQuerySet["Stakeholder"]):
    """Named selections of stakeholders."""

    tenant_path = "health_system__organisation_id"


class Stakeholder(Versioned):
    """A person at the health system who is asked; without an account, reached by an e-mailed link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    health_system = models.ForeignKey(HealthSystem, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("empty only in an imported bundle"))
    email = models.EmailField(_("e-mail address"), blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    usual_role = models.CharField(_("usual role"), max_length=40, choices=Role.choices)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, help_text=_("empty: the whole system"))
    service_line = models.ForeignKey(ServiceLine, on_delete=models.SET_NULL, null=True, blank=True)
    front_line = models.BooleanField(_("does the affected work daily"), default=False)
    influence = models.CharField(_("influence"), max_length=10, choices=Influence.choices, default=Influence.MEDIUM)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, help_text=_("empty: that of the site"))
    language = models.CharField(_("language"), max_length=5, default="en")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "health_system", name="stakeholder_email_once", condition=~models.Q(email="")),
            models.CheckConstraint(condition=models.Q(usual_role__in=Role.values), name="stakeholder_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Unnamed stakeholder"))

    @property
    def zone(self) -> str:
        """Return the IANA time zone of the person: their own, else the site's, else the health system's."""
        site_zone = self.site.time_zone if self.site else ""
        return self.time_zone or site_zone or self.health_system.time_zone


class HostQuerySet(TenantQuerySet["Host"]):
    """Named selections of hosts."""

    tenant_path = "health_system__organisation_id"


class Host(Versioned):
    """The named co-owner at the health system, who approves people, questions, visibility, uploads and retention by link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    health_system = models.ForeignKey(HealthSystem, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    title = models.CharField(_("job title"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()

    objects = HostQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), "health_system", name="host_email_once")]

    def __str__(self) -> str:
        return self.name
