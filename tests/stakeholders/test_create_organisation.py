import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from stakeholders.models import AccessLink, AuditEvent, MemberRole, Membership, Organisation, User
from tests import factories

EMAIL = "first.admin@new.example"


@pytest.fixture
def create(db):
    def create(name="New Vendor", admin=EMAIL, **options):
        out = StringIO()
        call_command("create_organisation", name, admin=admin, stdout=out, **options)
        return out.getvalue()

    return create


def test_organisation_gets_an_admin_and_a_zone(create):
    create(time_zone="America/Chicago")
    membership = Membership.objects.get()
    assert (membership.organisation.name, membership.organisation.time_zone) == ("New Vendor", "America/Chicago")
    assert (membership.user.email, membership.role, membership.user.has_usable_password()) == (EMAIL, MemberRole.ADMIN, False)


def test_printed_link_opens_the_set_password_page(create):
    path = re.search(r"http://\S+?(/p/\S+/)", create())[1]
    assert EMAIL in Client().get(path).content.decode()


def test_token_is_not_stored(create):
    token = re.search(r"/p/(\S+)/", create())[1]
    assert token not in str(AccessLink.objects.values_list().get())


def test_founding_sends_no_mail_and_is_recorded(create):
    create()
    assert mail.outbox == []
    assert AuditEvent.objects.get().verb == "organisation.created"


def test_existing_account_gets_a_seat_without_a_new_password_link(create):
    user = factories.make_user(EMAIL, "before-the-signature")
    out = create(admin=EMAIL.upper())
    assert "/p/" not in out
    assert "/accounts/login/" in out
    assert AccessLink.objects.count() == 0
    assert Membership.objects.get().user == user


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Name: This field is required."),
        ({"name": "   "}, "Name: This field is required."),
        ({"name": "\u200b\u202e"}, "Name: This field is required."),
        ({"name": "x" * 500}, "Name: Ensure this value has at most 120 characters (it has 500)."),
        ({"name": "a\x00b"}, "Name: Null characters are not allowed."),
        ({"name": "a\udcff"}, "Name: This text holds characters that are broken."),
        ({"admin": "nobody"}, "Admin's e-mail address: Enter a valid email address."),
        ({"admin": ""}, "Admin's e-mail address: This field is required."),
        ({"admin": f"{'x' * 300}@a.example"}, "Admin's e-mail address: Ensure this value has at most 254 characters"),
        ({"time_zone": "Moon/Base"}, "“Moon/Base” is not a time zone name"),
    ],
)
def test_bad_input_is_one_clear_line_and_creates_nothing(create, changes, said):
    with pytest.raises(CommandError) as error:
        create(**changes)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert (Organisation.objects.count(), User.objects.count()) == (0, 0)


def test_name_that_is_taken_is_refused_in_any_case(create):
    create()
    with pytest.raises(CommandError, match="There is an organisation with this name already"):
        create(name="NEW VENDOR", admin="other@new.example")
    assert User.objects.count() == 1


def test_name_in_another_script_is_kept(create):
    create(name="慶應ヘルス")
    assert Organisation.objects.get().name == "慶應ヘルス"


def test_two_names_without_latin_letters_get_slugs_of_their_own(create):
    create(name="慶應ヘルス")
    create(name="東都ヘルス", admin="other@new.example")
    assert Organisation.objects.values("slug").distinct().count() == 2
