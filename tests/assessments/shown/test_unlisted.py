"""Findings about roles and services that people named and nobody listed, in words."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from assessments.models import Finding
from assessments.services.nominations import update_nominated_findings
from assessments.shown.findings import Named, Wanted, changes_of, finding_line
from assessments.shown.items import shown_items
from tests.assessments.answering import scored
from tests.assessments.namings import naming


@pytest.fixture
def found(assessment):
    naming(assessment)
    for words in ("Fußambulanz", "Fußambulanz "):
        naming(assessment, ("service", words), ("role", "clinician"))
    update_nominated_findings(assessment=assessment)
    return scored(assessment)


@pytest.fixture
def named(found):
    return Named.of(found, shown_items(found))


def line(named, rule):
    return finding_line(Finding.objects.get(rule=rule), named)


def test_service_is_called_as_people_call_it(named):
    shown = line(named, "unlisted_service")
    assert (shown.title, shown.rule, shown.item, shown.impact) == ("Fußambulanz", "Service that nobody listed", None, None)
    assert shown.sentence.startswith("Two or more of those who handed in say that this will touch Fußambulanz")


def test_role_is_called_by_its_name(named):
    shown = line(named, "unlisted_role")
    assert (shown.title, shown.rule, shown.can_be_decided) == ("Clinician", "Role that nobody listed", True)


@pytest.mark.parametrize("query", ["q=fussambulanz", "q=Fußambulanz", "rule=unlisted_service"])
def test_service_is_found_by_its_name(found, named, query):
    rows = Wanted.of(QueryDict(query), named).narrow(Finding.objects.filter(assessment=found), named)
    assert [row.rule for row in rows] == ["unlisted_service"]


def test_history_says_that_people_named_it(named):
    [first] = changes_of(Finding.objects.get(rule="unlisted_role"))
    assert (first.who, first.note) == ("the people asked", "Drafted: two people name it, and nobody there is asked.")


def test_one_that_is_gone_does_not_blame_the_score(found, named):
    found.nominations.all().delete()
    update_nominated_findings(assessment=found)
    assert line(named, "unlisted_role").gone == "No longer unlisted"


def test_list_and_page_show_it(found, lead_client):
    finding = Finding.objects.get(rule="unlisted_service")
    listed = lead_client.get(reverse("findings", args=[found.pk])).content.decode()
    own = lead_client.get(reverse("finding", args=[found.pk, finding.pk])).content.decode()
    assert ["Fußambulanz" in page and "Service that nobody listed" in page for page in (listed, own)] == [True, True]
