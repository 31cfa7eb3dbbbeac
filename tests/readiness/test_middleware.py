import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from readiness.middleware import CleanInputMiddleware, DatabaseOutageMiddleware, PrivatePagesMiddleware, outage, storable


def plain(_request):
    return HttpResponse("page")


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_database_that_cannot_be_reached_is_503_with_retry_after(error):
    response = DatabaseOutageMiddleware(plain).process_exception(RequestFactory().get("/"), error)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")


@pytest.mark.parametrize("error", [ValueError("a bug"), DataError("too long")])
def test_other_errors_stay_errors(error):
    assert DatabaseOutageMiddleware(plain).process_exception(RequestFactory().get("/"), error) is None


def test_outage_page_reads_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert "try" in outage(RequestFactory().get("/")).content.decode().lower()


def test_outage_in_a_view_reaches_the_visitor_as_503(client, monkeypatch, db):
    from django.db.models.sql.compiler import SQLCompiler

    def gone(*args, **kwargs):
        raise OperationalError("the database is not there")

    monkeypatch.setattr(SQLCompiler, "execute_sql", gone)
    response = client.get("/p/" + "x" * 43 + "/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def gone(execute, sql, params, many, context):
    raise OperationalError("the database is not there")


@pytest.mark.parametrize("url", ["/", "/products/", "/accounts/login/"])
def test_outage_met_by_a_middleware_reaches_a_signed_in_visitor_as_503(lead_client, url):
    lead_client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        response = lead_client.get(url)
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_bug_met_by_a_middleware_stays_an_error(lead_client):
    def broken(*_args):
        raise ValueError("a bug")

    lead_client.raise_request_exception = False
    with connection.execute_wrapper(broken):
        response = lead_client.get("/")
    assert (response.status_code, response.has_header("Retry-After")) == (500, False)


def test_page_is_not_stored_by_browsers_or_proxies():
    response = PrivatePagesMiddleware(plain)(RequestFactory().get("/"))
    assert {"no-store", "private", "no-cache"} <= set(response["Cache-Control"].split(", "))


def test_view_may_decide_on_storing_itself():
    response = PrivatePagesMiddleware(lambda _request: HttpResponse(headers={"Cache-Control": "max-age=60"}))(RequestFactory().get("/"))
    assert response["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize("url", ["/accounts/login/", "/nothing/", "/healthz"])
def test_served_page_is_not_stored(client, db, url):
    assert "no-store" in client.get(url)["Cache-Control"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x\udfff"])
def test_nul_and_lone_surrogates_cannot_be_stored(text):
    assert storable(["fine", text]) is False


@pytest.mark.parametrize("text", ["", "plain", "慶應 😀", "\n\t", "\u202e"])
def test_any_other_text_can_be_stored(text):
    assert storable([text]) is True


@pytest.mark.parametrize("url", ["/?q=%00", "/?%00=1", "/?a=1&a=%00", "/a%00b/"])
def test_address_with_nul_is_400_before_any_view(url):
    response = CleanInputMiddleware(lambda _request: pytest.fail("the view was reached"))(RequestFactory().get(url))
    assert response.status_code == 400


def test_address_in_another_script_reaches_the_view():
    assert CleanInputMiddleware(plain)(RequestFactory().get("/?q=慶應")).content == b"page"
