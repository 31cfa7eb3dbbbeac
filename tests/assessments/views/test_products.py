import pytest
from django.urls import reverse

from assessments.models import Instrument, Product, ProductType
from tests import factories

LIST, NEW = reverse("products"), reverse("product-new")
PANEL = {"name": "Panel", "product_type": "send_out_test", "claim": "Nine days"}


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation, name="Panel")


def url(product, name="product"):
    return reverse(name, args=[product.pk])


def test_list_holds_the_organisations_products_only(lead_client, product, outsider):
    factories.make_product(outsider.organisation, name="Theirs")
    page = lead_client.get(LIST).content.decode()
    assert "Panel" in page
    assert "Theirs" not in page


def test_empty_list_teaches_and_offers_to_add(lead_client):
    assert NEW in lead_client.get(LIST).content.decode()


def test_reviewer_reads_but_is_offered_nothing(reviewer_client, product):
    page = reviewer_client.get(LIST).content.decode() + reviewer_client.get(url(product)).content.decode()
    assert NEW not in page
    assert url(product, "product-edit") not in page


def test_product_is_added(lead_client, organisation):
    factories.make_version()
    made = lead_client.post(NEW, PANEL)
    assert made.url == url(Product.objects.get(organisation=organisation, name="Panel", claim="Nine days"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "PANEL"}, "name"),
        ({"product_type": ""}, "product_type"),
        ({"product_type": "time_machine"}, "product_type"),
        ({"claim": "x" * 301}, "claim"),
    ],
)
@pytest.mark.parametrize("page", ["new", "edit"])
def test_wrong_entry_is_named_and_nothing_is_saved(lead_client, organisation, product, changes, field, page):
    edited = factories.make_product(organisation, name="Edited")
    address = NEW if page == "new" else url(edited, "product-edit")
    response = lead_client.post(address, {**PANEL, "name": "Other", **changes})
    assert (response.status_code, field in response.context["form"].errors) == (200, True)
    assert sorted(Product.objects.values_list("name", flat=True)) == ["Edited", "Panel"]


def test_product_without_a_question_bank_is_refused_with_what_to_do(lead_client):
    assert "manage.py load_instrument" in lead_client.post(NEW, PANEL).content.decode()


def test_product_is_changed(lead_client, product):
    assert lead_client.post(url(product, "product-edit"), {**PANEL, "name": "世界 Panel"}).url == url(product)
    product.refresh_from_db()
    assert (product.name, product.claim) == ("世界 Panel", "Nine days")


def test_product_is_moved_to_another_bank_in_its_form(lead_client, product):
    other = factories.make_version()
    lead_client.post(url(product, "product-edit"), {**PANEL, "version": other.pk})
    product.refresh_from_db()
    assert product.version == other


def test_form_without_a_choice_of_banks_or_add_ons_asks_for_neither(lead_client, product):
    fields = lead_client.get(url(product, "product-edit")).context["form"].fields
    assert set(fields) == {"name", "product_type", "claim"}


def test_version_of_another_organisation_is_no_choice(lead_client, product, outsider):
    factories.make_version()
    theirs = factories.make_version()
    Instrument.objects.filter(versions=theirs).update(organisation=outsider.organisation)
    response = lead_client.post(url(product, "product-edit"), {**PANEL, "version": theirs.pk})
    assert "version" in response.context["form"].errors


def test_add_ons_are_chosen_among_the_organisations_other_products(lead_client, organisation, product, outsider):
    companion = factories.make_product(organisation, name="Companion")
    theirs = factories.make_product(outsider.organisation, name="Theirs")
    form = lead_client.get(url(product, "product-edit")).context["form"]
    assert list(form.fields["modules"].queryset) == [companion]
    refused = lead_client.post(url(product, "product-edit"), {**PANEL, "modules": [theirs.pk]})
    assert "modules" in refused.context["form"].errors
    lead_client.post(url(product, "product-edit"), {**PANEL, "modules": [companion.pk]})
    assert list(product.modules.all()) == [companion]


