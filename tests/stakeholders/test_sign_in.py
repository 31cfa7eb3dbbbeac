"""Sign-in, as the library does it under our settings: password, reset, second step, and no open sign-up."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from stakeholders.models import MemberRole, Membership, User

EMAIL, PASSWORD = "lead@larkfield.example", "before-the-signature"


@pytest.fixture
def user(organisation):
    user = User.objects.create_user(EMAIL, PASSWORD)
    Membership.objects.create(user=user, organisation=organisation, role=MemberRole.LEAD)
    return user


def sign_in(client, email=EMAIL, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_in(client):
    return "_auth_user_id" in client.session


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_password_signs_in(user, anonymous):
    assert sign_in(anonymous)["Location"] == "/"
    assert is_in(anonymous)


@pytest.mark.parametrize("email", [EMAIL.upper(), f"  {EMAIL} "])
def test_address_may_be_typed_in_any_case(user, anonymous, email):
    sign_in(anonymous, email)
    assert is_in(anonymous)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong-password"),
        ("nobody@larkfield.example", PASSWORD),
        (EMAIL, ""),
        ("", PASSWORD),
        (EMAIL, PASSWORD + "\x00"),
        (EMAIL + "\x00", PASSWORD),
        (EMAIL, "x" * 100_000),
        ("x" * 100_000, PASSWORD),
        ("имя@почта.example", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_wrong_or_odd_entries_do_not_sign_in(user, anonymous, email, password):
    assert sign_in(anonymous, email, password).status_code == 200
    assert not is_in(anonymous)


def test_wrong_password_and_unknown_address_are_told_apart_by_nothing(user):
    said = []
    for email in (EMAIL, "nobody@larkfield.example"):
        page = sign_in(Client(), email, "wrong-password").content.decode()
        said.append(re.sub(r'csrfmiddlewaretoken" value="\w+|value="[^"]*@[^"]*"|X-CSRFToken[^}]*', "", page))
    assert said[0] == said[1]


def test_switched_off_account_does_not_sign_in(user, anonymous):
    User.objects.update(is_active=False)
    assert sign_in(anonymous)["Location"] == reverse("account_inactive")
    assert not is_in(anonymous)


def test_invited_account_without_a_password_does_not_sign_in(organisation, anonymous):
    User.objects.create_user(EMAIL)
    sign_in(anonymous, password="")
    assert not is_in(anonymous)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_goes_nowhere_else(user, anonymous, target):
    response = anonymous.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": target})
    assert "evil" not in response["Location"]
    assert response["Location"] == "/"


def test_sign_in_returns_to_the_page_that_was_asked_for(user, anonymous):
    response = anonymous.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": "/settings/"})
    assert response["Location"] == "/settings/"


def test_sign_out_needs_a_button(user, anonymous):
    sign_in(anonymous)
    anonymous.get(reverse("account_logout"))
    assert is_in(anonymous)
    anonymous.post(reverse("account_logout"))
    assert not is_in(anonymous)


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_up_is_closed(anonymous, db, method):
    values = {"email": "new@larkfield.example", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(anonymous, method)(reverse("account_signup"), values)
    assert response.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert User.objects.count() == 0


def test_sign_in_page_offers_no_sign_up(anonymous, db):
    page = anonymous.get(reverse("account_login")).content.decode()
    assert reverse("account_signup") not in page
    assert reverse("account_reset_password") in page


def forget(client, email=EMAIL):
    return client.post(reverse("account_reset_password"), {"email": email})


def reset_path():
    return re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]


def new_password(client, path, password="a-new-good-passphrase"):
    page = client.get(path, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_reset_mail_sets_a_new_password_and_signs_in(user, anonymous):
    assert forget(anonymous)["Location"] == reverse("account_reset_password_done")
    assert new_password(anonymous, reset_path())["Location"] == "/"
    assert is_in(anonymous)
    assert User.objects.get().check_password("a-new-good-passphrase")


def test_reset_link_works_once(user, anonymous):
    forget(anonymous)
    path = reset_path()
    new_password(anonymous, path)
    page = Client().get(path)
    assert "account/password_reset_from_key.html" in [t.name for t in page.templates]
    assert b"password1" not in page.content


def test_opening_the_reset_link_changes_nothing(user, anonymous):
    forget(anonymous)
    before = User.objects.values().get()
    for _time in range(5):
        Client().get(reset_path(), follow=True)
    assert User.objects.values().get() == before


def test_reset_of_an_unknown_address_says_the_same_and_sends_nothing(user, anonymous):
    assert forget(anonymous, "nobody@larkfield.example")["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_reset_is_refused_for_a_weak_password(user, anonymous):
    forget(anonymous)
    assert "too short" in new_password(anonymous, reset_path(), "short").content.decode()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("email", ["", "nobody", "a\x00@b.example", "x" * 100_000])
def test_odd_address_for_a_reset_is_refused(user, anonymous, email):
    assert forget(anonymous, email).status_code == 200
    assert mail.outbox == []


def test_invited_person_whose_link_expired_can_use_a_reset(organisation, anonymous):
    User.objects.create_user(EMAIL)
    forget(anonymous)
    new_password(anonymous, reset_path())
    assert is_in(anonymous)


@pytest.fixture
def two_step(user):
    """The account with an authenticator app and recovery codes."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def test_second_step_is_asked_for(two_step, anonymous):
    assert sign_in(anonymous)["Location"] == reverse("mfa_authenticate")
    assert not is_in(anonymous)
    assert anonymous.get("/settings/").status_code == 302


