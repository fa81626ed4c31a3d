"""What benchmarks share: timing many calls, and a database filled for one run."""

import statistics
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def timings(call: Callable[[], Any], times: int, warm_up: int = 3) -> dict[str, float]:
    """Milliseconds of `times` calls after `warm_up` uncounted ones: median, p95 and the largest."""
    for _round in range(warm_up):
        call()
    taken = []
    for _round in range(times):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return summary(taken)


def summary(milliseconds: list[float]) -> dict[str, float]:
    taken = sorted(milliseconds)
    p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    return {
        "median_ms": round(statistics.median(taken), 3),
        "p95_ms": round(p95, 3),
        "max_ms": round(taken[-1], 3),
        "runs": len(taken),
    }


def ratio(mine: float, peer: float) -> float:
    """`mine` as a share of `peer`, both in the same unit."""
    return round(mine / peer, 3) if peer else 0.0


def fresh_database() -> None:
    """Start Django on a new database below VAR_DIR, migrated."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


def fresh_site() -> None:
    """`fresh_database`, and everything that whole pages need: static files named by content, a host for test clients.

    Django's own test environment is left out: it copies the context of every template drawn, a thousand in a form.
    """
    from django.conf import settings
    from django.core.management import call_command

    fresh_database()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    import_module("heritage.wsgi")  # loads what a server loads, and settles as one does


class OwnMemory:
    """The most memory that this process held for itself within the block, in megabytes; files it maps are left out."""

    def __enter__(self) -> "OwnMemory":
        self.most_mb, self._ended = 0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def _look(self) -> None:
        while True:
            lines = Path("/proc/self/status").read_text().splitlines()
            held = next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
            self.most_mb = max(self.most_mb, held // 1024)
            if self._ended.wait(0.2):
                return

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._watch.join()


def peak_kilobytes() -> int:
    """The most memory this process has held. (`ru_maxrss` counts that of the process which started it too.)"""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
