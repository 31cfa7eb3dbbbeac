"""Who may do what on the pages of accounts, settings and health systems: the reviewed table, page by page.

Anonymous visitors and what outsiders see are tested for every route in tests/readiness/test_access_matrix.py.
"""

import pytest
from django.urls import reverse

from stakeholders.models import MemberRole
from tests import factories
from tests.conftest import signed_in

ALL = set(MemberRole.values)
EDITORS = {MemberRole.ADMIN, MemberRole.LEAD}
ADMINS = {MemberRole.ADMIN}

# name, what its key names (or nothing), methods, who may
PAGES = [
    ("portfolio", None, "get", ALL),
    ("settings", None, "get", ALL),
    ("own-name", None, "get post", ALL),
    ("organisation", None, "get post", ADMINS),
    ("members", None, "get", ADMINS),
    ("member-invite", None, "get post", ADMINS),
    ("member-edit", "seat", "get post", ADMINS),
    ("member-deactivate", "seat", "post", ADMINS),
    ("member-reactivate", "seat", "post", ADMINS),
    ("member-invite-again", "seat", "post", ADMINS),
    ("health-systems", None, "get", ALL),
    ("health-system", "system", "get", ALL),
    ("health-system-new", None, "get post", EDITORS),
    ("health-system-edit", "system", "get post", EDITORS),
    ("health-system-delete", "system", "post", EDITORS),
    ("site-find", "system", "get", EDITORS),
    ("site-add-hospital", "system", "post", EDITORS),
    ("site-new", "system", "get post", EDITORS),
    ("site-edit", "site", "get post", EDITORS),
    ("site-delete", "site", "post", EDITORS),
    ("service-line-new", "system", "get post", EDITORS),
    ("service-line-edit", "line", "get post", EDITORS),
    ("service-line-delete", "line", "post", EDITORS),
]
CALLS = [(name, kind, method, roles) for name, kind, methods, roles in PAGES for method in methods.split()]
OF_OBJECTS = [(name, kind, method) for name, kind, method, _roles in CALLS if kind]
ids = {"ids": lambda value: value if isinstance(value, str) else ""}


@pytest.fixture
def things(organisation):
    """What the pages are about; nobody else depends on the seat."""
    system = factories.make_health_system(organisation)
    return {
        "seat": factories.make_membership(organisation, email="seat@larkfield.example"),
        "system": system,
        "site": factories.make_site(system),
        "line": factories.make_service_line(system),
    }


def address(name, kind, things):
    return reverse(name, args=[things[kind].pk]) if kind else reverse(name)


@pytest.mark.parametrize("role", MemberRole.values)
@pytest.mark.parametrize(("name", "kind", "method", "roles"), CALLS, **ids)
def test_member_gets_in_only_with_the_right(organisation, things, name, kind, method, roles, role):
    client = signed_in(factories.make_membership(organisation, role))
    response = getattr(client, method)(address(name, kind, things))
    assert (response.status_code != 403) == (role in roles)


@pytest.mark.parametrize(("name", "kind", "method"), OF_OBJECTS, **ids)
def test_outsider_changes_nothing(things, name, kind, method):
    other = factories.make_organisation(name="Other Devices (fictional)")
    client = signed_in(factories.make_membership(other, MemberRole.ADMIN))
    before = type(things[kind]).objects.filter(pk=things[kind].pk).values().get()
    getattr(client, method)(address(name, kind, things), {"name": "Taken over", "role": "admin"})
    assert type(things[kind]).objects.filter(pk=things[kind].pk).values().get() == before


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kind, methods, _roles in PAGES if methods == "post"], **ids)
def test_page_that_changes_something_refuses_get(admin_client, things, name, kind):
    assert admin_client.get(address(name, kind, things)).status_code == 405


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kind, methods, _roles in PAGES if methods == "get"], **ids)
def test_page_that_shows_something_refuses_post(admin_client, things, name, kind):
    assert admin_client.post(address(name, kind, things)).status_code == 405


def test_member_without_a_seat_is_told_so(db):
    user = factories.make_user("nobody@larkfield.example")
    client = signed_in(type("Seat", (), {"user": user}))
    response = client.get(reverse("portfolio"))
    assert response.status_code == 403
    assert "you belong to no organisation" in response.content.decode()


def test_ended_seat_opens_nothing_any_more(admin_client, admin):
    admin.is_active = False
    admin.save()
    assert admin_client.get(reverse("settings")).status_code == 403
