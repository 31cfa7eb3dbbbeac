import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from stakeholders.models import AccessLink, AuditEvent, MemberRole, Membership, Message, MessageState, User
from tests import factories
from tests.conftest import signed_in

NEW = "new.member@larkfield.example"


@pytest.fixture
def admin(organisation):
    """An admin who can sign in; without a password nobody counts as the last admin."""
    return Membership.objects.create(
        user=User.objects.create_user("admin@larkfield.example", "before-the-signature"), organisation=organisation, role=MemberRole.ADMIN
    )


@pytest.fixture
def invite(admin_client, django_capture_on_commit_callbacks):
    def invite(email=NEW, role=MemberRole.LEAD, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return admin_client.post(reverse("member-invite"), {"email": email, "role": role, **fields})

    return invite


def test_invited_person_gets_a_seat(invite, organisation):
    assert invite(role=MemberRole.REVIEWER, only_assigned="on")["Location"] == reverse("members")
    seat = Membership.objects.get(user__email=NEW)
    assert (seat.organisation, seat.role, seat.only_assigned, seat.is_active) == (organisation, MemberRole.REVIEWER, True, True)


def test_invitation_mail_sets_a_password(invite, organisation):
    invite()
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == ([NEW], f"{organisation.name} invites you to Groundwork")
    path = re.search(r"http://\S+?(/p/\S+/)", letter.body)[1]
    Client().post(path, {"password": "a-long-good-passphrase", "password_again": "a-long-good-passphrase"})
    assert User.objects.get(email=NEW).check_password("a-long-good-passphrase")


def test_invitation_mail_is_sent_once_and_noted(invite):
    invite()
    assert len(mail.outbox) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_mail_shows_names_as_they_are(invite, organisation):
    organisation.name = "Lark & <Field>"
    organisation.save()
    invite()
    assert mail.outbox[0].subject == "Lark & <Field> invites you to Groundwork"
    assert "Lark & <Field> has made you a member (Commercial lead)" in mail.outbox[0].body


def test_person_with_an_account_gets_no_password_link(invite, outsider):
    outsider.user.set_password("before-the-signature")
    outsider.user.save()
    invite(email=outsider.user.email.upper())
    assert "/p/" not in mail.outbox[0].body
    assert "/accounts/login/" in mail.outbox[0].body
    assert AccessLink.objects.count() == 0
    assert outsider.user.memberships.count() == 2


def test_person_without_a_password_yet_gets_a_link(invite, outsider):
    invite(email=outsider.user.email)
    assert "/p/" in mail.outbox[0].body


def test_invitation_is_recorded_in_ids_only(invite, admin):
    invite()
    event = AuditEvent.objects.get(verb="member.invited")
    assert (event.actor_id, event.subject_id) == (admin.user_id, str(Membership.objects.get(user__email=NEW).pk))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "a\x00@b.example"}, "email"),
        ({"email": f"{'x' * 300}@b.example"}, "email"),
        ({"email": "имя@"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "owner"}, "role"),
        ({"role": "lead\x00"}, "role"),
    ],
)
def test_bad_invitation_is_refused_and_kept_on_the_page(invite, values, field):
    response = invite(**values)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data[field] == values[field]
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["lead@larkfield.example", "LEAD@larkfield.example"])
def test_member_is_not_invited_twice(invite, lead, email):
    response = invite(email=email)
    assert response.context["form"].errors == {"email": ["This person is a member already."]}
    assert mail.outbox == []


def test_former_member_is_let_in_again_instead(invite, lead):
    lead.is_active = False
    lead.save()
    assert "was a member" in str(invite(email=lead.user.email).context["form"].errors)


def edit(client, seat, role, **fields):
    return client.post(reverse("member-edit", args=[seat.pk]), {"role": role, **fields})


def test_role_is_changed_and_recorded(admin_client, lead):
    assert edit(admin_client, lead, MemberRole.REVIEWER, only_assigned="on")["Location"] == reverse("members")
    lead.refresh_from_db()
    assert (lead.role, lead.only_assigned) == (MemberRole.REVIEWER, True)
    assert AuditEvent.objects.get(verb="member.changed").subject_id == str(lead.pk)


