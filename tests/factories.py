"""Builders with sensible defaults: each makes one valid thing and what it cannot do without."""

import itertools
from datetime import date
from typing import Any

from django.utils import timezone

from assessments.models import (
    Assessment,
    AssessmentState,
    Domain,
    Instrument,
    InstrumentVersion,
    Interview,
    InterviewState,
    Item,
    ItemProductType,
    ItemRole,
    ItemText,
    Product,
    Scope,
)
from assessments.services.scopes import freeze_scope
from stakeholders.models import (
    HealthSystem,
    Host,
    MemberRole,
    Membership,
    Organisation,
    ServiceLine,
    Site,
    Stakeholder,
    User,
    unused_code,
)

_numbers = itertools.count(1)

# code, roles (accountable first), gate, weight
TINY_BANK = [
    ("LAB-01", ["lab_director", "compliance_privacy_security"], True, 5),
    ("LAB-02", ["lab_director"], False, 3),
    ("INT-01", ["it_integration_lead", "executive_sponsor"], True, 4),
    ("INT-02", ["it_integration_lead", "lab_director"], False, 2),
    ("CHG-01", ["clinician", "transition_manager"], False, 5),
]


CHOICES = "epic: Epic\nmeditech: MEDITECH\nnone: None"


def make_organisation(name: str = "Vendor (fictional)", **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name, slug=unused_code(name, Organisation.objects.values_list("slug", flat=True)), **fields)


def make_user(email: str = "", password: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(email or f"user{next(_numbers)}@vendor.example", password, **fields)


def make_membership(organisation: Organisation, role: str = MemberRole.LEAD, *, email: str = "", **fields: Any) -> Membership:
    return Membership.objects.create(user=make_user(email), organisation=organisation, role=role, **fields)


def make_health_system(organisation: Organisation, name: str = "", **fields: Any) -> HealthSystem:
    fields.setdefault("time_zone", "America/Chicago")
    return HealthSystem.objects.create(organisation=organisation, name=name or f"Valley Health {next(_numbers)} (fictional)", **fields)


def make_site(health_system: HealthSystem, name: str = "", **fields: Any) -> Site:
    name = name or f"Site {next(_numbers)}"
    return Site.objects.create(
        health_system=health_system, name=name, code=unused_code(name, health_system.sites.values_list("code", flat=True)), **fields
    )


def make_service_line(health_system: HealthSystem, name: str = "Oncology", **fields: Any) -> ServiceLine:
    taken = health_system.service_lines.values_list("code", flat=True)
    return ServiceLine.objects.create(health_system=health_system, name=name, code=unused_code(name, taken), **fields)


def make_host(health_system: HealthSystem, **fields: Any) -> Host:
    fields.setdefault("name", "Hollis Host (fictional)")
    fields.setdefault("email", f"host{next(_numbers)}@valley.example")
    return Host.objects.create(health_system=health_system, **fields)


def make_stakeholder(health_system: HealthSystem, role: str = "lab_director", **fields: Any) -> Stakeholder:
    number = next(_numbers)
    fields.setdefault("name", f"Person {number} (fictional)")
    fields.setdefault("email", f"person{number}@valley.example")
    return Stakeholder.objects.create(health_system=health_system, usual_role=role, **fields)


def make_item(
    version: InstrumentVersion, code: str, roles: list[str], *, gate: bool = False, core: list[str] | None = None, **fields: Any
) -> Item:
    domain, _ = Domain.objects.get_or_create(
        version=version, code=code.split("-")[0], defaults={"title": code.split("-")[0].title(), "position": version.domains.count()}
    )
    fields.setdefault("position", version.items.count())
    if gate:
        fields.setdefault("floor", 2)
    item = Item.objects.create(version=version, domain=domain, code=code, **fields)
    for position, role in enumerate(roles):
        ItemRole.objects.create(item=item, role=role, accountable=position == 0, position=position)
    ItemProductType.objects.create(item=item, product_type="send_out_test", gate=gate, core_roles=core or [])
    texts = {
        "title": f"Title of {code}",
        "requirement": f"{code} is in place.",
        "question": f"Is {code} in place?",
        "why": f"Because of {code}.",
    }
    texts |= {"choices": CHOICES} if item.kind == "choice" else {f"step_{n}": f"{code} step {n}" for n in range(5)}
    ItemText.objects.bulk_create(ItemText(item=item, field=field, text=text) for field, text in texts.items())
    return item


def make_version(*, publish: bool = True, bank: list[Any] | None = None) -> InstrumentVersion:
    """A question bank of five items: two gates, three domains, five roles."""
    number = next(_numbers)
    instrument = Instrument.objects.create(code=f"tiny-{number}", title=f"Tiny bank {number}")
    version = InstrumentVersion.objects.create(instrument=instrument, number="1")
    for code, roles, gate, weight in TINY_BANK if bank is None else bank:
        make_item(version, code, roles, gate=gate, weight=weight)
    if publish:
        version.publish()
    return version


def make_product(organisation: Organisation, *, version: InstrumentVersion | None = None, **fields: Any) -> Product:
    fields.setdefault("name", f"Panel {next(_numbers)}")
    fields.setdefault("product_type", "send_out_test")
    return Product.objects.create(organisation=organisation, version=version or make_version(), **fields)


def make_assessment(organisation: Organisation, *, version: InstrumentVersion | None = None, **fields: Any) -> Assessment:
    """A draft with a host, two sites and one service line; its scope is not frozen yet."""
    system = fields.pop("health_system", None) or make_health_system(organisation)
    fields.setdefault("product", None)
    product = fields.pop("product") or make_product(organisation, version=version)
    fields.setdefault("host", make_host(system))
    fields.setdefault("contract_date", date(2026, 12, 7))
    fields.setdefault("promised_go_live", date(2027, 3, 1))
    assessment = Assessment.objects.create(organisation=organisation, health_system=system, product=product, **fields)
    assessment.sites.set([make_site(system, "Hub"), make_site(system, "North Pass")])
    assessment.service_lines.set([make_service_line(system)])
    return assessment


def make_open_assessment(organisation: Organisation, **fields: Any) -> Assessment:
    """An assessment that takes answers: scope frozen, approved, open."""
    assessment = make_assessment(organisation, **fields)
    make_scope(assessment)
    assessment.state, assessment.opened_at = AssessmentState.OPEN, timezone.now()
    assessment.save(update_fields=["state", "opened_at"])
    return assessment


def make_scope(assessment: Assessment) -> Scope:
    return freeze_scope(assessment=assessment, reason="Start", author=None)


def make_interview(assessment: Assessment, role: str = "lab_director", *, state: str = InterviewState.INVITED, **fields: Any) -> Interview:
    stakeholder = fields.pop("stakeholder", None) or make_stakeholder(assessment.health_system, role)
    now = timezone.now()
    fields.setdefault("host_approved_at", now)
    if state != InterviewState.INVITED:
        fields.setdefault("opened_at", now)
        fields.setdefault("visibility_vendor", assessment.visibility_vendor)
        fields.setdefault("visibility_health_system", assessment.visibility_health_system)
    if state == InterviewState.SUBMITTED:
        fields.setdefault("submitted_at", now)
    return Interview.objects.create(assessment=assessment, stakeholder=stakeholder, role=role, state=state, **fields)
