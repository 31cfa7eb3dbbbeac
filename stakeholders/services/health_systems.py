"""Keep health systems, their sites and service lines: add, change, and delete what nothing depends on."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.models import HealthSystem, Hospital, Organisation, ServiceLine, Site, User, unused_code
from stakeholders.services.audit import record_event
from stakeholders.services.unique import refuse_duplicate
from stakeholders.zones import zone_of_state

SYSTEM_TAKEN = gettext_lazy("There is a health system with this name already.")
SITE_TAKEN = gettext_lazy("This health system has a site with this name already.")
LINE_TAKEN = gettext_lazy("This health system has a service line with this name already.")


class ChangedMeanwhileError(ValueError):
    """Somebody else saved the row since it was shown."""


@transaction.atomic
def create_health_system(*, organisation: Organisation, name: str, state: str, time_zone: str, actor: User) -> HealthSystem:
    """Add a health system; without a time zone it gets its state's, else the organisation's. Raises ValidationError for a taken name."""
    zone = time_zone or zone_of_state(state, organisation.time_zone)
    with refuse_duplicate("name", SYSTEM_TAKEN):
        system = HealthSystem.objects.create(organisation=organisation, name=name, state=state, time_zone=zone)
    record_event(organisation=organisation, verb="health_system.created", subject=system, actor=actor)
    return system


@transaction.atomic
def change_health_system(*, health_system: HealthSystem, version: int, values: dict[str, str], actor: User) -> HealthSystem:
    """Change name, state or time zone of the version that was shown.

    Raises ChangedMeanwhileError when somebody saved another one since, ValidationError for a taken name.
    """
    current = HealthSystem.objects.select_for_update().get(pk=health_system.pk)
    if current.version != version:
        raise ChangedMeanwhileError
    for field in ("name", "state", "time_zone"):
        setattr(current, field, values[field])
    current.version += 1
    with refuse_duplicate("name", SYSTEM_TAKEN):
        current.save()
    record_event(organisation=current.organisation, verb="health_system.changed", subject=current, actor=actor)
    return current


@transaction.atomic
def delete_health_system(*, health_system: HealthSystem, actor: User) -> None:
    """Delete a health system with its sites and service lines; raises ValidationError while assessments or people depend on it."""
    if health_system.assessments.exists():
        raise ValidationError(_("This health system has assessments, so it stays."))
    if health_system.stakeholders.exists() or health_system.hosts.exists():
        raise ValidationError(_("People are known at this health system, so it stays."))
    record_event(organisation=health_system.organisation, verb="health_system.deleted", subject=health_system, actor=actor)
    health_system.delete()


def _site_zone(health_system: HealthSystem, state: str, time_zone: str) -> str:
    """Return a site's own zone: the one given, else its state's; empty where that is the health system's."""
    zone = time_zone or zone_of_state(state)
    return "" if zone == health_system.time_zone else zone


@transaction.atomic
def add_site(*, health_system: HealthSystem, values: dict[str, Any], actor: User | None, hospital: Hospital | None = None) -> Site:
    """Add a site, by hand or for a hospital of the CMS list; raises ValidationError for a taken name."""
    HealthSystem.objects.select_for_update().get(pk=health_system.pk)
    zone = _site_zone(health_system, values.get("state", ""), values.get("time_zone", ""))
    code = unused_code(values["name"], health_system.sites.values_list("code", flat=True))
    with refuse_duplicate("name", SITE_TAKEN):
        site = Site.objects.create(health_system=health_system, code=code, hospital=hospital, **{**values, "time_zone": zone})
    record_event(organisation=health_system.organisation, verb="site.added", subject=site, actor=actor)
    return site


