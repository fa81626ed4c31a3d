"""The map at a size: viewport answers, nearby, one edit, the shell's weight; plain Folium with MarkerCluster beside it.

Plain Folium is built at `PEER_SIZE` points at most (it holds every point in the page) and said to be so.
"""

import gzip
import random
import threading
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.management import call_command

from benchmarks.support import fresh_database, ratio, summary, timings

SIZE = 100_000
PEER_SIZE = 5_000
KINDS = ["lodging", "food", "shopping", "attraction", "monument"]
ROOT = Path(__file__).resolve().parents[1]


def run(size: int) -> dict[str, Any]:
    """Figures at `size` marks (0 = 100,000)."""
    size = size or SIZE
    fresh_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = _filled(size)
    figures = {
        "size": size,
        **filled,
        "viewport_engine": _viewport_engine(),
        "viewport_http": _viewport_http(),
        "nearby_10_of_5_kinds": _nearby(),
        "edit_to_map": _edit(),
        "weight_bytes": _weights(),
    }
    figures["plain_folium"] = _plain_folium(min(size, PEER_SIZE))
    figures["chromium"] = _chromium(min(size, PEER_SIZE))
    figures["page_weight_to_peer"] = ratio(figures["weight_bytes"]["shell"], figures["plain_folium"]["bytes"])
    return figures


def _points(size: int) -> list[tuple[float, float]]:
    """Points on land, thick around 200 towns, the same at every run."""
    from heritage.maps.coordinates import province_at

    chance = random.Random(7)
    towns: list[tuple[float, float]] = []
    while len(towns) < 200:
        town = chance.uniform(8.6, 23.3), chance.uniform(102.2, 109.4)
        if province_at(*town):
            towns.append(town)
    return [
        (latitude + chance.gauss(0, 0.12), longitude + chance.gauss(0, 0.12))
        for latitude, longitude in (chance.choice(towns) for _number in range(size))
    ]


def _filled(size: int) -> dict[str, float]:
    from django.db import connection

    from heritage.maps import layers, pyramid
    from heritage.maps.marks import at
    from heritage.maps.models import Cluster, Mark

    chance, started = random.Random(8), time.perf_counter()
    batch: list[Any] = []
    for number, point in enumerate(_points(size)):
        slug, rank = chance.choice(list(layers.BY_SLUG)), chance.choice(["", "provincial", "national"])
        name = f"Địa điểm tổng hợp {number}"
        mark = Mark(
            model="benchmark",
            object_id=number,
            number=f"ZZ-{number:07d}",
            symbol=layers.symbol_of(slug, rank),
            name_vi=name,
        )
        batch.append(at(mark, *point))
        if len(batch) == 5000:
            Mark.objects.bulk_create(batch, batch_size=500)
            batch = []
    Mark.objects.bulk_create(batch, batch_size=500)
    inserted = time.perf_counter()
    pyramid.recount()
    recounted = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "insert_s": round(inserted - started, 1),
        "recount_s": round(recounted - inserted, 1),
        "cluster_rows": Cluster.objects.count(),
    }


def _views(count: int) -> list[str]:
    """Queries of a 1440 x 900 screen around random marks at zooms 5 to 18."""
    chance = random.Random(9)
    views = []
    for latitude, longitude in _points(count):
        zoom = chance.randint(5, 18)
        width, height = 1440 * 360 / (256 << zoom), 900 * 340 / (256 << zoom)
        box = (longitude - width / 2, latitude - height / 2, longitude + width / 2, latitude + height / 2)
        views.append(f"bbox={','.join(f'{edge:.5f}' for edge in box)}&zoom={zoom}")
    return views


def _viewport_engine() -> dict[str, float]:
    from django.http import QueryDict

    from heritage.maps import viewport

    views = iter([viewport.parse(QueryDict(query)) for query in _views(420)])
    return timings(lambda: viewport.features(next(views)), 400, warm_up=20)


def _viewport_http() -> dict[str, float]:
    from django.test import Client

    client, views = Client(), iter(_views(220))
    return timings(lambda: client.get(f"/vi/ban-do/diem.json?{next(views)}"), 200, warm_up=20)


def _nearby() -> dict[str, float]:
    from heritage.maps.nearby import nearest

    points = iter(_points(320))
    return timings(lambda: nearest(*next(points), KINDS, 10), 300, warm_up=20)


