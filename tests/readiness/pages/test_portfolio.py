from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessments.models import Assessment, ScoreSnapshot
from stakeholders.models import MemberRole
from tests import factories
from tests.conftest import signed_in

TODAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _noon_in_chicago(time_machine):
    time_machine.move_to("2026-12-01T18:00:00+00:00", tick=False)


@pytest.fixture
def make(organisation):
    """Return a function that makes a scored assessment of a health system of that name."""
    version = factories.make_version()
    product = factories.make_product(organisation, version=version, name="LarkDetect")
    scopes = {}

    def make(name, *, verdict="", score=None, coverage=0.5, unknown=0, invited=True, **fields):
        fields.setdefault("contract_date", TODAY + timedelta(days=100))
        fields.setdefault("product", product)
        home = fields.pop("organisation", organisation)
        zone = fields.pop("zone", "America/Chicago")
        system = factories.make_health_system(home, name, time_zone=zone)
        assessment = Assessment.objects.create(organisation=home, health_system=system, **{"state": "open", **fields})
        if invited:
            factories.make_interview(assessment, state="opened")
        if verdict:
            scopes.setdefault("one", factories.make_scope(assessment))
            assessment.latest_snapshot = ScoreSnapshot.objects.create(
                assessment=assessment,
                scope=scopes["one"],
                reason="submitted",
                scoring_version=1,
                verdict=verdict,
                score=score,
                low=None if score is None else score - 5,
                high=None if score is None else score + 7,
                coverage=coverage,
                gates_failed=0,
                gates_unknown=unknown,
                gates_total=2,
                bundle_sha256="0" * 64,
                result={"never": "read"},
            )
            assessment.save(update_fields=["latest_snapshot"])
        return assessment

    return make


def show(client, **query):
    return client.get(reverse("portfolio"), query)


def listed(response):
    return [row.assessment.health_system.name for row in response.context["rows"]]


def test_row_shows_verdict_score_with_range_coverage_and_dates(lead_client, make):
    make("Tessaly", verdict="not_ready", score=49, coverage=0.86, contract_date=date(2026, 12, 7), promised_go_live=date(2027, 7, 1))
    page = " ".join(show(lead_client).content.decode().split())
    said = ("Not ready to sign", "<b>49</b>", "44–56", "86 %", "7 Dec 2026", "CST", "in 6 days", "1 Jul 2027", "CDT")
    assert [text for text in said if text not in page] == []


def test_row_without_a_score_says_so(lead_client, make):
    make("Tessaly")
    page = show(lead_client).content.decode()
    assert "No verdict yet" in page
    assert "no score" in page


@pytest.mark.parametrize(("zone", "days"), [("America/Chicago", 6), ("Pacific/Kiritimati", 5), ("Pacific/Pago_Pago", 6)])
def test_days_are_counted_in_the_health_systems_zone(lead_client, make, zone, days):
    make("Tessaly", zone=zone, contract_date=date(2026, 12, 7))
    assert show(lead_client).context["rows"][0].days == days


def test_only_ones_own_assessments_are_listed(lead_client, make, outsider):
    product = factories.make_product(outsider.organisation)
    make("Theirs", organisation=outsider.organisation, product=product, invited=False)
    make("Ours")
    assert listed(show(lead_client)) == ["Ours"]


def test_only_assigned_assessments_are_listed_to_those_who_see_no_others(organisation, make):
    narrow = factories.make_membership(organisation, only_assigned=True)
    make("Somebody's")
    make("Mine").assignments.create(membership=narrow)
    response = show(signed_in(narrow))
    assert listed(response) == ["Mine"]


def test_running_deals_come_first_and_the_nearest_contract_of_them(lead_client, make):
    make("Signed", state="signed", contract_date=TODAY)
    make("Undated", contract_date=None)
    make("Far", contract_date=TODAY + timedelta(days=90))
    make("Near", contract_date=TODAY + timedelta(days=9))
    assert listed(show(lead_client)) == ["Near", "Far", "Undated", "Signed"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("score", ["C", "A", "B"]),
        ("-score", ["A", "C", "B"]),
        ("coverage", ["B", "C", "A"]),
        ("verdict", ["A", "B", "C"]),
        ("-verdict", ["C", "B", "A"]),
        ("contract", ["B", "C", "A"]),
        ("-contract", ["C", "B", "A"]),
        ("go_live", ["A", "B", "C"]),
        ("nonsense", ["B", "C", "A"]),
        ("password", ["B", "C", "A"]),
    ],
)
def test_sorting_puts_what_has_no_value_last(lead_client, make, sort, names):
    make("A", verdict="not_ready", score=60, coverage=0.9, contract_date=None, promised_go_live=date(2027, 1, 1))
    make("B", verdict="insufficient_evidence", score=None, coverage=0.1, contract_date=TODAY + timedelta(days=20))
    make("C", verdict="ready", score=30, coverage=0.5, contract_date=TODAY + timedelta(days=40))
    assert listed(show(lead_client, sort=sort)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": "closed"}, ["B"]),
        ({"verdict": "ready"}, ["B"]),
        ({"verdict": "none"}, ["A"]),
        ({"state": "closed", "verdict": "none"}, []),
        ({"q": "larkdetect b"}, ["B"]),
        ({"q": "nothing"}, []),
        ({"q": "%"}, []),
        ({"q": "x" * 5000}, []),
        ({"q": "慶應"}, []),
        ({"state": "nonsense"}, ["A", "B"]),
    ],
)
def test_filter_and_search(lead_client, make, query, names):
    make("A")
    make("B", state="closed", verdict="ready", score=90)
    assert listed(show(lead_client, sort="name", **query)) == names


