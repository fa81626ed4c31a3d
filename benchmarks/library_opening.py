"""Opening an e-book of 5 MB in Chromium, and turning its pages, from the archive as it is deployed.

Each opening is in a browser that has seen nothing yet; time runs from asking for the page until words of the book stand
in its frame. The peer, for scale, is the bare page of the same site without a book.
"""

import io
import os
import random
import shutil
import statistics
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from benchmarks import _library_servers as servers
from benchmarks.support import fresh_site

BOOK_BYTES = 5 * 1024**2
OPENINGS, TURNS = 7, 60
OPEN_MS, TURN_MS = 1500.0, 50.0
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
# From the key to the frame in which the browser has painted the new place; a page is looked at before it is turned.
TURN = """async key => {
  await new Promise(resolve => setTimeout(resolve, 250));
  return new Promise(resolve => {
    const book = document.querySelector("foliate-view"), began = performance.now();
    const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    book.addEventListener("relocate", painted, { once: true });
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
}"""


def run(size: int) -> dict[str, Any]:
    """`size` is the length of the book in bytes, about 5 MB by default."""
    fresh_site()
    return measure(size or BOOK_BYTES)


def measure(book_bytes: int = BOOK_BYTES) -> dict[str, Any]:
    """Milliseconds; `bars` as `[measured, wanted, is met]`."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    from playwright.sync_api import sync_playwright

    number, size = _shelve(book_bytes)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with servers.archive() as (address, _pid), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        bare = [_opening(chromium, f"{address}/vi/thu-vien/{number}/", False)[0] for _n in range(3)]
        opened = [_opening(chromium, f"{address}/vi/thu-vien/{number}/doc/", True) for _n in range(OPENINGS)]
        chromium.close()
    openings = [milliseconds for milliseconds, _turns in opened[1:]]
    turns = [turn for _milliseconds, several in opened for turn in several]
    first, turn = round(statistics.median(openings)), round(statistics.median(turns), 1)
    page_ms = round(statistics.median(bare))
    return {
        "book_bytes": size,
        "page_of_the_work_ms": page_ms,
        "opening_against_that_page": round(first / page_ms, 2),
        "first_text_ms": [round(one) for one in openings],
        "turns": len(turns),
        "turn_p95_ms": round(sorted(turns)[int(len(turns) * 0.95)], 1),
        "bars": {
            "opening a book of 5 MB to its first text, median, ms": [first, f"<= {OPEN_MS:.0f}", first <= OPEN_MS],
            "turning a page, median, ms": [turn, f"<= {TURN_MS:.0f}", turn <= TURN_MS],
        },
    }


def _opening(chromium: Any, url: str, is_book: bool) -> tuple[float, list[float]]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url)
    if is_book:
        page.wait_for_selector("body.reader-ready")
        if not any("Đoạn" in frame.inner_text("body") for frame in page.frames[1:]):
            raise RuntimeError("The reader says it is ready and shows no text.")
    taken = (time.perf_counter() - began) * 1000
    turns = []
    if is_book:
        turns = [page.evaluate(TURN, "ArrowRight") for _n in range(TURNS // OPENINGS + 1)]
    context.close()
    return taken, turns


def _shelve(book_bytes: int) -> tuple[str, int]:
    """A published book of about that many bytes: its number and its length."""
    from heritage.library.imports import Terms, take_in

    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "long.epub")
        file.write_bytes(_book(book_bytes))
        row = take_in(file, Terms()).rows[0]
        if row.outcome != "created":
            raise RuntimeError(row.reason)
        return row.number, file.stat().st_size


def _book(book_bytes: int) -> bytes:
    """Thirty chapters of text, each with a picture; pictures make up most of the bytes, as in real books."""
    from heritage.library.epub.building import Book, Part, build

    chance = random.Random(5)
    parts = [
        Part(f"Chương {n}", [f"Đoạn {p} của chương {n}. " + _sentence(chance) * 3 for p in range(40)], "vi")
        for n in range(1, 31)
    ]
    plain = build(Book("urn:bench:opening", "Sách lớn", "vi", ["A"], "Để đo.", "2026-01-01T00:00:00Z", parts))
    each = max(10_000, (book_bytes - len(plain)) // 30)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "EPUB/package.opf":
                items = "".join(f'<item id="i{n}" href="p{n:02d}.jpg" media-type="image/jpeg"/>' for n in range(1, 31))
                data = data.replace(b"</manifest>", items.encode() + b"</manifest>")
            elif name.startswith("EPUB/part"):
                picture = f'<p><img src="p{name[9:11]}.jpg" alt=""/></p></section>'
                data = data.replace(b"</section>", picture.encode())
            new.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
        for n in range(1, 31):
            new.writestr(f"EPUB/p{n:02d}.jpg", _picture(chance, each), zipfile.ZIP_STORED)
    return out.getvalue()


def _sentence(chance: random.Random) -> str:
    words = ["làng", "đình", "chùa", "sông", "núi", "bia", "sắc phong", "lễ hội", "người", "xưa", "nay", "còn"]
    return " ".join(chance.choices(words, k=18)) + ". "


def _picture(chance: random.Random, length: int) -> bytes:
    """A JPEG of about `length` bytes: noise takes 0.68 bytes a pixel at this quality."""
    from PIL import Image

    side = int((length / 0.68) ** 0.5)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3)).save(out, "JPEG", quality=80)
    return out.getvalue()