def _edit() -> dict[str, float]:
    """From the save of a place to the moment the viewport shows it, the worker's look at the outbox included."""
    from django.http import QueryDict

    from heritage.core import outbox
    from heritage.maps import services, viewport
    from heritage.maps.models import Place

    consumer = next(one for one in outbox.consumers() if one.name == "map")
    place = services.save(Place(kind="food", name_vi="Quán mới (mẫu)", latitude=21.6, longitude=105.84))

    def edit() -> None:
        place.latitude = 21.6 if place.latitude != 21.6 else 21.7
        services.save(place)
        outbox.drain(consumer)
        viewport.features(viewport.parse(QueryDict("bbox=105,21,106,22&zoom=9")))

    return timings(edit, 30)


def _weights() -> dict[str, int]:
    from django.test import Client

    client = Client()

    def weigh(content: bytes) -> int:
        return len(gzip.compress(content, 9))

    built = ROOT / "heritage/static/build/maps"
    files = {name: weigh((built / name).read_bytes()) for name in ("land.json", "provinces.json", "map.js", "map.css")}
    marks = weigh(client.get("/vi/ban-do/diem.json?bbox=86,-2,133,30&zoom=5").content)
    town = weigh(client.get("/vi/ban-do/diem.json?bbox=105.6,21.4,106.1,21.75&zoom=12").content)
    first = marks + files["land.json"] + files["provinces.json"]
    shell = weigh(client.get("/vi/ban-do/").content)
    return {"shell": shell, "first_marks": marks, "marks_of_a_town": town, "first_data": first, **files}


def _plain_folium(size: int) -> dict[str, Any]:
    started = time.perf_counter()
    html = _plain_page(size)
    return {"size": size, "build_s": round(time.perf_counter() - started, 2), "bytes": len(gzip.compress(html, 6))}


def _plain_page(size: int) -> bytes:
    import folium
    from folium.plugins import MarkerCluster

    view = folium.Map((16, 107), zoom_start=5, tiles="http://peer.invalid/{z}/{x}/{y}.png", attr="none")
    cluster = MarkerCluster().add_to(view)
    for number, point in enumerate(_points(size)):
        folium.Marker(point, popup=f"Địa điểm tổng hợp {number}").add_to(cluster)
    return view.get_root().render().encode()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


def _chromium(peer_size: int) -> dict[str, Any]:
    """Milliseconds to the first marks in Chromium, ours at full size and plain Folium's at `peer_size`."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {"skipped": "playwright is not installed"}
    from heritage.wsgi import application

    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    peer = _plain_page(peer_size)
    with sync_playwright() as play:
        chrome = play.chromium.launch(executable_path=_chrome(), args=["--no-sandbox"])
        ours = [_first_marks(chrome, f"http://127.0.0.1:{server.server_port}/vi/ban-do/") for _round in range(4)][1:]
        theirs = [_first_plain(chrome, peer) for _round in range(2)]
        chrome.close()
    server.shutdown()
    return {
        "ours": summary(ours),
        "plain_folium": summary(theirs),
        "plain_folium_size": peer_size,
        "to_peer": ratio(min(ours), min(theirs)),
    }


def _chrome() -> str | None:
    return next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)


def _first_marks(chrome: Any, url: str) -> float:
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("[data-marks] .leaflet-marker-icon.mark", timeout=60_000)
    taken = (time.perf_counter() - started) * 1000
    page.close()
    return taken


def _first_plain(chrome: Any, html: bytes) -> float:
    """The peer's files come from this machine's packages, so that no network is in the figure."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    local = {
        "leaflet.js": "leaflet/dist/leaflet.js",
        "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
        "leaflet.css": "leaflet/dist/leaflet.css",
        "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
        "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    }

    def answer(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if route.request.url == "http://peer.invalid/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif name in local:
            route.fulfill(path=str(ROOT / "node_modules" / local[name]))
        else:
            route.fulfill(body="")

    page.route("**/*", answer)
    started = time.perf_counter()
    page.goto("http://peer.invalid/", wait_until="commit", timeout=120_000)
    page.wait_for_selector(".marker-cluster, .leaflet-marker-icon", timeout=60_000, state="attached")
    taken = (time.perf_counter() - started) * 1000
    page.close()
    return taken
