from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from stakeholders.middleware import MembershipMiddleware
from stakeholders.models import MemberRole
from tests import factories


def membership_of(user, **session):
    request = RequestFactory().get("/")
    request.user, request.session = user, session
    MembershipMiddleware(lambda _request: HttpResponse())(request)
    return request.membership


def test_anonymous_visitor_has_none_and_costs_no_query(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert membership_of(AnonymousUser()) is None


def test_user_without_a_seat_has_none(db):
    assert membership_of(factories.make_user()) is None


def test_first_organisation_by_name_without_a_choice(lead):
    earlier = factories.make_organisation(name="Aaa (fictional)").memberships.create(user=lead.user, role=MemberRole.REVIEWER)
    assert membership_of(lead.user) == earlier


def test_organisation_of_the_session_wins(lead):
    factories.make_organisation(name="Aaa (fictional)").memberships.create(user=lead.user, role=MemberRole.REVIEWER)
    assert membership_of(lead.user, organisation=str(lead.organisation_id)) == lead


def test_session_cannot_name_an_organisation_without_a_seat(lead, outsider):
    assert membership_of(lead.user, organisation=str(outsider.organisation_id)) == lead


def test_ended_seat_does_not_count(lead):
    lead.is_active = False
    lead.save()
    assert membership_of(lead.user, organisation=str(lead.organisation_id)) is None


def test_seat_organisation_and_user_cost_one_query(lead, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = membership_of(lead.user)
        assert (found.organisation.name, found.user) == (lead.organisation.name, lead.user)
