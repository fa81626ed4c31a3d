"""Sending audio and e-books: 50 listeners at once, each asking for ranges all over one file of 2 GB.

The peer is nginx with the same file, ranges and listeners. Measured are the archive alone, and the archive behind
nginx, which it tells what to send (X-Accel-Redirect). The listeners are plain sockets, so that they cost little.
"""

import socket
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import _library_servers as servers
from benchmarks.support import fresh_site, ratio

LISTENERS, RANGES_EACH, RANGE_BYTES = 50, 40, 1024 * 1024
FILE_BYTES = 2 * 1024**3
ROUNDS = 3
ALONE, BEHIND, GROWTH_MB = 0.25, 0.90, 40


def run(size: int) -> dict[str, Any]:
    """`size` is the length of the file in bytes, 2 GB by default."""
    fresh_site()
    return measure(size or FILE_BYTES)


def measure(file_bytes: int = FILE_BYTES) -> dict[str, Any]:
    """Rates in megabytes per second, of the middle one of three rounds; `bars` as `[measured, wanted, is met]`."""
    from django.conf import settings

    if not servers.has_nginx():
        return {"problem": "nginx is not installed, so there is no peer", "bars": {}}
    root = Path(settings.MEDIA_ROOT)
    track = _sparse_track(root, file_bytes)
    path = f"/library/tracks/{track}"
    with servers.nginx(root) as plain:
        peer = _rate(f"{plain}/library/tracks/long.mp3", file_bytes)
    with servers.archive() as (address, pid):
        _rate(f"{address}{path}", file_bytes, rounds=1)
        before = servers.memory_mb(pid)
        alone = _rate(f"{address}{path}", file_bytes)
        grown = servers.memory_mb(pid) - before
    with (
        servers.archive(ACCEL_PREFIX=servers.ACCEL_PREFIX) as (address, _pid),
        servers.nginx(root, behind=address) as front,
    ):
        behind = _rate(f"{front}{path}", file_bytes)
    shares = {"alone": ratio(alone, peer), "behind": ratio(behind, peer)}
    return {
        "nginx_mb_per_s": round(peer),
        "archive_alone_mb_per_s": round(alone),
        "archive_behind_nginx_mb_per_s": round(behind),
        "memory_growth_mb": round(grown, 1),
        "bars": {
            "bytes, application alone, share of nginx": [shares["alone"], f">= {ALONE}", shares["alone"] >= ALONE],
            "bytes, behind X-Accel, share of nginx": [shares["behind"], f">= {BEHIND}", shares["behind"] >= BEHIND],
            "bytes, memory grown by a file of 2 GB, MB": [round(grown, 1), f"<= {GROWTH_MB}", grown <= GROWTH_MB],
        },
    }


def _sparse_track(root: Path, file_bytes: int) -> int:
    from django.utils import timezone

    from heritage.library.models import AudioTrack, Edition, Work

    work = Work.objects.create(title_vi="Sách nói dài", live=True, first_published_at=timezone.now())
    edition = Edition.objects.create(work=work, kind="audiobook")
    path = root / "library/tracks/long.mp3"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as sparse:
        sparse.truncate(file_bytes)
    return AudioTrack.objects.create(
        edition=edition, sort_order=1, duration_s=100_000, file="library/tracks/long.mp3", format="mp3",
        size=file_bytes, sha256="0" * 64,
    ).pk  # fmt: skip


def _rate(url: str, file_bytes: int, rounds: int = ROUNDS) -> float:
    return statistics.median(_listen(url, file_bytes) for _round in range(rounds))


def _listen(url: str, file_bytes: int) -> float:
    """Megabytes a second of all listeners together.

    Raises:
        RuntimeError: an answer was none of 206 with just the bytes asked for.
    """
    host, _slash, path = url.removeprefix("http://").partition("/")
    problems: list[str] = []
    threads = [
        threading.Thread(target=_listener, args=[host, f"/{path}", file_bytes, number, problems])
        for number in range(LISTENERS)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(f"{len(problems)} of the listeners failed: {problems[0]}")
    return LISTENERS * RANGES_EACH * RANGE_BYTES / 1024**2 / (time.perf_counter() - began)


def _listener(host: str, path: str, file_bytes: int, number: int, problems: list[str]) -> None:
    name, port = host.split(":")
    buffer = bytearray(256 * 1024)
    try:
        with socket.create_connection((name, int(port)), 120) as connection:
            for turn in range(RANGES_EACH):
                first = ((number * 37 + turn * 101) * RANGE_BYTES) % (file_bytes - RANGE_BYTES)
                _ask(connection, host, path, first, buffer)
    except (OSError, RuntimeError) as error:
        problems.append(str(error))


def _ask(connection: socket.socket, host: str, path: str, first: int, buffer: bytearray) -> None:
    last = first + RANGE_BYTES - 1
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nRange: bytes={first}-{last}\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            raise RuntimeError("the server hung up")
        head += piece
    said, _blank, begun = head.partition(b"\r\n\r\n")
    lines = said.decode("latin-1").lower().split("\r\n")
    if " 206" not in lines[0] or f"content-length: {RANGE_BYTES}" not in lines:
        raise RuntimeError(said.decode("latin-1"))
    left = RANGE_BYTES - len(begun)
    while left > 0:
        got = connection.recv_into(buffer, min(left, len(buffer)))
        if not got:
            raise RuntimeError("the server hung up in the middle")
        left -= got
