"""Build the demonstration through the product's own services, as people would."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from django.core.cache import cache
from django.db import transaction

from assessments.given_answers import GivenAnswer
from assessments.models import (
    Assessment,
    InstrumentVersion,
    Interview,
    InterviewState,
    Kind,
    Product,
)
from assessments.services.approvals import HostTerms, approve, ask_host
from assessments.services.interviews import decline_interview, submit_interview
from assessments.services.people import Person, add_people
from assessments.services.places import Places, WaveDraft, save_places, save_waves
from assessments.services.self_audits import AuditGiven, answer_self_audit
from assessments.services.setup import save_details, save_host, start_assessment
from readiness.demo.answering import answer, answer_what_is_asked, ask_in_depth, ask_whoever_can_say_more, own_codes, value_of
from readiness.demo.people import PASSWORD, SLUG
from stakeholders.models import (
    HealthSystem,
    Membership,
    Message,
    MessageState,
    Organisation,
    ServiceLine,
    Site,
    User,
)

FILE = Path(__file__).with_name("demo.yaml")
BANK = "operational-readiness"
Case = Mapping[str, Any]


def build_demonstration(today: date) -> Organisation:
    """Make the fictional vendor with three assessments: answered by all, half-way, just created."""
    case = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        organisation = Organisation.objects.create(name=case["organisation"], slug=SLUG, time_zone="America/New_York")
        lead = _members(organisation, case["members"])
        products = _products(organisation, case["products"])
        builder = _Builder(organisation, lead, products, today)
    builder.answered(case)
    builder.half_way(case["second"])
    builder.just_created(case["third"])
    cache.clear()
    return organisation


def _members(organisation: Organisation, members: list[Case]) -> Membership:
    """Return the lead's membership."""
    made = {}
    for member in members:
        user = User.objects.filter(email=member["email"]).first() or User.objects.create_user(
            member["email"], PASSWORD, name=member["name"]
        )
        made[member["role"]] = Membership.objects.create(user=user, organisation=organisation, role=member["role"])
    return made["lead"]


def _products(organisation: Organisation, products: list[Case]) -> dict[str, Product]:
    version = InstrumentVersion.objects.filter(instrument__code=BANK).current()
    return {
        p["code"]: Product.objects.create(
            organisation=organisation, name=p["name"], product_type=p["type"], claim=p["claim"], version=version
        )
        for p in products
    }


