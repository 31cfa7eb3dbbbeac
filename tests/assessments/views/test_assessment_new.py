import pytest
from django.urls import reverse

from assessments.models import Assessment, Product
from stakeholders.models import HealthSystem
from tests import factories
from tests.conftest import signed_in

URL = reverse("assessment-new")
PROMISE = {"metric": "Complete profiles", "target": "65", "unit": "%", "baseline": "34.5", "by": "2027-08-31"}


@pytest.fixture
def parties(organisation):
    """A product and a health system to choose."""
    return {"product": factories.make_product(organisation).pk, "health_system": factories.make_health_system(organisation).pk}


def errors(response, field):
    return [str(error) for error in response.context["form"].errors.get(field, [])]


def test_page_starts_with_the_promise(lead_client, parties):
    page = lead_client.get(URL).content.decode()
    assert page.index("What will be measurably better?") < page.index("Choose a product") < page.index("Choose a health system")


def test_draft_is_made_and_leads_to_its_sites(lead_client, lead, parties):
    response = lead_client.post(URL, {**PROMISE, **parties})
    assessment = Assessment.objects.get()
    assert response.url == reverse("setup-sites", args=[assessment.pk])
    assert (assessment.state, assessment.created_by, assessment.promise.target) == ("draft", lead.user, 65)


def test_product_and_health_system_are_made_on_the_way(lead_client, organisation):
    factories.make_version()
    new = {"new_product": "Panel", "new_product_type": "send_out_test", "new_health_system": "Valley Health", "state": "IL"}
    lead_client.post(URL, {**PROMISE, **new})
    assessment = Assessment.objects.get()
    assert (assessment.product.name, assessment.health_system.name, assessment.health_system.time_zone) == (
        "Panel",
        "Valley Health",
        "America/Chicago",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metric": ""}, "metric"),
        ({"metric": "a\x00b"}, "metric"),
        ({"metric": "x" * 201}, "metric"),
        ({"metric": "\u200b"}, "metric"),
        ({"target": "NaN"}, "target"),
        ({"target": "1e400"}, "target"),
        ({"target": "9" * 400}, "target"),
        ({"target": "sixty"}, "target"),
        ({"by": "31.12.2027"}, "by"),
        ({"by": "1066-10-14"}, "by"),
        ({"by": "99999-01-01"}, "by"),
        ({"product": ""}, "product"),
        ({"product": "not-a-key"}, "product"),
        ({"health_system": ""}, "health_system"),
        ({"new_health_system": "Both"}, "health_system"),
        ({"product": "", "new_product": "Panel"}, "new_product_type"),
        ({"product": "", "new_product": "Panel", "new_product_type": "time_machine"}, "new_product_type"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_made(lead_client, parties, changes, field):
    response = lead_client.post(URL, {**PROMISE, **parties, **changes})
    assert (response.status_code, bool(errors(response, field)), Assessment.objects.count()) == (200, True, 0)


def test_what_was_entered_is_kept(lead_client, parties):
    page = lead_client.post(URL, {**PROMISE, **parties, "metric": "世界 <b>", "target": ""}).content.decode()
    assert "世界 &lt;b&gt;" in page
    assert "Not saved yet" in page


def test_name_that_is_known_is_to_be_chosen(lead_client, organisation, parties):
    HealthSystem.objects.filter(pk=parties["health_system"]).update(name="Valley Health")
    response = lead_client.post(URL, {**PROMISE, **parties, "health_system": "", "new_health_system": "valley HEALTH"})
    assert errors(response, "new_health_system") == ["There is one with this name already: choose it above."]


def test_missing_question_bank_is_said_and_nothing_is_made(lead_client):
    data = {**PROMISE, "new_product": "Panel", "new_product_type": "send_out_test", "new_health_system": "Valley"}
    response = lead_client.post(URL, data)
    assert "No question bank is published yet" in response.content.decode()
    assert (Product.objects.count(), HealthSystem.objects.count()) == (0, 0)


def test_product_of_another_organisation_cannot_be_chosen(lead_client, outsider, parties):
    foreign = factories.make_product(outsider.organisation)
    response = lead_client.post(URL, {**PROMISE, **parties, "product": foreign.pk})
    assert (bool(errors(response, "product")), Assessment.objects.count()) == (True, 0)


def test_reviewer_may_not_start_one(reviewer_client):
    assert (reviewer_client.get(URL).status_code, reviewer_client.post(URL, PROMISE).status_code) == (403, 403)


def test_visitor_is_sent_to_sign_in(anonymous, db):
    assert anonymous.get(URL).url.startswith("/accounts/login/")


def test_admin_may_start_one(admin, parties):
    signed_in(admin).post(URL, {**PROMISE, **parties})
    assert Assessment.objects.get().created_by == admin.user


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version()
    for _ in range(number):
        factories.make_product(organisation, version=version)
        factories.make_health_system(organisation)
    with django_assert_num_queries(6):
        lead_client.get(URL)
