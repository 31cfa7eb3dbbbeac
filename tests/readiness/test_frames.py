"""The frames of all pages: error pages without any context, header, messages, and the shared parts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string
from django.urls import reverse

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)(?![^>]*json)", re.IGNORECASE)


class Places(forms.Form):
    site = forms.CharField(label="Site")
    state = forms.ChoiceField(label="State", choices=[("NE", "Nebraska")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("The dates contradict <each> other.")


class Ids(HTMLParser):
    """Collects the ids of a page and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if found.get("href") else []


def member_page(rf, membership=None, **context):
    request = rf.get("/somewhere")
    request.user = membership.user if membership else AnonymousUser()
    request.membership = membership
    return render_to_string("base.html", context, request=request)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_page_needs_no_context(name):
    html = get_template(name).render({})

    assert len(re.findall(r"<h1>[^<]+</h1>", html)) == 1
    assert 'class="btn btn-primary"' in html


# A report written to a file carries its stylesheet; it is never served.
SERVED = sorted(set(TEMPLATES.rglob("*.html")) - {TEMPLATES / "reports/file.html"})


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_template_holds_nothing_the_content_policy_refuses(path):
    assert not INLINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "includes/icons").glob("*.html")), ids=lambda path: path.stem)
def test_icon_is_hidden_from_readers(path):
    assert 'aria-hidden="true"' in path.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_anonymous_frame_shows_no_menu(rf):
    html = member_page(rf)

    assert "site-nav" not in html
    assert "site-menu" not in html


@pytest.mark.django_db
def test_frame_names_the_member_and_the_organisation(rf, lead):
    html = member_page(rf, lead)

    assert lead.user.email in html
    assert lead.organisation.name in html


@pytest.mark.django_db
def test_frame_marks_the_active_section(rf, lead):
    html = member_page(rf, lead, section="products")

    assert re.findall(r'aria-current="true">(\w+)<', re.sub(r"\s+>", ">", html)) == ["Products"]


@pytest.mark.django_db
def test_frame_signs_out_by_post(rf, lead):
    html = member_page(rf, lead)

    assert f'<form method="post" action="{reverse("account_logout")}">' in html


@pytest.mark.django_db
def test_frame_without_crumbs_and_tabs_has_no_empty_landmarks(rf, lead):
    html = member_page(rf, lead)

    assert 'class="crumb"' not in html
    assert 'class="tabs"' not in html


def test_error_summary_links_to_every_field_it_names():
    form = Places({})
    html = render_to_string("includes/_error_summary.html", {"form": form})
    page = Ids(html + str(form))

    assert len(page.links) == 2
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_error_summary_takes_the_focus_and_escapes():
    html = render_to_string("includes/_error_summary.html", {"form": Places({})})

    assert "autofocus" in html
    assert "The dates contradict &lt;each&gt; other." in html


def test_error_summary_of_a_valid_form_is_empty():
    class Anything(forms.Form):
        pass

    assert not render_to_string("includes/_error_summary.html", {"form": Anything({})}).strip()


def test_pagination_keeps_the_other_parameters(rf):
    page = Paginator(range(90), 30).page(2)
    html = render_to_string("includes/_pagination.html", {"page": page}, request=rf.get("/?state=open&page=2"))

    assert "?state=open&amp;page=3" in Ids(html).links or "?state=open&page=3" in Ids(html).links
    assert '<span aria-current="page">2</span>' in html


def test_pagination_of_one_page_is_left_out(rf):
    page = Paginator(range(3), 30).page(1)

    assert not render_to_string("includes/_pagination.html", {"page": page}, request=rf.get("/")).strip()


def test_empty_state_has_the_one_button_that_starts_it():
    context = {"icon": "people", "title": "Nobody yet", "text": "Here will be people.", "url": "/add", "action": "Add people"}
    html = render_to_string("includes/_empty.html", context)

    assert Ids(html).links == ["/add"]
    assert "icon" in html


def test_empty_state_without_an_action_has_no_button():
    assert "btn" not in render_to_string("includes/_empty.html", {"title": "Nothing", "text": "Nothing to do."})


LEVELS = {
    constants.ERROR: "notice-danger",
    constants.WARNING: "notice-warn",
    constants.SUCCESS: "notice-good",
    constants.INFO: "notice-info",
}


@pytest.mark.parametrize(("level", "look"), LEVELS.items())
def test_message_shows_its_level_and_is_escaped(level, look):
    html = render_to_string("includes/_messages.html", {"messages": [Message(level, "<b>x</b>")]})

    assert look in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


@pytest.mark.django_db
def test_sign_in_page_offers_no_sign_up(client):
    html = client.get(reverse("account_login")).content.decode()

    assert reverse("account_signup") not in html
    assert reverse("account_reset_password") in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_change_password", "account_email", "mfa_index"])
def test_account_page_is_in_our_frame_without_inline_style(client, lead, name):
    lead.user.set_password("a long enough password")
    lead.user.save()
    client.force_login(lead.user)

    html = client.get(reverse(name)).content.decode()

    assert 'class="page page-narrow account"' in html
    assert html.count("<h1>") == 1
    assert not INLINE.search(html)
