"""Taking books in by `manage.py library import`: 1,000 e-books and 100 audiobooks of 20 files.

The command is killed halfway through the e-books and run again: nothing may be there twice or half. Its memory is read
while it runs. The bars stand for themselves; no peer takes in the same kinds with the same checks.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.support import fresh_site

EBOOKS, TRACKS = 1_000, 20
EBOOKS_PER_S, AUDIOBOOKS_PER_S, MEMORY_MB = 10.0, 5.0, 400
COVER = (1000, 1500)


def run(size: int) -> dict[str, Any]:
    """`size` is the number of e-books, 1,000 by default; there are a tenth as many audiobooks."""
    fresh_site()
    return measure(size or EBOOKS)


def measure(ebooks: int = EBOOKS) -> dict[str, Any]:
    """Rates are books per second of the whole command, its start included; `bars` as `[measured, wanted, is met]`."""
    with tempfile.TemporaryDirectory(prefix="library-books-") as name:
        texts, sounds = Path(name, "texts"), Path(name, "sounds")
        texts.mkdir()
        sounds.mkdir()
        figures = {"ebook_bytes": _write_ebooks(texts, ebooks), **_taking_ebooks(texts, ebooks)}
        _write_audiobooks(sounds, ebooks // 10)
        seconds, peak, report = _command(sounds)
        figures |= {"audiobooks": report["created"], "audiobooks_per_s": round(report["created"] / seconds, 1)}
        figures["peak_mb"] = max(figures["peak_mb"], peak)
    return {**figures, "bars": _bars(figures, ebooks)}


def _taking_ebooks(texts: Path, ebooks: int) -> dict[str, Any]:
    """Killed after half of them, run again, and run once more when all are there."""
    from heritage.library.models import Edition, Work

    before = Work.objects.count()
    seconds, _peak, _report = _command(texts, kill_at=before + ebooks // 2)
    killed = Work.objects.count() - before
    rest, peak, report = _command(texts)
    again, _same, unchanged = _command(texts)
    works, editions = Work.objects.count() - before, Edition.objects.exclude(sha256="").filter(kind="ebook").count()
    return {
        "ebooks": works,
        "at_the_kill": killed,
        "ebooks_per_s": round(killed / seconds, 1),
        "ebooks_per_s_after_the_kill": round(report["created"] / rest, 1),
        "unchanged_per_s": round(unchanged["unchanged"] / again, 1),
        "resumed": (works, editions, report["unchanged"], unchanged["unchanged"]) == (ebooks, ebooks, killed, ebooks),
        "peak_mb": peak,
    }


def _bars(figures: dict[str, Any], ebooks: int) -> dict[str, list[Any]]:
    rate = min(figures["ebooks_per_s"], figures["ebooks_per_s_after_the_kill"])
    audio, peak = figures["audiobooks_per_s"], figures["peak_mb"]
    return {
        f"import of {ebooks} e-books, each second": [rate, f">= {EBOOKS_PER_S}", rate >= EBOOKS_PER_S],
        f"import of {ebooks // 10} audiobooks of {TRACKS} files, each second": [
            audio, f">= {AUDIOBOOKS_PER_S}", audio >= AUDIOBOOKS_PER_S,
        ],
        "import resumed after a kill, nothing twice": [figures["resumed"], "True", figures["resumed"]],
        "import, memory at its highest, MB": [peak, f"< {MEMORY_MB}", peak < MEMORY_MB],
    }  # fmt: skip


def _command(folder: Path, kill_at: int = 0) -> tuple[float, int, dict[str, Any]]:
    """Seconds, megabytes at the highest and the report; killed as soon as `kill_at` works exist."""
    from django.conf import settings

    from heritage.library.models import Work

    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    began, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+") as out:
        command = [sys.executable, "manage.py", "library", "import", str(folder), "--json"]
        process = subprocess.Popen(command, stdout=out, env=environment)
        while process.poll() is None:
            peak = max(peak, _highest_mb(process.pid))
            if kill_at and Work.objects.count() >= kill_at:
                process.kill()
                process.wait()
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        out.seek(0)
        return seconds, peak, {} if kill_at else json.load(out)


def _highest_mb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _write_ebooks(folder: Path, count: int) -> int:
    """Books of ten chapters with a cover and a picture in each chapter's stead; the bytes of one."""
    from PIL import Image

    from heritage.library.epub.building import Book, Part, build

    chance, size = random.Random(7), 0
    words = [
        f"{chance.choice('bcdghklmnprstvx')}{chance.choice(['à', 'ế', 'ư', 'ộ', 'ang', 'iên'])}" for _n in range(900)
    ]
    cover = folder.parent / "cover.jpg"
    for number in range(count):
        if number % 50 == 0:
            noise = Image.frombytes("RGB", (250, 375), chance.randbytes(250 * 375 * 3)).resize(COVER)
            noise.save(cover, "JPEG", quality=85)
        parts = [
            Part(f"Chương {n}", [" ".join(chance.choices(words, k=120)) for _p in range(60)], "vi") for n in range(10)
        ]
        book = Book(
            f"urn:bench:{number}", f"Sách số {number}", "vi", [f"Tác giả {number % 90}"], "Sách để đo.",
            "2026-01-01T00:00:00Z", parts, cover=cover.read_bytes(),
        )  # fmt: skip
        data = build(book)
        size = len(data)
        (folder / f"{number:05d}.epub").write_bytes(data)
    return size


def _write_audiobooks(folder: Path, count: int) -> None:
    """Folders of tracks that differ in bytes behind their last frame, which are no sound but another digest."""
    from heritage.demo import samples

    sound = samples.audio_files(next(text for text in samples.texts() if text["audio"]))[0].read_bytes()
    for book in range(count):
        own = folder / f"Sách nói {book}"
        own.mkdir()
        for track in range(TRACKS):
            tag = _id3(f"Sách nói {book}", f"Phần {track + 1}", track + 1)
            (own / f"{track + 1}.mp3").write_bytes(tag + _without_tag(sound) + f"{book}/{track}".encode())


def _without_tag(sound: bytes) -> bytes:
    if sound[:3] != b"ID3":
        return sound
    return sound[10 + sum(byte << (7 * (3 - place)) for place, byte in enumerate(sound[6:10])) :]


def _id3(album: str, title: str, number: int) -> bytes:
    """An ID3v2.4 tag (id3.org) with album, title and track number."""
    frames = b""
    for name, text in (("TALB", album), ("TIT2", title), ("TRCK", str(number))):
        body = b"\x03" + text.encode()
        frames += name.encode() + _synchsafe(len(body)) + b"\0\0" + body
    return b"ID3\x04\0\0" + _synchsafe(len(frames)) + frames


def _synchsafe(length: int) -> bytes:
    return bytes((length >> shift) & 0x7F for shift in (21, 14, 7, 0))
