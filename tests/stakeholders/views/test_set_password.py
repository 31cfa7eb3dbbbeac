from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from stakeholders.models import AccessLink, AuditEvent, LinkPurpose, MemberRole, Membership, User
from stakeholders.services.links import issue_link, revoke_links
from stakeholders.services.members import deactivate_member
from stakeholders.services.passwords import LinkClosedError, issue_password_link, set_first_password
from tests import factories

GOOD = "a-long-good-passphrase"


@pytest.fixture
def newcomer(organisation):
    return Membership.objects.create(
        user=User.objects.create_user("newcomer@larkfield.example"), organisation=organisation, role=MemberRole.LEAD
    )


@pytest.fixture
def url(newcomer):
    return f"/p/{issue_password_link(membership=newcomer)}/"


def post(client, url, password=GOOD, again=None, **fields):
    return client.post(url, {"password": password, "password_again": password if again is None else again, **fields})


def test_get_shows_the_form_and_changes_nothing(anonymous, url, newcomer):
    link = AccessLink.objects.values().get()
    for _time in range(20):
        response = anonymous.get(url)
    assert newcomer.user.email in response.content.decode()
    assert anonymous.head(url).status_code == 200
    assert AccessLink.objects.values().get() == link
    assert not User.objects.get(pk=newcomer.user_id).has_usable_password()
    assert "_auth_user_id" not in anonymous.session


def test_page_is_not_stored_and_sends_no_referrer_elsewhere(anonymous, url):
    response = anonymous.get(url)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_post_sets_the_password_and_signs_in(anonymous, url, newcomer):
    response = post(anonymous, url, name="Nora Newcomer")
    assert response["Location"] == "/"
    user = User.objects.get(pk=newcomer.user_id)
    assert user.check_password(GOOD)
    assert user.name == "Nora Newcomer"
    assert anonymous.session["_auth_user_id"] == str(user.pk)


def test_post_verifies_the_address_and_is_recorded(anonymous, url, newcomer):
    post(anonymous, url)
    assert EmailAddress.objects.get(user=newcomer.user).verified
    assert AuditEvent.objects.get(verb="member.password_set").actor_id == newcomer.user_id


def test_session_starts_in_the_inviting_organisation(anonymous, url, newcomer):
    other = factories.make_organisation(name="Aaa (fictional)")
    Membership.objects.create(user=newcomer.user, organisation=other, role=MemberRole.LEAD)
    post(anonymous, url)
    assert anonymous.session["organisation"] == str(newcomer.organisation_id)


def test_link_is_dead_after_success(anonymous, url):
    post(anonymous, url)
    response = anonymous.post(url, {"password": "another-good-passphrase", "password_again": "another-good-passphrase"})
    assert response.status_code == 410
    assert anonymous.get(url).status_code == 410


def test_other_links_of_the_person_die_too(anonymous, url, newcomer):
    second = issue_password_link(membership=newcomer)
    post(anonymous, url)
    assert anonymous.get(f"/p/{second}/").status_code == 410
    assert AccessLink.objects.valid().count() == 0


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "This field is required"),
        ("short", "short", "too short"),
        ("password1234", "password1234", "too common"),
        ("198427561038", "198427561038", "entirely numeric"),
        ("newcomer@larkfield", "newcomer@larkfield", "too similar"),
        (GOOD, "another-good-passphrase", "The two passwords are not the same"),
        (GOOD + "\x00", GOOD + "\x00", "Null characters are not allowed"),
        ("x1-" * 1000, "x1-" * 1000, "at most 200 characters"),
    ],
)
def test_bad_password_is_refused_and_the_link_stays(anonymous, url, newcomer, password, again, said):
    response = post(anonymous, url, password, again, name="Nora")
    assert said in response.content.decode()
    assert 'value="Nora"' in response.content.decode()
    assert not User.objects.get(pk=newcomer.user_id).has_usable_password()
    assert AccessLink.objects.valid().count() == 1


@pytest.mark.parametrize("name", ["x" * 121, "a\x00b"])
def test_bad_name_is_refused(anonymous, url, newcomer, name):
    assert post(anonymous, url, name=name).status_code == 200
    assert not User.objects.get(pk=newcomer.user_id).has_usable_password()


def test_password_in_another_script_is_good(anonymous, url, newcomer):
    post(anonymous, url, "долгий-хороший-пароль")
    assert User.objects.get(pk=newcomer.user_id).check_password("долгий-хороший-пароль")


def test_unknown_token_does_not_exist(anonymous, db):
    assert anonymous.get("/p/" + "x" * 43 + "/").status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "é" * 500, "a" * 5000])
def test_odd_token_does_not_exist(anonymous, db, token):
    assert anonymous.get(f"/p/{token}/").status_code in (400, 404)


def test_token_of_another_purpose_does_not_exist(anonymous, newcomer):
    _link, token = issue_link(organisation=newcomer.organisation, purpose=LinkPurpose.HOST, subject_id=newcomer.pk)
    assert anonymous.get(f"/p/{token}/").status_code == 404


def test_expired_link_is_closed_without_any_data(anonymous, url, newcomer):
    past = timezone.now() - timedelta(days=9)
    AccessLink.objects.update(created_at=past, expires_at=past + timedelta(days=3))
    response = anonymous.get(url)
    assert response.status_code == 410
    assert "ask an admin of your organisation" in response.content.decode()
    assert newcomer.user.email not in response.content.decode()
    assert newcomer.organisation.name not in response.content.decode()


def test_revoked_link_is_closed(anonymous, url, newcomer):
    revoke_links(purpose=LinkPurpose.PASSWORD, subject_id=newcomer.pk)
    assert post(anonymous, url).status_code == 410


def test_link_of_an_ended_membership_is_closed(anonymous, url, newcomer, admin):
    deactivate_member(membership=newcomer, actor=admin.user)
    assert post(anonymous, url).status_code == 410


def test_open_link_of_a_membership_that_is_not_in_force_is_closed(anonymous, url, newcomer):
    Membership.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert post(anonymous, url).status_code == 410


def test_link_of_a_switched_off_account_is_closed(anonymous, url, newcomer):
    User.objects.filter(pk=newcomer.user_id).update(is_active=False)
    assert post(anonymous, url).status_code == 410


def test_link_cannot_change_a_password_that_is_set(anonymous, url, newcomer):
    newcomer.user.set_password("set-in-the-meantime")
    newcomer.user.save()
    assert post(anonymous, url).status_code == 410
    assert User.objects.get(pk=newcomer.user_id).check_password("set-in-the-meantime")


def test_second_of_two_presses_at_once_is_refused(newcomer):
    issue_password_link(membership=newcomer)
    link = AccessLink.objects.get()
    set_first_password(link=link, password=GOOD)
    with pytest.raises(LinkClosedError):
        set_first_password(link=link, password="another-good-passphrase")
    assert User.objects.get(pk=newcomer.user_id).check_password(GOOD)


def test_other_methods_are_refused(anonymous, url):
    assert anonymous.put(url).status_code == 405
