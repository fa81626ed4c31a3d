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

Legs = list[tuple[float, float]]


def legs(points: Sequence[tuple[float, float]], by: str) -> Legs | None:
    """Metres and seconds of each leg between `points` (latitude, longitude); None where no service tells."""
    if not settings.ROUTING_URL or len(points) > MOST_POINTS or cache.get(AWAY):
        return None
    key = "routing." + sha256(json.dumps([settings.ROUTING_URL, by, list(points)]).encode()).hexdigest()
    known: Legs | None = cache.get(key)
    if known is not None:
        return known or None
    ask = _valhalla if settings.ROUTING_KIND == "valhalla" else _osrm
    try:
        found = _within(WHOLE_SECONDS, lambda: ask(points, by))
    except NoRouteError:  # an answer about this trip, such as an island: the service is well, and others may ask it
        cache.set(key, [], KEEP_SECONDS)
        return None
    except (requests.RequestException, TimeoutError, ValueError, KeyError, TypeError, IndexError) as error:
        _leave_alone(error)
        return None
    if len(found) != len(points) - 1:
        _leave_alone(f"{len(found)} legs for {len(points)} points")
        return None
    cache.set(key, found, KEEP_SECONDS)
    return found


class NoRouteError(Exception):
    """The service knows no way between these points."""


def _within(seconds: float, call: Callable[[], Legs]) -> Legs:
    """What `call` returns; a service that sends a byte now and then keeps a thread waiting, never the visitor.

    Raises:
        TimeoutError: it took longer; and whatever `call` raises.
    """
    done: queue.Queue[tuple[Legs | None, Exception | None]] = queue.Queue(1)

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


def _osrm(points: Sequence[tuple[float, float]], by: str) -> Legs:
    """OSRM HTTP API, service `route`, version 1."""
    path = ";".join(f"{longitude:.6f},{latitude:.6f}" for latitude, longitude in points)
    url = f"{settings.ROUTING_URL.rstrip('/')}/route/v1/{PROFILES['osrm'][by]}/{path}?overview=false&steps=false"
    answer = _read(requests.get(url, timeout=TIMEOUT, stream=True, allow_redirects=False))
    return [(float(leg["distance"]), float(leg["duration"])) for leg in answer["routes"][0]["legs"]]


def _valhalla(points: Sequence[tuple[float, float]], by: str) -> Legs:
    """Valhalla's `/route`; its lengths are kilometres."""
    asked: Any = {
        "locations": [{"lat": latitude, "lon": longitude} for latitude, longitude in points],
        "costing": PROFILES["valhalla"][by],
        "directions_type": "none",
    }
    url = f"{settings.ROUTING_URL.rstrip('/')}/route"
    answer = _read(requests.post(url, json=asked, timeout=TIMEOUT, stream=True, allow_redirects=False))
    return [(float(leg["summary"]["length"]) * 1000, float(leg["summary"]["time"])) for leg in answer["trip"]["legs"]]


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