def test_code_of_the_app_signs_in(two_step, anonymous):
    sign_in(anonymous)
    anonymous.post(reverse("mfa_authenticate"), {"code": code_of(two_step)})
    assert is_in(anonymous)


def test_code_of_the_app_works_once(two_step, anonymous):
    code = code_of(two_step)
    for client in (anonymous, Client()):
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize("code", ["", "000000", "x" * 10_000, "12\x0034", "１２３４５６"])
def test_wrong_code_does_not_sign_in(two_step, anonymous, code):
    sign_in(anonymous)
    assert anonymous.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not is_in(anonymous)


def test_recovery_code_signs_in_once(two_step, user, anonymous):
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    clients = [anonymous, Client()]
    for client in clients:
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert [is_in(client) for client in clients] == [True, False]


def test_reset_mail_does_not_go_round_the_second_step(two_step, anonymous):
    forget(anonymous)
    assert new_password(anonymous, reset_path())["Location"] == reverse("mfa_authenticate")
    assert not is_in(anonymous)


def confirm(client, password=PASSWORD):
    """Give the password again, as sensitive pages ask."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def test_sensitive_page_asks_for_the_password_again(user, anonymous):
    sign_in(anonymous)
    assert anonymous.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    confirm(anonymous, "wrong-password")
    assert anonymous.get(reverse("mfa_activate_totp")).status_code == 302


def test_app_is_set_up_from_the_settings(user, anonymous):
    sign_in(anonymous)
    confirm(anonymous)
    page = anonymous.get(reverse("mfa_activate_totp"))
    response = anonymous.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert response.status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_second_step_is_not_removed_without_the_password(two_step, user):
    client = Client()
    client.force_login(user)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert "reauthenticate" in response["Location"]
    assert Authenticator.objects.filter(type="totp").exists()


def test_password_is_changed_with_the_old_one(user, anonymous):
    sign_in(anonymous)
    values = {"oldpassword": PASSWORD, "password1": "a-new-good-passphrase", "password2": "a-new-good-passphrase"}
    anonymous.post(reverse("account_change_password"), values)
    assert User.objects.get().check_password("a-new-good-passphrase")


def test_new_address_counts_once_it_is_confirmed(user, anonymous):
    sign_in(anonymous)
    confirm(anonymous)
    anonymous.post(reverse("account_email"), {"action_add": "", "email": "new@larkfield.example"})
    assert User.objects.get().email == EMAIL
    path = re.search(r"http://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    anonymous.get(path)
    assert User.objects.get().email == EMAIL
    anonymous.post(path)
    assert User.objects.get().email == "new@larkfield.example"


def test_address_of_somebody_else_cannot_be_taken(user, outsider, anonymous):
    sign_in(anonymous)
    confirm(anonymous)
    anonymous.post(reverse("account_email"), {"action_add": "", "email": outsider.user.email})
    assert len(mail.outbox) == 1
    path = re.search(r"http://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    assert "This address cannot be used" in anonymous.post(path, follow=True).content.decode()
    assert User.objects.get(pk=user.pk).email == EMAIL
    assert User.objects.get(pk=outsider.user_id).email == outsider.user.email


def test_every_account_has_the_librarys_row_of_its_address(user, outsider):
    rows = EmailAddress.objects.values_list("email", "primary", "verified").order_by("email")
    assert list(rows) == [(EMAIL, True, True), (outsider.user.email, True, False)]


PAGES = [
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["anonymous", "signed in", "with a second step"])
def test_every_page_of_the_library_works(user, anonymous, request, name, who):
    if who != "anonymous":
        sign_in(anonymous)
        confirm(anonymous)
    if who == "with a second step":
        request.getfixturevalue("two_step")
    response = anonymous.get(reverse(name), follow=True)
    assert response.status_code in (200, 404)
    if response.status_code == 404:
        assert (name, who) in {
            ("mfa_view_recovery_codes", "signed in"),
            ("mfa_download_recovery_codes", "signed in"),
            ("mfa_deactivate_totp", "signed in"),
        }


@pytest.mark.parametrize(
    "path", ["/accounts/password/reset/key/1-x/", "/accounts/password/reset/key/zz-set-password/", "/accounts/confirm-email/x/"]
)
def test_odd_links_of_the_library_show_a_page(anonymous, db, path):
    assert anonymous.get(path, follow=True).status_code in (200, 404)


def test_pages_of_the_library_hold_no_inline_style_or_script(user, anonymous):
    sign_in(anonymous)
    confirm(anonymous)
    pages = [anonymous.get(reverse(name), follow=True).content.decode() for name in PAGES]
    assert [page for page in pages if re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*json)", page)] == []


def test_sign_in_shows_no_message_above_the_page(user, anonymous):
    sign_in(anonymous)
    assert list(anonymous.get(reverse("settings")).context["messages"]) == []
