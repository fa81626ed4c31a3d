"""The image service against Debian's iipsrv: the same pictures, the same requests, the same machine, one run.

Ours is served by granian with two workers; iipsrv by two FastCGI processes behind nginx, once without its own cache and
once with its default one in memory. Where iipsrv or nginx is missing, ours is measured alone. `bars` holds each bar of
the service with what was measured and whether it is met.
"""

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from functools import reduce
from pathlib import Path

from benchmarks import _iiif_servers as servers
from benchmarks import iiif_manifests, iiif_stream
from benchmarks.support import fresh_site

WIDTH, HEIGHT = 10_000, 10_000
PICTURES = 50
COPIES = 5
"""So many pictures have bytes of their own; the rest are further names of the first, to spare the disk."""
OURS_ONLY = "any_angle"
COUNTS = {"aligned_tiles": 2000, "odd_regions": 200, "rotations": 100, "any_angle": 100, "thumbnails": 200}
SERVED = {
    "tiles": ["aligned_tiles"],
    "regions": ["odd_regions", "rotations", "any_angle"],
    "thumbnails": ["thumbnails"],
}
"""What each part that asks both servers asks of them."""
PARTS = ("ingest", "memory", *SERVED, "manifests", "stream")


def run(size: int, only: list[str] | None = None) -> dict:
    """`size` is the number of pictures of 100 megapixels (50 by default); of the parts named, or of all."""
    fresh_site()
    wanted = only or list(PARTS)
    figures: dict = {"bars": {}}
    if images := [part for part in wanted if part not in ("manifests", "stream")]:
        figures |= _images(size or PICTURES, images)
        figures["bars"] = _bars(figures)
    for name, part in (("manifests", iiif_manifests), ("stream", iiif_stream)):
        if name in wanted:
            figures[name] = part.measure()
            figures["bars"] |= figures[name].pop("bars")
    return figures


