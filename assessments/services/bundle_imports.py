"""Make a closed assessment with nameless stakeholders from a bundle, all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from assessments import scored
from assessments.bundle_limits import refuse_oversize
from assessments.models import (
    AgreedPlan,
    Answer,
    AnswerKind,
    AnswerRevision,
    Assessment,
    AssessmentState,
    Interview,
    InterviewState,
    Item,
    Kind,
    Reconciliation,
    Scope,
    ScopeItem,
    Wave,
)
from assessments.services.bundle_banks import bank_for, floor_of, product_for, roles_of
from assessments.services.scores import score_assessment
from stakeholders.models import HealthSystem, Organisation, ServiceLine, Site, Stakeholder, User
from stakeholders.services.audit import record_event

M = TypeVar("M", bound=models.Model)
LONGEST_NAME = 160
STATES: Mapping[str, InterviewState] = {
    "invited": InterviewState.INVITED,
    "in_progress": InterviewState.IN_PROGRESS,
    "submitted": InterviewState.SUBMITTED,
}


@transaction.atomic
def import_bundle(*, organisation: Organisation, bundle: scored.Bundle, actor: User | None = None) -> Assessment:
    """Return a closed assessment of the organisation that scores to the bundle's figures, and is scored.

    It has a health system, sites and service lines of its own. Raises BundleError, with the path, for what the database
    has no room for; the bundle must be one that `parse_bundle` accepts.
    """
    refuse_oversize(bundle)
    assessment = _start(organisation, bundle, actor)
    places = _Places(assessment, bundle)
    _freeze(assessment, bundle)
    interviews = _interviews(assessment, bundle, places)
    _answers(bundle, interviews)
    _agreements(assessment, bundle)
    record_event(organisation=organisation, verb="assessment.imported", subject=assessment, actor=actor, assessment_id=assessment.pk)
    score_assessment(assessment=assessment, reason="imported")
    return assessment


def unused_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, or the first of `name 2`, `name 3`, … that is not taken; at most 160 characters."""
    names, found, count = set(taken), name[:LONGEST_NAME], 1
    while found in names:
        count += 1
        found = f"{name[: LONGEST_NAME - 8]} {count}"
    return found


def _start(organisation: Organisation, bundle: scored.Bundle, actor: User | None) -> Assessment:
    version = bank_for(organisation=organisation, instrument=bundle.instrument)
    codes = [item.code for item in bundle.instrument.items]
    taken = HealthSystem.objects.filter(organisation=organisation).values_list("name", flat=True)
    now = timezone.now()
    return Assessment.objects.create(
        organisation=organisation,
        health_system=HealthSystem.objects.create(organisation=organisation, name=unused_name(_("Imported health system"), taken)),
        product=product_for(organisation=organisation, version=version, codes=codes),
        state=AssessmentState.CLOSED,
        imported=True,
        created_by=actor,
        opened_at=now,
        closed_at=now,
    )


class _Places:
    """The sites and service lines of an imported assessment, by their codes in the bundle."""

    def __init__(self, assessment: Assessment, bundle: scored.Bundle) -> None:
        system = assessment.health_system
        self.sites = self._named(bundle.sites, lambda code, name: Site(health_system=system, code=code, name=name))
        bulk_create_with_history(list(self.sites.values()), Site)
        self.services = self._named(bundle.services, lambda code, name: ServiceLine(health_system=system, code=code, name=name))
        ServiceLine.objects.bulk_create(self.services.values())
        assessment.sites.set(self.sites.values())
        assessment.service_lines.set(self.services.values())
        for service in bundle.services:
            self.services[service.code].sites.set([self.sites[code] for code in service.sites])
        self._store_waves(assessment, bundle.waves)

    @staticmethod
    def _named(entries: Iterable[scored.Site | scored.Service], make: Callable[[str, str], M]) -> dict[str, M]:
        """Return a row per entry; names must differ, and an entry without title is named by its code."""
        rows: dict[str, M] = {}
        taken: set[str] = set()
        for entry in entries:
            name = unused_name(entry.title or entry.code, taken)
            taken.add(name)
            rows[entry.code] = make(entry.code, name)
        return rows

    def _store_waves(self, assessment: Assessment, waves: Iterable[scored.Wave]) -> None:
        for position, wave in enumerate(waves):
            row = Wave.objects.create(assessment=assessment, code=wave.code, title=wave.title or wave.code, position=position)
            row.sites.set([self.sites[code] for code in wave.sites])


