import pytest
from django.http import HttpResponse
from django.urls import include, path

from readiness.checks import every_view_has_a_policy, routes
from stakeholders.access import public


def bare(request):
    return HttpResponse()


@public
def guarded(request):
    return HttpResponse()


urlpatterns = [
    path("open/", guarded),
    path("forgotten/", bare),
    path("deep/", include([path("forgotten/", bare)])),
    path("accounts/library/", bare),
]


@pytest.fixture
def own_urls(settings):
    settings.ROOT_URLCONF = __name__


def test_view_without_a_policy_is_reported(own_urls):
    said = [error.msg for error in every_view_has_a_policy(None)]
    assert said == ["The view of “forgotten/” has no access policy.", "The view of “deep/forgotten/” has no access policy."]


def test_report_has_an_id_and_says_what_to_do(own_urls):
    error = every_view_has_a_policy(None)[0]
    assert (error.id, "stakeholders.access" in error.hint) == ("readiness.E001", True)


def test_product_has_no_view_without_a_policy():
    assert every_view_has_a_policy(None) == []


def test_routes_hold_those_of_included_lists(own_urls):
    assert [route for route, _view in routes()] == ["open/", "forgotten/", "deep/forgotten/", "accounts/library/"]
