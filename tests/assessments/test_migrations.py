"""Rows from before a migration: what they meant stays true after it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("assessments", "0011_modules_and_history_of_a_product")]
WITH_REVISIONS = [("assessments", "0012_what_a_scope_revision_changed")]


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def newest():
    """Whatever a test went back to, the next one has the newest tables."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def old_scope(newest):
    """A revision from before: its assessment switched a domain off, its bank knows lead times and efforts."""
    version = factories.make_version(publish=False)
    item = version.items.get(code="LAB-01")
    type(item).objects.filter(pk=item.pk).update(lead_optimistic=2, lead_likely=3, lead_pessimistic=5)
    item.efforts.create(pool="vendor", hours=8)
    item.efforts.create(pool="lab_director", hours=4)
    version.publish()
    assessment = factories.make_assessment(factories.make_organisation(), version=version, left_out_domains=["CHG"])
    scope = factories.make_scope(assessment)
    migrate(BEFORE)
    return scope


def test_old_revision_keeps_what_was_off_and_takes_its_banks_estimates(old_scope):
    # One test for both: going back and forth takes long.
    after = migrate(WITH_REVISIONS)
    assert after.get_model("assessments", "Scope").objects.get(pk=old_scope.pk).left_out_domains == ["CHG"]
    rows = {row.code: row for row in after.get_model("assessments", "ScopeItem").objects.filter(scope_id=old_scope.pk)}
    row = rows["LAB-01"]
    assert (row.lead_optimistic, row.lead_likely, row.lead_pessimistic) == (2, 3, 5)
    assert (row.effort, rows["LAB-02"].effort) == ({"vendor": 8, "lab_director": 4}, {})
    assert {each.code: each.core_roles for each in rows.values()} == {code: [] for code in rows}
