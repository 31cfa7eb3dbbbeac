import pytest
from django.urls import reverse

from tests import factories
from tests.assessments.answering import answer, contested, handed_in, scored
from tests.conftest import signed_in


def page(client, assessment, query="", **headers):
    return client.get(reverse("answers", args=[assessment.pk]) + query, **headers)


def test_table_prints_the_role_means_of_the_snapshot(assessment, lead_client):
    html = page(lead_client, contested(assessment)).content.decode()
    assert "Title of LAB-01" in html
    assert '<td class="heat-1 heat-owner"><span>1</span></td>' in html
    assert "(3)" in html  # the sponsor's four without evidence, in brackets because it does not count


def test_filters_are_in_the_address(assessment, lead_client):
    html = page(lead_client, contested(assessment), "?gate=failed&domain=LAB").content.decode()
    assert "Title of LAB-01" in html
    assert "Title of LAB-02" not in html
    assert '<option value="failed" selected>' in html


def test_filter_that_matches_nothing_says_so(assessment, lead_client):
    html = page(lead_client, contested(assessment), "?gate=unknown").content.decode()
    assert "No requirement matches" in html


@pytest.mark.parametrize("query", ["?domain=%F0%9F%98%80", "?status=" + "x" * 5000, "?gate=1&gate=2&contested=on", "?q[]=1"])
def test_nonsense_in_the_address_shows_everything(assessment, lead_client, query):
    response = page(lead_client, contested(assessment), query)
    assert "5 requirements" in response.content.decode()


def test_nul_in_the_address_is_refused(assessment, lead_client):
    assert page(lead_client, assessment, "?domain=%00").status_code == 400


def test_before_anybody_answered_the_page_shows_what_will_be_asked(assessment, lead_client):
    html = page(lead_client, scored(assessment)).content.decode()
    assert "Nobody has handed in an interview yet" in html
    assert "Title of LAB-01" in html


def test_draft_says_what_the_page_will_show(organisation, lead_client):
    html = page(lead_client, factories.make_assessment(organisation)).content.decode()
    assert "Nothing is asked yet" in html


def test_mean_that_would_give_a_person_away_is_not_printed(assessment, lead_client):
    handed_in(assessment, "lab_director", {"LAB-01": 1}, visibility_vendor="figures_only")
    html = page(lead_client, scored(assessment), "?domain=LAB&gate=any").content.decode()
    assert '<span class="visually-hidden">not shown</span>' in html
    assert "heat-1" not in html.split("<tbody>")[1].split("</tbody>")[0]


def test_outsider_gets_what_a_nonexistent_one_gets(assessment, outsider_client):
    theirs = page(outsider_client, contested(assessment))
    nothing = page(outsider_client, factories.make_assessment(assessment.organisation))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_anonymous_is_sent_to_sign_in(assessment, anonymous):
    assert page(anonymous, assessment).headers["Location"].startswith("/accounts/login/")


def test_member_who_sees_only_assigned_ones_does_not_see_others(assessment, organisation):
    member = factories.make_membership(organisation, only_assigned=True)
    assert page(signed_in(member), assessment).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_a_fixed_number_of_queries(assessment, lead_client, count, django_assert_num_queries):
    for _ in range(count):
        interview = handed_in(assessment, "lab_director", {"LAB-01": 2})
        answer(interview, "LAB-02", 3)
    assessment = scored(assessment)
    with django_assert_num_queries(12):
        page(lead_client, assessment)
