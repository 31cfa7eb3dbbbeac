"""From rows to the bundle that is scored: the one way in which an assessment's answers reach a figure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments import scored
from assessments.bundles import bundle_document
from assessments.models import (
    AgreedPlan,
    Assessment,
    Domain,
    Interview,
    InterviewState,
    Item,
    ItemText,
    Kind,
    PlanKind,
    Reconciliation,
    Scope,
    ScopeItem,
    TextField,
    Wave,
)
from assessments.services.bundle_answers import one_line, read_answers, reasons_not_asked, respondent_id
from assessments.services.exemptions import Exemptions, exemptions_in
from stakeholders.models import Role, ServiceLine, Site

STATES: Mapping[str, scored.State] = {
    InterviewState.INVITED: "invited",
    InterviewState.OPENED: "invited",
    InterviewState.DECLINED: "invited",
    InterviewState.IN_PROGRESS: "in_progress",
    InterviewState.SUBMITTED: "submitted",
}


@dataclass(frozen=True, slots=True)
class Places:
    """The sites, service lines and waves of an assessment, with the codes of each one's sites."""

    sites: Sequence[Site]
    services: Sequence[ServiceLine]
    waves: Sequence[Wave]


def assessment_bundle(assessment: Assessment) -> scored.Bundle:
    """Return what is scored of an assessment, from its current scope, in a fixed number of queries.

    Only submitted interviews' answers to scored items in scope (all answers of an imported assessment), confirmed
    reconciliations and agreed plans that are valid. Disclosures are never in it. Raises Scope.DoesNotExist while
    nothing is frozen.
    """
    scope = Scope.objects.select_related("version__instrument").filter(assessment=assessment).latest("number")
    return bundle_under(assessment, scope, list(scope.items.all()))


def bundle_under(assessment: Assessment, scope: Scope, asked: Sequence[ScopeItem]) -> scored.Bundle:
    """Return what would be scored of an assessment under a scope, which need not be saved: the way to try a revision."""
    items = [item for item in asked if item.is_scored]
    interviews = list(assessment.interviews.taking_part().select_related("site", "service_line"))
    handed_in = {i.pk for i in interviews if assessment.imported or i.state == InterviewState.SUBMITTED}
    exemptions, titles = exemptions_in(assessment, asked, interviews), _titles(scope, asked)
    places = _places(assessment)
    services = {line.pk: line.code for line in places.services}
    kept = {item.code: item for item in items}
    respondents = [_respondent(interview, services) for interview in interviews]
    return scored.Bundle(
        instrument=_instrument(scope, items, titles, exemptions),
        required_roles=tuple(_required_roles(scope, asked, places)),
        services=tuple(_service(line) for line in places.services),
        sites=_sites(places, interviews),
        waves=tuple(_wave(wave) for wave in places.waves),
        respondents=tuple(sorted(respondents, key=lambda respondent: respondent.id)),
        answers=tuple(read_answers(assessment, kept, exempt=reasons_not_asked(kept, handed_in, exemptions, titles))),
        reconciliations=tuple(_reconciliations(assessment, kept)),
        agreed_plans=tuple(_agreed_plans(assessment, kept, set(services.values()))),
    )


