"""The image service against Debian's iipsrv: the same pictures, the same requests, the same machine, one run.

Ours is served by granian with two workers; iipsrv by two FastCGI processes behind nginx, without its own cache (its
default keeps decoded tiles in memory: given apart). Where iipsrv or nginx is missing, ours is measured alone.
"""

import asyncio
import json
import os
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

IIPSRV = "/usr/lib/iipimage-server/iipsrv.fcgi"
CLIENTS = 8
WIDTH, HEIGHT = 10_000, 10_000


def run(size: int) -> dict:
    """`size` is the number of pictures of 100 megapixels (5 by default)."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="iiif-bench-") as folder, ExitStack() as stack:
        ingest, images = _pictures(Path(folder), size or 5)
        ours = stack.enter_context(_ours(Path(folder)))
        base = [f"/iiif/3/{image}" for image, _path in images]
        figures = {"pictures": len(images), "megapixels": WIDTH * HEIGHT // 10**6, "ingest": ingest}
        figures["ours"] = _measure(ours, base)
        if Path(IIPSRV).exists() and shutil.which("nginx"):
            pictures = Path(folder, "peer")
            pictures.mkdir()
            for image, path in images:
                os.link(path, pictures / f"{image}.tif")
            peer = stack.enter_context(_iipsrv(Path(folder), pictures))
            peers = [f"/?IIIF={image}.tif" for image, _path in images]
            figures["iipsrv"] = _measure(peer, peers)
            figures["ratio"] = {
                name: round(figures["ours"][name]["per_second"] / figures["iipsrv"][name]["per_second"], 2)
                for name in figures["iipsrv"]
                if "per_second" in figures["iipsrv"][name]
            }
    return figures


def _pictures(folder: Path, count: int) -> tuple[dict, list[tuple[str, str]]]:
    """Ingest one picture and copy it: what is measured is serving, and each is another file to the servers."""
    import pyvips
    from django.conf import settings

    from heritage.iiif import services
    from heritage.iiif.models import Canvas

    noise = pyvips.Image.gaussnoise(WIDTH, HEIGHT, mean=128, sigma=18).bandjoin(
        [pyvips.Image.perlin(WIDTH, HEIGHT, cell_size=700, uchar=True)] * 2
    )
    source = folder / "picture.jpg"
    noise.cast("uchar").copy(interpretation="srgb").jpegsave(str(source), Q=85)
    began = time.perf_counter()
    pyvips.Image.jpegload(str(source), access="sequential").tiffsave(
        str(folder / "bare.tif"), tile=True, pyramid=True, compression="jpeg", Q=88, tile_width=512, tile_height=512
    )
    bare = time.perf_counter() - began
    obj = services.create_object("BENCH", "Đo", access="open")
    began = time.perf_counter()
    first = services.ingest(source, obj).canvases[0]
    ours = time.perf_counter() - began
    found = [(first.image_identifier, str(Path(settings.IIIF_PYRAMIDS_DIR, first.pyramid)))]
    for number in range(2, count + 1):
        place = f"BENCH/copy-{number}.tif"
        shutil.copy(found[0][1], Path(settings.IIIF_PYRAMIDS_DIR, place))
        values = {name: getattr(first, name) for name in ("width", "height", "version", "state", "sha256")}
        Canvas.objects.create(digital_object=obj, image_identifier=f"BENCH.{number}", pyramid=place, **values)
        found.append((f"BENCH.{number}", str(Path(settings.IIIF_PYRAMIDS_DIR, place))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    timing = {"bare_pyvips_s": round(bare, 2), "ingest_s": round(ours, 2), "ratio": round(ours / bare, 2)}
    return {**timing, "peak_memory_mb_with_making_the_picture": peak}, found


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def _ours(folder: Path) -> Iterator[str]:
    from django.conf import settings

    port = _free_port()
    database = settings.DATABASES["default"]["NAME"]
    environment = {
        **os.environ,
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    command += ["--blocking-threads", "2", "--no-access-log", "--log-level", "error", "heritage.wsgi:application"]
    server = subprocess.Popen(command, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/iiif/3/BENCH.1/info.json")
        yield address
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def _iipsrv(folder: Path, pictures: Path) -> Iterator[str]:
    """Two FastCGI processes of iipsrv behind nginx, all files below `folder`."""
    port, backends = _free_port(), [_free_port(), _free_port()]
    environment = {**os.environ, "MAX_IMAGE_CACHE_SIZE": "0", "JPEG_QUALITY": "88", "VERBOSITY": "0"}
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


def _requests(base: list[str], kind: str, count: int) -> list[str]:
    chance = random.Random(7)
    found = []
    for _n in range(count):
        image = chance.choice(base)
        if kind == "aligned_tiles":
            x, y = chance.randrange(19) * 512, chance.randrange(19) * 512
            found.append(f"{image}/{x},{y},512,512/512,/0/default.jpg")
        elif kind == "odd_regions":
            x, y, side = chance.randrange(8000), chance.randrange(8000), chance.randrange(300, 1500)
            found.append(f"{image}/{x},{y},{side},{side}/{chance.randrange(150, 300)},/0/default.jpg")
        else:
            found.append(f"{image}/full/!{400 - len(found) % 40},400/0/default.jpg")
    return found


def _measure(server: str, base: list[str]) -> dict:
    figures = {}
    for kind, count in (("aligned_tiles", 2000), ("odd_regions", 200), ("thumbnails", 200)):
        figures[kind] = asyncio.run(_load(server, _requests(base, kind, count)))
        if kind == "aligned_tiles":
            figures["aligned_tiles_warm"] = asyncio.run(_load(server, _requests(base, kind, count)))
    return figures


async def _load(server: str, paths: list[str]) -> dict:
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


if __name__ == "__main__":
    print(json.dumps(run(0), indent=1))
