"""Where a deal applies: the sites and service lines of the health system, and the waves in which sites go live."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from assessments.models import Assessment, AssessmentState, Stage, Wave
from assessments.services.scores import request_score
from assessments.services.setup import SETTLED, NotInThisStateError, claim_version, record, require_draft
from stakeholders.models import HealthSystem, Hospital, ServiceLine, Site, User, unused_code
from stakeholders.services.health_systems import add_hospital_as_site, add_service_line, add_site


class PlaceInUseError(Exception):
    """People of the assessment are at a site or service line that would leave; the exception's text is its name."""


@dataclass(frozen=True)
class Places:
    """The sites and service lines of an assessment: those of the health system, and names and hospitals to add to it."""

    sites: Sequence[Site]
    service_lines: Sequence[ServiceLine]
    hospitals: Sequence[Hospital] = ()
    new_sites: Sequence[str] = ()
    new_service_lines: Sequence[str] = ()


@dataclass(frozen=True)
class WaveDraft:
    """A wave as it was typed; without a code one is made from the title."""

    title: str
    sites: Sequence[Site]
    stage: str = Stage.WAVE
    position: int = 0
    code: str = ""


@transaction.atomic
def save_places(*, assessment: Assessment, places: Places, actor: User | None = None, seen: int | None = None) -> Assessment:
    """Set an assessment's sites and service lines, adding hospitals and names to the health system; only of a draft.

    A site that leaves also leaves the assessment's waves. A hospital or name that the health system already has is taken,
    not doubled. Raises PlaceInUseError where people would lose their site or service line, ValueError for one of another
    health system.
    """
    claim_version(assessment, seen)
    require_draft(assessment)
    system = assessment.health_system
    _require_own(system, [*places.sites, *places.service_lines])
    found = [_hospital(system, hospital, actor) for hospital in places.hospitals]
    sites = [*places.sites, *found, *(_site(system, name, actor) for name in places.new_sites)]
    assessment.sites.set(sites)
    new_lines = [_service_line(system, name, actor) for name in places.new_service_lines]
    assessment.service_lines.set([*places.service_lines, *new_lines])
    _require_places_of_people(assessment)
    for wave in assessment.waves.all():
        wave.sites.remove(*wave.sites.exclude(pk__in=[site.pk for site in sites]))
    record(assessment, "assessment.places_saved", actor)
    return assessment


def _require_own(system: HealthSystem, rows: Iterable[Site | ServiceLine]) -> None:
    if any(row.health_system_id != system.pk for row in rows):
        raise ValueError("A site or service line belongs to another health system.")


def _require_places_of_people(assessment: Assessment) -> None:
    seats = assessment.interviews.taking_part().select_related("site", "service_line")
    left = seats.exclude(site=None).exclude(site__in=assessment.sites.all()).first()
    if left is not None:
        raise PlaceInUseError(str(left.site))
    left = seats.exclude(service_line=None).exclude(service_line__in=assessment.service_lines.all()).first()
    if left is not None:
        raise PlaceInUseError(str(left.service_line))


def _hospital(system: HealthSystem, hospital: Hospital, actor: User | None) -> Site:
    known = system.sites.filter(hospital=hospital).first()
    return known or add_hospital_as_site(health_system=system, hospital=hospital, actor=actor)


def _site(system: HealthSystem, name: str, actor: User | None) -> Site:
    known = system.sites.filter(name__iexact=name).first()
    return known or add_site(health_system=system, values={"name": name, "state": system.state}, actor=actor)


def _service_line(system: HealthSystem, name: str, actor: User | None) -> ServiceLine:
    known = system.service_lines.filter(name__iexact=name).first()
    return known or add_service_line(health_system=system, name=name, sites=[], actor=actor)


@transaction.atomic
def save_waves(*, assessment: Assessment, waves: Sequence[WaveDraft], actor: User | None = None, seen: int | None = None) -> list[Wave]:
    """Replace an assessment's waves, in the order of their positions; a wave keeps its row while its code stays.

    Waves may still move after opening (the verdict per wave is then scored again), not once the deal is signed or lost.
    Raises ValueError for a site that the assessment does not have.
    """
    claim_version(assessment, seen)
    if assessment.state in SETTLED:
        raise NotInThisStateError(assessment.state)
    own = set(assessment.sites.values_list("pk", flat=True))
    if any(site.pk not in own for wave in waves for site in wave.sites):
        raise ValueError("A wave names a site that the assessment does not have.")
    saved = _store_waves(assessment, sorted(waves, key=lambda wave: wave.position))
    record(assessment, "assessment.waves_saved", actor)
    if assessment.state != AssessmentState.DRAFT:
        request_score(assessment=assessment, reason="scope")
    return saved


def _store_waves(assessment: Assessment, drafts: Sequence[WaveDraft]) -> list[Wave]:
    named = {draft.code for draft in drafts if draft.code}
    assessment.waves.exclude(code__in=named).delete()
    taken, saved = set(named), []
    for position, draft in enumerate(drafts):
        code = draft.code or unused_code(draft.title, taken)
        taken.add(code)
        values = {"title": draft.title, "stage": draft.stage, "position": position}
        wave, _ = Wave.objects.update_or_create(assessment=assessment, code=code, defaults=values)
        wave.sites.set(draft.sites)
        saved.append(wave)
    return saved
