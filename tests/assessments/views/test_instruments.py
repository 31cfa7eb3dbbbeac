import pytest
from django.urls import reverse

from assessments.models import Instrument
from assessments.services.drafts import describe_draft, head_of, publish_draft, start_draft
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.drafting import draft_with

LIST = reverse("instruments")


@pytest.fixture
def version(db):
    return factories.make_version()


def url(version, query=""):
    return reverse("instrument-version", args=[version.pk]) + query


def codes(response):
    return [line.item.code for group in response.context["groups"] for line in group.lines]


def owned_by(organisation, version):
    Instrument.objects.filter(pk=version.instrument_id).update(organisation=organisation)
    return version


def test_list_holds_the_products_own_banks_and_the_organisations(lead_client, organisation, outsider, version):
    mine, theirs = owned_by(organisation, factories.make_version()), owned_by(outsider.organisation, factories.make_version())
    page = lead_client.get(LIST).content.decode()
    assert all(url(shown) in page for shown in (version, mine))
    assert url(theirs) not in page


def test_draft_is_listed_for_whoever_can_change_it(lead_client, reviewer_client, organisation, version):
    draft = start_draft(source=version, organisation=organisation)
    assert url(draft) in lead_client.get(LIST).content.decode()
    page = reviewer_client.get(LIST).content.decode()
    assert url(version) in page
    assert url(draft) not in page


def test_published_version_is_shown_under_its_own_title(lead_client, organisation, version):
    own = publish_draft(version=draft_with(organisation, banks.bank()))
    draft = start_draft(source=own, organisation=organisation)
    describe_draft(version=draft, head=head_of(draft) | {"title": "Renamed"})
    publish_draft(version=draft)
    page = lead_client.get(url(own)).content.decode()
    assert "Own, version 1" in page
    assert "Renamed" not in page
    assert "“Own”" in lead_client.get(LIST).content.decode()


def test_empty_list_says_how_to_load_one(lead_client):
    assert "manage.py load_instrument" in lead_client.get(LIST).content.decode()


def test_version_shows_question_ladder_reason_evidence_and_source(lead_client, version):
    page = lead_client.get(url(version)).content.decode()
    assert all(text in page for text in ("Is LAB-01 in place?", "LAB-01 step 4", "Because of LAB-01.", "practice guidance"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?domain=INT", ["INT-01", "INT-02"]), ("?q=chg-01+step", ["CHG-01"]), ("?domain=INT&q=chg-01", []), ("?q=世界&domain=%3Cb%3E", [])],
)
def test_version_is_narrowed(lead_client, version, query, expected):
    assert codes(lead_client.get(url(version, query))) == expected


def test_search_is_cut_rather_than_refused(lead_client, version):
    assert lead_client.get(url(version, f"?q={'x' * 4000}")).context["wanted"].words == "x" * 100


def test_nul_in_the_search_is_refused(lead_client, version):
    assert lead_client.get(url(version, "?q=%00")).status_code == 400


def test_another_organisations_bank_does_not_exist(lead_client, outsider, version):
    missing = lead_client.get(reverse("instrument-version", args=["11111111-1111-1111-1111-111111111111"]))
    response = lead_client.get(url(owned_by(outsider.organisation, version)))
    assert (response.status_code, response.content) == (404, missing.content)


@pytest.mark.parametrize("address", ["list", "version"])
def test_page_is_only_read(lead_client, version, address):
    assert lead_client.post(LIST if address == "list" else url(version)).status_code == 405


@pytest.mark.parametrize("address", ["list", "version"])
def test_visitor_is_sent_to_sign_in(anonymous, version, address):
    assert anonymous.get(LIST if address == "list" else url(version)).url.startswith("/accounts/login/")


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_a_fixed_number_of_queries(lead_client, django_assert_num_queries, number):
    for _ in range(number):
        factories.make_version()
    with django_assert_num_queries(6):
        lead_client.get(LIST)


@pytest.mark.parametrize("number", [1, 30])
def test_version_takes_a_fixed_number_of_queries(lead_client, django_assert_num_queries, number):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)])
    with django_assert_num_queries(12):
        lead_client.get(url(version))
