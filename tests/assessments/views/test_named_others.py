"""What people named, on the People page, and the form that it fills in."""

import pytest
from django.urls import reverse

from assessments.services.nominations import update_nominated_findings
from tests.assessments.namings import naming
from tests.assessments.setups import make_draft


@pytest.fixture
def named(assessment):
    """Two of three people name the same role, service and person; one of them names the kiosk, too."""
    both = (("role", "clinician"), ("service", "Pharmacy"), ("person", "Dana <Reyes>"))
    naming(assessment)
    return [naming(assessment, *both, ("service", "Kiosk")), naming(assessment, *both)]


def people(client, assessment):
    return " ".join(client.get(reverse("people", args=[assessment.pk])).content.decode().split())


def add_url(assessment, query=""):
    return reverse("person-add", args=[assessment.pk]) + query


def test_what_was_named_is_listed_with_how_many_named_it(assessment, named, lead_client):
    page = people(lead_client, assessment)
    assert "Named by others, not asked yet" in page
    block = page[page.index("Named by others") : page.index("Who is asked")]
    assert [text in block for text in ("Clinician", "Pharmacy", "Kiosk", "Dana &lt;Reyes&gt;")] == [True] * 4
    assert (block.count("named by 2 people"), block.count("named by 1 person")) == (3, 1)


def test_who_named_it_is_not_told(assessment, named, lead_client):
    page = people(lead_client, assessment)
    block = page[page.index("Named by others") : page.index("Who is asked")]
    assert not any(interview.stakeholder.name in block or str(interview.pk) in block for interview in named)


def test_buttons_fill_in_the_form(assessment, named, lead_client):
    page = people(lead_client, assessment)
    assert add_url(assessment, "?role=clinician") in page
    assert add_url(assessment, "?title=Pharmacy") in page
    assert add_url(assessment, "?name=Dana%20%3CReyes%3E") in page


def test_finding_is_linked(assessment, named, lead_client):
    update_nominated_findings(assessment=assessment)
    assert f"{reverse('findings', args=[assessment.pk])}?q=pharmacy" in people(lead_client, assessment)


def test_reviewer_sees_nothing_of_it(assessment, named, reviewer_client):
    page = people(reviewer_client, assessment)
    assert not any(text in page for text in ("Named by others", "Pharmacy", "Dana"))


def test_page_says_from_when_on_it_shows_what_is_named(assessment, lead_client, reviewer_client):
    naming(assessment, ("service", "Pharmacy"))
    page = people(lead_client, assessment)
    assert "once three people have handed in" in page
    assert "Pharmacy" not in page
    assert "once three people have handed in" not in people(reviewer_client, assessment)


def test_nothing_named_shows_nothing(assessment, lead_client):
    assert "Named by others" not in people(lead_client, assessment)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?role=clinician", {"role": "clinician"}),
        ("?name=Dana+Reyes&title=Pharmacy", {"name": "Dana Reyes", "title": "Pharmacy"}),
        ("?role=janitor", {}),
        ("?name=" + "x" * 5000, {"name": "x" * 120}),
        ("?email=somebody@else.example&site=1", {}),
    ],
)
def test_form_starts_with_what_the_address_proposes(lead, lead_client, query, shown):
    form = lead_client.get(add_url(make_draft(lead), query)).context["form"]
    assert {name: form.initial[name] for name in ("role", "name", "title", "email", "site") if name in form.initial} == shown


def test_proposal_never_overrides_what_was_typed(lead, lead_client):
    response = lead_client.post(add_url(make_draft(lead), "?name=Dana"), {"name": "Somebody", "email": "no"})
    assert response.context["form"]["name"].value() == "Somebody"
