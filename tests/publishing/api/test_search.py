"""The search of the site, strict in what it is asked and true to what is public."""

import pytest

from heritage.catalog import services
from heritage.core import outbox


@pytest.fixture(autouse=True)
def index(settings, tmp_path, db):
    from heritage.search import engines

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    engines.forget() if hasattr(engines, "forget") else None


@pytest.fixture
def found(client):
    def ask(**params):
        outbox.drain_all()
        answer = client.get("/api/v1/search", params)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return ask


def test_without_marks(found, record, draft, withdrawn):
    body = found(q="chua mau")
    assert body["count"] == 1
    (hit,) = body["results"]
    assert (hit["number"], hit["kind"], hit["title"]["vi"]) == ("TN01", "record", "Chùa Mẫu")
    assert hit["id"] == "http://testserver/id/TN01"
    assert {"kind", "rank"} <= set(body["facets"])


def test_what_is_hidden_now_is_not_found_though_the_index_has_not_heard(found, client, record):
    assert found(q="chua mau")["count"] == 1
    services.unpublish(record)
    assert "TN01" not in client.get("/api/v1/search", {"q": "chua mau"}).content.decode()


def test_filters_and_language(found, record):
    assert found(q="sample", lang="en", kind="record", rank="national")["results"][0]["url"].endswith(
        "/en/heritage/TN01/"
    )
    assert found(rank="provincial")["count"] == 0
    assert found(near="21.81,105.53,1000", sort="nearest")["results"][0]["distance_m"] < 1
    assert found(bbox="105,21,106,22")["count"] == 1
    assert found(bbox="100,10,101,11")["count"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "a" * 10_000),
        ("lang", "fr"),
        ("sort", "random"),
        ("near", "1,2"),
        ("near", "nan,0,5"),
        ("near", "0,0,1e9"),
        ("bbox", "1"),
        ("page", "-1"),
        ("page_size", "1000"),
        ("colour", "red"),
    ],
)
def test_bad_parameters_are_named(client, db, name, value):
    answer = client.get("/api/v1/search", {name: value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == name


@pytest.mark.parametrize("q", ['"', "(", "-", "*", "a:b", "\x00", "🏯", "' OR 1=1", "\\", "đ" * 200])
def test_hostile_words_are_answered(client, db, q):
    assert client.get("/api/v1/search", {"q": q}).status_code == 200


def test_a_page_after_the_last(client, found, record):
    found(q="chua")
    assert client.get("/api/v1/search", {"q": "chua", "page": "9"}).status_code == 404
