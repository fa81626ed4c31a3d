"""Ways along roads: OSRM's and Valhalla's documented answers, and services that are slow, away or talk nonsense."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from heritage.maps import around, pyramid, routing
from heritage.maps.trips.legs import between
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

POINTS = [(21.60, 105.85), (21.61, 105.85), (21.70, 105.85)]


class _Router(BaseHTTPRequestHandler):
    """A service; its path says whether it is slow, dripping, without a way or talks nonsense. `asked` keeps paths."""

    asked: list[str] = []

    def do_GET(self):
        count = self.path.partition("?")[0].count(";")
        row = [0.0, *[1500.0] * (count - 1), None]  # the last is an island
        table = {"code": "Ok", "distances": [row], "durations": [[None if one is None else one / 2 for one in row]]}
        route = {"code": "Ok", "routes": [{"legs": [{"distance": 1500.0, "duration": 600.0}] * count}]}
        self.say(table if "/table/" in self.path else route,
                 {"code": "NoRoute", "message": "Impossible route between points"})  # fmt: skip

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        no_way = {"error_code": 442, "error": "No path could be found for input", "status_code": 400}
        if self.path.endswith("/sources_to_targets"):
            cell = {"from_index": 0, "to_index": 0, "distance": 1.5, "time": 750}
            cells = [*[cell] * (len(asked["targets"]) - 1), {**cell, "distance": None, "time": None}]
            return self.say({"sources_to_targets": [cells], "units": "kilometers"}, no_way)
        legs = [{"summary": {"length": 1.5, "time": 600.0}}] * (len(asked["locations"]) - 1)
        return self.say({"trip": {"legs": legs, "status": 0, "units": "kilometers"}}, no_way)

    def say(self, answer, no_way):
        self.asked.append(self.path)
        if "/slow/" in self.path:
            time.sleep(1.2)
        is_none = "/island/" in self.path
        self.send_response(400 if is_none else 200)
        self.end_headers()
        body = b"[]" if "/nonsense/" in self.path else json.dumps(no_way if is_none else answer).encode()
        try:
            for one in body if "/dripping/" in self.path else ():
                self.wfile.write(bytes([one]))
                time.sleep(0.1)
            self.wfile.write(body)
        except OSError:
            pass  # who asked has gone, as it should

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Router)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def routing_service(settings):
    cache.clear()
    _Router.asked.clear()
    yield settings
    cache.clear()


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_a_routing_service_tells_roads(routing_service, service, kind):
    routing_service.ROUTING_URL, routing_service.ROUTING_KIND = service, kind
    leg = between(POINTS, "walk")[1]
    assert (leg.metres, leg.minutes, leg.is_estimate) == (1500.0, 10.0, False)


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_many_ways_are_one_request_and_asked_once_an_hour(routing_service, service, kind):
    routing_service.ROUTING_URL, routing_service.ROUTING_KIND = service, kind
    for _again in range(2):
        assert routing.table(POINTS[0], POINTS[1:], "walk") == [(1500.0, 750.0), None]
    assert len(_Router.asked) == 1


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_where_no_way_leads_the_service_is_still_asked_by_others(routing_service, service, kind):
    routing_service.ROUTING_URL, routing_service.ROUTING_KIND = f"{service}/island", kind
    assert between(POINTS, "walk")[0].is_estimate
    assert routing.table(POINTS[0], POINTS[1:], "car") is None
    assert cache.get("routing.away") is None


@pytest.mark.parametrize("how", ["slow", "nonsense", "away", "dripping"])
def test_a_routing_service_that_fails_is_left_alone_for_a_minute(routing_service, service, how, monkeypatch):
    monkeypatch.setattr("heritage.maps.routing.TIMEOUT", (0.2, 0.3))
    monkeypatch.setattr("heritage.maps.routing.WHOLE_SECONDS", 0.5)
    routing_service.ROUTING_URL = "http://127.0.0.1:9" if how == "away" else f"{service}/{how}"
    began = time.monotonic()
    assert routing.table(POINTS[0], POINTS[1:], "walk") is None
    assert between(POINTS, "car")[0].is_estimate
    assert time.monotonic() - began < 1.2


@pytest.mark.django_db
def test_around_here_tells_minutes_on_foot_to_what_is_close_and_by_car_to_the_rest(routing_service, service, client):
    record = RecordFactory(latitude=21.6, longitude=105.85)
    close, island = [PlaceFactory(latitude=21.6 + step, longitude=105.85) for step in (0.001, 0.002)]
    far = PlaceFactory(latitude=21.65, longitude=105.85)
    gone = PlaceFactory(latitude=21.66, longitude=105.85)  # the fake's last of each request has no way
    pyramid.rebuild()
    assert "data-times=" not in client.get(record.get_absolute_url()).content.decode()
    routing_service.ROUTING_URL = service
    assert (
        f'data-times="/vi/ban-do/thoi-gian.json?number={record.number}"'
        in client.get(record.get_absolute_url()).content.decode()
    )
    told = client.get(f"/vi/ban-do/thoi-gian.json?number={record.number}").json()["times"]
    assert told == {close.number: {"by": "walk", "minutes": 12}, far.number: {"by": "car", "minutes": 12}}
    assert island.number not in told
    assert gone.number not in told
    assert len(_Router.asked) == 2
    assert around.times("DD-000000") == {}
