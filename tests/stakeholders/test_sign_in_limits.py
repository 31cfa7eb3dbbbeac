"""Wrong passwords are counted per account and per network address, and beyond the limit only the mail link works."""

import re
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.test import Client
from django.urls import reverse

from stakeholders.models import User
from tests.stakeholders.test_sign_in import EMAIL, PASSWORD, code_of, forget, is_in, new_password, reset_path, sign_in
from tests.stakeholders.test_sign_in import two_step as two_step
from tests.stakeholders.test_sign_in import user as user

LIMIT = 20
PAUSE = "Too many failed login attempts"


def guess(times, *, email=EMAIL, address=None, **extra):
    """Send wrong passwords, each from another network address unless one is given."""
    return [
        sign_in(Client(), email, "wrong-password", REMOTE_ADDR=address or f"198.51.100.{number % 250}", **extra) for number in range(times)
    ]


def from_home(client=None, password=PASSWORD):
    client = client or Client()
    sign_in(client, password=password, REMOTE_ADDR="203.0.113.9")
    return client


def test_twenty_wrong_passwords_leave_the_right_one_working(user):
    guess(LIMIT - 1)
    assert is_in(from_home())


def test_right_password_is_refused_after_twenty_wrong_ones(user):
    guess(LIMIT)
    assert not is_in(from_home())


def test_refusal_says_so_and_does_not_tell_whether_the_password_was_right(user):
    guess(LIMIT)
    right, wrong = (sign_in(Client(), password=p, REMOTE_ADDR="203.0.113.9").content.decode() for p in (PASSWORD, "wrong-password"))
    assert PAUSE in right
    assert PAUSE in wrong


def test_mail_link_works_beyond_the_limit_signs_in_and_ends_the_pause(user):
    guess(LIMIT)
    browser = Client(REMOTE_ADDR="203.0.113.9")
    forget(browser)
    new_password(browser, reset_path())
    assert is_in(browser)
    assert is_in(from_home(password="a-new-good-passphrase"))


def test_pause_ends_for_an_account_that_was_invited(organisation):
    User.objects.create_user(EMAIL)
    guess(LIMIT)
    forget(Client(REMOTE_ADDR="203.0.113.9"))
    new_password(Client(REMOTE_ADDR="203.0.113.9"), reset_path())
    assert is_in(from_home(password="a-new-good-passphrase"))


def test_other_accounts_are_not_paused(user, outsider):
    outsider.user.set_password(PASSWORD)
    outsider.user.save()
    guess(LIMIT + 5)
    browser = Client()
    sign_in(browser, outsider.user.email, REMOTE_ADDR="203.0.113.9")
    assert is_in(browser)


@pytest.mark.parametrize("spelling", [str.upper, str.title, lambda email: f" {email} "])
def test_spelling_of_the_address_gives_no_budget_of_its_own(user, spelling):
    guess(LIMIT, email=spelling(EMAIL))
    assert not is_in(from_home())


def test_port_of_the_host_gives_no_budget_of_its_own(user):
    for number in range(LIMIT):
        sign_in(
            Client(), password="wrong-password", REMOTE_ADDR=f"198.51.100.{number}", SERVER_NAME="localhost", SERVER_PORT=str(8000 + number)
        )
    assert not is_in(from_home())


def test_spoofed_forwarded_for_gives_no_budget_of_its_own(user, outsider):
    for number in range(LIMIT):
        sign_in(
            Client(),
            f"other{number}@larkfield.example",
            "wrong-password",
            REMOTE_ADDR="203.0.113.9",
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
        )
    browser = Client()
    response = sign_in(browser, REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="192.0.2.200")
    assert (is_in(browser), response.status_code) == (False, 429)


