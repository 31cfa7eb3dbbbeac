from django.db import OperationalError, connection


def test_health_is_200_with_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": True})


def test_health_is_503_without_the_database(client, db, monkeypatch):
    def gone():
        raise OperationalError("the database is not there")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        response = client.get("/healthz")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json() == {"status": "unavailable", "database": False}


def test_health_says_nothing_to_a_post(client, db):
    assert client.post("/healthz").status_code == 405
