"""Contents of reports without a database: a scored bundle with texts around it."""

import copy
from collections.abc import Callable
from typing import Any

from assessments.bundles import result_document
from assessments.models import Audience
from assessments.scored import Answer, Bundle, Domain, Instrument, Item, Respondent, Service, Site, Wave
from assessments.scoring import score
from readiness.reports.document import Document, Issue, build_document
from readiness.reports.subject import Subject

ROLES = ("lab_director", "it_integration_lead", "clinician")
ISSUE = Issue(number=3, at="2026-11-22T18:30:00+00:00")
NOTE = "We keep the list on a desktop."


def make_bundle(items: int = 6, *, answered: bool = True) -> Bundle:
    """Six requirements in three domains: gates fail, people disagree, one is unknown; two waves, one service line."""
    asked = tuple(
        Item(
            code=f"{domain}-{number:02}",
            domain=domain,
            title=f"Requirement {domain}-{number:02}",
            kind="level",
            weight=5,
            need=3,
            floor=2,
            gate=number % 2 == 1,
            roles=(ROLES[place % 3], ROLES[(place + 1) % 3]),
            accountable=ROLES[place % 3],
        )
        for place in range(items)
        for domain, number in [(("LAB", "INT", "CHG")[place % 3], place // 3 + 1)]
    )
    people = tuple(
        Respondent(
            id=f"r{n}", role=role, state="submitted" if answered else "invited", site="hub", service="oncology", front_line=True, stance=1
        )
        for n, role in enumerate(ROLES)
    )
    answers = [
        Answer(item=item.code, respondent=f"r{ROLES.index(role)}", value=(0, 2, 4)[(place + ROLES.index(role)) % 3], evidence=True)
        for place, item in enumerate(asked)
        for role in item.roles
        if answered and place != 4
    ]
    return Bundle(
        instrument=Instrument(code="tiny", version="1", domains=tuple(Domain(code=code) for code in ("LAB", "INT", "CHG")), items=asked),
        required_roles=ROLES,
        services=(Service(code="oncology"),),
        sites=(Site(code="hub"), Site(code="north")),
        waves=(Wave(code="first", sites=("hub",)), Wave(code="second", sites=("north",))),
        respondents=people,
        answers=tuple(answers),
    )


def make_content(items: int = 6, *, answered: bool = True) -> dict[str, Any]:
    """The content of a report on that bundle, which every audience may see in full."""
    bundle = make_bundle(items, answered=answered)
    result = result_document(score(bundle))
    findings = [{"rule": f["kind"], "code": f["code"], "severity": f["severity"], "impact": f["impact"]} for f in result["findings"]]
    undecided = {"state": "draft", "adjusted": "", "reason": "", "accepted_until": None}
    return {
        "format": "readiness-report",
        "version": 1,
        "deal": {
            "assessment": "a",
            "product": "Panel (fictional)",
            "claim": "",
            "vendor": "Vendor (fictional)",
            "health_system": "Valley Health (fictional)",
            "time_zone": "America/Chicago",
            "state": "open",
            "contract_date": "2026-12-07",
            "promised_go_live": "2027-03-01",
            "target_go_live": None,
        },
        "promise": {
            "metric": "Share of results in the chart",
            "unit": "%",
            "baseline": 34.0,
            "target": 65.0,
            "by": "2027-08-31",
            "constraint": "no added staff",
            "owner": "An Owner (fictional)",
        },
        "waves": [
            {"code": "first", "title": "Hub", "stage": "pilot", "sites": ["Hub"]},
            {"code": "second", "title": "North Pass", "stage": "wave", "sites": ["North"]},
        ],
        "services": [{"code": "oncology", "title": "Medical oncology"}],
        "sites": [{"code": "hub", "title": "Hub"}, {"code": "north", "title": "North"}],
        "scope": {
            "number": 1,
            "reason": "Start",
            "date": "2026-11-01",
            "instrument": "Tiny bank",
            "instrument_code": "tiny",
            "instrument_version": "1",
            "instrument_note": "Not legal advice.",
            "instrument_sha256": "0" * 64,
            "domains": [
                {"code": code, "title": title, "weight": 1.0}
                for code, title in (("LAB", "Laboratory"), ("INT", "Integration"), ("CHG", "Change"))
            ],
        },
        "items": [item_content(item) for item in bundle.instrument.items],
        "snapshot": {"id": "s", "at": "2026-11-22T03:00:00+00:00", "reason": "submitted", "scoring_version": 1, "bundle_sha256": "b" * 64},
        "result": result,
        "findings": [finding | undecided for finding in findings],
        "decisions": {"plans": [], "settled": []},
        "seats": [
            {"role": p.role, "state": p.state, "site": "Hub", "service": "oncology", "front_line": True, "stance": p.state == "submitted"}
            for p in bundle.respondents
        ],
        "withdrawn": 0,
        "audiences": {audience: heard(bundle, result, single=audience == Audience.HEALTH_SYSTEM) for audience in Audience.values},
    }


def item_content(item: Item) -> dict[str, Any]:
    facts = {
        name: getattr(item, name)
        for name in ("code", "domain", "kind", "direction", "need", "floor", "gate", "weight", "accountable", "title")
    }
    return facts | {
        "unit": "",
        "roles": list(item.roles),
        "requirement": f"{item.code} is in place.",
        "action_health_system": f"Start {item.code} now.",
        "action_vendor": f"Help with {item.code}.",
        "steps": [f"{item.code} step {level}" for level in range(5)],
        "source": "practice guidance",
    }


def heard(bundle: Bundle, result: dict[str, Any], *, single: bool) -> dict[str, Any]:
    """What an audience hears: everything, and single answers only where they may be shown."""
    values: dict[str, list[float]] = {}
    for answer in bundle.answers:
        values.setdefault(answer.item, []).append(answer.value or 0.0)
    rows = {
        code: [
            {
                "role": ROLES[0],
                "author": "Laboratory",
                "kind": "level",
                "value": value,
                "counts": value,
                "note": NOTE,
                "reason": "",
                "evidence": "",
            }
            for value in found
        ]
        for code, found in values.items()
    }
    return {
        "role_means": {item["code"]: dict(item["role_means"]) for item in result["items"] if item["role_means"]},
        "spans": {code: [min(found), max(found)] for code, found in values.items()},
        "withheld": [],
        "heat": {role: {"LAB": 0.5, "INT": 1.0} for role in ROLES} if values else {},
        "answers": rows if single else {},
        "names": {},
    }


def make_subject(content: dict[str, Any] | None = None, audience: str = Audience.DEAL_REVIEW) -> Subject:
    return Subject(content or make_content(), audience)


def make_document(content: dict[str, Any] | None = None, audience: str = Audience.DEAL_REVIEW, issue: Issue = ISSUE) -> Document:
    return build_document(content or make_content(), audience=audience, issue=issue)


def with_verdict(content: dict[str, Any], verdict: str, states: dict[str, int]) -> dict[str, Any]:
    """The content with another verdict and as many of its gates in each state as asked for, the rest passed."""
    changed = copy.deepcopy(content)
    wanted = [state for state, count in states.items() for _ in range(count)]
    for place, gate in enumerate(changed["result"]["gates"]):
        gate["state"] = wanted[place] if place < len(wanted) else "passed"
    changed["result"]["verdict"] = verdict
    return changed


def with_texts(content: dict[str, Any], text: Callable[[str], str]) -> dict[str, Any]:
    """The content with every text that a person may have typed replaced."""
    changed = copy.deepcopy(content)
    for holder, names in (
        (changed["deal"], ("product", "vendor", "health_system")),
        (changed["promise"], ("metric", "unit", "constraint", "owner")),
        (changed["scope"], ("reason", "instrument", "instrument_note")),
    ):
        holder.update({name: text(holder[name]) for name in names})
    for row in (*changed["services"], *changed["sites"], *changed["waves"], *changed["scope"]["domains"]):
        row["title"] = text(row["title"])
    for item in changed["items"]:
        item.update({name: text(item[name]) for name in ("title", "requirement", "action_health_system", "action_vendor", "source")})
        item["steps"] = [text(step) for step in item["steps"]]
    for finding in changed["findings"]:
        finding.update(state="dismissed", reason=text("r")) if finding["severity"] == "major" else None
    for audience in changed["audiences"].values():
        for row in (row for rows in audience["answers"].values() for row in rows):
            row.update({name: text(row[name]) for name in ("author", "note", "evidence")})
        audience["names"] = {"clinician": [text("name")]}
    for seat in changed["seats"]:
        seat["site"] = text(seat["site"])
    return changed
