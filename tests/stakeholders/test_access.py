"""Each check of each access decorator: take one away, and a test here fails."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from assessments.models import Assessment
from stakeholders.access import link_object, member, member_object, public, remember_link, signed_in, token_link
from stakeholders.models import AccessLink, LinkPurpose
from stakeholders.policy import Right
from stakeholders.services.links import issue_link, revoke_links
from tests import factories


def ask(user=None, membership=None, session=None, method="get"):
    """Return a request as it is when it reaches a view."""
    request = getattr(RequestFactory(), method)("/page/?a=1")
    request.user = user or (membership.user if membership else AnonymousUser())
    request.membership = membership
    request.session = {} if session is None else session
    return request


def answer(request, *args, **kwargs):
    """A view that says what it was handed."""
    return HttpResponse(" ".join(str(getattr(arg, "pk", arg)) for arg in args) or "in")


def test_public_lets_anybody_in():
    assert public(answer)(ask()).content == b"in"


def test_signed_in_sends_anonymous_visitors_to_sign_in_and_back():
    assert signed_in(answer)(ask())["Location"] == "/accounts/login/?next=/page/%3Fa%3D1"


def test_signed_in_lets_a_user_without_a_seat_in(db):
    assert signed_in(answer)(ask(user=factories.make_user())).content == b"in"


def test_member_sends_anonymous_visitors_to_sign_in():
    assert member(Right.VIEW)(answer)(ask())["Location"].startswith("/accounts/login/")


def test_member_tells_a_user_without_a_seat(db):
    response = member(Right.VIEW)(answer)(ask(user=factories.make_user()))
    assert (response.status_code, response.content == b"in") == (403, False)


def test_member_refuses_without_the_right(reviewer):
    with pytest.raises(PermissionDenied):
        member(Right.EDIT)(answer)(ask(membership=reviewer))


def test_member_lets_in_with_the_right(lead):
    assert member(Right.EDIT)(answer)(ask(membership=lead)).content == b"in"


own_assessment = member_object(Right.EDIT, Assessment, related=("product",))(answer)


def test_member_object_hands_over_ones_own(lead, assessment):
    assert own_assessment(ask(membership=lead), pk=assessment.pk).content.decode() == str(assessment.pk)


def test_member_object_reads_object_and_relation_in_one_query(lead, assessment, django_assert_num_queries):
    view = member_object(Right.EDIT, Assessment, related=("product",))(lambda request, found: HttpResponse(found.product.name))
    with django_assert_num_queries(1):
        view(ask(membership=lead), pk=assessment.pk)


@pytest.mark.parametrize("key", [uuid.UUID(int=0), None])
def test_member_object_hides_what_is_not_there_and_what_is_anothers(outsider, assessment, key):
    with pytest.raises(Http404):
        own_assessment(ask(membership=outsider), pk=key or assessment.pk)


def test_member_object_hides_what_is_not_assigned(organisation, assessment):
    narrow = factories.make_membership(organisation, only_assigned=True)
    with pytest.raises(Http404):
        own_assessment(ask(membership=narrow), pk=assessment.pk)
    assessment.assignments.create(membership=narrow)
    assert own_assessment(ask(membership=narrow), pk=assessment.pk).status_code == 200


def test_member_object_asks_for_the_right_before_it_looks(reviewer, assessment, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(PermissionDenied):
        own_assessment(ask(membership=reviewer), pk=assessment.pk)


def test_member_object_sends_anonymous_visitors_to_sign_in(assessment):
    assert own_assessment(ask(), pk=assessment.pk)["Location"].startswith("/accounts/login/")


by_host = link_object(LinkPurpose.HOST, Assessment)(answer)


@pytest.fixture
def link(assessment):
    link, _token = issue_link(organisation=assessment.organisation, purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    return link


@pytest.fixture
def browser(link):
    """The session of a browser in which the link's button was pressed."""
    request = ask()
    remember_link(request, link)
    return request.session


def test_link_object_lets_the_browser_in_that_pressed_the_button(browser, assessment):
    assert by_host(ask(session=browser), pk=assessment.pk).content.decode() == str(assessment.pk)


def test_link_object_is_closed_to_other_browsers(link, assessment):
    assert by_host(ask(), pk=assessment.pk).status_code == 410


