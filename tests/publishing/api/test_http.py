"""The API behaves as HTTP asks: any origin may read it, unchanged is not sent again, only reading is allowed."""

import pytest


@pytest.mark.parametrize(
    "path", ["", "records", "records/TN01", "records/none", "records?page=-1", "nothing", "openapi.json"]
)
def test_any_origin_may_read(client, record, path):
    answer = client.get(f"/api/v1/{path}", HTTP_ORIGIN="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Content-Type"].split(";")[0] in ("application/json", "application/problem+json")


def test_preflight(client, record):
    answer = client.options(
        "/api/v1/records", HTTP_ORIGIN="https://example.org", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"
    )
    assert answer.status_code == 204
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading(client, record, method):
    answer = getattr(client, method)("/api/v1/records/TN01")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_head_has_the_length_and_no_body(client, record):
    full, head = client.get("/api/v1/records"), client.head("/api/v1/records")
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(full.content))


def test_unchanged_is_not_sent_again(client, record):
    tag = client.get("/api/v1/records")["ETag"]
    assert client.get("/api/v1/records", HTTP_IF_NONE_MATCH=tag).status_code == 304
    record.name_en = "Another name"
    record.save()
    assert client.get("/api/v1/records", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_vietnamese_is_sent_as_it_is_read(client, record):
    assert "Chùa Mẫu".encode() in client.get("/api/v1/records").content


@pytest.mark.parametrize("path", ["/api/v1/records/", "/api/v1/records/TN01/"])
def test_a_slash_at_the_end_does_not_matter(client, record, path):
    assert client.get(path).content == client.get(path.rstrip("/")).content


def test_cookies_are_not_looked_at(client, record):
    assert "Set-Cookie" not in client.get("/api/v1/records")
    assert "Cookie" not in client.get("/api/v1/records").get("Vary", "")
