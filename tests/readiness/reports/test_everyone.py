"""What people named and how they see it, in overview and report."""

import pytest
from django.urls import reverse

from assessments.services.nominations import update_nominated_findings
from readiness.reports.climate import climate_lines
from readiness.reports.content import report_content
from readiness.reports.findings import critical_items, finding_lines
from readiness.reports.sentences import verdict_reason
from tests.assessments.answering import scored
from tests.assessments.climates import hand_in, make_asking, places, seat
from tests.assessments.namings import naming
from tests.readiness.pages.test_next_steps import told
from tests.readiness.reports.samples import make_content, make_subject, with_verdict

UNDECIDED = {"state": "draft", "adjusted": "", "reason": "", "accepted_until": None, "impact": None}
PHARMACY = {"rule": "unlisted_service", "code": "pharmacy", "severity": "moderate", **UNDECIDED}


def statement(*places):
    steps = ["No", "Rather not", "Between", "Rather", "Yes"]
    return {"code": "CLM-01", "text": "We want this.", "steps": steps, "places": [{"place": p, "counts": c} for p, c in places]}


def lines(*places):
    return climate_lines(make_subject(make_content() | {"climate": [statement(*places)]}))


def test_one_place_stands_for_itself():
    [line] = lines(("Hub", [1, 0, 0, 0, 2]))
    assert (line.together.place, line.together.people, line.together.mean, line.together.span, line.places) == ("Hub", 3, "2.7", "0–4", ())
    assert line.together.answers == "2 yes · 1 no"


def test_several_places_are_added_up_and_shown_singly():
    [line] = lines(("Hub", [0, 0, 0, 0, 3]), ("", [0, 0, 0, 4, 0]))
    assert (line.together.place, line.together.answers) == ("All places shown", "3 yes · 4 rather")
    assert [(place.place, place.span) for place in line.places] == [("Hub", "4"), ("Whole system and smaller places", "3")]


def test_content_from_before_the_question_has_neither():
    subject = make_subject(make_content())
    assert (climate_lines(subject), subject.unlisted) == ((), {})


def test_report_calls_an_unlisted_service_by_its_name():
    content = make_content()
    content |= {"findings": [*content["findings"], PHARMACY], "named": [{"code": "pharmacy", "title": "Pharmacy"}]}
    [line] = [line for line in finding_lines(make_subject(content)) if line.rule == "unlisted_service"]
    assert (line.title, line.kind, line.impact) == ("Not listed: Pharmacy", "Service that nobody listed", "")


def test_unlisted_service_that_a_lead_calls_major_says_what_to_do():
    content = make_content() | {"findings": [PHARMACY | {"adjusted": "major", "reason": "They compound it."}]}
    subject = make_subject(content)
    [item] = critical_items(subject, finding_lines(subject))
    assert item.health_system == "Name somebody who can speak for them, or say why they need not be asked."


def test_what_people_named_is_no_condition_of_the_verdict():
    content = make_content()
    passed = with_verdict(content, "ready", {}) | {"findings": [PHARMACY]}
    assert verdict_reason(make_subject(passed)) == f"All {len(content['result']['gates'])} gates passed."


@pytest.mark.django_db
def test_content_names_only_what_is_a_finding(assessment):
    for words in ("Pharmacy", "pharmacy"):
        naming(assessment, ("service", words), ("service", f"only mine: {words}"))
    naming(assessment, ("service", "Named by one"))
    update_nominated_findings(assessment=assessment)
    assert "Named by one" not in str(report_content(scored(assessment)))
    assert {row["title"] for row in report_content(scored(assessment))["named"]} == {"Pharmacy", "only mine: Pharmacy"}


@pytest.mark.django_db
def test_overview_asks_for_those_nobody_listed(assessment):
    naming(assessment)
    for _ in range(2):
        naming(assessment, ("service", "Pharmacy"))
    update_nominated_findings(assessment=assessment)
    assert "Ask Pharmacy." in told(scored(assessment))


@pytest.mark.django_db
def test_overview_and_preview_show_the_counts(organisation, lead_client):
    asking = make_asking(organisation)
    hub, _ = places(asking)
    for point in (0, 4, 4):
        hand_in(seat(asking, hub), point)
    assessment = scored(asking)
    pages = [lead_client.get(reverse(name, args=[assessment.pk])).content.decode() for name in ("overview", "report-preview")]
    assert ["How people see it" in page and "Hub" in page and "2.7" in page for page in pages] == [True, True]


@pytest.mark.django_db
def test_overview_without_three_answers_shows_nothing_of_it(organisation, lead_client):
    asking = make_asking(organisation)
    for point in (0, 4):
        hand_in(seat(asking), point)
    assessment = scored(asking)
    assert "How people see it" not in lead_client.get(reverse("overview", args=[assessment.pk])).content.decode()
