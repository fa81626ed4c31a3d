"""Walking, cycling and driving along roads, by OSRM or Valhalla where a deployment names one (`ROUTING_URL`).

A service that is slow, away or wrong costs a visitor three seconds once; for a minute after that nobody asks it, and
straight-line estimates stand in, said to be such.
"""

import json
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import requests
from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)

PROFILES = {
    "osrm": {"walk": "foot", "bike": "bike", "car": "driving"},
    "valhalla": {"walk": "pedestrian", "bike": "bicycle", "car": "auto"},
}
TIMEOUT = (1.0, 2.0)
"""Seconds to connect and between bytes."""
WHOLE_SECONDS = 3.0
"""From the question to the end of the answer."""
NO_ROUTE_OSRM = ("NoRoute", "NoSegment")
NO_ROUTE_VALHALLA = (154, 170, 171, 442)
"""Valhalla's error codes: too far apart, unconnected, no road near, no path."""
LARGEST_ANSWER = 1024 * 1024
MOST_POINTS = 61
REST_SECONDS = 60
KEEP_SECONDS = 3600
AWAY = "routing.away"

Point = tuple[float, float]
Way = tuple[float, float]
"""Metres and seconds along roads."""
Legs = list[Way]
Table = list[Way | None]


def legs(points: Sequence[Point], by: str) -> Legs | None:
    """The way of each leg between `points` (latitude, longitude); None where no service tells."""
    found = _told("route", points, by, len(points) - 1)
    return None if found is None else [way for way in found if way is not None]


def table(origin: Point, points: Sequence[Point], by: str) -> Table | None:
    """The way from `origin` to each of `points`, None for one that no road leads to; by one request.

    None in place of all of it where no service tells.
    """
    return _told("table", [origin, *points], by, len(points))


def _told(question: str, points: Sequence[Point], by: str, count: int) -> Table | None:
    """The answer to a question of `ASKED` out of the cache or from the service, which owes `count` ways."""
    if not settings.ROUTING_URL or not count or len(points) > MOST_POINTS or cache.get(AWAY):
        return None
    asked = json.dumps([settings.ROUTING_URL, question, by, [[round(edge, 6) for edge in point] for point in points]])
    key = "routing." + sha256(asked.encode()).hexdigest()
    known: Table | None = cache.get(key)
    if known is not None:
        return known or None
    try:
        ask = ASKED[settings.ROUTING_KIND, question]
        found = _within(WHOLE_SECONDS, lambda: _complete(ask(points, by), count))
    except NoRouteError:  # an answer about this trip, such as an island: the service is well, and others may ask it
        cache.set(key, [], KEEP_SECONDS)
        return None
    except (requests.RequestException, TimeoutError, ValueError, KeyError, TypeError, IndexError) as error:
        _leave_alone(error)
        return None
    cache.set(key, found, KEEP_SECONDS)
    return found


def _complete(found: Table, count: int) -> Table:
    if len(found) != count:
        raise ValueError(f"{len(found)} ways where {count} were asked for")
    return found


class NoRouteError(Exception):
    """The service knows no way between these points."""


def _within(seconds: float, call: Callable[[], Table]) -> Table:
    """What `call` returns; a service that sends a byte now and then keeps a thread waiting, never the visitor.

    Raises:
        TimeoutError: it took longer; and whatever `call` raises.
    """
    done: queue.Queue[tuple[Table | None, Exception | None]] = queue.Queue(1)

    def work() -> None:
        try:
            done.put((call(), None))
        except Exception as error:
            done.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    try:
        found, error = done.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"no whole answer in {seconds} s") from None
    if error is not None:
        raise error
    return found or []


def _leave_alone(reason: object) -> None:
    logger.warning("The routing service is not used for %s s: %s", REST_SECONDS, reason)
    cache.set(AWAY, True, REST_SECONDS)