class _Builder:
    """Plays the lead, the host and the stakeholders."""

    def __init__(self, organisation: Organisation, lead: Membership, products: Mapping[str, Product], today: date) -> None:
        self.organisation, self.lead, self.products, self.today = organisation, lead, products, today

    def answered(self, case: Case) -> None:
        """Everybody answers the core, then what it opens, as in the case's file; the deliberate silences stay silent."""
        assessment = self._set_up({**case, "product": "LT"})
        self._ask_and_approve(assessment, case["people"])
        lead, people = self.lead.user, case["people"]
        answer_what_is_asked(self._interviews(assessment, people), case)
        if ask_in_depth(assessment, lead):
            answer_what_is_asked(self._interviews(assessment, people), case)
        if ask_whoever_can_say_more(self._interviews(assessment, people), assessment, lead):
            answer_what_is_asked(self._interviews(assessment, people), case)
        answer_self_audit(assessment=assessment, actor=self.lead.user, answers=_self_audit(case["self_audit"]))

    def half_way(self, case: Case) -> None:
        """Some have submitted, some are answering, one is silent, one declined, one mail came back."""
        assessment = self._set_up(case)
        self._ask_and_approve(assessment, case["people"])
        for person, interview in self._interviews(assessment, case["people"]):
            self._half_answer(interview, person)

    def just_created(self, case: Case) -> None:
        """The promise is not written yet, and nobody is invited."""
        self._set_up(case)

    def _set_up(self, case: Case) -> Assessment:
        place = case["health_system"]
        system = HealthSystem.objects.create(
            organisation=self.organisation, name=place["name"], state=place["state"], time_zone=place["time_zone"]
        )
        sites = {s["code"]: Site.objects.create(health_system=system, **s) for s in place["sites"]}
        lines = [ServiceLine.objects.create(health_system=system, **line) for line in place["service_lines"]]
        assessment = start_assessment(
            membership=self.lead, product=self.products[case["product"]], health_system=system, promise=self._promise(case)
        )
        save_places(assessment=assessment, places=Places(sites=list(sites.values()), service_lines=lines))
        waves = [
            WaveDraft(title=w["title"], stage=w["stage"], sites=[sites[code] for code in w["sites"]], position=n, code=w["code"])
            for n, w in enumerate(case.get("waves", []))
        ]
        save_waves(assessment=assessment, waves=waves)
        save_details(assessment=assessment, values=self._dates(case), actor=self.lead.user)
        save_host(assessment=assessment, **place["host"])
        assessment.refresh_from_db()
        return assessment

    def _dates(self, case: Case) -> dict[str, date]:
        names = ("contract_date", "promised_go_live")
        plain = {name: case[name] for name in names if name in case}
        days = {"contract_date": "contract_in_days", "promised_go_live": "promised_go_live_in_days"}
        return plain | {name: self.today + timedelta(days=case[key]) for name, key in days.items() if key in case}

    def _promise(self, case: Case) -> dict[str, Any]:
        promise = dict(case.get("promise") or {"metric": "Share of results in the chart within ten days", "unit": "%", "target": 90})
        if "by_in_days" in promise:
            promise["by"] = self.today + timedelta(days=promise.pop("by_in_days"))
        return promise

    def _ask_and_approve(self, assessment: Assessment, people: list[Case]) -> None:
        sites = {s.code: s for s in assessment.health_system.sites.all()}
        lines = {s.code: s for s in assessment.health_system.service_lines.all()}
        domain = assessment.host.email.split("@")[1] if assessment.host else "example"
        add_people(
            assessment=assessment,
            people=[
                Person(
                    name=p["name"],
                    email=p.get("email") or f"{p['id'].lower()}@{domain}",
                    role=p["role"],
                    title=p["title"],
                    site=sites.get(p.get("site", "")),
                    service_line=lines.get(p.get("service_line", "")),
                    front_line=p.get("front_line", False),
                    influence=p.get("influence", "medium"),
                )
                for p in people
            ],
            actor=self.lead.user,
        )
        ask_host(assessment=assessment, actor=self.lead.user)
        assessment.refresh_from_db()
        approve(assessment=assessment, terms=HostTerms.proposed(assessment))
        assessment.refresh_from_db()

    def _interviews(self, assessment: Assessment, people: list[Case]) -> list[tuple[Case, Interview]]:
        rows = {i.stakeholder.name: i for i in assessment.interviews.select_related("stakeholder", "assessment")}
        return [(person, rows[person["name"]]) for person in people]

    def _half_answer(self, interview: Interview, person: Case) -> None:
        state = person["state"]
        if state == "bounced":
            Message.objects.filter(subject_id=interview.pk).update(state=MessageState.BOUNCED)
        elif state == InterviewState.DECLINED:
            decline_interview(interview=interview)
        elif state != InterviewState.INVITED:
            codes = own_codes(interview, Kind.LEVEL)[: person.get("upto")] if "pattern" in person else []
            levels = cycle(person.get("pattern", [2]))
            answer(interview, person, {code: GivenAnswer(**value_of(next(levels))) for code in codes})
            if state == InterviewState.SUBMITTED:
                submit_interview(interview=interview)


def _self_audit(answers: Mapping[str, Case]) -> dict[str, AuditGiven]:
    return {code: AuditGiven(a["level"], a.get("evidence", ""), a.get("note", "")) for code, a in answers.items()}
