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
CONFIGURATION = Path(__file__).resolve().parents[1] / "docs/admin/nginx.conf"


@contextmanager
def archive(ready: str = "/robots.txt", **environment: str) -> Iterator[tuple[str, int]]:
    """The archive as it is deployed, with two workers; its address and its process."""
    from django.conf import settings

    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    # As docs/admin/install.md says.
    command += ["--blocking-threads", "8", "--backpressure", "64", "--workers-kill-timeout", "5"]
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
def nginx(root: Path, behind: str = "", keeps_doors: bool = True, bucket: str = "") -> Iterator[str]:
    """A web server of its own, with a worker for each processor as packaged, that sends the files below `root`.

    With `behind`, the configuration that is handed to institutions stands before the archive there, and before the
    `bucket` at that host and port; without `keeps_doors` nginx asks the archive for each range anew.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folders = " ".join(
            f"{kind}_temp_path {name}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        site = f"server {{ listen 127.0.0.1:{port}; sendfile on; tcp_nopush on; location / {{ root {root}; }} }}"
        if behind:
            site = _handed_out(port, behind.removeprefix("http://"), root, Path(name), keeps_doors, bucket)
        Path(name, "nginx.conf").write_text(
            f"user root; daemon off; worker_processes auto; pid {name}/pid; error_log {name}/error.log; events {{}}\n"
            f"http {{ access_log off; keepalive_requests 100000; {folders}\n{site}\n}}\n"
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


def _handed_out(port: int, archive: str, root: Path, own: Path, keeps_doors: bool, bucket: str) -> str:
    """docs/admin/nginx.conf for this machine: other addresses, no certificate, and nothing else changed.

    Raises:
        ValueError: the configuration no longer has what is to be put in place.
    """
    said = CONFIGURATION.read_text()
    here = {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        "ssl_certificate /etc/ssl/disan.example.vn.pem;": "",
        "ssl_certificate_key /etc/ssl/disan.example.vn.key;": "",
        "server 127.0.0.1:8000;": f"server {archive};",
        "/srv/archive/media/": f"{root}/",
        "/run/nginx-doors": f"{own}/doors",
        "127.0.0.1:9000": bucket or "127.0.0.1:9000",
    }
    if not keeps_doors:
        here["location ~ ^/library/(tracks|editions)/[0-9]+$"] = "location /nothing-here"
    for word, instead in here.items():
        if word not in said:
            raise ValueError(f"docs/admin/nginx.conf no longer has: {word}")
        said = said.replace(word, instead)
    return said


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
