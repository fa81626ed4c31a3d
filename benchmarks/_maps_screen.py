"""The map in Chromium: what a page weighs, when its first marks stand, how it moves; plain Folium beside it."""

import gzip
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import _maps_folium
from benchmarks._library_servers import archive
from benchmarks.support import ratio, summary

ROOT = Path(__file__).resolve().parents[1]
MARK = "[data-marks] .leaflet-marker-icon.mark, [data-marks] .cluster-mark"
ROUNDS = 5
PATIENCE = 180_000
"""Milliseconds after which a page of the peer is left: it takes at least so long."""


def weights(_size: int) -> dict[str, Any]:
    """Bar: the shell 8 kB, the first data 60 kB; bytes as they travel, compressed."""
    built = ROOT / "heritage/static/build/maps"
    files = {
        name: _packed((built / name).read_bytes()) for name in ("land.json", "provinces.json", "map.js", "map.css")
    }
    with archive() as (address, _process):
        marks = _travels(f"{address}/vi/ban-do/diem.json?bbox=86,-2,133,30&zoom=5")
        town = _travels(f"{address}/vi/ban-do/diem.json?bbox=105.6,21.4,106.1,21.75&zoom=12")
        shell = _travels(f"{address}/vi/ban-do/")
    first = marks + files["land.json"] + files["provinces.json"]
    return {"shell": shell, "first_data": first, "first_marks": marks, "marks_of_a_town": town, **files}


def _travels(url: str) -> int:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        body = answer.read()
        return len(body) if answer.headers.get("Content-Encoding") == "gzip" else _packed(body)


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def first_view(size: int) -> dict[str, Any]:
    """Bar at 100,000: 1.2 s or less and 1/30 of plain Folium; at 1,000,000 within 1.3 times that.

    Plain Folium is measured as it is, each point a mark of its own, and with MarkerCluster. Beside what each takes to
    draw stands what a visitor waits for: a page that holds every point is built anew for each change of one.
    """
    with archive() as (address, _process), _chromium() as chrome:
        ours = [_first_marks(chrome, f"{address}/vi/ban-do/") for _round in range(ROUNDS + 1)][1:]
        mine = summary(ours)
        return {
            "ours": mine,
            "plain_folium": _beside(chrome, size, mine["median_ms"], is_clustered=False),
            "clustered_folium": _beside(chrome, size, mine["median_ms"], is_clustered=True),
        }


def _beside(chrome: Any, size: int, mine: float, is_clustered: bool) -> dict[str, Any]:
    peer = _maps_folium.page(min(size, _maps_folium.MOST), is_clustered)
    drawn, is_whole = _first_plain(chrome, peer["path"])
    built = peer["build_s"] * 1000
    figures = {name: peer[name] for name in ("size", "build_s", "bytes")}
    return figures | {
        "drawn_ms": round(drawn),
        "drawn_whole": is_whole,
        "to_drawn": ratio(mine, drawn),
        "to_built_and_drawn": ratio(mine, built + drawn),
    }


def panning(_size: int) -> dict[str, Any]:
    """Bar: 30 frames a second at the median with 1,000 marks in view, no task over 100 ms; no GPU."""
    from benchmarks._maps_dense import START, laid

    with laid(), archive() as (address, _process), _chromium() as chrome:
        return {
            name: _frames(chrome, f"{address}/vi/ban-do/?at={START}", width, height)
            for name, width, height in (("3840x2160", 3840, 2160), ("1440x900", 1440, 900))
        }


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    with sync_playwright() as play:
        chrome = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield chrome
        finally:
            chrome.close()


def _first_marks(chrome: Any, url: str) -> float:
    """Milliseconds from the request until the first marks are painted, nothing in the cache."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    taken = _painted(page, url, MARK, 60_000)
    page.close()
    return taken


def _first_plain(chrome: Any, path: Path) -> tuple[float, bool]:
    """The same for a page of the peer, and whether its marks came at all within `PATIENCE`.

    The peer's files come from this machine's packages, so that no network is in the figure.
    """
    from playwright.sync_api import TimeoutError as TooLong

    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    with _maps_folium.served(path) as address:
        page.route("**/*", lambda route: _maps_folium.answer(route, address))
        try:
            return _painted(page, address, ".marker-cluster, .leaflet-marker-icon", PATIENCE), True
        except TooLong:
            return PATIENCE, False
        finally:
            page.close()


def _painted(page: Any, url: str, marks: str, patience: int) -> float:
    """When what `marks` selects has been painted, by the page's own clock: to look from outside takes time from it."""
    page.add_init_script(_WATCH.replace("MARKS", json.dumps(marks)))
    with page.expect_console_message(lambda said: said.text.startswith("painted "), timeout=patience) as told:
        page.goto(url, wait_until="commit", timeout=patience)
    return float(told.value.text.split()[1])


_WATCH = """
const look = () => {
  if (document.querySelector(MARKS)) setTimeout(() => console.log(`painted ${performance.now()}`));
  else requestAnimationFrame(look);
};
look();
"""


def _frames(chrome: Any, url: str, width: int, height: int) -> dict[str, Any]:
    """Frames while the map is panned and zoomed; long tasks are those of the page's own thread."""
    page = chrome.new_page(viewport={"width": width, "height": height})
    page.goto(url)
    page.wait_for_selector(MARK, timeout=60_000)
    page.wait_for_timeout(1500)
    figures: dict[str, Any] = page.evaluate(_MOVE)
    page.close()
    return figures


_MOVE = """async () => {
  const map = document.querySelector('[data-map]').leafletMap;
  const seen = () => document.querySelectorAll('.leaflet-marker-icon.mark, .leaflet-marker-icon.cluster-mark').length;
  const before = seen();
  const gaps = [], tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask' });
  let last = performance.now(), going = true;
  const tick = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  for (let step = 0; step < 24; step += 1) {
    map.panBy([step % 2 ? 260 : -240, step % 3 ? 120 : -200]);
    await pause(450);
  }
  for (const zoom of [-1, 1, -1, 1]) {
    map.setZoom(map.getZoom() + zoom);
    await pause(900);
  }
  going = false;
  gaps.sort((a, b) => a - b);
  tasks.sort((a, b) => b - a);
  return {
    marks_in_view: before,
    marks_after: seen(),
    median_frames_per_s: Math.round(1000 / gaps[gaps.length >> 1]),
    p95_gap_ms: Math.round(gaps[Math.floor(gaps.length * 0.95)]),
    longest_task_ms: Math.round(tasks[0] ?? 0),
    tasks_over_100_ms: tasks.filter((one) => one > 100).length,
  };
}"""
