"""Two people edit the same row: the second is told, sees both texts, and loses nothing."""

import pytest

from stakeholders.models import SavedMeanwhileError, seen_version
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def number(row):
    return getattr(row, row.version_field)


@pytest.fixture
def rows(assessment):
    """Each kind of row with its page, what to send, and the field that changes."""
    interview = factories.make_interview(assessment)
    person = interview.stakeholder
    seat = {"name": "Yours", "email": person.email, "role": interview.role, "influence": "medium", "language": "en"}
    site, line, product = assessment.sites.first(), assessment.service_lines.first(), assessment.product
    return {
        "site": (site, f"/sites/{site.pk}/edit/", {"name": "Yours"}),
        "line": (line, f"/service-lines/{line.pk}/edit/", {"name": "Yours"}),
        "product": (product, f"/products/{product.pk}/edit/", {"name": "Yours", "product_type": product.product_type}),
        "person": (person, f"/assessments/{assessment.pk}/people/{interview.pk}/", seat),
    }


kinds = pytest.mark.parametrize("kind", ["site", "line", "product", "person"])


@kinds
def test_page_carries_the_version(rows, lead, kind):
    row, page, _ = rows[kind]
    assert f'name="seen" value="{number(row)}"' in signed_in(lead).get(page).content.decode()


@kinds
def test_change_raises_the_version(rows, lead, kind):
    row, page, sent = rows[kind]
    answer = signed_in(lead).post(page, {**sent, "seen": number(row)})
    assert answer.status_code == 302
    before = number(row)
    row.refresh_from_db()
    assert (row.name, number(row)) == ("Yours", before + 1)


@kinds
def test_second_editor_sees_both_texts_and_nothing_is_overwritten(rows, lead, kind):
    row, page, sent = rows[kind]
    signed_in(lead).post(page, {**sent, "name": "Theirs", "seen": number(row)})
    answer = signed_in(lead).post(page, {**sent, "seen": number(row)})
    shown = answer.content.decode()
    row.refresh_from_db()
    assert answer.status_code == 409
    assert row.name == "Theirs"
    assert "Theirs" in shown
    assert 'value="Yours"' in shown


@kinds
def test_second_editor_may_save_knowingly(rows, lead, kind):
    row, page, sent = rows[kind]
    signed_in(lead).post(page, {**sent, "name": "Theirs", "seen": number(row)})
    row.refresh_from_db()
    answer = signed_in(lead).post(page, {**sent, "seen": number(row)})
    row.refresh_from_db()
    assert (answer.status_code, row.name) == (302, "Yours")


def test_stale_version_is_refused_with_what_stands_now(assessment):
    site = assessment.sites.first()
    with pytest.raises(SavedMeanwhileError, match=site.name):
        site.raise_version(site.version + 5, ("name",))


@pytest.mark.parametrize(
    ("text", "version"), [("3", 3), ("", None), (None, None), ("x", None), ("٣", None), ("9" * 40, None), ("-1", None)]
)
def test_seen_version_reads_only_plain_numbers(text, version):
    assert seen_version(text) == version
