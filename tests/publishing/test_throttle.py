"""Nobody can take the whole of the service's time."""

import pytest
from django.core.cache import cache

from heritage.publishing import throttle


@pytest.fixture(autouse=True)
def three_a_minute(settings, monkeypatch, db):
    settings.API_REQUESTS_PER_MINUTE = 3
    cache.clear()
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000_010.0)
    yield
    cache.clear()


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/records", "/oai?verb=Identify", "/data/records.csv", "/api/v1/x"]
)
def test_the_fourth_request_of_a_minute_is_refused(client, address):
    assert [client.get(address).status_code for _n in range(3)].count(429) == 0
    answer = client.get(address)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["Content-Type"] == "application/problem+json"


def test_another_minute_and_another_address_begin_anew(client, monkeypatch):
    for _n in range(4):
        client.get("/api/v1/")
    assert client.get("/api/v1/", REMOTE_ADDR="10.0.0.9").status_code == 200
    monkeypatch.setattr(throttle.time, "time", lambda: 1_000_000_070.0)
    assert client.get("/api/v1/").status_code == 200


def test_nobody_chooses_an_address(client, settings):
    answers = [client.get("/api/v1/", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(4)]
    assert answers[-1] == 429
    settings.BEHIND_PROXY = True
    answers = [client.get("/api/v1/", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 172.16.0.1").status_code for n in range(4)]
    assert answers[-1] == 429


def test_preflights_and_pages_are_not_counted(client):
    for _n in range(5):
        assert client.options("/api/v1/").status_code == 204
        assert client.get("/vi/du-lieu-mo/").status_code == 200
