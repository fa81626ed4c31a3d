"""Plain Folium, as it is and with MarkerCluster: every point in the page. Pages are kept in `VAR_DIR`."""

import gzip
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    """Seconds and bytes (compressed) of the pages."""
    pages = {"clustered": page(min(size, MOST)), "plain": page(min(size, MOST), is_clustered=False)}
    return {
        which: {name: value for name, value in figures.items() if name != "path"} for which, figures in pages.items()
    }


def page(size: int, is_clustered: bool = True) -> dict[str, Any]:
    from django.conf import settings

    path = Path(settings.VAR_DIR) / f"{'clustered' if is_clustered else 'plain'}-folium-{size}.html"
    note = path.with_suffix(".seconds")
    if not note.exists():
        started = time.perf_counter()
        path.write_bytes(_page(size, is_clustered))
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


def _page(size: int, is_clustered: bool) -> bytes:
    import folium
    from folium.plugins import MarkerCluster

    view = folium.Map((16, 107), zoom_start=5, tiles="http://peer.invalid/{z}/{x}/{y}.png", attr="none")
    layer = MarkerCluster().add_to(view) if is_clustered else view
    for number, point in enumerate(points(size)):
        name = f"Địa điểm tổng hợp {number}"
        # What our marks give too: the name at a touch, then name, kind and the way to the page.
        told = folium.Popup(f'<b>{name}</b><br>Lưu trú<br><a href="/vi/dia-diem/{number}/">Xem</a>', max_width=300)
        folium.Marker(point, popup=told, tooltip=name).add_to(layer)
    html: str = view.get_root().render()
    return html.encode()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Address of the page on this machine: larger than what a browser takes through playwright's own pipe."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(path.stat().st_size))
            self.end_headers()
            with path.open("rb") as file:
                shutil.copyfileobj(file, self.wfile)

        def log_message(self, *_said: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def answer(route: Any, address: str) -> None:
    """What the peer's page asks for, out of this machine's packages."""
    name = route.request.url.rsplit("/", 1)[-1]
    if route.request.url == address:
        route.continue_()
    elif name in LOCAL:
        route.fulfill(path=str(ROOT / "node_modules" / LOCAL[name]))
    else:
        route.fulfill(body="")
