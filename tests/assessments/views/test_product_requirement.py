import pytest
from django.urls import reverse

from assessments.models import RequirementRecord
from tests import factories

VALUES = {"need": "3.0", "floor": "2.0", "gate": "on", "weight": "5", "reason": ""}


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, name="Panel")


def url(product, code="LAB-01", name="product-requirement"):
    return reverse(name, args=[product.pk, code])


def post(client, product, code="LAB-01", **values):
    return client.post(url(product, code), {**VALUES, **values})


def test_page_shows_the_ladder_in_sentences_and_the_banks_value(lead_client, product):
    page = lead_client.get(url(product)).content.decode()
    assert "4 – LAB-01 step 4" in page
    assert "The question bank: 3" in page
    assert "LAB-01 is in place." in page


def test_quantity_is_asked_as_an_amount_in_its_unit(lead_client, organisation):
    version = factories.make_version(bank=[], publish=False)
    factories.make_item(version, "LAB-21", ["lab_director"], kind="quantity", unit="days", direction="at_most", need=9, floor=14)
    product = factories.make_product(organisation, version=version)
    assert "Needed at go-live (days)" in lead_client.get(url(product, "LAB-21")).content.decode()
    assert post(lead_client, product, "LAB-21", need="5.5", floor="14", gate="", weight="3").status_code == 302
    assert product.requirements.get().need == 5.5


@pytest.mark.parametrize("code", ["LAB-99", "CTX-01", "APP-01"])
def test_what_the_type_is_not_asked_or_not_scored_on_does_not_exist(lead_client, organisation, code):
    version = factories.make_version(publish=False)
    factories.make_item(version, "CTX-01", ["lab_director"], part="context", kind="text")
    factories.make_item(version, "APP-01", ["clinician"]).product_types.update(product_type="remote_monitoring")
    product = factories.make_product(organisation, version=version)
    assert lead_client.get(url(product, code)).status_code == 404


def test_own_values_are_saved(lead_client, product):
    values = {"need": "4.0", "lead_optimistic": "1", "lead_likely": "2.5", "lead_pessimistic": "6", "effort_vendor": "12"}
    assert post(lead_client, product, **values).url == url(product)
    row = product.requirements.get()
    assert (row.need, row.floor, row.weight, row.gate, row.lead_likely) == (4, None, None, None, 2.5)
    assert row.effort == {"lab_director": 0, "compliance_privacy_security": 0, "vendor": 12}


def test_saved_values_stand_in_the_form_and_the_history_says_who_and_when(lead_client, product):
    post(lead_client, product, need="4.0", effort_vendor="12")
    response = lead_client.get(url(product))
    assert (response.context["form"]["need"].value(), response.context["form"]["effort_vendor"].value()) == (4.0, 12)
    (change,) = response.context["changes"]
    assert (change.who, "need: the bank's → 4" in change.what) == ("lead@larkfield.example", True)


def test_nothing_typed_differently_departs_nowhere(lead_client, product):
    post(lead_client, product)
    assert lead_client.get(url(product)).context["adjusted"] is False


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"need": ""}, "need"),
        ({"need": "7"}, "need"),
        ({"need": "nan"}, "need"),
        ({"floor": "4.0"}, "floor"),
        ({"weight": "9"}, "weight"),
        ({"lead_optimistic": "1"}, "lead_likely"),
        ({"lead_optimistic": "5", "lead_likely": "2", "lead_pessimistic": "6"}, "lead_likely"),
        ({"lead_optimistic": "-1", "lead_likely": "2", "lead_pessimistic": "6"}, "lead_optimistic"),
        ({"lead_optimistic": "1", "lead_likely": "2", "lead_pessimistic": "1e9"}, "lead_pessimistic"),
        ({"effort_vendor": "inf"}, "effort_vendor"),
        ({"effort_vendor": "many"}, "effort_vendor"),
        ({"gate": ""}, "reason"),
        ({"left_out": "on"}, "reason"),
        ({"need": "2.0"}, "reason"),
        ({"weight": "1"}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
    ],
)
def test_wrong_entry_is_named_kept_and_nothing_is_saved(lead_client, product, values, field):
    response = post(lead_client, product, **values)
    assert (response.status_code, field in response.context["form"].errors) == (200, True)
    assert not product.requirements.exists()
    assert all(response.context["form"].data[name] == value for name, value in values.items())


def test_everything_that_is_wrong_is_named_at_once(lead_client, product):
    errors = post(lead_client, product, floor="4.0", weight="1", lead_optimistic="3", effort_vendor="-1").context["form"].errors
    assert set(errors) == {"floor", "reason", "lead_likely", "effort_vendor"}


def test_gate_without_a_floor_is_refused_with_what_to_do(lead_client, product):
    response = post(lead_client, product, "LAB-02", floor="", weight="3")
    assert "A gate needs a floor" in response.content.decode()


def test_leaving_out_takes_a_reason(lead_client, product):
    post(lead_client, product, left_out="on", reason="Sent with the courier")
    assert product.requirements.get().left_out is True
    assert "Sent with the courier" in lead_client.get(url(product)).content.decode()


