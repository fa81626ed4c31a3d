"""Both engines, filled with the real register."""

import os
import uuid

import pytest

from heritage.search.engines.base import Engine
from heritage.search.fields import analyse
from tests.search import register

ELASTICSEARCH = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:9209")
BOTH = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def make_engine(name: str, folder) -> Engine:
    if name == "tantivy":
        from heritage.search.engines.tantivy import TantivyEngine

        return TantivyEngine(folder)
    from heritage.search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(f"{ELASTICSEARCH}/test-{uuid.uuid4().hex[:12]}", query_seconds=20)


def drop(engine: Engine) -> None:
    if engine.name == "elasticsearch":
        engine.remove()


def fill(engine: Engine, documents) -> Engine:
    with engine.build() as builder:
        builder.add([analyse(document) for document in documents])
        builder.switch()
    return engine


@pytest.fixture(scope="session", params=BOTH)
def engine(request, tmp_path_factory):
    """One engine after the other, with the 90 records; read only."""
    made = fill(make_engine(request.param, tmp_path_factory.mktemp("index")), register.documents())
    yield made
    drop(made)


@pytest.fixture(params=BOTH)
def fresh(request, tmp_path):
    """An engine of its own for a test that writes, empty but built."""
    made = fill(make_engine(request.param, tmp_path / "index"), [])
    yield made
    drop(made)


@pytest.fixture
def serving(engine, monkeypatch):
    """`service.search` answered by `engine`."""
    from heritage.search import engines

    monkeypatch.setattr(engines, "current", lambda: engine)
    return engine


@pytest.fixture(autouse=True)
def counted_only_when_told(monkeypatch):
    """Searches are counted in memory and written when a test says so."""
    from heritage.search import tallies

    monkeypatch.setattr(tallies, "SECONDS", 1e9)


@pytest.fixture
def index_folder(tmp_path, settings):
    """tantivy with a folder of the test's own, in which no index stands yet."""
    from django.core.cache import caches

    caches["default"].clear()  # keyed by row numbers, which come again after a test's rollback
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.SEARCH_URL = ""


@pytest.fixture
def own_index(index_folder):
    """An index of the test's own, which holds what the database does."""
    from heritage.search import indexing

    indexing.rebuild()


def found(text, **bounds):
    """The numbers of the hits, the best first."""
    from heritage.search import service
    from heritage.search.contract import Query

    return [hit.number for hit in service.search(Query(text=text, **bounds))]
