import pytest
from django.urls import reverse

from assessments.models import Finding
from tests import factories
from tests.assessments.answering import contested, handed_in, scored


def page(client, assessment, query=""):
    return client.get(reverse("findings", args=[assessment.pk]) + query)


@pytest.fixture
def found(assessment):
    return contested(assessment)


def test_list_begins_with_what_would_stop_a_signature(found, lead_client):
    html = page(lead_client, found).content.decode()
    assert html.index("Would stop a signature") < html.index("Title of LAB-01") < html.index("<h2", html.index("Would stop"))
    assert "Laboratory: 1 (informal)" in html


def test_counts_link_to_their_severity(found, lead_client):
    html = page(lead_client, found).content.decode()
    assert '<a href="?severity=blocker"' in html
    assert "Blocker <b>1</b>" in html


def test_filters_are_in_the_address(found, lead_client):
    html = page(lead_client, found, "?rule=silent_service").content.decode()
    assert "No front-line clinician of Oncology" in html
    assert "Title of LAB-01" not in html


def test_filter_that_matches_nothing_says_so(found, lead_client):
    assert "No finding matches" in page(lead_client, found, "?q=nothing").content.decode()


def test_search_with_foreign_letters_and_wildcards_finds_nothing(found, lead_client):
    for words in ("日本語", "%25", "_", "' OR 1=1 --", "x" * 5000):
        assert "No finding matches" in page(lead_client, found, f"?q={words}").content.decode()


def test_nothing_open_says_so(found, lead_client):
    Finding.objects.update(state="resolved")
    assert "Nothing is open" in page(lead_client, found).content.decode()


def test_before_the_first_score_the_page_says_what_it_will_show(organisation, lead_client):
    assert "Nothing is found yet" in page(lead_client, factories.make_assessment(organisation)).content.decode()


def test_reviewer_sees_findings_without_buttons_notes_or_contacts(assessment, reviewer_client):
    handed_in(assessment, "lab_director", {"LAB-01": 1}).answers.update(note="canary-note")
    found = scored(assessment)
    html = page(reviewer_client, found).content.decode()
    assert "Title of LAB-01" in html
    assert [c for c in ("canary-note", "valley.example", "/confirm/", "/dismiss/") if c in html] == []


@pytest.mark.parametrize("number", ["2", "999", "x", "-1", "9" * 400])
def test_page_number_beyond_the_end_shows_a_page(found, lead_client, number):
    assert page(lead_client, found, f"?page={number}").status_code == 200


def test_outsider_gets_what_a_nonexistent_one_gets(found, outsider_client):
    theirs = page(outsider_client, found)
    nothing = outsider_client.get(reverse("findings", args=["00000000-0000-4000-8000-000000000000"]))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_anonymous_is_sent_to_sign_in(found, anonymous):
    assert page(anonymous, found).status_code == 302


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_page_takes_a_fixed_number_of_queries(found, lead_client, count, django_assert_num_queries):
    Finding.objects.all().delete()
    Finding.objects.bulk_create(
        Finding(assessment=found, rule="workaround", code=f"W-{n}", severity="minor", state="confirmed") for n in range(count)
    )
    with django_assert_num_queries(15):
        assert f"W-{0}" in page(lead_client, found).content.decode()
    with django_assert_num_queries(15):
        page(lead_client, found, "?q=w-&state=confirmed&severity=minor&page=2")