def test_nothing_found_says_so_and_keeps_what_was_asked(lead_client, make):
    make("A")
    page = show(lead_client, q="nothing", verdict="ready").content.decode()
    assert "No assessment matches" in page
    assert 'value="nothing"' in page
    assert '<option value="ready" selected' in page


def test_pages_hold_25_and_keep_the_order(lead_client, make):
    for number in range(27):
        make(f"System {number:02}", invited=False)
    response = show(lead_client, sort="name", page=2)
    assert listed(response) == ["System 25", "System 26"]
    assert "?sort=name&amp;page=1" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 60, "1.5", "²"])
def test_odd_page_numbers_show_a_page(lead_client, make, page):
    make("A")
    assert listed(show(lead_client, page=page)) == ["A"]


def test_nul_in_the_address_is_refused(lead_client):
    assert lead_client.get("/?q=%00").status_code == 400


def test_what_waits_comes_first_with_its_reason(lead_client, make):
    make("Quiet")
    make("Late", contract_date=TODAY - timedelta(days=1))
    make("Alone", invited=False)
    response = show(lead_client)
    assert [(row.assessment.health_system.name, str(row.need.words)) for row in response.context["needs"]] == [
        ("Late", "The contract date has passed: signed, lost or moved?"),
        ("Alone", "Nobody is invited yet."),
    ]


def test_needs_lead_to_where_they_are_settled(lead_client, make):
    alone = make("Alone", invited=False)
    assert reverse("people", args=[alone.pk]) in show(lead_client).content.decode()


def test_six_needs_are_shown_and_the_rest_is_a_click_away(lead_client, make):
    for number in range(8):
        make(f"Alone {number}", invited=False)
    response = show(lead_client)
    assert len(response.context["needs"]) == 6
    assert 'href="?needs=1"' in response.content.decode()


def test_all_that_wait_are_listed_with_their_reasons(lead_client, make):
    make("Quiet")
    make("Alone", invited=False)
    make("Late", contract_date=TODAY - timedelta(days=1))
    response = show(lead_client, needs="1")
    assert listed(response) == ["Late", "Alone"]
    assert "Nobody is invited yet." in response.content.decode()


@pytest.mark.parametrize("role", [MemberRole.REVIEWER, MemberRole.CUSTOMER_SUCCESS])
def test_needs_are_for_those_who_can_settle_them(organisation, make, role):
    make("Alone", invited=False)
    response = show(signed_in(factories.make_membership(organisation, role)))
    assert response.context["needs"] == []
    assert reverse("assessment-new") not in response.content.decode()


def test_needs_stay_out_of_the_way_of_a_search(lead_client, make):
    make("Alone", invited=False)
    assert show(lead_client, q="alone").context["needs"] == []


def test_empty_portfolio_teaches_and_offers_one_button(lead_client):
    page = show(lead_client).content.decode()
    assert "Start the first assessment" in page
    assert page.count(reverse("assessment-new")) == 1


def test_empty_portfolio_of_a_reader_offers_no_button(reviewer_client):
    page = show(reviewer_client).content.decode()
    assert "No assessment yet" in page
    assert reverse("assessment-new") not in page


@pytest.mark.parametrize("query", [{}, {"sort": "-score", "state": "open", "q": "system"}, {"needs": "1"}])
def test_portfolio_costs_the_same_for_1_and_30_assessments(lead_client, make, django_assert_num_queries, query):
    cost = 8 if not query else 7
    make("System 0", verdict="not_ready", score=40, unknown=1)
    with django_assert_num_queries(cost):
        show(lead_client, **query)
    for number in range(1, 31):
        make(f"System {number}", verdict="not_ready", score=40, unknown=1)
    with django_assert_num_queries(cost):
        show(lead_client, **query)


def test_portfolio_reads_no_answers_and_no_long_results(lead_client, make, django_assert_num_queries):
    make("A", verdict="not_ready", score=40)
    with django_assert_num_queries(8) as queries:
        show(lead_client)
    sql = " ".join(query["sql"] for query in queries.captured_queries)
    assert "assessments_answer" not in sql
    assert '"assessments_scoresnapshot"."result"' not in sql


def test_markup_in_a_name_is_shown_as_text(lead_client, make):
    make("<script>alert(1)</script>", invited=False)
    assert "<script>alert(1)" not in show(lead_client).content.decode()
