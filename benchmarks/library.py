"""The library: taking books in, lists of many works, sending audio to many listeners at once.

Sizes: `size` works (100,000) for the lists, against the same lists at 100; 200 e-books and 10 audiobooks of 20 files to
take in; 50 listeners on a sparse file of 2 GB. The peer of the sending is nginx with the same file and ranges, where it
is installed.
"""

import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.support import fresh_database, ratio, timings

SMALL = 100
EBOOKS, AUDIOBOOKS, TRACKS = 200, 10, 20
LISTENERS, RANGES_EACH, RANGE_BYTES = 50, 20, 1024 * 1024
FILE_BYTES = 2 * 1024**3
PAGES = {
    "list": "/vi/thu-vien/",
    "list_by_kind": "/vi/thu-vien/?kind=ebook",
    "list_words": "/vi/thu-vien/?q=sach+tong+hop+77",
    "work": "/vi/thu-vien/{number}/",
}


def run(size: int) -> dict[str, Any]:
    """Figures by part; rates are per second, sizes in megabytes."""
    size = size or 100_000
    fresh_database()
    import django.test.utils
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    django.test.utils.setup_test_environment()
    sending = _sending()
    importing = _importing()
    return {"importing": importing, "sending": sending, "pages": _pages(size), "size": size}


def _pages(size: int) -> dict[str, Any]:
    from heritage.demo.loaders import library

    library.synthesise(SMALL, lambda _text: None)
    small = _measure()
    library.synthesise(size - SMALL, lambda _text: None)
    large = _measure()
    return {
        name: {
            str(SMALL): small[name],
            str(size): large[name],
            "p95_ratio": ratio(large[name]["p95_ms"], small[name]["p95_ms"]),
        }
        for name in PAGES
    }


def _measure() -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test import Client

    from heritage.library.models import Work

    if connection.vendor == "sqlite":
        connection.cursor().execute("ANALYZE")
    client, number = Client(), Work.objects.latest("pk").number
    return {name: timings(lambda path=path: client.get(path.format(number=number)), 40) for name, path in PAGES.items()}


def _importing() -> dict[str, Any]:
    from heritage.demo import samples
    from heritage.library.imports import take_in
    from tests.library.epub import books

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(EBOOKS):
            paragraphs = [f"Đoạn {n} của sách {number}. " * 20 for n in range(200)]
            data = books.plain(f"Sách {number}", paragraphs, f"urn:bench:{number}", parts=10)
            (folder / f"{number}.epub").write_bytes(data)
        started = time.perf_counter()
        ebooks = take_in(folder).count("created") / (time.perf_counter() - started)
        again = time.perf_counter()
        unchanged = take_in(folder).count("unchanged") / (time.perf_counter() - again)
    with tempfile.TemporaryDirectory() as name:
        sound = samples.audio_files(next(text for text in samples.texts() if text["audio"]))[0].read_bytes()
        for book in range(AUDIOBOOKS):
            folder = Path(name, f"book {book}")
            folder.mkdir()
            for track in range(TRACKS):  # bytes after the last frame are no sound, but another digest
                (folder / f"{track}.mp3").write_bytes(sound + f"{book}/{track}".encode())
        started = time.perf_counter()
        report = take_in(Path(name))
        audiobooks = len(report.rows) / (time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "ebooks_per_s": round(ebooks, 1),
        "unchanged_per_s": round(unchanged, 1),
        "audiobooks_per_s": round(audiobooks, 1),
        "peak_memory_mb": round(peak),
    }


def _sending() -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone

    from heritage.library.models import AudioTrack, Edition, Work

    work = Work.objects.create(title_vi="Sách nói dài", live=True, first_published_at=timezone.now())
    edition = Edition.objects.create(work=work, kind="audiobook")
    path = Path(settings.MEDIA_ROOT, "library", "tracks", "long.mp3")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as sparse:
        sparse.truncate(FILE_BYTES)
    track = AudioTrack.objects.create(
        edition=edition, sort_order=1, duration_s=100_000, file="library/tracks/long.mp3", format="mp3",
        size=FILE_BYTES, sha256="0" * 64,
    )  # fmt: skip
    with _archive() as (address, pid):
        before = _memory(pid)
        rate = _listen(f"{address}/library/tracks/{track.pk}")
        grown = _memory(pid) - before
    figures: dict[str, Any] = {"archive_mb_per_s": round(rate), "memory_growth_mb": round(grown)}
    if shutil.which("nginx"):
        with _nginx(path.parent) as address:
            peer = _listen(f"{address}/long.mp3")
        figures |= {"nginx_mb_per_s": round(peer), "ratio": ratio(rate, peer)}
    else:
        figures["nginx_mb_per_s"] = None
    return figures


def _listen(url: str) -> float:
    """Megabytes a second of 50 listeners, each asking for ranges all over the file."""

    def listener(number: int) -> None:
        for turn in range(RANGES_EACH):
            first = ((number * 37 + turn * 101) * RANGE_BYTES) % (FILE_BYTES - RANGE_BYTES)
            asked = urllib.request.Request(url, headers={"Range": f"bytes={first}-{first + RANGE_BYTES - 1}"})
            with urllib.request.urlopen(asked, timeout=120) as answer:
                assert answer.status == 206
                while answer.read(256 * 1024):
                    pass

    threads = [threading.Thread(target=listener, args=[number]) for number in range(LISTENERS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return LISTENERS * RANGES_EACH * RANGE_BYTES / 1024**2 / (time.perf_counter() - started)


@contextmanager
def _archive() -> Iterator[tuple[str, int]]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "8"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--no-access-log", "heritage.wsgi:application"], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def _nginx(root: Path) -> Iterator[str]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as name:
        configuration = Path(name, "nginx.conf")
        configuration.write_text(
            f"user root; daemon off; worker_processes 1; pid {name}/pid; error_log {name}/error.log; events {{}}\n"
            f"http {{ access_log off; client_body_temp_path {name}; proxy_temp_path {name}; fastcgi_temp_path {name};\n"
            f"uwsgi_temp_path {name}; scgi_temp_path {name};\n"
            f"server {{ listen 127.0.0.1:{port}; root {root}; }} }}\n"
        )
        server = subprocess.Popen(["nginx", "-c", str(configuration)])
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing listens on {port}.")


def _memory(pid: int) -> float:
    """Megabytes in memory of a process and its children."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except OSError:
            continue
        total += pages * os.sysconf("SC_PAGE_SIZE")
    return total / 1024**2


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []
