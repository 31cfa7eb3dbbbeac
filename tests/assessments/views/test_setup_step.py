from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.setup import save_promise
from tests import factories
from tests.assessments.setups import make_approved, make_draft
from tests.conftest import signed_in

DATES = {"contract_date": "2026-12-07", "promised_go_live": "2027-03-01", "target_go_live": ""}
HOST = {
    "name": "Hollis Host",
    "email": "hollis@valley.example",
    "title": "COO",
    "visibility_vendor": "figures_only",
    "visibility_health_system": "role",
    "uploads_allowed": "on",
    "retention_months": "12",
}
PROMISE = {"metric": "Complete profiles", "target": "70", "unit": "%"}


@pytest.fixture
def draft(lead):
    return make_draft(lead)


def url(assessment, step):
    return reverse("setup-step", args=[assessment.pk, step])


def post(client, assessment, step, data, version=1):
    return client.post(url(assessment, step), {**data, "version": version})


def errors(response, field):
    return [str(error) for error in response.context["form"].errors.get(field, [])]


@pytest.mark.parametrize("step", ["promise", "product", "dates", "host"])
def test_step_shows_what_is_saved_and_changes_nothing(lead_client, draft, step):
    before = Assessment.objects.values().get(pk=draft.pk)
    assert lead_client.get(url(draft, step)).status_code == 200
    assert Assessment.objects.values().get(pk=draft.pk) == before


def test_unknown_step_does_not_exist(lead_client, draft):
    assert lead_client.get(url(draft, "hat-size")).status_code == 404


@pytest.mark.parametrize(
    ("step", "data", "leads_to"),
    [("promise", PROMISE, "product"), ("dates", DATES, "host")],
)
def test_saving_leads_to_the_next_step(lead_client, draft, step, data, leads_to):
    assert post(lead_client, draft, step, data).url == url(draft, leads_to)


def test_promise_is_saved(lead_client, draft):
    post(lead_client, draft, "promise", PROMISE)
    draft.promise.refresh_from_db()
    assert (draft.promise.target, draft.promise.baseline) == (70, None)