@transaction.atomic
def add_hospital_as_site(*, health_system: HealthSystem, hospital: Hospital, actor: User | None) -> Site:
    """Add a hospital of the CMS list as a site; where its name is taken, the city or the CCN is added to it.

    Raises ValidationError when the hospital is a site already.
    """
    HealthSystem.objects.select_for_update().get(pk=health_system.pk)
    if health_system.sites.filter(hospital=hospital).exists():
        raise ValidationError(_("%(name)s is a site of this health system already.") % {"name": hospital.name})
    names = [hospital.name[:160], f"{hospital.name[:120]}, {hospital.city[:38]}", f"{hospital.name[:150]} {hospital.ccn}"]
    taken = set(health_system.sites.filter(name__in=names).values_list("name", flat=True))
    free = [name for name in names if name not in taken]
    values = {"name": free[0] if free else names[0], "city": hospital.city, "state": hospital.state}
    return add_site(health_system=health_system, values=values, hospital=hospital, actor=actor)


@transaction.atomic
def change_site(*, site: Site, values: dict[str, Any], actor: User, seen: int | None = None) -> Site:
    """Change a site; its code stays, because files name it.

    Raises ValidationError for a taken name, SavedMeanwhileError when `seen` is not the current version.
    """
    site.raise_version(seen, ("name", "city", "state", "beds", "ehr", "time_zone"))
    for field, value in values.items():
        setattr(site, field, value)
    site.time_zone = _site_zone(site.health_system, site.state, site.time_zone)
    with refuse_duplicate("name", SITE_TAKEN):
        site.save()
    record_event(organisation=site.health_system.organisation, verb="site.changed", subject=site, actor=actor)
    return site


def _stays(name: str) -> NoReturn:
    raise ValidationError(_("%(name)s is part of an assessment, so it stays.") % {"name": name})


@transaction.atomic
def delete_site(*, site: Site, actor: User) -> None:
    """Delete a site; raises ValidationError while an assessment, a wave or an interview is about it."""
    if site.assessments.exists() or site.waves.exists():
        _stays(site.name)
    record_event(organisation=site.health_system.organisation, verb="site.deleted", subject=site, actor=actor)
    try:
        site.delete()
    except ProtectedError:
        _stays(site.name)


def _save_service_line(line: ServiceLine, sites: Iterable[Site]) -> ServiceLine:
    twins = ServiceLine.objects.filter(health_system=line.health_system, name__iexact=line.name).exclude(pk=line.pk)
    if twins.exists():
        raise ValidationError({"name": str(LINE_TAKEN)})
    with refuse_duplicate("name", LINE_TAKEN):
        line.save()
    line.sites.set(sites)
    return line


@transaction.atomic
def add_service_line(*, health_system: HealthSystem, name: str, sites: Iterable[Site], actor: User | None) -> ServiceLine:
    """Add a service line with the sites that have it (none: every site); raises ValidationError for a taken name."""
    HealthSystem.objects.select_for_update().get(pk=health_system.pk)
    code = unused_code(name, health_system.service_lines.values_list("code", flat=True))
    line = _save_service_line(ServiceLine(health_system=health_system, name=name, code=code), sites)
    record_event(organisation=health_system.organisation, verb="service_line.added", subject=line, actor=actor)
    return line


@transaction.atomic
def change_service_line(
    *, service_line: ServiceLine, name: str, sites: Iterable[Site], actor: User, seen: int | None = None
) -> ServiceLine:
    """Rename a service line or move it to other sites; its code stays.

    Raises ValidationError for a taken name, SavedMeanwhileError when `seen` is not the current version.
    """
    HealthSystem.objects.select_for_update().get(pk=service_line.health_system_id)
    service_line.raise_version(seen, ("name",))
    service_line.name = name
    _save_service_line(service_line, sites)
    record_event(organisation=service_line.health_system.organisation, verb="service_line.changed", subject=service_line, actor=actor)
    return service_line


@transaction.atomic
def delete_service_line(*, service_line: ServiceLine, actor: User) -> None:
    """Delete a service line; raises ValidationError while an assessment or an interview is about it."""
    if service_line.assessments.exists():
        _stays(service_line.name)
    organisation = service_line.health_system.organisation
    record_event(organisation=organisation, verb="service_line.deleted", subject=service_line, actor=actor)
    try:
        service_line.delete()
    except ProtectedError:
        _stays(service_line.name)