def _osrm(service: str, points: Sequence[Point], by: str, options: str) -> Any:
    path = ";".join(f"{longitude:.6f},{latitude:.6f}" for latitude, longitude in points)
    url = f"{settings.ROUTING_URL.rstrip('/')}/{service}/v1/{PROFILES['osrm'][by]}/{path}?{options}"
    return _read(requests.get(url, timeout=TIMEOUT, stream=True, allow_redirects=False))


def _osrm_route(points: Sequence[Point], by: str) -> Table:
    """OSRM HTTP API, service `route`, version 1."""
    answer = _osrm("route", points, by, "overview=false&steps=false")
    return [_way(leg["distance"], leg["duration"]) for leg in answer["routes"][0]["legs"]]


def _osrm_table(points: Sequence[Point], by: str) -> Table:
    """OSRM HTTP API, service `table`, version 1: the first point's row, without its way to itself."""
    answer = _osrm("table", points, by, "sources=0&annotations=duration,distance")
    metres, seconds = answer["distances"][0][1:], answer["durations"][0][1:]
    return [_way_or_none(*pair) for pair in zip(metres, seconds, strict=True)]


def _valhalla(service: str, by: str, **asked: Any) -> Any:
    url = f"{settings.ROUTING_URL.rstrip('/')}/{service}"
    asked["costing"] = PROFILES["valhalla"][by]
    return _read(requests.post(url, json=asked, timeout=TIMEOUT, stream=True, allow_redirects=False))


def _valhalla_route(points: Sequence[Point], by: str) -> Table:
    """Valhalla's `/route`; its lengths are kilometres."""
    answer = _valhalla("route", by, locations=_locations(points), directions_type="none")
    return [_way(leg["summary"]["length"] * 1000, leg["summary"]["time"]) for leg in answer["trip"]["legs"]]


def _valhalla_table(points: Sequence[Point], by: str) -> Table:
    """Valhalla's `/sources_to_targets`; what it cannot reach has neither distance nor time."""
    sources, targets = _locations(points[:1]), _locations(points[1:])
    answer = _valhalla("sources_to_targets", by, sources=sources, targets=targets, verbose=True)
    cells = answer["sources_to_targets"][0]
    metres = [None if cell["distance"] is None else cell["distance"] * 1000 for cell in cells]
    return [_way_or_none(length, cell["time"]) for length, cell in zip(metres, cells, strict=True)]


def _locations(points: Sequence[Point]) -> list[dict[str, float]]:
    return [{"lat": latitude, "lon": longitude} for latitude, longitude in points]


def _way(metres: Any, seconds: Any) -> Way:
    way = float(metres), float(seconds)
    if not all(0 <= number < 1e9 for number in way):
        raise ValueError(f"{way} is no way")
    return way


def _way_or_none(metres: Any, seconds: Any) -> Way | None:
    return None if metres is None or seconds is None else _way(metres, seconds)


ASKED: dict[tuple[str, str], Callable[[Sequence[Point], str], Table]] = {
    ("osrm", "route"): _osrm_route,
    ("osrm", "table"): _osrm_table,
    ("valhalla", "route"): _valhalla_route,
    ("valhalla", "table"): _valhalla_table,
}


def _read(response: requests.Response) -> Any:
    """The answer as JSON, read no further than `LARGEST_ANSWER`.

    Raises:
        NoRouteError: the service answers that there is no way.
        ValueError: too large, or no JSON.
        requests.RequestException: an error status, or the connection broke.
    """
    with response:
        if response.status_code != 400:
            response.raise_for_status()
        body = b""
        for chunk in response.iter_content(65536):
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the answer is larger than 1 MB")
    answer = json.loads(body)
    if response.status_code == 400:
        if answer.get("code") in NO_ROUTE_OSRM or answer.get("error_code") in NO_ROUTE_VALHALLA:
            raise NoRouteError
        raise ValueError(f"refused: {str(answer)[:200]}")
    return answer
