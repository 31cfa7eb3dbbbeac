"""Set an assessment up: the promise first, then product, customer, dates, host and terms. Every step saves."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from assessments.models import Assessment, AssessmentState, Assignment, Product, Promise
from assessments.services.profile_requirements import profile_lines
from assessments.services.scopes import core_items
from stakeholders.models import HealthSystem, Host, LinkPurpose, Membership, User
from stakeholders.services.audit import record_event
from stakeholders.services.links import revoke_links

DETAILS = ("product", "health_system", "contract_date", "promised_go_live", "target_go_live")
TERMS = ("visibility_vendor", "visibility_health_system", "uploads_allowed", "retention_months")
# What the host approved is fixed from then on; the promise, the waves and the dates of a deal may still move.
DRAFT_ONLY = {"product", "health_system"}
SETTLED = (AssessmentState.SIGNED, AssessmentState.LOST)


class EditedMeanwhileError(Exception):
    """Somebody else saved the assessment's set-up after this page was opened; nothing was overwritten."""


class NotInThisStateError(Exception):
    """The assessment's state does not allow the change (for example other terms once the host has approved them)."""


@transaction.atomic
def start_assessment(*, membership: Membership, product: Product, health_system: HealthSystem, promise: Mapping[str, Any]) -> Assessment:
    """Make a draft with its promise; a member who sees only assigned assessments is assigned to it.

    `promise` needs `metric` and `target`; unit, baseline, by, constraint and owner are optional.
    """
    assessment = Assessment.objects.create(
        organisation=membership.organisation, product=product, health_system=health_system, created_by=membership.user
    )
    Promise.objects.create(assessment=assessment, **promise)
    if membership.only_assigned:
        Assignment.objects.create(assessment=assessment, membership=membership)
    record(assessment, "assessment.started", membership.user)
    return assessment


def record(assessment: Assessment, verb: str, actor: User | Host | None) -> None:
    """Append an audit event about the assessment itself."""
    record_event(organisation=assessment.organisation, verb=verb, subject=assessment, actor=actor, assessment_id=assessment.pk)


def claim_version(assessment: Assessment, seen: int | None) -> None:
    """Raise the assessment's version, inside the caller's transaction; EditedMeanwhileError when it is not the one that was seen."""
    rows = Assessment.objects.filter(pk=assessment.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    if not rows.update(version=F("version") + 1):
        raise EditedMeanwhileError
    assessment.refresh_from_db(fields=["version", "state"])


def lock_health_system(system_pk: uuid.UUID) -> None:
    """Let one at a time add people, hosts or places of a health system, so that two at once get the same answer as two in turn."""
    HealthSystem.objects.select_for_update(no_key=True).get(pk=system_pk)


def require_draft(assessment: Assessment) -> None:
    """Raise NotInThisStateError unless the assessment is a draft."""
    if assessment.state != AssessmentState.DRAFT:
        raise NotInThisStateError(assessment.state)


@transaction.atomic
def save_promise(*, assessment: Assessment, values: Mapping[str, Any], actor: User | None = None, seen: int | None = None) -> Promise:
    """Save the operational promise; refused once the deal is signed or lost."""
    claim_version(assessment, seen)
    if assessment.state in SETTLED:
        raise NotInThisStateError(assessment.state)
    promise, _ = Promise.objects.update_or_create(assessment=assessment, defaults=dict(values))
    record(assessment, "assessment.promise_saved", actor)
    return promise


@transaction.atomic
def save_details(*, assessment: Assessment, values: Mapping[str, Any], actor: User | None = None, seen: int | None = None) -> Assessment:
    """Save product, health system or deal dates (plain dates in the health system's zone).

    Product and health system only of a draft. Another health system takes sites, service lines, waves, host and people of
    the former one along, so it is refused (ValueError) while there are any.
    """
    claim_version(assessment, seen)
    fields = {name: values[name] for name in DETAILS if name in values}
    if any(name in DRAFT_ONLY for name in fields):
        require_draft(assessment)
    elif assessment.state in SETTLED:
        raise NotInThisStateError(assessment.state)
    system = fields.get("health_system", assessment.health_system)
    if system != assessment.health_system and is_tied_to_system(assessment):
        raise ValueError("The assessment already has sites, people or a host of its health system.")
    return _save(assessment, fields, "assessment.details_saved", actor)


def is_tied_to_system(assessment: Assessment) -> bool:
    """Tell whether the assessment holds anything of its health system: sites, service lines, host or people."""
    related = (assessment.sites, assessment.service_lines, assessment.waves, assessment.interviews)
    return assessment.host_id is not None or any(rows.exists() for rows in related)


def _save(assessment: Assessment, fields: Mapping[str, Any], verb: str, actor: User | None) -> Assessment:
    for name, value in fields.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=list(fields))
    record(assessment, verb, actor)
    return assessment


@transaction.atomic
def save_host(
    *, assessment: Assessment, name: str, email: str, title: str = "", actor: User | None = None, seen: int | None = None
) -> Host:
    """Name the host; only of a draft.

    A host of the health system with that address is taken, with the name and title given now. Links mailed to a former
    host close at once.
    """
    claim_version(assessment, seen)
    require_draft(assessment)
    system = assessment.health_system
    lock_health_system(system.pk)
    host = Host.objects.filter(health_system=system, email__iexact=email).first() or Host(health_system=system, email=email)
    host.name, host.title = name, title
    host.save()
    if assessment.host_id not in (None, host.pk):
        revoke_links(purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    _save(assessment, {"host": host}, "assessment.host_named", actor)
    return host


@transaction.atomic
def save_terms(*, assessment: Assessment, values: Mapping[str, Any], actor: User | None = None, seen: int | None = None) -> Assessment:
    """Propose who sees what, whether files may be attached and how many months answers are kept; only of a draft."""
    claim_version(assessment, seen)
    require_draft(assessment)
    return _save(assessment, {name: values[name] for name in TERMS if name in values}, "assessment.terms_proposed", actor)


@transaction.atomic
def switch_domains(
    *,
    assessment: Assessment,
    left_out: Iterable[str],
    left_out_items: Iterable[str] | None = None,
    actor: User | None = None,
    seen: int | None = None,
) -> Assessment:
    """Keep which domains, and which single items, the next scope leaves out; only of a draft.

    Without `left_out_items` the items stay as they are. Raises ValueError when no item would be left to ask.
    """
    claim_version(assessment, seen)
    require_draft(assessment)
    lines = profile_lines(assessment.product, assessment.product.version)
    asked = core_items(assessment.product, lines)
    domains = set(left_out) & {line.requirement.domain for line in lines}
    items = set(assessment.left_out_items if left_out_items is None else left_out_items) & {item.code for item in asked}
    if not any(item.is_scored for item in asked if item.domain_code not in domains and item.code not in items):
        raise ValueError("A scope needs at least one item.")
    fields = {"left_out_domains": sorted(domains), "left_out_items": sorted(items)}
    return _save(assessment, fields, "assessment.domains_switched", actor)