def bundle_sha256(bundle: scored.Bundle) -> str:
    """Return the SHA-256 of a bundle's canonical JSON as 64 hexadecimal digits."""
    text = json.dumps(bundle_document(bundle), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def amount(kind: str, value: float) -> float:
    """Return a number as a bundle writes it: a level as an integer, a quantity as it is."""
    return int(value) if kind == Kind.LEVEL else value


def _titles(scope: Scope, asked: Sequence[ScopeItem]) -> dict[str, str]:
    """Return the items' titles in the bank's own language, by code; those that only steer included, for they are named too."""
    version = scope.version
    texts = ItemText.objects.filter(item__in=[row.item_id for row in asked], field=TextField.TITLE, role="", language=version.language)
    titles = dict(texts.values_list("item_id", "text"))
    return {row.code: titles.get(row.item_id, row.code) for row in asked}


def _instrument(scope: Scope, items: Sequence[ScopeItem], titles: Mapping[str, str], exemptions: Exemptions) -> scored.Instrument:
    version = scope.version
    return scored.Instrument(
        code=version.instrument.code,
        version=version.number,
        domains=tuple(scored.Domain(code=d.code, title=one_line(d.title), weight=d.weight) for d in _domains(scope, items)),
        items=tuple(_item(item, titles[item.code], exemptions.roles.get(item.code, tuple(item.roles))) for item in items),
    )


def _domains(scope: Scope, items: Sequence[ScopeItem]) -> Iterable[Domain]:
    """Return the domains with something in scope, and those that never held an item, in the bank's order."""
    used = {item.domain_code for item in items}
    domains: QuerySet[Any] = scope.version.domains.annotate(has_items=Exists(Item.objects.filter(domain=OuterRef("pk"))))
    return [domain for domain in domains if domain.code in used or not domain.has_items]


def _item(item: ScopeItem, title: str, roles: tuple[str, ...]) -> scored.Item:
    """Return an item; `roles` are those that are expected to answer it."""
    return scored.Item(
        code=item.code,
        domain=item.domain_code,
        title=one_line(title),
        kind="level" if item.kind == Kind.LEVEL else "quantity",
        weight=item.weight,
        need=amount(item.kind, item.need),
        floor=None if item.floor is None else amount(item.kind, item.floor),
        gate=item.gate,
        unit=item.unit or None,
        direction="at_most" if item.direction == "at_most" else "at_least",
        roles=roles,
        accountable=item.accountable,
    )


def _places(assessment: Assessment) -> Places:
    return Places(
        sites=list(assessment.sites.order_by("code")),
        services=list(assessment.service_lines.order_by("code").prefetch_related("sites")),
        waves=list(assessment.waves.prefetch_related("sites")),
    )


def _sites(places: Places, interviews: Iterable[Interview]) -> tuple[scored.Site, ...]:
    """Return every site that anything refers to: the assessment's, and those of services, waves and respondents."""
    found = {site.code: site for site in places.sites}
    found |= {site.code: site for line in places.services for site in line.sites.all()}
    found |= {site.code: site for wave in places.waves for site in wave.sites.all()}
    found |= {interview.site.code: interview.site for interview in interviews if interview.site is not None}
    return tuple(scored.Site(code=code, title=one_line(found[code].name)) for code in sorted(found))


def _service(line: ServiceLine) -> scored.Service:
    return scored.Service(code=line.code, title=one_line(line.name), sites=_codes(line.sites.all()))


def _wave(wave: Wave) -> scored.Wave:
    return scored.Wave(code=wave.code, title=one_line(wave.title), sites=_codes(wave.sites.all()))


def _codes(sites: Iterable[Site]) -> tuple[str, ...]:
    return tuple(sorted(site.code for site in sites))


def _required_roles(scope: Scope, asked: Iterable[ScopeItem], places: Places) -> list[str]:
    """Return what `Scope.required_roles` does, from rows that are read already."""
    if scope.stated_roles is not None:
        return sorted(scope.stated_roles)
    roles = {item.accountable for item in asked if item.is_scored}
    return sorted(roles | {Role.CLINICIAN} if places.services else roles)


def _respondent(interview: Interview, services: Mapping[UUID, str]) -> scored.Respondent:
    """Return an interview under its pseudonym; a service line that the assessment does not touch is none."""
    return scored.Respondent(
        id=respondent_id(interview.pk),
        role=interview.role,
        state=STATES[interview.state],
        site=interview.site.code if interview.site else None,
        service=services.get(interview.service_line_id) if interview.service_line_id else None,
        front_line=interview.front_line,
        stance=interview.stance,
    )


def _reconciliations(assessment: Assessment, items: Mapping[str, ScopeItem]) -> list[scored.Reconciliation]:
    """Return what was settled and confirmed by the accountable person, of items in scope."""
    rows = Reconciliation.objects.filter(assessment=assessment, confirmed_at__isnull=False).order_by("item_code")
    found = [row for row in rows if row.item_code in items]
    return [scored.Reconciliation(item=row.item_code, value=amount(items[row.item_code].kind, row.value)) for row in found]


def _agreed_plans(assessment: Assessment, items: Mapping[str, ScopeItem], services: set[str]) -> list[scored.AgreedPlan]:
    rows = sorted(valid_plans(assessment).values_list("kind", "code"))
    champions = [code for kind, code in rows if kind == PlanKind.NO_CHAMPION and code in services]
    shortfalls = [code for kind, code in rows if kind == PlanKind.SHORTFALL and code in items]
    return [
        *(scored.AgreedPlan(kind="no_champion", code=code) for code in champions),
        *(scored.AgreedPlan(kind="shortfall", code=code) for code in shortfalls),
    ]


def valid_plans(assessment: Assessment) -> QuerySet[AgreedPlan]:
    """Return the agreed plans that count: one for a champion gate needs a front-line clinician of that service.

    Plans of an imported bundle name nobody and count as they are.
    """
    clinicians = Interview.objects.filter(
        assessment=OuterRef("assessment"),
        stakeholder=OuterRef("accepted_by"),
        role=Role.CLINICIAN,
        front_line=True,
        service_line__code=OuterRef("code"),
    )
    named = Q(accepted_by__isnull=False) & (Q(kind=PlanKind.SHORTFALL) | Exists(clinicians))
    return AgreedPlan.objects.filter(Q(assessment__imported=True) | named, assessment=assessment)
