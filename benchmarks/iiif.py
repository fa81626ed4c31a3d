"""The image service against Debian's iipsrv: the same pictures, the same requests, the same machine, one run.

Ours is served by granian with two workers; iipsrv by two FastCGI processes behind nginx, once without its own cache and
once with its default one in memory. Where iipsrv or nginx is missing, ours is measured alone. `bars` holds each bar of
the service with what was measured and whether it is met.
"""

import asyncio
import json
import os
import random
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
        base = [f"/iiif/3/{image}" for image, _path in images]
        figures = {"pictures": len(images), "megapixels": WIDTH * HEIGHT // 10**6, "ingest": ingest}
        with _ours(Path(folder), workers=1) as (alone, process):
            figures["one_process"] = asyncio.run(_load(alone, _mixed(base, 1000)))
            figures["one_process"]["peak_memory_mb"] = _peak_of_children(process)
        shutil.rmtree(_cache_folder(), ignore_errors=True)
        ours, _process = stack.enter_context(_ours(Path(folder)))
        figures["pixels_identical"] = all(_is_identical(ours, *one) for one in images[:2])
        figures["ours"] = _measure(ours, base)
        if Path(IIPSRV).exists() and shutil.which("nginx"):
            pictures = Path(folder, "peer")
            pictures.mkdir()
            for image, path in images:
                os.link(path, pictures / f"{image}.tif")
            peers = [f"/?IIIF={image}.tif" for image, _path in images]
            for name, megabytes in (("iipsrv", 0), ("iipsrv_with_cache", 256)):
                with _iipsrv(Path(folder), pictures, megabytes) as peer:
                    figures[name] = _measure(peer, peers)
                figures[f"times_{name}"] = _times(figures["ours"], figures[name])
    figures["bars"] = _bars(figures)
    return figures


def _times(ours: dict, peer: dict) -> dict:
    return {name: round(ours[name]["per_second"] / peer[name]["per_second"], 2) for name in peer}


def _bars(figures: dict) -> dict:
    """Each bar as `[measured, wanted, is met]`."""
    most = {
        "one process, 1,000 mixed requests, MB": (figures["one_process"]["peak_memory_mb"], 400),
        "odd regions, p95 at 8 clients, ms": (figures["ours"]["odd_regions"]["p95_ms"], 150),
        "rotations, p95 at 8 clients, ms": (figures["ours"]["rotations"]["p95_ms"], 150),
        "ingest of 100 megapixels, times bare pyvips": (figures["ingest"]["ratio"], 2),
        "ingest of 100 megapixels, MB": (figures["ingest"]["peak_memory_mb"], 300),
    }
    bars = {name: [found, f"<= {bar}", found <= bar] for name, (found, bar) in most.items()}
    bars["tiles identical to the stored pixels"] = [figures["pixels_identical"], "True", figures["pixels_identical"]]
    if "times_iipsrv" in figures:
        bare, cached = figures["times_iipsrv"], figures["times_iipsrv_with_cache"]
        least = {
            "aligned tiles, cold, times iipsrv without cache": (bare["aligned_tiles"], 8),
            "aligned tiles, warm, times iipsrv without cache": (bare["aligned_tiles_warm"], 8),
            "aligned tiles, warm, times iipsrv with memory cache": (cached["aligned_tiles_warm"], 3),
            "odd regions, times iipsrv": (bare["odd_regions"], 1),
            "rotations, times iipsrv": (bare["rotations"], 1),
            "thumbnails, times iipsrv": (bare["thumbnails"], 2),
        }
        bars |= {name: [found, f">= {bar}", found >= bar] for name, (found, bar) in least.items()}
    return bars


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
    timing = {"bare_pyvips_s": round(bare, 2), "ingest_s": round(ours, 2), "ratio": round(ours / bare, 2)}
    return {**timing, "peak_memory_mb": _peak_of_ingest(source)}, found


def _environment() -> dict[str, str]:
    from django.conf import settings

    return {
        **os.environ,
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "VAR_DIR": str(settings.VAR_DIR),
    }


def _cache_folder() -> Path:
    from django.conf import settings

    return Path(settings.IIIF_CACHE_DIR)


def _peak_of_ingest(source: Path) -> int:
    """Megabytes that a process of its own holds at most while it takes the picture in, Django included."""
    code = (
        "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv); "
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
    )
    arguments = ["iiif", "ingest", str(source), "--identifier", "BENCHMEMORY", "--json"]
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) // 1024


def _peak_of_children(process: subprocess.Popen) -> int:
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


def _is_identical(server: str, image: str, pyramid: str) -> bool:
    """Whether tiles as sent decode to the very pixels that stand in the pyramid."""
    import pyvips

    stored = pyvips.Image.tiffload(pyramid)
    for x, y in ((0, 0), (2048, 4096), (9 * 512, 512)):
        with urllib.request.urlopen(f"{server}/iiif/3/{image}/{x},{y},512,512/512,512/0/default.jpg") as answer:
            sent = pyvips.Image.jpegload_buffer(answer.read())
        if (sent - stored.crop(x, y, 512, 512)).abs().max() != 0:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def _ours(folder: Path, workers: int = 2) -> Iterator[tuple[str, subprocess.Popen]]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--port", str(port)]
    command += ["--blocking-threads", "2", "--no-access-log", "--log-level", "error", "heritage.wsgi:application"]
    server = subprocess.Popen(command, env=_environment())
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/iiif/3/BENCH.1/info.json")
        yield address, server
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def _iipsrv(folder: Path, pictures: Path, cache_megabytes: int) -> Iterator[str]:
    """Two FastCGI processes of iipsrv behind nginx, all files below `folder`; each with that much memory as a cache."""
    port, backends = _free_port(), [_free_port(), _free_port()]
    environment = {**os.environ, "MAX_IMAGE_CACHE_SIZE": str(cache_megabytes), "JPEG_QUALITY": "88", "VERBOSITY": "0"}
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
        elif kind == "rotations":
            x, y, turn = chance.randrange(8000), chance.randrange(8000), chance.choice((90, 180, 270))
            found.append(f"{image}/{x},{y},900,{chance.randrange(600, 900)}/300,/{turn}/default.jpg")
        else:
            found.append(f"{image}/full/!{400 - len(found) % 40},400/0/default.jpg")
    return found


def _mixed(base: list[str], count: int) -> list[str]:
    """What readers ask for: mostly tiles, some regions, turned ones and thumbnails."""
    shares = {"aligned_tiles": 0.6, "odd_regions": 0.2, "rotations": 0.1, "thumbnails": 0.1}
    found = [path for kind, share in shares.items() for path in _requests(base, kind, round(count * share))]
    random.Random(11).shuffle(found)
    return found


def _measure(server: str, base: list[str]) -> dict:
    figures = {}
    for kind, count in (("aligned_tiles", 2000), ("odd_regions", 200), ("rotations", 100), ("thumbnails", 200)):
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
