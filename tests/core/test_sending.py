"""Sending: the bytes asked for, and no more, with the headers that players rely on."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile, FileField
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from heritage.core import sending
from heritage.core.sending import send

pytestmark = pytest.mark.django_db  # the end of a response sends the signal at which connections are let go

BODY = bytes(range(256)) * 40
DIGEST = hashlib.sha256(BODY).hexdigest()
MODIFIED = 1_700_000_000.0


@pytest.fixture(scope="module")
def stored():
    name = default_storage.save("sending/body.mp3", ContentFile(BODY))
    return FieldFile(None, FileField(), name)


def ask(stored, method="GET", **headers):
    request = RequestFactory().generic(method, "/", headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = send(request, stored, "audio/mpeg", DIGEST, MODIFIED)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return response, body


def test_the_whole(stored):
    response, body = ask(stored)
    assert (response.status_code, body) == (200, BODY)
    assert response["Content-Length"] == str(len(BODY))
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{DIGEST}"'
    assert response["X-Content-Type-Options"] == "nosniff"


@given(st.integers(0, len(BODY) - 1), st.integers(0, 2 * len(BODY)))
def test_any_part(stored, first, length):
    response, body = ask(stored, range=f"bytes={first}-{first + length}")
    assert (response.status_code, body) == (206, BODY[first : first + length + 1])
    assert response["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(BODY)}"
    assert int(response["Content-Length"]) == len(body)


def test_a_suffix_and_an_open_end(stored):
    assert ask(stored, range="bytes=-5")[1] == BODY[-5:]
    assert ask(stored, range="bytes=10000-")[1] == BODY[10000:]


def test_beyond_the_end(stored):
    response, body = ask(stored, range=f"bytes={len(BODY)}-")
    assert (response.status_code, response["Content-Range"], body) == (416, f"bytes */{len(BODY)}", b"")


def test_several_ranges_are_answered_with_the_whole(stored):
    assert ask(stored, range="bytes=0-1,4-5")[0].status_code == 200


def test_head_says_how_long(stored):
    response, body = ask(stored, "HEAD", range="bytes=0-1")
    assert (response.status_code, response["Content-Length"], body) == (200, str(len(BODY)), b"")


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (f'"{DIGEST}"', 206),
        ('"another"', 200),
        (f'W/"{DIGEST}"', 200),
        ("Tue, 14 Nov 2023 22:13:20 GMT", 206),
        ("Tue, 14 Nov 2023 22:13:19 GMT", 200),
    ],
)
def test_if_range(stored, condition, status):
    assert ask(stored, range="bytes=0-1", if_range=condition)[0].status_code == status


def test_not_modified(stored):
    assert ask(stored, if_none_match=f'W/"{DIGEST}"')[0].status_code == 304
    assert ask(stored, if_modified_since="Tue, 14 Nov 2023 22:13:20 GMT")[0].status_code == 304
    assert ask(stored, if_modified_since="Tue, 14 Nov 2023 22:13:19 GMT")[0].status_code == 200


def test_a_players_range_without_an_end_is_answered_by_pieces(stored, monkeypatch):
    """A paused player would otherwise keep a thread of the server; programs that resume a download would stop short."""
    monkeypatch.setattr(sending, "PIECE", 1_000)
    response, body = ask(stored, range="bytes=500-", sec_fetch_dest="audio")
    assert (response.status_code, response["Content-Range"]) == (206, f"bytes 500-1499/{len(BODY)}")
    assert (body, response.streaming, response["Cache-Control"]) == (BODY[500:1500], False, "no-store")
    assert ask(stored, range="bytes=10000-", sec_fetch_dest="audio")[1] == BODY[10000:]
    behind_worker = {"sec_fetch_dest": "empty", "sec_fetch_mode": "no-cors"}
    assert ask(stored, range="bytes=500-", **behind_worker)[1] == BODY[500:1500]
    assert ask(stored, range="bytes=500-", sec_fetch_dest="empty", sec_fetch_mode="cors")[1] == BODY[500:]
    assert ask(stored, range="bytes=0-4999", sec_fetch_dest="video")[1] == BODY[:5000]


def test_the_web_server_sends_where_there_is_one(stored, settings):
    settings.ACCEL_PREFIX = "/protected/"
    response, body = ask(stored, range="bytes=0-1")
    assert response["X-Accel-Redirect"].startswith("/protected/sending/body")
    assert body == b""


def test_apache_and_lighttpd_are_told_the_path(stored, settings):
    settings.X_SENDFILE = True
    response, body = ask(stored, range="bytes=0-1")
    assert (response["X-Sendfile"], body, "X-Accel-Redirect" in response) == (stored.path, b"", False)