def test_host_and_terms_are_saved_together(lead_client, draft):
    assert post(lead_client, draft, "host", HOST).url == reverse("people", args=[draft.pk])
    draft.refresh_from_db()
    assert (draft.host.email, draft.visibility_vendor, draft.retention_months, draft.version) == (
        "hollis@valley.example",
        "figures_only",
        12,
        3,
    )


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("dates", {**DATES, "promised_go_live": "2026-12-07"}, "promised_go_live"),
        ("dates", {**DATES, "target_go_live": "2026-01-01"}, "target_go_live"),
        ("dates", {**DATES, "contract_date": "soon"}, "contract_date"),
        ("dates", {**DATES, "contract_date": "2026-12-07\x00"}, "contract_date"),
        ("host", {**HOST, "email": "not an address"}, "email"),
        ("host", {**HOST, "email": "a@b.example\x00"}, "email"),
        ("host", {**HOST, "email": "x" * 300 + "@b.example"}, "email"),
        ("host", {**HOST, "email": "LEAD@larkfield.example"}, "email"),
        ("host", {**HOST, "retention_months": "0"}, "retention_months"),
        ("host", {**HOST, "retention_months": "9" * 30}, "retention_months"),
        ("host", {**HOST, "visibility_vendor": "everything"}, "visibility_vendor"),
        ("promise", {**PROMISE, "metric": ""}, "metric"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_saved(lead_client, draft, step, data, field):
    before = Assessment.objects.values().get(pk=draft.pk)
    response = post(lead_client, draft, step, data)
    assert (response.status_code, bool(errors(response, field))) == (200, True)
    assert Assessment.objects.values().get(pk=draft.pk) == before


def test_dates_without_a_contract_are_accepted(lead_client, draft):
    post(lead_client, draft, "dates", {**DATES, "contract_date": ""})
    draft.refresh_from_db()
    assert (draft.contract_date, draft.promised_go_live) == (None, date(2027, 3, 1))


def test_second_of_two_editors_sees_both_texts_and_overwrites_nothing(lead_client, draft):
    save_promise(assessment=draft, values={"metric": "Theirs", "target": 50}, seen=1)
    response = post(lead_client, draft, "promise", {**PROMISE, "metric": "Mine"}, version=1)
    page = response.content.decode()
    draft.promise.refresh_from_db()
    assert (response.status_code, draft.promise.metric) == (409, "Theirs")
    assert "<td>Mine</td><td>Theirs</td>" in page
    assert 'value="Mine"' in page


def test_number_with_zeros_at_its_end_is_no_difference(lead_client, draft):
    Assessment.objects.filter(pk=draft.pk).update(version=5)
    same = {"metric": "Complete profiles", "unit": "%", "baseline": "34.0", "target": "65.00", "by": "2027-08-31"}
    assert post(lead_client, draft, "promise", same).context["differences"] == []


def test_second_editor_may_then_put_theirs_in_place(lead_client, draft):
    save_promise(assessment=draft, values={"metric": "Theirs", "target": 50}, seen=1)
    response = post(lead_client, draft, "promise", {**PROMISE, "metric": "Mine"}, version=1)
    version = response.context["form"]["version"].value()
    post(lead_client, draft, "promise", {**PROMISE, "metric": "Mine"}, version=version)
    draft.promise.refresh_from_db()
    assert draft.promise.metric == "Mine"


def test_conflict_about_host_and_dates_names_labels(lead_client, draft):
    Assessment.objects.filter(pk=draft.pk).update(version=5, retention_months=36)
    page = post(lead_client, draft, "host", HOST).content.decode()
    assert "<td>12</td><td>36</td>" in page
    assert "<td>figures only, no single answer</td><td>role and answer, no name</td>" in page


def test_conflict_on_another_page_is_said_to_be_elsewhere(lead_client, draft):
    Assessment.objects.filter(pk=draft.pk).update(version=5)
    response = post(lead_client, draft, "dates", DATES)
    assert "the change was made elsewhere" in response.content.decode()


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 40])
def test_unreadable_version_is_refused(lead_client, draft, version):
    response = post(lead_client, draft, "dates", DATES, version=version)
    assert (response.status_code, bool(errors(response, "version"))) == (200, True)


def test_health_system_is_shown_but_stays_once_tied(lead_client, draft):
    other = factories.make_health_system(draft.organisation)
    post(lead_client, draft, "product", {"product": draft.product.pk, "health_system": other.pk})
    before = draft.health_system
    draft.refresh_from_db()
    assert draft.health_system == before


def test_new_product_takes_the_place_of_the_former(lead_client, draft):
    data = {"product": draft.product.pk, "new_product": "Brand new", "new_product_type": "in_house_assay"}
    post(lead_client, draft, "product", data)
    draft.refresh_from_db()
    assert draft.product.name == "Brand new"


def test_host_step_is_locked_after_approval(lead_client, lead):
    assessment = make_approved(lead)
    version = Assessment.objects.get(pk=assessment.pk).version
    response = post(lead_client, assessment, "host", HOST, version=version)
    assert "can no longer be changed" in response.content.decode()
    assessment.refresh_from_db()
    assert assessment.host.email != HOST["email"]


def test_dates_step_stays_open_after_approval(lead_client, lead):
    assessment = make_approved(lead)
    version = Assessment.objects.get(pk=assessment.pk).version
    assert post(lead_client, assessment, "dates", DATES, version=version).url == url(assessment, "dates")


def test_set_up_goes_on_where_it_stopped(lead_client, draft):
    assert lead_client.get(reverse("setup", args=[draft.pk])).url == reverse("setup-waves", args=[draft.pk])


def test_assessment_that_is_not_assigned_does_not_exist(lead, draft):
    lead.only_assigned = True
    lead.save()
    assert signed_in(lead).get(url(draft, "dates")).status_code == 404


def test_another_organisations_set_up_does_not_exist(outsider_client, draft):
    assert (outsider_client.get(url(draft, "dates")).status_code, post(outsider_client, draft, "dates", DATES).status_code) == (404, 404)


def test_reviewer_may_not_set_up(reviewer_client, draft):
    assert post(reviewer_client, draft, "dates", DATES).status_code == 403
