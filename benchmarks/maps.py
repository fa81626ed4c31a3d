"""The map at a size: viewport answers, nearby, one edit, the shell's weight; plain Folium with MarkerCluster beside it.

Plain Folium is built at `PEER_SIZE` points at most (it holds every point in the page) and said to be so.
"""

import gzip
import random
import shutil
import subprocess
import sys
import tempfile
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
    imported = _osm_import(min(size, SIZE))
    filled = _filled(size)
    figures = {
        "size": size,
        **filled,
        "viewport_engine": _viewport_engine(),
        "viewport_http": _viewport_http(),
        "nearby_10_of_5_kinds": _nearby(),
        "nearby_at_antimeridian_and_89_degrees": _nearby_at_the_edges(),
        "osm_import": imported,
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


def _nearby_at_the_edges() -> dict[str, Any]:
    """The ten nearest across the antimeridian and at 89 degrees, compared with every distance measured."""
    from pyproj import Geod

    from heritage.maps import layers
    from heritage.maps.marks import at
    from heritage.maps.models import Mark
    from heritage.maps.nearby import nearest

    chance, points = random.Random(10), []
    for _number in range(300):
        points.append((chance.uniform(-0.3, 0.3), (180 + chance.uniform(-0.3, 0.3) + 180) % 360 - 180))
        points.append((89 + chance.uniform(-0.1, 0.1), chance.uniform(-180, 180)))
    made = [
        at(Mark(model="edges", object_id=n, number=f"EE-{n:05d}", symbol=layers.symbol_of("food"), name_vi="x"), *point)
        for n, point in enumerate(points)
    ]
    Mark.objects.bulk_create(made, batch_size=500)
    geod, wrong = Geod(ellps="WGS84"), 0
    for latitude, longitude in ((0.0, 180.0), (0.1, -179.95), (89.0, 0.0), (89.0, 179.9), (89.05, -90.0)):
        measured = sorted((geod.inv(longitude, latitude, p[1], p[0])[2], n) for n, p in enumerate(points))[:10]
        right = [f"EE-{n:05d}" for metres, n in measured if metres <= 20_000]
        found = nearest(latitude, longitude, ["food"], 10, {"food": 20_000}).get("food", [])
        wrong += [near.mark.number for near in found] != right
    Mark.objects.filter(model="edges").delete()
    return {"points_asked": 5, "wrong": wrong}


def _osm_import(size: int) -> dict[str, Any]:
    """Seconds and peak memory of `maps import` of an OpenStreetMap file, each run a process of its own."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "extract.osm"
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0"?><osm version="0.6" generator="benchmark">')
        for number, (latitude, longitude) in enumerate(_points(size), start=1):
            out.write(
                f'<node id="{number}" version="1" lat="{latitude:.6f}" lon="{longitude:.6f}">'
                f'<tag k="amenity" v="restaurant"/><tag k="name" v="Quan {number}"/>'
                f'<tag k="opening_hours" v="Mo-Su 08:00-20:00"/></node>'
            )
        out.write("</osm>")
    figures = {"features": size, "first": _one_import(path), "second": _one_import(path)}
    shutil.rmtree(folder)
    from heritage.core.models.change import Change
    from heritage.maps.models import Place

    Change.objects.all().delete()
    Place.objects.all().delete()
    return figures


def _one_import(path: Path) -> dict[str, Any]:
    code = (
        "import resource, sys, django; django.setup()\n"
        "from pathlib import Path; from heritage.maps.imports import import_file\n"
        "r = import_file(Path(sys.argv[1]))\n"
        "print(r.created, r.updated, r.unchanged, r.refused, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=ROOT)
    created, updated, unchanged, refused, kilobytes = map(int, done.stdout.split()[-5:])
    return {
        "s": round(time.perf_counter() - started, 1),
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "refused": refused,
        "peak_mb": kilobytes // 1024,
    }


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
        frames = _frames(chrome, f"http://127.0.0.1:{server.server_port}/vi/ban-do/?at=21.2,105.8,11")
        theirs = [_first_plain(chrome, peer) for _round in range(2)]
        chrome.close()
    server.shutdown()
    return {
        "ours": summary(ours),
        "panning": frames,
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


def _frames(chrome: Any, url: str) -> dict[str, Any]:
    """Frames while the map is panned forty times; marks in view are said, for their number differs by size."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_selector("[data-marks] .leaflet-marker-icon.mark", timeout=60_000)
    figures: dict[str, Any] = page.evaluate(
        """async () => {
          const map = document.querySelector('[data-map]').leafletMap;
          const gaps = [], tasks = [];
          new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
            .observe({ type: 'longtask' });
          let last = performance.now(), going = true;
          const tick = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(tick); };
          requestAnimationFrame(tick);
          for (let step = 0; step < 40; step += 1) {
            map.panBy([step % 2 ? 260 : -240, step % 3 ? 120 : -200]);
            await new Promise((done) => setTimeout(done, 300));
          }
          going = false;
          gaps.sort((a, b) => a - b);
          return {
            marks_in_view: document.querySelectorAll('.leaflet-marker-icon.mark').length,
            median_frames_per_s: Math.round(1000 / gaps[gaps.length >> 1]),
            longest_task_ms: Math.round(Math.max(0, ...tasks)),
          };
        }"""
    )
    page.close()
    return figures


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
