"""What two people do at the same moment: never a 500, never a rule broken."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from stakeholders.models import AccessLink, HealthSystem, MemberRole, Membership, Site, User
from stakeholders.services.health_systems import (
    ChangedMeanwhileError,
    add_site,
    change_health_system,
    create_health_system,
)
from stakeholders.services.members import deactivate_member, invite_member
from stakeholders.services.passwords import LinkClosedError, issue_password_link, set_first_password
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (ValidationError, LinkClosedError, ChangedMeanwhileError)


def at_once(*acts):
    """Run the acts in threads that are released together; return how each ended: done, or the name of what refused it."""
    barrier, ends = Barrier(len(acts)), {}

    def run(place, act):
        barrier.wait()
        try:
            act()
            ends[place] = "done"
        except REFUSED as error:
            ends[place] = type(error).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends.values())


@pytest.fixture
def home():
    return factories.make_organisation(name="Larkfield Genomics (fictional)")


def make_admin(home, email):
    return Membership.objects.create(user=User.objects.create_user(email, "before-the-signature"), organisation=home, role=MemberRole.ADMIN)


def test_two_admins_cannot_remove_each_other(home):
    first, second = make_admin(home, "a@larkfield.example"), make_admin(home, "b@larkfield.example")
    ends = at_once(
        lambda: deactivate_member(membership=first, actor=second.user), lambda: deactivate_member(membership=second, actor=first.user)
    )
    assert ends == ["ValidationError", "done"]
    assert Membership.objects.filter(is_active=True).count() == 1


def test_link_sets_one_password(home):
    seat = Membership.objects.create(user=User.objects.create_user("new@larkfield.example"), organisation=home, role=MemberRole.LEAD)
    issue_password_link(membership=seat)
    link = AccessLink.objects.get()
    assert at_once(*[lambda: set_first_password(link=link, password="a-long-good-passphrase")] * 4) == ["LinkClosedError"] * 3 + ["done"]


def test_person_is_invited_once(home):
    admin = make_admin(home, "a@larkfield.example")

    def invite():
        invite_member(organisation=home, email="new@larkfield.example", role=MemberRole.LEAD, only_assigned=False, actor=admin.user)

    assert at_once(invite, invite, invite) == ["ValidationError", "ValidationError", "done"]
    assert Membership.objects.filter(user__email="new@larkfield.example").count() == 1


def test_person_invited_by_two_vendors_gets_one_account(home):
    other = factories.make_organisation(name="Other Devices (fictional)")
    admin = make_admin(home, "a@larkfield.example")

    def invite_to(organisation):
        return lambda: invite_member(
            organisation=organisation, email="new@larkfield.example", role=MemberRole.LEAD, only_assigned=False, actor=admin.user
        )

    assert at_once(invite_to(home), invite_to(other)) == ["done", "done"]
    assert User.objects.filter(email="new@larkfield.example").count() == 1
    assert Membership.objects.filter(user__email="new@larkfield.example").count() == 2


def test_health_system_is_created_once(home):
    admin = make_admin(home, "a@larkfield.example")

    def create():
        create_health_system(organisation=home, name="Valley", state="IL", time_zone="", actor=admin.user)

    assert at_once(create, create, create) == ["ValidationError", "ValidationError", "done"]
    assert HealthSystem.objects.count() == 1


def test_one_of_two_changes_to_a_version_is_refused(home):
    admin, system = make_admin(home, "a@larkfield.example"), factories.make_health_system(home)

    def rename(name):
        values = {"name": name, "state": "IL", "time_zone": "America/Chicago"}
        return lambda: change_health_system(health_system=system, version=1, values=values, actor=admin.user)

    assert at_once(rename("One"), rename("Two")) == ["ChangedMeanwhileError", "done"]


def test_sites_added_at_once_get_codes_of_their_own(home):
    admin, system = make_admin(home, "a@larkfield.example"), factories.make_health_system(home)

    def add(name):
        return lambda: add_site(health_system=system, values={"name": name}, actor=admin.user)

    assert at_once(add("北院"), add("南院"), add("東院")) == ["done"] * 3
    assert Site.objects.values("code").distinct().count() == 3