def test_second_of_two_editors_is_told_and_may_save_again(lead_client, product):
    post(lead_client, product, need="4.0", seen=0)
    response = post(lead_client, product, weight="4", reason="Mine", seen=0)
    assert (response.status_code, "Somebody else saved this" in response.content.decode()) == (409, True)
    assert product.requirements.get().reason == ""
    again = post(lead_client, product, weight="4", reason="Mine", seen=response.context["seen"])
    assert (again.status_code, product.requirements.get().reason) == (302, "Mine")


def test_back_to_the_types_values(lead_client, product):
    post(lead_client, product, need="4.0")
    assert lead_client.post(url(product, name="requirement-reset"), {"seen": 1}).url == url(product)
    assert lead_client.get(url(product)).context["adjusted"] is False


def test_back_over_another_ones_change_is_refused(lead_client, product):
    post(lead_client, product, need="4.0")
    post(lead_client, product, need="4.0", floor="3.0")
    assert lead_client.post(url(product, name="requirement-reset"), {"seen": 1}).status_code == 409
    assert product.requirements.get().need == 4


def test_overlap_with_an_add_on_is_told(lead_client, organisation, product):
    companion = factories.make_product(organisation, name="Companion", version=product.version)
    companion.requirements.create(item_code="LAB-01", floor=3)
    product.modules.add(companion)
    page = lead_client.get(url(product)).content.decode()
    assert "Also needed by" in page
    assert url(companion) in page
    assert "What is set here also counts in" in lead_client.get(url(companion)).content.decode()


# Own history


def add(client, product, **values):
    sent = {"place": "Elm Ridge", "weeks": "6", "finished_on": "2026-03-31", "hours_vendor": "20", **values}
    return client.post(url(product, name="record-add"), {f"record-{name}": value for name, value in sent.items()})


def test_record_is_kept(lead_client, product, lead):
    assert add(lead_client, product).url == url(product)
    record = RequirementRecord.objects.get()
    assert (record.place, record.weeks, record.hours, record.recorded_by) == ("Elm Ridge", 6, {"vendor": 20}, lead.user)


@pytest.mark.parametrize(
    ("number", "words", "weeks"),
    [(0, "no record yet", "–"), (2, "two of three records", "–"), (3, "own history of 3 customers", "6–8 weeks, likely 7")],
)
def test_history_counts_from_three_records_on(lead_client, product, number, words, weeks):
    for n in range(number):
        add(lead_client, product, place=f"Place {n}", weeks=str(6 + n))
    response = lead_client.get(url(product))
    assert (response.context["records_words"], response.context["lead"]) == (words, weeks)
    assert "The question bank says" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"place": ""}, "place"),
        ({"place": "x" * 121}, "place"),
        ({"place": "elm ridge"}, "place"),
        ({"weeks": ""}, "weeks"),
        ({"weeks": "-1"}, "weeks"),
        ({"weeks": "521"}, "weeks"),
        ({"finished_on": "31.3.2026"}, "finished_on"),
        ({"finished_on": "2099-01-01"}, "finished_on"),
        ({"hours_vendor": "-5"}, "hours_vendor"),
    ],
)
def test_wrong_record_is_named_and_kept_in_the_form(lead_client, product, values, field):
    RequirementRecord.objects.create(product=product, item_code="LAB-01", place="Elm Ridge", weeks=1)
    response = add(lead_client, product, **{"place": "North Pass", **values})
    assert (response.status_code, field in response.context["record_form"].errors) == (200, True)
    assert RequirementRecord.objects.count() == 1


def test_record_is_removed_and_the_history_says_so(lead_client, product):
    add(lead_client, product)
    record = RequirementRecord.objects.get()
    assert lead_client.post(reverse("record-remove", args=[product.pk, record.pk])).url == url(product)
    assert not RequirementRecord.objects.exists()
    assert "record removed: Elm Ridge, 6 weeks" in lead_client.get(url(product)).content.decode()


def test_record_of_another_product_is_not_removed(lead_client, organisation, product):
    other = factories.make_product(organisation)
    record = RequirementRecord.objects.create(product=other, item_code="LAB-01", place="Elm Ridge", weeks=1)
    assert lead_client.post(reverse("record-remove", args=[product.pk, record.pk])).status_code == 404
    assert RequirementRecord.objects.exists()


# Access


def addresses(product):
    record = RequirementRecord.objects.create(product=product, item_code="LAB-01", place="Elm Ridge", weeks=1)
    pages = [url(product, name=name) for name in ("product-requirement", "requirement-reset", "record-add")]
    return [*pages, reverse("record-remove", args=[product.pk, record.pk])]


def test_another_organisations_product_does_not_exist(outsider_client, product):
    assert {outsider_client.post(address, VALUES).status_code for address in addresses(product)} == {404}
    assert RequirementRecord.objects.exists()
    assert not product.requirements.exists()


def test_reviewer_may_change_nothing(reviewer_client, product):
    assert {reviewer_client.post(address, VALUES).status_code for address in addresses(product)} == {403}


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)])
    product = factories.make_product(organisation, version=version)
    for n in range(number):
        RequirementRecord.objects.create(product=product, item_code="LAB-00", place=f"Place {n}", weeks=n)
    with django_assert_num_queries(17):
        lead_client.get(url(product, "LAB-00"))
