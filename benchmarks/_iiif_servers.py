"""The servers that the image benchmarks ask, ours and iipsrv, and the clients that ask them."""

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IIPSRV = "/usr/lib/iipimage-server/iipsrv.fcgi"
CLIENTS = 8


def has_iipsrv() -> bool:
    return Path(IIPSRV).exists() and shutil.which("nginx") is not None


def environment() -> dict[str, str]:
    from django.conf import settings

    return {
        **os.environ,
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "VAR_DIR": str(settings.VAR_DIR),
    }


def peak_of_children(process: subprocess.Popen) -> int:
    """Megabytes of the largest process that `process` started, at its highest."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # it ended meanwhile
            continue
        if int(lines["PPid"]) == process.pid and "VmHWM" in lines:
            found.append(int(lines["VmHWM"].split()[0]) // 1024)
    return max(found)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def ours(ready: str, workers: int = 2) -> Iterator[tuple[str, subprocess.Popen]]:
    """Our server as it is deployed, once every worker answers the path `ready`."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--port", str(port)]
    command += ["--blocking-threads", "2", "--workers-kill-timeout", "5", "--no-access-log", "--log-level", "error"]
    command += ["heritage.wsgi:application"]
    server = subprocess.Popen(command, env={**environment(), "PYTHONWARNINGS": "ignore"})
    try:
        address = f"http://127.0.0.1:{port}"
        for _n in range(16 * workers):  # each a new connection, so that every worker has started
            _wait(f"{address}{ready}")
        yield address, server
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def iipsrv(folder: Path, pictures: Path, cache_megabytes: int) -> Iterator[str]:
    """Two FastCGI processes of iipsrv behind nginx, all files below `folder`; each with that much memory as a cache."""
    port, backends = _free_port(), [_free_port(), _free_port()]
    environment = {**os.environ, "MAX_IMAGE_CACHE_SIZE": str(cache_megabytes), "JPEG_QUALITY": "85", "VERBOSITY": "0"}
    environment |= {"LOGFILE": str(folder / "iipsrv.log"), "MAX_CVT": "12000", "FILESYSTEM_PREFIX": f"{pictures}/"}
    servers = [
        subprocess.Popen([IIPSRV, "--bind", f"127.0.0.1:{backend}", "--backlog", "1024"], env=environment)
        for backend in backends
    ]
    upstream = "".join(f"server 127.0.0.1:{backend}; " for backend in backends)
    parameters = "".join(
        f"fastcgi_param {name} ${value}; "
        for name, value in {
            "REQUEST_URI": "request_uri",
            "QUERY_STRING": "query_string",
            "REQUEST_METHOD": "request_method",
            "HTTP_HOST": "http_host",
            "SERVER_PROTOCOL": "server_protocol",
        }.items()
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; "
        f"events {{ worker_connections 512; }} http {{ access_log off; "
        f"keepalive_requests 1000000; client_body_temp_path {folder}/a; "
        f"proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; "
        f"scgi_temp_path {folder}/e; upstream iip {{ {upstream} }} "
        f"server {{ listen 127.0.0.1:{port}; "
        f"location / {{ {parameters} fastcgi_pass iip; }} }} }}"
    )
    nginx = subprocess.Popen(["nginx", "-c", str(configuration)])
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in (nginx, *servers):
            process.terminate()
            process.wait(20)


def _wait(url: str) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"nothing answers at {url}")


async def load(server: str, paths: list[str]) -> dict:
    """All of `paths` from CLIENTS kept connections; plain sockets, so that the client costs little."""
    host, port = server.removeprefix("http://").split(":")
    waiting, times, problems = list(reversed(paths)), [], []

    async def client() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        while waiting:
            path = waiting.pop()
            began = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            await _body(reader, head)
            times.append(time.perf_counter() - began)
            if " 200 " not in head.split("\r\n")[0]:
                problems.append(f"{path}: {head.splitlines()[0]}")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _n in range(CLIENTS)))
    total = time.perf_counter() - began
    ordered = sorted(times)
    figures = {
        "requests": len(times),
        "per_second": round(len(times) / total, 1),
        "median_ms": round(statistics.median(times) * 1000, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
    }
    return {**figures, "problems": len(problems), "first_problem": problems[0]} if problems else figures


async def _body(reader: asyncio.StreamReader, head: str) -> None:
    if "transfer-encoding: chunked" in head:
        while (length := int((await reader.readline()).split(b";")[0], 16)) or length:
            await reader.readexactly(length + 2)
        await reader.readline()
        return
    length = next((int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length:")), 0)
    await reader.readexactly(length)