def test_forwarded_for_counts_behind_as_many_proxies_as_are_ours(user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(LIMIT):
        spoofed = f"192.0.2.{number}, 203.0.113.9"
        sign_in(Client(), f"other{number}@larkfield.example", "wrong-password", HTTP_X_FORWARDED_FOR=spoofed)
    attacker, neighbour = Client(), Client()
    sign_in(attacker, HTTP_X_FORWARDED_FOR="192.0.2.77, 203.0.113.9")
    sign_in(neighbour, HTTP_X_FORWARDED_FOR="203.0.113.10")
    assert (is_in(attacker), is_in(neighbour)) == (False, True)


def test_network_address_gets_twenty_sign_ins_an_hour(user):
    answers = [sign_in(Client(), REMOTE_ADDR="203.0.113.9").status_code for _number in range(LIMIT + 1)]
    assert answers == [302] * LIMIT + [429]


def test_network_address_gets_twenty_wrong_passwords_a_day(user, time_machine):
    time_machine.move_to("2026-12-01T08:00:00+00:00")
    for hour, number in [(hour, number) for hour in (8, 11) for number in range(LIMIT // 2)]:
        time_machine.move_to(f"2026-12-01T{hour:02}:{number:02}:00+00:00")
        sign_in(Client(), f"other{hour}{number}@larkfield.example", "wrong-password", REMOTE_ADDR="203.0.113.9")
    time_machine.move_to("2026-12-01T15:00:00+00:00")
    neighbour = Client()
    sign_in(neighbour, REMOTE_ADDR="203.0.113.10")
    assert (is_in(from_home()), is_in(neighbour)) == (False, True)
    time_machine.move_to("2026-12-02T15:00:00+00:00")
    assert is_in(from_home())


def test_pause_page_names_the_way_out(user):
    for _number in range(LIMIT + 1):
        response = sign_in(Client(), REMOTE_ADDR="203.0.113.9")
    assert reverse("account_reset_password") in response.content.decode()


def test_right_passwords_do_not_use_up_the_count(user):
    for number in range(LIMIT + 5):
        sign_in(Client(), REMOTE_ADDR=f"198.51.100.{number}")
    assert is_in(from_home())


def test_address_gets_ten_reset_mails_an_hour(user):
    for number in range(15):
        Client().post(reverse("account_reset_password"), {"email": EMAIL}, REMOTE_ADDR=f"198.51.100.{number}")
    assert len(mail.outbox) == 10


def test_codes_of_the_second_step_are_counted_too(two_step, user):
    for number in range(LIMIT):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client = from_home()
    client.post(reverse("mfa_authenticate"), {"code": code_of(two_step)}, REMOTE_ADDR="203.0.113.9")
    assert not is_in(client)


def test_count_holds_no_address_in_plain_text(user):
    guess(1)
    assert EMAIL not in str(list(cache._cache))


@pytest.fixture
def database_cache(settings, transactional_db):
    """The cache as it is in use; tests otherwise run on one in memory."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_entries",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }
    caches["default"].clear()


def at_once(count, act):
    """Run an act in as many threads, all released together."""
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        try:
            act(number)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_parallel_guesses_get_no_more_than_the_limit(database_cache, django_user_model):
    django_user_model.objects.create_user(EMAIL, PASSWORD)
    answers = []

    def act(number):
        page = sign_in(Client(), password="wrong-password", REMOTE_ADDR=f"198.51.{number}.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        answers.append(PAUSE in page.content.decode())

    for _round in range(10):
        at_once(10, act)
    assert len(answers) == 100
    assert answers.count(False) <= LIMIT
    assert not is_in(from_home())


def test_count_is_kept_in_a_cache_that_all_workers_share():
    from readiness import settings as product

    chosen = product.CACHES["default"]
    assert chosen["BACKEND"] == f"{DatabaseCache.__module__}.{DatabaseCache.__name__}"
    assert chosen["OPTIONS"]["MAX_ENTRIES"] == 100_000


def test_migrating_makes_the_caches_table(database_cache):
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_burst_of_made_up_addresses_throws_no_count_away(database_cache, django_user_model):
    django_user_model.objects.create_user(EMAIL, PASSWORD)
    guess(LIMIT)
    for number in range(400):
        cache.set(f"filler-{number}", number, 600)
    assert not is_in(from_home())


def test_admin_sign_in_is_limited_too(user):
    User.objects.update(is_staff=True, is_superuser=True)
    guess(LIMIT)
    browser = Client()
    browser.post("/admin/login/", {"username": EMAIL, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9")
    assert not is_in(browser)


def test_reset_token_is_not_in_the_log(user, anonymous, caplog):
    from readiness.logs import hide_links

    forget(anonymous)
    path = reset_path()
    key = re.search(r"/key/([^/]+)/", path)[1]
    assert key not in hide_links(f'"GET {path} HTTP/1.1" 302')