def test_module_that_cannot_be_combined_is_refused_and_what_was_typed_is_kept(lead_client, organisation, product):
    factories.make_product(organisation, name="Whole").modules.add(product)
    companion = factories.make_product(organisation, name="Companion")
    response = lead_client.post(url(product, "product-edit"), {**PANEL, "claim": "Kept", "modules": [companion.pk]})
    assert "add-on of Whole" in response.context["form"].errors["modules"][0]
    assert "Kept" in response.content.decode()


def test_second_of_two_editors_is_told(lead_client, product):
    lead_client.post(url(product, "product-edit"), {**PANEL, "seen": 1})
    response = lead_client.post(url(product, "product-edit"), {**PANEL, "claim": "Mine", "seen": 1})
    assert (response.status_code, "Somebody else saved this" in response.content.decode()) == (409, True)


def in_one_piece(text):
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def rows_of(response):
    return {row.code: row for domain in response.context["domains"] for row in domain.rows}


def test_profile_lists_requirements_by_domain_with_gates_first(lead_client, organisation):
    bank = [("LAB-01", ["lab_director"], False, 3), ("LAB-02", ["lab_director"], True, 3), ("INT-01", ["clinician"], False, 2)]
    product = factories.make_product(organisation, version=factories.make_version(bank=bank))
    domains = lead_client.get(url(product)).context["domains"]
    assert [(d.code, [row.code for row in d.rows], d.gates) for d in domains] == [("LAB", ["LAB-02", "LAB-01"], 1), ("INT", ["INT-01"], 0)]


def test_profile_shows_need_floor_weight_gate_and_roles(lead_client, product):
    page = lead_client.get(url(product)).content.decode()
    assert all(text in page for text in ("Title of LAB-01", "Gate", "<b>Laboratory</b>", "Compliance, privacy, security"))


def test_banks_value_stands_beside_an_adjusted_one(lead_client, product):
    product.requirements.create(item_code="LAB-01", need=4, weight=1, gate=False, reason="Counsel agreed")
    response = lead_client.get(url(product))
    row = rows_of(response)["LAB-01"]
    assert (row.need, row.weight) == ((in_one_piece("4 (in routine use)"), in_one_piece("3 (in place)")), ("1", "5"))
    assert (row.adjusted, row.gate, row.gate_note) == (True, False, "no gate here, a gate in the bank")
    assert "Counsel agreed" in response.content.decode()


def test_lead_time_says_where_it_comes_from(lead_client, product):
    for n in range(3):
        product.records.create(item_code="LAB-01", place=f"Place {n}", weeks=n + 4, hours={"vendor": 8})
    product.requirements.create(item_code="LAB-02", lead_optimistic=1, lead_likely=2, lead_pessimistic=4)
    rows = rows_of(lead_client.get(url(product)))
    assert (rows["LAB-01"].lead, rows["LAB-01"].lead_from) == ("4–6 weeks, likely 5", "own history of 3 customers")
    assert (rows["LAB-01"].effort, rows["LAB-01"].effort_from) == ("Vendor 8\N{NO-BREAK SPACE}h", "own history of 3 customers")
    assert (rows["LAB-02"].lead, rows["LAB-02"].lead_from) == ("1–4 weeks, likely 2", "set for the product")


def test_profile_shows_what_is_left_out_and_why(lead_client, product):
    product.requirements.create(item_code="LAB-02", left_out=True, reason="Sent with the courier")
    response = lead_client.get(url(product))
    assert "LAB-02" not in rows_of(response)
    assert "Sent with the courier" in response.content.decode()


def test_questions_that_only_steer_stand_apart(lead_client, organisation):
    version = factories.make_version(publish=False)
    factories.make_item(version, "CTX-01", ["lab_director"], part="context", kind="choice")
    version.publish()
    response = lead_client.get(url(factories.make_product(organisation, version=version)))
    assert [row.code for row in response.context["context"]] == ["CTX-01"]
    assert "CTX-01" not in rows_of(response)