def test_link_object_closes_at_once_when_revoked(browser, assessment):
    revoke_links(purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    assert by_host(ask(session=browser), pk=assessment.pk).status_code == 410


def test_link_object_closes_when_expired(browser, link, assessment):
    past = timezone.now() - timedelta(days=90)
    AccessLink.objects.filter(pk=link.pk).update(created_at=past, expires_at=past + timedelta(days=1))
    assert by_host(ask(session=browser), pk=assessment.pk).status_code == 410


def test_link_object_opens_its_own_subject_alone(browser, organisation):
    other = factories.make_assessment(organisation)
    assert by_host(ask(session=browser), pk=other.pk).status_code == 410


def test_link_object_is_not_fooled_by_a_session_that_names_another_subjects_link(link, organisation):
    other = factories.make_assessment(organisation)
    forged = {"links": {f"{LinkPurpose.HOST}:{other.pk}": str(link.pk)}}
    assert by_host(ask(session=forged), pk=other.pk).status_code == 410


def test_link_object_is_not_fooled_by_a_link_of_another_purpose(organisation, assessment):
    link, _token = issue_link(organisation=organisation, purpose=LinkPurpose.REPORT, subject_id=assessment.pk)
    forged = {"links": {f"{LinkPurpose.HOST}:{assessment.pk}": str(link.pk)}}
    assert by_host(ask(session=forged), pk=assessment.pk).status_code == 410


def test_links_of_two_subjects_are_remembered_side_by_side(browser, organisation):
    other = factories.make_assessment(organisation)
    link, _token = issue_link(organisation=organisation, purpose=LinkPurpose.HOST, subject_id=other.pk)
    request = ask(session=browser)
    remember_link(request, link)
    assert len(request.session["links"]) == 2


@pytest.mark.parametrize(("method", "inside"), [("post", True), ("get", False)])
def test_link_object_that_locks_runs_a_post_in_a_transaction(transactional_db, method, inside):
    assessment = factories.make_open_assessment(factories.make_organisation())
    link, _token = issue_link(organisation=assessment.organisation, purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    request = ask(method=method)
    remember_link(request, link)
    view = link_object(LinkPurpose.HOST, Assessment, lock=True)(lambda request, found: HttpResponse(str(connection.in_atomic_block)))
    assert view(request, pk=assessment.pk).content.decode() == str(inside)


by_token = token_link(LinkPurpose.HOST)(answer)


@pytest.fixture
def token(assessment):
    _link, token = issue_link(organisation=assessment.organisation, purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    return token


def test_token_link_hands_over_the_link(token):
    assert by_token(ask(), token=token).content.decode() == str(AccessLink.objects.get().pk)


@pytest.mark.parametrize("other", ["", "x" * 43, "\ud800", "é"])
def test_token_link_does_not_know_other_tokens(token, other):
    with pytest.raises(Http404):
        by_token(ask(), token=other)


def test_token_link_of_another_purpose_does_not_exist(token):
    with pytest.raises(Http404):
        token_link(LinkPurpose.INTERVIEW)(answer)(ask(), token=token)


def test_token_link_is_closed_when_revoked(token, assessment):
    revoke_links(purpose=LinkPurpose.HOST, subject_id=assessment.pk)
    response = by_token(ask(), token=token)
    assert response.status_code == 410
    assert b"This link is closed" in response.content


def test_token_link_is_closed_when_expired(token):
    past = timezone.now() - timedelta(days=90)
    AccessLink.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    assert by_token(ask(), token=token).status_code == 410


def test_token_link_changes_nothing(token):
    before = AccessLink.objects.values().get()
    by_token(ask(), token=token)
    assert AccessLink.objects.values().get() == before


@pytest.mark.parametrize(
    ("decorator", "policy"),
    [
        (public, "public"),
        (signed_in, "signed in"),
        (member(Right.EDIT), "member: edit"),
        (member_object(Right.EDIT, Assessment), "member: edit of own Assessment"),
        (link_object(LinkPurpose.HOST, Assessment), "link: host"),
        (token_link(LinkPurpose.HOST), "token: host"),
    ],
)
def test_decorated_view_names_its_policy(decorator, policy):
    view = decorator(answer)
    assert (view.policy, view.__name__) == (policy, "answer")
