"""The servers that the library's benchmarks ask: the archive alone, nginx alone, and nginx before the archive."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCEL_PREFIX = "/stored"


@contextmanager
def archive(ready: str = "/robots.txt", **environment: str) -> Iterator[tuple[str, int]]:
    """The archive as it is deployed, with two workers; its address and its process."""
    from django.conf import settings

    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "error", "heritage.wsgi:application"],
        env={
            **os.environ,
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            "PYTHONWARNINGS": "ignore",
            "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "VAR_DIR": str(settings.VAR_DIR),
            **environment,
        },
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _turn in range(8):  # each a new connection, so that every worker has started
            _wait_for(f"{address}{ready}")
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(20)


def has_nginx() -> bool:
    return shutil.which("nginx") is not None


@contextmanager
def nginx(root: Path, behind: str = "") -> Iterator[str]:
    """One worker that sends the files below `root`; with `behind` the archive there says what to send."""
    place = f"location / {{ root {root}; }}"
    if behind:
        place = (
            f"location / {{ proxy_pass {behind}; proxy_set_header Host $http_host; proxy_http_version 1.1; }} "
            f"location {ACCEL_PREFIX}/ {{ internal; alias {root}/; }}"
        )
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folders = " ".join(
            f"{kind}_temp_path {name}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        Path(name, "nginx.conf").write_text(
            f"user root; daemon off; worker_processes 1; pid {name}/pid; error_log {name}/error.log; events {{}}\n"
            f"http {{ access_log off; sendfile on; keepalive_requests 100000; {folders}\n"
            f"server {{ listen 127.0.0.1:{port}; {place} }} }}\n"
        )
        server = subprocess.Popen(["nginx", "-c", f"{name}/nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            for _attempt in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory_mb(pid: int) -> float:
    """Megabytes in memory of a process and the processes it started."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except OSError:  # it ended meanwhile
            continue
        total += pages * os.sysconf("SC_PAGE_SIZE")
    return total / 1024**2


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found


def _wait_for(url: str) -> None:
    for _attempt in range(240):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"Nothing answers at {url}.")
