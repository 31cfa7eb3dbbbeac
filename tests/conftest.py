"""The fixed cast that every test knows, and where shared files are."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from stakeholders.models import MemberRole, Membership, Organisation
from tests import factories

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def shared(path: str) -> Path:
    """Return a file or folder of the shared material, or skip where it is absent, as on users' machines."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"../shared/{path} is not on this machine")
    return found


@pytest.fixture(autouse=True)
def _test_settings(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def organisation(db) -> Organisation:
    return factories.make_organisation(name="Larkfield Genomics (fictional)")


@pytest.fixture
def admin(organisation) -> Membership:
    return factories.make_membership(organisation, MemberRole.ADMIN, email="admin@larkfield.example")


@pytest.fixture
def lead(organisation) -> Membership:
    return factories.make_membership(organisation, MemberRole.LEAD, email="lead@larkfield.example")


@pytest.fixture
def reviewer(organisation) -> Membership:
    return factories.make_membership(organisation, MemberRole.REVIEWER, email="reviewer@larkfield.example")


@pytest.fixture
def customer_success(organisation) -> Membership:
    return factories.make_membership(organisation, MemberRole.CUSTOMER_SUCCESS, email="success@larkfield.example")


@pytest.fixture
def outsider(db) -> Membership:
    """A lead of another organisation, who must never see anything of ours."""
    other = factories.make_organisation(name="Other Devices (fictional)")
    return factories.make_membership(other, MemberRole.LEAD, email="outsider@other.example")


def signed_in(membership: Membership) -> Client:
    """Return a browser in which the member is signed in."""
    client = Client()
    client.force_login(membership.user)
    return client


@pytest.fixture
def lead_client(lead) -> Client:
    return signed_in(lead)


@pytest.fixture
def reviewer_client(reviewer) -> Client:
    return signed_in(reviewer)


@pytest.fixture
def admin_client(admin) -> Client:
    return signed_in(admin)


@pytest.fixture
def outsider_client(outsider) -> Client:
    return signed_in(outsider)


@pytest.fixture
def anonymous() -> Client:
    return Client()


@pytest.fixture
def assessment(organisation):
    """An open assessment with a tiny question bank, two sites, one service line and nobody invited."""
    return factories.make_open_assessment(organisation)


@pytest.fixture
def interview(assessment):
    """The lab director's interview, opened."""
    return factories.make_interview(assessment, role="lab_director", state="opened")
