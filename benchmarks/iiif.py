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
from contextlib import ExitStack
from pathlib import Path

from benchmarks import _iiif_servers as servers
from benchmarks import iiif_manifests, iiif_stream
from benchmarks.support import fresh_site

WIDTH, HEIGHT = 10_000, 10_000
PICTURES = 50
COPIES = 5
"""So many pictures have bytes of their own; the rest are further names of the first, to spare the disk."""
OURS_ONLY = {"any_angle": 100}
COUNTS = {"aligned_tiles": 2000, "odd_regions": 200, "rotations": 100, "thumbnails": 200}


def run(size: int) -> dict:
    """`size` is the number of pictures of 100 megapixels (50 by default); then manifests and the change stream."""
    fresh_site()
    figures = _images(size or PICTURES)
    figures["bars"] = _bars(figures)
    for name, part in (("manifests", iiif_manifests), ("stream", iiif_stream)):
        figures[name] = part.measure()
        figures["bars"] |= figures[name].pop("bars")
    return figures


def _images(count: int) -> dict:
    with tempfile.TemporaryDirectory(prefix="iiif-bench-") as folder, ExitStack() as stack:
        ingest, images = _pictures(Path(folder), count)
        base = [f"/iiif/3/{image}" for image, _path in images]
        figures = {"pictures": len(images), "megapixels": WIDTH * HEIGHT // 10**6, "ingest": ingest}
        with servers.ours(_info(images), workers=1) as (alone, process):
            figures["one_process"] = asyncio.run(servers.load(alone, _mixed(base, 1000)))
            figures["one_process"]["peak_memory_mb"] = servers.peak_of_children(process)
        shutil.rmtree(_cache_folder(), ignore_errors=True)
        ours, _process = stack.enter_context(servers.ours(_info(images)))
        figures["pixels_identical"] = all(_is_identical(ours, *one) for one in images[:2])
        figures["ours"] = _measure(ours, base, COUNTS | OURS_ONLY)
        if servers.has_iipsrv():
            pictures = Path(folder, "peer")
            pictures.mkdir()
            for image, path in images:
                os.link(path, pictures / f"{image}.tif")
            peers = [f"/?IIIF={image}.tif" for image, _path in images]
            for name, megabytes in (("iipsrv", 0), ("iipsrv_with_cache", 256)):
                with servers.iipsrv(Path(folder), pictures, megabytes) as peer:
                    figures[name] = _measure(peer, peers, COUNTS)
                figures[f"times_{name}"] = _times(figures["ours"], figures[name])
    return figures


def _info(images: list[tuple[str, str]]) -> str:
    return f"/iiif/3/{images[0][0]}/info.json"


def _times(ours: dict, peer: dict) -> dict:
    return {name: round(ours[name]["per_second"] / peer[name]["per_second"], 2) for name in peer}


def _bars(figures: dict) -> dict:
    """Each bar as `[measured, wanted, is met]`."""
    most = {
        "one process, 1,000 mixed requests, MB": (figures["one_process"]["peak_memory_mb"], 400),
        "odd regions, p95 at 8 clients, ms": (figures["ours"]["odd_regions"]["p95_ms"], 150),
        "rotations, p95 at 8 clients, ms": (figures["ours"]["rotations"]["p95_ms"], 150),
        "any angle, p95 at 8 clients, ms": (figures["ours"]["any_angle"]["p95_ms"], 150),
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
            "aligned tiles, cold, times iipsrv with memory cache": (cached["aligned_tiles"], 3),
            "aligned tiles, warm, times iipsrv with memory cache": (cached["aligned_tiles_warm"], 3),
            "odd regions, times iipsrv": (bare["odd_regions"], 1),
            "rotations, times iipsrv": (bare["rotations"], 1),
            "thumbnails, times iipsrv": (bare["thumbnails"], 2),
        }
        bars |= {name: [found, f">= {bar}", found >= bar] for name, (found, bar) in least.items()}
    return bars


def _pictures(folder: Path, count: int) -> tuple[dict, list[tuple[str, str]]]:
    """Ingest one picture and copy it: what is measured is serving, and each is another file to the servers."""
    from django.conf import settings

    from heritage.iiif import services
    from heritage.iiif.models import Canvas

    source = _source(folder)
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
    return {**timing, "peak_memory_mb": _peak_of_ingest(source)}, found


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
