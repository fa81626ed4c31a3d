"""Elasticsearch slow, broken or something else altogether: pages answer within a second, and say so."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from heritage.search.contract import Query
from heritage.search.engines.base import EngineAwayError
from heritage.search.engines.elasticsearch import ElasticsearchEngine
from heritage.search.language import parse
from tests.factories.catalog import RecordFactory

ANSWERS = {
    "slow": (200, "application/json", "{}", 30.0),
    "html": (200, "text/html", "<html>It works</html>", 0.0),
    "red": (503, "application/vnd.elasticsearch+json;compatible-with=8", '{"error": "no shard", "status": 503}', 0.0),
    "other": (200, "application/json", '{"you": "know"}', 0.0),
    "torn": (200, "application/json", '{"hits": {"hits": [', 0.0),
}


@pytest.fixture(params=ANSWERS)
def server(request):
    status, kind, body, pause = ANSWERS[request.param]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            time.sleep(pause)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_HEAD = do_POST

        def log_message(self, *_args):
            pass

        def handle(self):
            with contextlib.suppress(OSError):  # the client did not wait
                super().handle()

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/heritage"
    running.shutdown()


def test_a_server_that_fails_in_any_way_is_left_within_a_second_and_rested(server):
    engine = ElasticsearchEngine(server)
    began = time.monotonic()
    with pytest.raises(EngineAwayError):
        engine.find(parse("chùa keo"), Query(text="chùa keo"))
    assert time.monotonic() - began < 1.2
    began = time.monotonic()
    with pytest.raises(EngineAwayError):
        engine.beginning(["chua"], Query())
    assert time.monotonic() - began < 0.1
    assert engine.state().problem


@pytest.mark.django_db
def test_the_page_says_so_finds_names_in_the_database_and_the_failure_is_logged(server, client, settings, caplog):
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    settings.SEARCH_URL = server
    answer = client.get("/vi/tim-kiem/", {"q": "thu nghiem"})
    body = answer.content.decode()
    assert (answer.status_code, "XX01" in body, "notice--warning" in body) == (200, True, True)
    assert "search goes to the database" in caplog.text
    assert client.get("/vi/tim-kiem/goi-y/", {"q": "dinh"}).json() == {"suggestions": []}
    assert client.get("/api/v1/search", {"q": "thu nghiem"}).status_code == 200