def test_last_admin_is_not_demoted(admin_client, admin):
    response = edit(admin_client, admin, MemberRole.LEAD)
    assert "the only admin who can sign in" in response.content.decode()
    admin.refresh_from_db()
    assert admin.role == MemberRole.ADMIN


def test_last_admin_may_save_as_admin(admin_client, admin):
    assert edit(admin_client, admin, MemberRole.ADMIN).status_code == 302


def test_admin_is_demoted_when_another_can_sign_in(admin_client, admin, organisation):
    other = factories.make_membership(organisation, MemberRole.ADMIN)
    other.user.set_password("before-the-signature")
    other.user.save()
    edit(admin_client, admin, MemberRole.LEAD)
    admin.refresh_from_db()
    assert admin.role == MemberRole.LEAD


@pytest.mark.parametrize("state", ["no password", "seat ended", "account off", "another organisation"])
def test_admin_who_cannot_sign_in_does_not_count(admin_client, admin, organisation, outsider, state):
    home = outsider.organisation if state == "another organisation" else organisation
    other = factories.make_membership(home, MemberRole.ADMIN, is_active=state != "seat ended")
    other.user.is_active = state != "account off"
    other.user.set_password(None if state == "no password" else "before-the-signature")
    other.user.save()
    edit(admin_client, admin, MemberRole.LEAD)
    admin.refresh_from_db()
    assert admin.role == MemberRole.ADMIN


def post(client, name, seat):
    return client.post(reverse(name, args=[seat.pk]), follow=True)


def test_ended_membership_closes_pages_and_links(admin_client, invite):
    invite()
    seat = Membership.objects.get(user__email=NEW)
    browser = signed_in(seat)
    post(admin_client, "member-deactivate", seat)
    assert browser.get(reverse("settings")).status_code == 403
    assert AccessLink.objects.valid().count() == 0
    assert AuditEvent.objects.filter(verb="member.deactivated").count() == 1


def test_last_admin_is_not_removed(admin_client, admin):
    response = post(admin_client, "member-deactivate", admin)
    assert "the only admin who can sign in" in response.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_former_member_is_let_in_and_told(admin_client, lead, django_capture_on_commit_callbacks):
    post(admin_client, "member-deactivate", lead)
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, "member-reactivate", lead)
    lead.refresh_from_db()
    assert lead.is_active
    assert mail.outbox[0].to == [lead.user.email]


def test_letting_an_active_member_in_again_does_nothing(admin_client, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, "member-reactivate", lead)
    assert mail.outbox == []


def test_invitation_is_sent_again(admin_client, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, "member-invite-again", lead)
    assert "/p/" in mail.outbox[0].body


def test_former_member_is_not_invited_again_by_mail(admin_client, lead, django_capture_on_commit_callbacks):
    post(admin_client, "member-deactivate", lead)
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, "member-invite-again", lead)
    assert mail.outbox == []


def test_mail_of_a_membership_that_ended_meanwhile_is_not_sent(admin_client, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, "member-invite-again", lead)
        Membership.objects.filter(pk=lead.pk).update(is_active=False)
    assert mail.outbox == []


def test_list_shows_who_is_invited_active_and_gone(admin_client, admin, lead, reviewer):
    reviewer.is_active = False
    reviewer.save()
    page = admin_client.get(reverse("members")).content.decode()
    states = re.findall(r"(admin|lead|reviewer)@larkfield.example|>(Active|Invited|Membership ended)<", page.split("<tbody>")[1])
    assert [a or b for a, b in states] == ["admin", "Active", "lead", "Invited", "reviewer", "Membership ended"]


@pytest.mark.parametrize("page", ["0", "x", "999999999999999999999999", "-1"])
def test_odd_page_numbers_show_a_page(admin_client, page):
    assert admin_client.get(reverse("members"), {"page": page}).status_code == 200


def test_list_costs_the_same_for_1_and_30_members(admin_client, organisation, django_assert_num_queries):
    with django_assert_num_queries(6):
        admin_client.get(reverse("members"))
    for _number in range(30):
        factories.make_membership(organisation)
    with django_assert_num_queries(6):
        admin_client.get(reverse("members"))
