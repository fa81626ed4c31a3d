"""The shortest road: the same bytes and headers as by way of Django, and nothing that Django would not give."""

import io

import pytest
from django.db import OperationalError
from django.test import Client

from heritage.iiif import queries, services
from heritage.iiif.models import Access, Audience
from heritage.iiif.tiles_first import TilesFirst

pytestmark = pytest.mark.django_db
TILE = "/iiif/3/TN01.1/512,0,512,512/512,/0/default.jpg"


def asked(path, method="GET", **environ):
    """Status, headers and body of the shortest road; the status is None where it leaves the request to Django."""
    seen = []
    road = TilesFirst(lambda _environ, _start: seen.append((None, {})) or [])
    plain = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO()}
    body = b"".join(road(plain | environ, lambda status, headers: seen.append((status, dict(headers)))))
    return *seen[0], body


@pytest.mark.parametrize("version", ["3", "2"])
@pytest.mark.parametrize("query", ["", "v="])
def test_a_tile_is_the_one_that_django_answers_with_the_same_headers(scan, version, query):
    query = query and query + scan.version
    path = TILE.replace("/3/", f"/{version}/")
    by_django = Client().get(f"{path}?{query}")
    status, headers, body = asked(path, QUERY_STRING=query)
    assert (status, body) == ("200 OK", by_django.content)
    assert headers == dict(by_django.items())


@pytest.mark.parametrize(
    "path",
    [
        "/iiif/3/TN01.1/info.json",
        "/iiif/3/TN01.1/full/max/0/default.jpg",
        "/iiif/3/TN01.1/1024,512,512,512/276,388/0/default.jpg",
        "/iiif/3/TN01.1/0,0,512,512/512,/90/default.jpg",
        "/iiif/3/TN01.1/9999,0,512,512/512,/0/default.jpg",
        "/iiif/3/TN01.1/0,0,512,512/9999,/0/default.jpg",
        "/iiif/3/none/0,0,512,512/512,/0/default.jpg",
        "/iiif/3/../TN01.1/0,0,512,512/512,/0/default.jpg",
        TILE + "\x00",
        TILE + "\n",
        "/vi/",
    ],
)
def test_whatever_is_no_stored_tile_is_left_to_django(scan, path):
    assert asked(path)[0] is None


def test_where_spellings_lead_on_they_are_left_to_django(scan, settings):
    settings.IIIF_CANONICAL_REDIRECT = True
    assert asked(TILE)[0] is None
    assert asked(TILE.replace("/3/", "/2/"))[0] == "200 OK"


def test_conditions_and_other_methods_are_left_to_django(scan):
    assert asked(TILE, HTTP_IF_NONE_MATCH='"x"')[0] is None
    assert [asked(TILE, method)[0] for method in ("HEAD", "OPTIONS", "POST")] == [None] * 3


def test_a_withdrawal_holds_at_the_next_tile(scan):
    assert asked(TILE)[0] == "200 OK"
    for access in (Access.STAFF, Access.CLOSED):
        services.set_access(scan.digital_object, access)
        assert asked(TILE)[0] is None
    services.set_access(scan.digital_object, Access.OPEN)
    assert asked(TILE)[0] == "200 OK"
    type(scan.digital_object).objects.update(audience=Audience.REDUCED)
    assert asked(TILE)[0] is None


def test_limits_hold(scan, settings):
    settings.IIIF_MAX_WIDTH = 400
    assert asked(TILE)[0] is None


def test_a_lost_pyramid_or_database_is_said_by_django(scan, tmp_path, monkeypatch):
    (tmp_path / "pyramids" / scan.pyramid).rename(tmp_path / "away.tif")
    assert asked(TILE)[0] is None
    assert Client().get(TILE).status_code == 500

    def lost(_identifier):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(queries, "served_image_directly", lost)
    assert asked(TILE)[0] is None


def test_where_https_is_a_must_plain_requests_are_redirected_and_secure_ones_say_so(scan, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked(TILE)[0] is None
    assert asked(TILE, HTTP_X_FORWARDED_PROTO="http")[0] is None
    status, headers, _body = asked(TILE, HTTP_X_FORWARDED_PROTO="https, http")
    assert (status, headers["Strict-Transport-Security"]) == ("200 OK", "max-age=60")
