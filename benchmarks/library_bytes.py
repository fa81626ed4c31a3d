"""Sending audio and e-books: 50 listeners at once, each asking for ranges all over one file of 2 GB.

The peer is nginx with the same file, ranges and listeners. Measured are the archive alone, with an open title, and the
archive behind nginx with the configuration of docs/admin, where each listener is a reader who has borrowed it: with
its "yes" kept for five seconds as that configuration says, and asked for each range anew. The servers take turns, so
that what else the machine does falls on all alike. The listeners are plain sockets, so that they cost little.
"""

import socket
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import _library_servers as servers
from benchmarks.support import fresh_site, ratio

LISTENERS, RANGES_EACH, RANGE_BYTES = 50, 100, 1024 * 1024
FILE_BYTES = 2 * 1024**3
ROUNDS = 5
ALONE, BEHIND, GROWTH_MB = 0.25, 0.90, 40


def run(size: int) -> dict[str, Any]:
    """`size` is the length of the file in bytes, 2 GB by default."""
    fresh_site()
    return measure(size or FILE_BYTES)


def measure(file_bytes: int = FILE_BYTES) -> dict[str, Any]:
    """Rates in megabytes per second, of the middle one of several rounds; `bars` as `[measured, wanted, is met]`."""
    from django.conf import settings

    if not servers.has_nginx():
        return {"problem": "nginx is not installed, so there is no peer", "bars": {}}
    root = Path(settings.MEDIA_ROOT)
    track = _sparse_track(root, file_bytes)
    alone, grown = _alone(track, file_bytes)
    path, readers, nobody = f"/library/tracks/{track.pk}", _readers(track.edition), [""] * LISTENERS
    with (
        servers.archive(ACCEL_PREFIX=servers.ACCEL_PREFIX) as (address, _pid),
        servers.nginx(root) as plain,
        servers.nginx(root, behind=address) as front,
        servers.nginx(root, behind=address, keeps_doors=False) as asking,
    ):
        _listen(f"{front}{path}", file_bytes, readers)
        turns = [
            (
                _listen(f"{plain}/library/tracks/long.mp3", file_bytes, nobody),
                _listen(f"{front}{path}", file_bytes, readers),
            )
            for _round in range(ROUNDS)
        ]
        asked = _listen(f"{asking}{path}", file_bytes, readers)
    peer, behind = (statistics.median(rates) for rates in zip(*turns, strict=True))
    shares = {"alone": ratio(alone, peer), "behind": ratio(behind, peer)}
    return {
        "nginx_mb_per_s": round(peer),
        "archive_alone_mb_per_s": round(alone),
        "archive_behind_nginx_mb_per_s": round(behind),
        "archive_behind_nginx_asked_for_each_range_mb_per_s": round(asked),
        "asked_for_each_range_share_of_nginx": ratio(asked, peer),
        "memory_growth_mb": round(grown, 1),
        "bars": {
            "bytes, application alone, share of nginx": [shares["alone"], f">= {ALONE}", shares["alone"] >= ALONE],
            "bytes, behind X-Accel, share of nginx": [shares["behind"], f">= {BEHIND}", shares["behind"] >= BEHIND],
            "bytes, memory grown by a file of 2 GB, MB": [round(grown, 1), f"<= {GROWTH_MB}", grown <= GROWTH_MB],
        },
    }


def _sparse_track(root: Path, file_bytes: int) -> Any:
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
    )  # fmt: skip


def _readers(edition: Any) -> list[str]:
    """From now on the title is lent; a `Cookie` header for each listener, who has borrowed it and logged in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from heritage.library.services import cards, lending

    edition.access, edition.copies = "lending", LISTENERS
    edition.save()
    cookies = []
    for number in range(LISTENERS):
        email = f"reader{number}@example.com"
        account = get_user_model().objects.create(username=email, email=email)
        lending.borrow(cards.activate(cards.open_card(account, f"Bạn đọc {number}", None)), edition)
        client = Client()
        client.force_login(account, "heritage.accounts.backends.AccountBackend")
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return cookies


def _alone(track: Any, file_bytes: int) -> tuple[float, float]:
    """Megabytes a second without a web server in front, and megabytes by which its memory grew."""
    with servers.archive() as (address, pid):
        url, nobody = f"{address}/library/tracks/{track.pk}", [""] * LISTENERS
        _listen(url, file_bytes, nobody)
        before = servers.memory_mb(pid)
        rate = statistics.median(_listen(url, file_bytes, nobody) for _round in range(3))
        return rate, servers.memory_mb(pid) - before


def _listen(url: str, file_bytes: int, cookies: list[str]) -> float:
    """Megabytes a second of all listeners together.

    Raises:
        RuntimeError: an answer was none of 206 with just the bytes asked for.
    """
    host, _slash, path = url.removeprefix("http://").partition("/")
    problems: list[str] = []
    threads = [
        threading.Thread(target=_listener, args=[host, f"/{path}", file_bytes, number, cookie, problems])
        for number, cookie in enumerate(cookies)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(f"{len(problems)} of the listeners failed: {problems[0]}")
    return LISTENERS * RANGES_EACH * RANGE_BYTES / 1024**2 / (time.perf_counter() - began)


def _listener(host: str, path: str, file_bytes: int, number: int, cookie: str, problems: list[str]) -> None:
    name, port = host.split(":")
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
    buffer = bytearray(256 * 1024)
    try:
        with socket.create_connection((name, int(port)), 120) as connection:
            for turn in range(RANGES_EACH):
                first = ((number * 37 + turn * 101) * RANGE_BYTES) % (file_bytes - RANGE_BYTES)
                _ask(connection, head, first, buffer)
    except (OSError, RuntimeError) as error:
        problems.append(str(error))


def _ask(connection: socket.socket, request: str, first: int, buffer: bytearray) -> None:
    last = first + RANGE_BYTES - 1
    connection.sendall(f"{request}Range: bytes={first}-{last}\r\n\r\n".encode())
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
