"""The customer: health systems, their sites and service lines, and the national list of hospitals."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stakeholders.models.accounts import Organisation
from stakeholders.models.tenancy import TenantQuerySet
from stakeholders.models.versioned import Versioned
from stakeholders.validators import validate_time_zone

if TYPE_CHECKING:
    from collections.abc import Iterable


class HospitalQuerySet(models.QuerySet["Hospital"]):
    """Named selections of hospitals."""

    def search(self, words: str) -> "HospitalQuerySet":
        """Return hospitals that match every word by name, city, state or CCN."""
        found = self
        for word in words.split()[:8]:
            at_place = self._holds("name", word) | self._holds("city", word)
            found = found.filter(at_place | models.Q(ccn__istartswith=word) | models.Q(state__iexact=word))
        return found.order_by("name", "ccn")

    @staticmethod
    def _holds(field: str, word: str) -> models.Q:
        """Return the condition that a field holds a word, as a whole word when it is as short as a state's code."""
        if len(word) > 2:
            return models.Q(**{f"{field}__icontains": word})
        starts, ends = models.Q(**{f"{field}__istartswith": f"{word} "}), models.Q(**{f"{field}__iendswith": f" {word}"})
        return starts | ends | models.Q(**{f"{field}__icontains": f" {word} "})


class Hospital(models.Model):
    """Reference data without a tenant: one hospital of the CMS Hospital General Information file."""

    ccn = models.CharField(_("CCN"), max_length=6, primary_key=True, help_text=_("CMS certification number, six characters"))
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True, db_index=True)
    zip_code = models.CharField(max_length=10, blank=True)
    county = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    hospital_type = models.CharField(max_length=100, blank=True)
    ownership = models.CharField(max_length=100, blank=True)
    emergency_services = models.BooleanField(null=True, help_text=_("unknown where the file does not say"))
    overall_rating = models.PositiveSmallIntegerField(null=True, help_text=_("CMS stars, 1–5; unknown where not rated"))

    objects = HospitalQuerySet.as_manager()

    class Meta:
        ordering = ["name", "ccn"]
        constraints = [models.CheckConstraint(condition=models.Q(ccn__regex=r"^[0-9A-Z]{6}$"), name="hospital_ccn_six_characters")]

    def __str__(self) -> str:
        return f"{self.name}, {self.city} {self.state} ({self.ccn})"


class HealthSystemQuerySet(TenantQuerySet["HealthSystem"]):
    """Named selections of health systems."""

    def search(self, words: str) -> "HealthSystemQuerySet":
        """Return the health systems that match every word by their name or state, or by a site's name or city."""
        found = self
        for word in words.split()[:8]:
            at_site = Site.objects.filter(health_system=models.OuterRef("pk"))
            at_site = at_site.filter(models.Q(name__icontains=word) | models.Q(city__icontains=word))
            own = models.Q(name__icontains=word) | models.Q(state__iexact=word)
            found = found.filter(own | models.Q(models.Exists(at_site)))
        return found


class HealthSystem(models.Model):
    """The customer as one organisation knows it; the same system under two vendors is two rows, never joined."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="health_systems")
    name = models.CharField(_("name"), max_length=160)
    state = models.CharField(_("state"), max_length=2, blank=True, help_text=_("two letters, for example IL"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/New_York", validators=[validate_time_zone])
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = HealthSystemQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="health_system_name_once")]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(TenantQuerySet["Site"]):
    """Named selections of sites."""

    tenant_path = "health_system__organisation_id"


class Site(Versioned):
    """A hospital or clinic of a health system; it may point at its row in the CMS list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    health_system = models.ForeignKey(HealthSystem, on_delete=models.CASCADE, related_name="sites")
    code = models.SlugField(max_length=60, help_text=_("short name in files, unique in the health system"))
    name = models.CharField(_("name"), max_length=160)
    hospital = models.ForeignKey(Hospital, on_delete=models.SET_NULL, null=True, blank=True, related_name="sites")
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    beds = models.PositiveIntegerField(_("beds"), null=True, blank=True)
    ehr = models.CharField(_("EHR"), max_length=80, blank=True, help_text=_("electronic health record in use"))
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, help_text=_("empty: that of the health system"))
    history = HistoricalRecords()

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["health_system", "code"], name="site_code_once"),
            models.UniqueConstraint(fields=["health_system", "name"], name="site_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceLineQuerySet(TenantQuerySet["ServiceLine"]):
    """Named selections of service lines."""

    tenant_path = "health_system__organisation_id"


class ServiceLine(Versioned):
    """A clinical service line that a product touches, such as medical oncology; it may name the sites it is at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    health_system = models.ForeignKey(HealthSystem, on_delete=models.CASCADE, related_name="service_lines")
    code = models.SlugField(max_length=60, help_text=_("short name in files, unique in the health system"))
    name = models.CharField(_("name"), max_length=160)
    sites = models.ManyToManyField(Site, blank=True, related_name="service_lines", help_text=_("none: at every site"))

    objects = ServiceLineQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["health_system", "code"], name="service_line_code_once")]

    def __str__(self) -> str:
        return self.name


def unused_code(name: str, taken: "Iterable[str]") -> str:
    """Return a code made from a name that is not among those taken: `north-pass`, `north-pass-2`, …."""
    from django.utils.text import slugify

    base = slugify(name)[:50] or "unnamed"
    codes, number, code = set(taken), 1, base
    while code in codes:
        number += 1
        code = f"{base}-{number}"
    return code
