"""The revisions of a scope, what each changed against the one before, and the titles to say it in."""

from dataclasses import replace

import pytest

from assessments.models import Domain, ItemText, Scope
from assessments.services.scope_history import Names, facts_of, names_in, revisions
from assessments.services.scopes import current_plan, draft_plan, freeze_scope, planned_items
from tests import factories
from tests.assessments.deeper_bank import make_deeper_assessment, make_newer_version


@pytest.fixture
def asked(organisation):
    return make_deeper_assessment(organisation)


def revise(assessment, **changes):
    changes = {name: frozenset(value) if isinstance(value, list) else value for name, value in changes.items()}
    return freeze_scope(assessment=assessment, reason="Again", author=None, plan=replace(current_plan(assessment), **changes))


def changes(assessment):
    return [revision.changes for revision in revisions(assessment)]


def test_draft_that_was_never_frozen_has_no_history(organisation):
    assert revisions(factories.make_assessment(organisation)) == []


def test_revisions_come_the_first_one_first_with_their_items(asked):
    revise(asked, left_out_domains=["SEC"])
    found = revisions(asked)
    assert [revision.scope.number for revision in found] == [1, 2]
    assert [item.code for item in found[1].items] == ["CTX-01", "LAB-01", "LAB-02", "INT-01"]


def test_first_revision_of_the_whole_profile_changed_nothing(asked):
    assert [one.asks_otherwise for one in changes(asked)] == [False]


def test_first_revision_says_what_was_switched_off_from_the_start(organisation):
    draft = factories.make_assessment(organisation)
    freeze_scope(assessment=draft, reason="Start", author=None, without_domains=["CHG"], without_items=["LAB-02"])
    (first,) = changes(draft)
    assert (first.domains_off, first.items_off, first.came, first.gates_on) == (("CHG",), ("LAB-02",), (), ())


def test_revision_is_compared_with_the_one_before_it(asked):
    revise(asked, opened=["LAB-07"])
    revise(asked, left_out_items=["LAB-02"])
    assert [(one.opened, one.items_off) for one in changes(asked)] == [((), ()), (("LAB-07",), ()), ((), ("LAB-02",))]


@pytest.mark.parametrize(
    "own",
    [
        {"need": 4},
        {"floor": 1},
        {"weight": 1},
        {"lead_optimistic": 1, "lead_likely": 2, "lead_pessimistic": 3},
        {"effort": {"lab_director": 8}},
    ],
    ids=lambda own: next(iter(own)),
)
def test_item_whose_bounds_moved_is_named(asked, own):
    asked.product.requirements.create(item_code="LAB-01", **own)
    revise(asked, refreshed=True)
    assert changes(asked)[1].bounds == ("LAB-01",)


def test_newer_version_of_the_bank_is_named_with_what_it_brings(asked):
    revise(asked, version=make_newer_version(asked.product.version))
    assert (changes(asked)[1].version, changes(asked)[1].came) == (("1", "2"), ("LAB-09",))


def test_plan_that_is_not_saved_is_compared_as_it_would_be(asked):
    plan = draft_plan(asked)
    saved = Scope.objects.current(asked)
    assert facts_of(plan, planned_items(asked, plan)) == facts_of(current_plan(asked), saved.items.all())


@pytest.mark.parametrize("count", [1, 30])
def test_history_takes_two_queries(asked, count, django_assert_num_queries):
    for number in range(count):
        revise(asked, opened=["LAB-07"] if number % 2 else [])
    with django_assert_num_queries(2):
        assert len(revisions(asked)) == count + 1


def test_titles_are_those_of_the_version(asked):
    names = names_in([asked.product.version_id])
    assert (names.item("LAB-01"), names.domain("LAB")) == ("Title of LAB-01 (LAB-01)", "Lab")


def test_code_that_no_version_knows_stands_for_itself():
    assert (Names({}, {}).item("LAB-01"), Names({}, {}).domain("LAB")) == ("LAB-01", "LAB")


def test_of_two_versions_the_later_one_names_things(asked):
    newer = make_newer_version(asked.product.version, publish=False)
    ItemText.objects.filter(item__version=newer, item__code="LAB-01", field="title").update(text="New title")
    Domain.objects.filter(version=newer, code="LAB").update(title="New name")
    newer.publish()
    names = names_in([newer.pk, asked.product.version_id])
    assert (names.item("LAB-01"), names.domain("LAB")) == ("New title (LAB-01)", "New name")


def test_titles_take_two_queries_however_many_versions_are_named(asked, django_assert_num_queries):
    keys = [asked.product.version_id, make_newer_version(asked.product.version).pk] * 5
    with django_assert_num_queries(2):
        names_in(keys)