def divided(organisation, number=2):
    version = factories.make_version(bank=[], publish=False)
    for n in range(number):
        factories.make_item(version, f"LAB-{n:02}", ["lab_director"], core=["lab_director"])
    factories.make_item(version, "LAB-99", ["lab_director", "clinician"])
    version.publish()
    return factories.make_product(organisation, version=version)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"}),
        ("show=gates", {"LAB-01", "INT-01"}),
        ("show=adjusted", {"LAB-02"}),
        ("show=core", {"LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"}),
        ("show=deeper", set()),
        ("domain=INT", {"INT-01", "INT-02"}),
        ("q=lab-01", {"LAB-01"}),
        ("q=title clinician", {"CHG-01"}),
        ("show=gates&domain=INT", {"INT-01"}),
        ("show=time_machine&domain=XYZ&q=", {"LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"}),
        ("q=世界", set()),
    ],
)
def test_profile_is_narrowed_by_kind_domain_and_words(lead_client, product, query, codes):
    product.requirements.create(item_code="LAB-02", need=4)
    assert set(rows_of(lead_client.get(f"{url(product)}?{query}"))) == codes


def test_core_and_deeper_items_are_told_apart(lead_client, organisation):
    product = divided(organisation)
    assert set(rows_of(lead_client.get(url(product) + "?show=deeper"))) == {"LAB-99"}
    (role,) = lead_client.get(url(product)).context["roles"]
    assert (role.name, role.core, role.deeper) == ("Laboratory", 2, 1)


def test_core_that_has_grown_too_long_is_told(lead_client, organisation):
    assert "the most that a core should hold" not in lead_client.get(url(divided(organisation, 15))).content.decode()
    assert "16 questions are asked first" in lead_client.get(url(divided(organisation, 16))).content.decode()


def test_profile_with_an_add_on_says_what_it_adds_and_what_was_taken(lead_client, organisation, product):
    companion = factories.make_product(organisation, name="Companion", version=product.version)
    companion.requirements.create(item_code="LAB-02", need=4)
    product.modules.add(companion)
    row = rows_of(lead_client.get(url(product)))["LAB-02"]
    assert row.source == "also for Companion"
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in row.overlap] == [
        "Need: 3 (in place) for Panel and 4 (in routine use) for Companion; the stricter counts"
    ]


def test_add_on_under_another_version_is_said_to_be_read_under_the_products(lead_client, organisation, product):
    product.modules.add(factories.make_product(organisation, name="Companion"))
    assert "Companion is under another question bank version" in lead_client.get(url(product)).content.decode()


@pytest.mark.parametrize("kind", ProductType.values)
def test_every_type_is_introduced_in_its_own_words(lead_client, organisation, kind):
    introductions = {
        value: lead_client.get(url(factories.make_product(organisation, name=value, product_type=value, version=factories.make_version())))
        for value in {kind, "send_out_test", "remote_monitoring"}
    }
    words = {value: page.content.decode().split('<p class="measure">')[1].split("</p>")[0].strip() for value, page in introductions.items()}
    assert all(words.values())
    assert len(set(words.values())) == len(words)


def test_filter_by_script_gets_the_profile_only(lead_client, product):
    page = lead_client.get(url(product) + "?show=gates", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div id="profile"')


def test_reviewer_sees_the_profile_without_links_to_change_it(reviewer_client, product):
    page = reviewer_client.get(url(product)).content.decode()
    assert "Title of LAB-01" in page
    assert f"{url(product)}requirements/" not in page


@pytest.mark.parametrize("name", ["product", "product-edit"])
def test_another_organisations_product_does_not_exist(outsider_client, product, name):
    missing = outsider_client.get(reverse(name, args=["11111111-1111-1111-1111-111111111111"]))
    response = outsider_client.get(url(product, name))
    assert (response.status_code, response.content) == (404, missing.content)


def test_reviewer_may_neither_add_nor_change(reviewer_client, product):
    assert (reviewer_client.post(NEW, PANEL).status_code, reviewer_client.post(url(product, "product-edit"), PANEL).status_code) == (
        403,
        403,
    )


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version()
    for _ in range(number):
        factories.make_product(organisation, version=version)
    with django_assert_num_queries(6):
        lead_client.get(LIST)


@pytest.mark.parametrize("number", [1, 30])
def test_profile_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)])
    product = factories.make_product(organisation, version=version)
    for n in range(number):
        product.records.create(item_code="LAB-00", place=f"Place {n}", weeks=n)
        product.requirements.create(item_code=f"LAB-{n:02}", need=4)
    with django_assert_num_queries(18):
        lead_client.get(url(product))
