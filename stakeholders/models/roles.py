"""The nine roles of a health system's stakeholders, and how freely an audience may see their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The part a stakeholder plays at the health system."""

    LAB_DIRECTOR = "lab_director", _("Laboratory")
    IT_INTEGRATION_LEAD = "it_integration_lead", _("IT and integration")
    COMPLIANCE = "compliance_privacy_security", _("Compliance, privacy, security")
    NURSING_INFORMATICS = "nursing_informatics", _("Nursing informatics")
    PATIENT_NAVIGATION = "patient_navigation", _("Patient navigation")
    CLINICIAN = "clinician", _("Clinician")
    FINANCE_SUPPLY_CHAIN = "finance_supply_chain", _("Finance and supply chain")
    EXECUTIVE_SPONSOR = "executive_sponsor", _("Executive sponsor")
    TRANSITION_MANAGER = "transition_manager", _("Transition manager")


class Visibility(models.TextChoices):
    """How much of an answer's author an audience sees; the order is from open to strict."""

    NAMED = "named", _("name, role and answer")
    ROLE = "role", _("role and answer, no name")
    FIGURES_ONLY = "figures_only", _("figures only, no single answer")


STRICTNESS = {Visibility.NAMED: 0, Visibility.ROLE: 1, Visibility.FIGURES_ONLY: 2}


class Influence(models.TextChoices):
    """How much weight a person's word has where the change must happen."""

    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")
