"""Plain Folium with MarkerCluster: every point in the page. A page once built is used again (`VAR_DIR`)."""

import gzip
import time
from pathlib import Path
from typing import Any

from benchmarks._maps_data import points

ROOT = Path(__file__).resolve().parents[1]
MOST = 100_000
"""Above this a page of every point is larger than a browser takes; the size is said beside each figure."""
LOCAL = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
}


def build(size: int) -> dict[str, Any]:
    """Seconds and bytes (compressed) of the page."""
    figures = page(min(size, MOST))
    return {name: value for name, value in figures.items() if name != "path"}


def page(size: int) -> dict[str, Any]:
    from django.conf import settings

    path = Path(settings.VAR_DIR) / f"plain-folium-{size}.html"
    note = path.with_suffix(".seconds")
    if not note.exists():
        started = time.perf_counter()
        path.write_bytes(_page(size))
        note.write_text(f"{time.perf_counter() - started:.2f}")
    content = path.read_bytes()
    seconds = float(note.read_text())
    return {
        "path": path,
        "size": size,
        "build_s": seconds,
        "bytes": len(gzip.compress(content, 6)),
        "raw": len(content),
    }


def _page(size: int) -> bytes:
    import folium
    from folium.plugins import MarkerCluster

    view = folium.Map((16, 107), zoom_start=5, tiles="http://peer.invalid/{z}/{x}/{y}.png", attr="none")
    cluster = MarkerCluster().add_to(view)
    for number, point in enumerate(points(size)):
        folium.Marker(point, popup=f"Địa điểm tổng hợp {number}").add_to(cluster)
    html: str = view.get_root().render()
    return html.encode()


def answer(route: Any, path: Path) -> None:
    """What the peer's page asks for, out of this machine's packages."""
    name = route.request.url.rsplit("/", 1)[-1]
    if route.request.url == "http://peer.invalid/":
        route.fulfill(path=str(path), content_type="text/html; charset=utf-8")
    elif name in LOCAL:
        route.fulfill(path=str(ROOT / "node_modules" / LOCAL[name]))
    else:
        route.fulfill(body="")
