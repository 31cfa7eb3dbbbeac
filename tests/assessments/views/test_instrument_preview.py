"""A version as respondents will see it, and beside another one."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.bank.version import BankUse
from assessments.services.bank_rows import bank_item
from assessments.services.drafts import publish_draft, start_draft
from assessments.services.drafts_items import add_item, remove_items, save_draft_item
from assessments.services.drafts_order import move_item
from tests import factories
from tests.assessments.bank import banks
from tests.assessments.drafting import draft_with

LAB, TYPE = banks.LAB, banks.TYPE


@pytest.fixture
def version(organisation):
    """A draft of every part: what steers, what is asked at once, what is deeper, statements and the vendor's audit."""
    climate = replace(banks.audit("CLM-01"), part="climate", questions={"": "We pull together."}, roles=(LAB,))
    deeper = banks.requirement("LAB-02", uses=(BankUse(TYPE),), condition="CTX-01 is epic", questions={LAB: "And {CTX-01|your record}?"})
    items = (banks.context(), banks.requirement(questions={LAB: "To the laboratory", "": "To all"}), deeper, climate, banks.audit())
    return draft_with(organisation, banks.bank(*items))


def preview(client, version, query=""):
    return client.get(reverse("instrument-preview", args=[version.pk]) + query)


def compare(client, version, query=""):
    return client.get(reverse("instrument-compare", args=[version.pk]) + query)


def asked(response):
    shown = response.context["preview"].sections
    return [([each.form.question.code for each in section.core], [each.form.question.code for each in section.deeper]) for section in shown]


def test_role_sees_its_own_words_and_what_is_deeper(lead_client, version):
    response = preview(lead_client, version, "?role=lab_director&type=send_out_test")
    page = response.content.decode()
    assert asked(response) == [(["LAB-01"], ["LAB-02"])]
    assert all(words in page for words in ("To the laboratory", "And your record?", "It is practised", "Why we ask", "We pull together."))
    assert "To all" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?role=it_integration_lead&type=send_out_test", [(["CTX-01"], [])]),
        ("?role=vendor&type=send_out_test", [(["VND-01"], [])]),
        ("?role=clinician&type=send_out_test", []),
        ("?role=lab_director&type=in_house_assay", []),
        ("?role=nobody&type=nothing", [(["LAB-01"], ["LAB-02"])]),
    ],
)
def test_every_role_and_type_is_asked_its_own(lead_client, version, query, expected):
    assert asked(preview(lead_client, version, query)) == expected


def test_condition_travels_with_its_question_and_the_answers_that_it_looks_at(lead_client, version):
    response = preview(lead_client, version, "?role=lab_director&type=send_out_test")
    assert [each.form.question.code for each in response.context["preview"].steering] == ["CTX-01"]
    assert "&quot;op&quot;: &quot;is&quot;" in response.content.decode()


def test_minutes_are_told(lead_client, version):
    response = preview(lead_client, version, "?role=lab_director&type=send_out_test")
    assert response.context["own_minutes"].core_questions == 1


def test_preview_keeps_nothing(lead_client, version):
    page = preview(lead_client, version).content.decode()
    assert 'method="post"' not in page
    assert "data-autosave" not in page


def test_bank_without_cores_asks_everything_at_once(lead_client):
    response = preview(lead_client, factories.make_version(), "?role=lab_director&type=send_out_test")
    assert asked(response) == [(["LAB-01", "LAB-02"], []), (["INT-02"], [])]


@pytest.mark.parametrize("number", [1, 30])
def test_preview_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = draft_with(organisation, banks.bank(*(banks.requirement(f"LAB-{n:02}") for n in range(number))))
    with django_assert_num_queries(11):
        preview(lead_client, version)


@pytest.fixture
def pair(organisation):
    """A published version, and a draft in which one item each is changed, added, removed and moved."""
    published = publish_draft(version=draft_with(organisation, banks.bank(*(banks.requirement(f"LAB-{n:02}") for n in range(1, 6)))))
    draft = start_draft(source=published, organisation=organisation)
    row = draft.items.whole().get(code="LAB-01")
    save_draft_item(version=draft, row=row, item=replace(bank_item(row, "en"), why="Because of us.", weight=5), seen=None)
    add_item(version=draft, item=banks.requirement("LAB-09", title="Brand new"))
    remove_items(version=draft, pks=[draft.items.get(code="LAB-05").pk])
    move_item(version=draft, pk=draft.items.get(code="LAB-02").pk, up=False)
    return published, draft


def test_versions_are_compared_item_by_item(lead_client, pair):
    response = compare(lead_client, pair[1])
    compared = response.context["compared"]
    assert response.context["other"] == pair[0]
    assert {kind: n for kind, _words, n in compared.counts} == {"added": 1, "removed": 1, "changed": 1, "moved": 1, "frame": 1}
    page = response.content.decode()
    assert '<del class="word-gone">' in page
    assert '<ins class="word-new">Because of us.</ins>' in page


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("&kind=added", "Brand new", "Because"),
        ("&kind=changed", "Because", "Brand new"),
        ("&q=brand", "Brand new", "Because"),
        ("&kind=moved", "from LAB, 3 to LAB, 2", "Because"),
        ("&q=nothing-at-all", "Nothing matches", "Because"),
    ],
)
def test_comparison_is_narrowed(lead_client, pair, query, seen, unseen):
    page = compare(lead_client, pair[1], f"?with={pair[0].pk}{query}").content.decode()
    assert seen in page
    assert unseen not in page


def test_versions_that_are_the_same_say_so(lead_client):
    one, other = factories.make_version(publish=False), factories.make_version(publish=False)
    for version in (one, other):
        version.title = "Same"
        version.publish()
    assert "Nothing differs" in compare(lead_client, one, f"?with={other.pk}").content.decode()


def test_published_version_is_previewed_and_compared_by_whoever_only_reads(reviewer_client, pair):
    published, draft = pair
    assert preview(reviewer_client, published).status_code == 200
    response = compare(reviewer_client, published, f"?with={draft.pk}")
    assert (response.status_code, response.context["other"]) == (200, None)
    assert draft not in response.context["others"]


def test_only_version_has_nothing_to_compare_with(lead_client):
    assert "Nothing to compare with" in compare(lead_client, factories.make_version()).content.decode()


@pytest.mark.parametrize("asked_for", ["x", "11111111-1111-1111-1111-111111111111", "%00"])
def test_unknown_version_to_compare_with_is_the_usual_one(lead_client, pair, asked_for):
    response = compare(lead_client, pair[1], f"?with={asked_for}")
    assert response.status_code == 400 or response.context["other"] == pair[0]


def test_another_organisations_version_is_not_compared_with(lead_client, outsider, pair):
    theirs = start_draft(source=factories.make_version(), organisation=outsider.organisation)
    response = compare(lead_client, pair[1], f"?with={theirs.pk}")
    assert response.context["other"] == pair[0]
    assert theirs not in response.context["others"]


@pytest.mark.parametrize("number", [1, 30])
def test_comparison_takes_a_fixed_number_of_queries(lead_client, organisation, django_assert_num_queries, number):
    version = publish_draft(version=draft_with(organisation, banks.bank(*(banks.requirement(f"LAB-{n:02}") for n in range(number)))))
    draft = start_draft(source=version, organisation=organisation)
    with django_assert_num_queries(21):
        compare(lead_client, draft)