def _images(count: int, parts: list[str]) -> dict:
    with tempfile.TemporaryDirectory(prefix="iiif-bench-") as folder:
        source = _source(Path(folder))
        timing, images = _pictures(Path(folder), source, count)
        figures = {"pictures": len(images), "megapixels": WIDTH * HEIGHT // 10**6}
        if "ingest" in parts:
            figures["ingest"] = timing | {"peak_memory_mb": _peak_of_ingest(source)}
        if "memory" in parts:
            figures["one_process"] = _one_process(images)
        if kinds := [kind for part in parts for kind in SERVED.get(part, [])]:
            figures |= _side_by_side(Path(folder), images, kinds)
    return figures


def _one_process(images: list[tuple[str, str]]) -> dict:
    """1,000 mixed requests to one web process, and the most memory that it held."""
    with servers.ours(_info(images), workers=1) as (alone, process):
        found = asyncio.run(servers.load(alone, _mixed([f"/iiif/3/{image}" for image, _path in images], 1000)))
        found["peak_memory_mb"] = servers.peak_of_children(process)
    shutil.rmtree(_cache_folder(), ignore_errors=True)
    return found


def _side_by_side(folder: Path, images: list[tuple[str, str]], kinds: list[str]) -> dict:
    """The same requests to our server and to iipsrv, without its cache and with it."""
    counts = {kind: COUNTS[kind] for kind in kinds}
    with servers.ours(_info(images)) as (ours, _process):
        figures: dict = {"ours": _measure(ours, [f"/iiif/3/{image}" for image, _path in images], counts)}
        if "aligned_tiles" in kinds:
            figures["pixels_identical"] = all(_is_identical(ours, *one) for one in images[:2])
    if not servers.has_iipsrv():
        return figures
    pictures = folder / "peer"
    pictures.mkdir()
    for image, path in images:
        os.link(path, pictures / f"{image}.tif")
    peers = [f"/?IIIF={image}.tif" for image, _path in images]
    counts.pop(OURS_ONLY, None)
    for name, megabytes in (("iipsrv", 0), ("iipsrv_with_cache", 256)):
        with servers.iipsrv(folder, pictures, megabytes) as peer:
            figures[name] = _measure(peer, peers, counts)
        figures[f"times_{name}"] = _times(figures["ours"], figures[name])
    return figures


def _info(images: list[tuple[str, str]]) -> str:
    return f"/iiif/3/{images[0][0]}/info.json"


def _times(ours: dict, peer: dict) -> dict:
    return {name: round(ours[name]["per_second"] / peer[name]["per_second"], 2) for name in peer}


def _bars(figures: dict) -> dict:
    """Each bar of the parts that ran as `[measured, wanted, is met]`."""
    most = {
        "one process, 1,000 mixed requests, MB": (("one_process", "peak_memory_mb"), 400),
        "odd regions, p95 at 8 clients, ms": (("ours", "odd_regions", "p95_ms"), 150),
        "rotations, p95 at 8 clients, ms": (("ours", "rotations", "p95_ms"), 150),
        "any angle, p95 at 8 clients, ms": (("ours", "any_angle", "p95_ms"), 150),
        "ingest of 100 megapixels, times bare pyvips": (("ingest", "ratio"), 2),
        "ingest of 100 megapixels, MB": (("ingest", "peak_memory_mb"), 300),
    }
    least = {
        "aligned tiles, cold, times iipsrv without cache": (("times_iipsrv", "aligned_tiles"), 8),
        "aligned tiles, warm, times iipsrv without cache": (("times_iipsrv", "aligned_tiles_warm"), 8),
        "aligned tiles, cold, times iipsrv with memory cache": (("times_iipsrv_with_cache", "aligned_tiles"), 3),
        "aligned tiles, warm, times iipsrv with memory cache": (("times_iipsrv_with_cache", "aligned_tiles_warm"), 3),
        "odd regions, times iipsrv": (("times_iipsrv", "odd_regions"), 1),
        "rotations, times iipsrv": (("times_iipsrv", "rotations"), 1),
        "thumbnails, times iipsrv": (("times_iipsrv", "thumbnails"), 2),
        "tiles identical to the stored pixels": (("pixels_identical",), True),
    }
    bars = {}
    for sign, wanted in (("<=", most), (">=", least)):
        for name, (place, bar) in wanted.items():
            found = reduce(lambda values, key: values.get(key, {}), place, figures)
            if found != {}:
                bars[name] = [found, f"{sign} {bar}", found <= bar if sign == "<=" else found >= bar]
    return bars


def _pictures(folder: Path, source: Path, count: int) -> tuple[dict, list[tuple[str, str]]]:
    """Ingest one picture and copy it: what is measured is serving, and each is another file to the servers."""
    from django.conf import settings

    from heritage.iiif import services
    from heritage.iiif.models import Canvas

    bare = _bare_write(source, folder / "bare.tif")
    obj = services.create_object("BENCH", "Đo", access="open")
    began = time.perf_counter()
    first = services.ingest(source, obj).canvases[0]
    ours = time.perf_counter() - began
    found = [(first.image_identifier, str(Path(settings.IIIF_PYRAMIDS_DIR, first.pyramid)))]
    for number in range(2, count + 1):
        place = f"BENCH/copy-{number}.tif"
        (shutil.copy if number <= COPIES else os.link)(found[0][1], Path(settings.IIIF_PYRAMIDS_DIR, place))
        values = {name: getattr(first, name) for name in ("width", "height", "version", "state", "sha256")}
        Canvas.objects.create(digital_object=obj, image_identifier=f"BENCH.{number}", pyramid=place, **values)
        found.append((f"BENCH.{number}", str(Path(settings.IIIF_PYRAMIDS_DIR, place))))
    timing = {"bare_pyvips_s": round(bare, 2), "ingest_s": round(ours, 2), "ratio": round(ours / bare, 2)}
    return timing, found


def _source(folder: Path) -> Path:
    import pyvips

    noise = pyvips.Image.gaussnoise(WIDTH, HEIGHT, mean=128, sigma=18).bandjoin(
        [pyvips.Image.perlin(WIDTH, HEIGHT, cell_size=700, uchar=True)] * 2
    )
    source = folder / "picture.jpg"
    noise.cast("uchar").copy(interpretation="srgb").jpegsave(str(source), Q=85)
    return source


def _bare_write(source: Path, target: Path) -> float:
    """Seconds of pyvips alone for the same pyramid."""
    import pyvips

    began = time.perf_counter()
    pyvips.Image.jpegload(str(source), access="sequential").tiffsave(
        str(target), tile=True, pyramid=True, compression="jpeg", Q=88, tile_width=512, tile_height=512
    )
    return time.perf_counter() - began


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
    done = subprocess.run(command, env=servers.environment(), check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) // 1024


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
        elif kind == "any_angle":
            x, y, turn = chance.randrange(8000), chance.randrange(8000), chance.randrange(1, 90)
            found.append(f"{image}/{x},{y},900,{chance.randrange(600, 900)}/300,/{turn}.5/default.jpg")
        else:
            found.append(f"{image}/full/!{400 - len(found) % 40},400/0/default.jpg")
    return found


def _mixed(base: list[str], count: int) -> list[str]:
    """What readers ask for: mostly tiles, some regions, turned ones and thumbnails."""
    shares = {"aligned_tiles": 0.6, "odd_regions": 0.2, "rotations": 0.1, "thumbnails": 0.1}
    found = [path for kind, share in shares.items() for path in _requests(base, kind, round(count * share))]
    random.Random(11).shuffle(found)
    return found


def _measure(server: str, base: list[str], counts: dict[str, int]) -> dict:
    figures = {}
    for kind, count in counts.items():
        figures[kind] = asyncio.run(servers.load(server, _requests(base, kind, count)))
        if kind == "aligned_tiles":
            figures["aligned_tiles_warm"] = asyncio.run(servers.load(server, _requests(base, kind, count)))
    return figures