def _freeze(assessment: Assessment, bundle: scored.Bundle) -> None:
    """Write the scope as the bundle has it: needs, floors and weights may differ from the question bank's."""
    version = assessment.product.version
    scope = Scope.objects.create(
        assessment=assessment, number=1, version=version, reason=_("Imported"), stated_roles=list(bundle.required_roles)
    )
    items = {item.code: item for item in version.items.all()}
    ScopeItem.objects.bulk_create(
        _scope_item(scope, items[item.code], item, position) for position, item in enumerate(bundle.instrument.items)
    )


def _scope_item(scope: Scope, row: Item, item: scored.Item, position: int) -> ScopeItem:
    return ScopeItem(
        scope=scope,
        item=row,
        code=item.code,
        domain_code=item.domain,
        position=position,
        kind=item.kind,
        need=item.need,
        floor=floor_of(item),
        weight=item.weight,
        gate=item.gate,
        unit=item.unit or "",
        direction=item.direction,
        roles=roles_of(item),
        accountable=item.accountable,
    )


def _interviews(assessment: Assessment, bundle: scored.Bundle, places: _Places) -> dict[str, Interview]:
    """Return the interviews by respondent id, each of a stakeholder without name and address."""
    people = {r.id: _stakeholder(assessment, r, places) for r in bundle.respondents}
    bulk_create_with_history(list(people.values()), Stakeholder)
    interviews = {r.id: _interview(assessment, r, people[r.id]) for r in bundle.respondents}
    Interview.objects.bulk_create(interviews.values())
    return interviews


def _stakeholder(assessment: Assessment, respondent: scored.Respondent, places: _Places) -> Stakeholder:
    return Stakeholder(
        health_system=assessment.health_system,
        usual_role=respondent.role,
        site=places.sites[respondent.site] if respondent.site else None,
        service_line=places.services[respondent.service] if respondent.service else None,
        front_line=respondent.front_line,
    )


def _interview(assessment: Assessment, respondent: scored.Respondent, person: Stakeholder) -> Interview:
    state, now = STATES[respondent.state], timezone.now()
    return Interview(
        assessment=assessment,
        stakeholder=person,
        role=respondent.role,
        site=person.site,
        service_line=person.service_line,
        front_line=person.front_line,
        state=state,
        stance=respondent.stance,
        opened_at=None if state == InterviewState.INVITED else now,
        submitted_at=now if state == InterviewState.SUBMITTED else None,
    )


def _answers(bundle: scored.Bundle, interviews: Mapping[str, Interview]) -> None:
    kinds = {item.code: Kind(item.kind) for item in bundle.instrument.items}
    columns = [(interviews[answer.respondent], _columns(answer, kinds[answer.item])) for answer in bundle.answers]
    Answer.objects.bulk_create(Answer(interview=interview, **said) for interview, said in columns)
    AnswerRevision.objects.bulk_create(AnswerRevision(interview=interview, **said) for interview, said in columns)


def _columns(answer: scored.Answer, kind: Kind) -> dict[str, Any]:
    """Return an answer's columns; of its evidence the bundle says only that there is some."""
    if answer.unknown:
        return {"item_code": answer.item, "kind": AnswerKind.UNKNOWN}
    if answer.not_applicable:
        return {"item_code": answer.item, "kind": AnswerKind.NOT_APPLICABLE, "reason": answer.reason}
    reference = _("Stated in the imported bundle") if answer.evidence else ""
    return {"item_code": answer.item, "kind": kind.value, kind.value: answer.value, "evidence_reference": reference}


def _agreements(assessment: Assessment, bundle: scored.Bundle) -> None:
    """Store what was settled and which plans were agreed; names and dates are not in a bundle."""
    source, now = _("Imported from a bundle."), timezone.now()
    settled = [
        Reconciliation(assessment=assessment, item_code=r.item, value=r.value, evidence=source, confirmed_at=now)
        for r in bundle.reconciliations
    ]
    bulk_create_with_history(settled, Reconciliation)
    plans = [AgreedPlan(assessment=assessment, kind=p.kind, code=p.code, plan=source) for p in bundle.agreed_plans]
    bulk_create_with_history(plans, AgreedPlan)
