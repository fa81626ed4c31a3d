"""Which files are taken in: the type by content, the measures within bounds, each refusal with its remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyvips
from django.conf import settings
from django.utils.translation import gettext as _

from heritage.iiif import decoding, gltf, recordings, tiff
from heritage.iiif.decoding import Decoded, DecodingError

MAX_PIXELS = 200_000_000
MAX_SIDE = 50_000
MIN_SIDE = 16
MAX_PAGES = 2_000
MAX_BANDS = 5

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/avif": ".avif",
    decoding.JPEG_2000: ".jp2",
    decoding.HEIC: ".heic",
    decoding.PDF: ".pdf",
    **recordings.EXTENSIONS,
    **gltf.EXTENSIONS,
}
HEAD = 64
"""Bytes that `media_type_of` looks at."""


class RefusedError(ValueError):
    """A file that is not taken in; the message names the file, what is wrong and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True)
class Inspected:
    """What the header of a file says; `pages` are the indices of its full-size images, sizes those of the first."""

    media_type: str
    width: int
    height: int
    pages: tuple[int, ...]
    has_text: bool = False
    """Whether it is a PDF with a text layer."""


def media_type_of(head: bytes) -> str:
    """The media type that the first HEAD bytes tell, "" where it is none that is taken in."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "image/tiff"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")):
        return decoding.JPEG_2000
    if head.startswith(b"%PDF-"):
        return decoding.PDF
    if gltf.is_model(head):
        return gltf.MEDIA_TYPE
    return (_heif(head) if head[4:8] == b"ftyp" else "") or recordings.media_type_of(head)


def _heif(head: bytes) -> str:
    """HEIC or AVIF by the brands of an ISO base media file (ISO/IEC 23008-12, annex B); "" for a film."""
    brands = {head[at : at + 4] for at in range(8, min(len(head), int.from_bytes(head[:4], "big")), 4)}
    if brands & {b"avif", b"avis"}:
        return "image/avif"
    return decoding.HEIC if brands & {b"heic", b"heix", b"hevc", b"heim", b"heis"} else ""


def open_image(path: Path, media_type: str, page: int = 0, access: str = "sequential") -> pyvips.Image:
    """The image by the loader of its own type only; a loader for another type is never tried on hostile bytes.

    Raises:
        pyvips.Error: the header cannot be read.
    """
    options = {"access": access, "fail_on": "error"}
    loaders = {
        "image/jpeg": lambda: pyvips.Image.jpegload(str(path), **options),
        "image/png": lambda: pyvips.Image.pngload(str(path), **options),
        "image/webp": lambda: pyvips.Image.webpload(str(path), **options),
        "image/avif": lambda: pyvips.Image.heifload(str(path), **options),
        "image/tiff": lambda: pyvips.Image.tiffload(str(path), page=page, **options),
    }
    return loaders[media_type]()


@contextmanager
def opened(path: Path, media_type: str, page: int = 0) -> Iterator[Decoded]:
    """One page of any file that is taken in, with the text that it brings; its pixels are to be read once, downwards.

    Raises:
        DecodingError: the child process could not decode it.
        pyvips.Error: libvips could not.
    """
    if media_type in decoding.MEDIA_TYPES:
        with decoding.decoded(path, media_type, page) as found:
            yield found
        return
    image = open_image(path, media_type, page)
    if image.get_typeof("orientation") and image.get("orientation") not in (0, 1):
        image = open_image(path, media_type, page, access="random")
    yield Decoded(image)


def inspect(path: Path, name: str = "") -> Inspected:
    """Look at the header of a file without decoding it.

    Raises:
        RefusedError: not one of the types, too large, or a header that cannot be read.
    """
    name = name or path.name
    size = path.stat().st_size
    if size > settings.IIIF_MAX_UPLOAD_BYTES:
        limit = settings.IIIF_MAX_UPLOAD_BYTES // 1024**2
        raise RefusedError(
            name, _("the file is larger than %(limit)s MB. Save it with compression.") % {"limit": limit}
        )
    with path.open("rb") as file:
        head = file.read(HEAD)
    media_type = media_type_of(head)
    if not media_type:
        raise RefusedError(name, _without_type(head, path))
    if media_type in recordings.MEDIA_TYPES:
        return _inspect_recording(path, media_type, name)
    if media_type in gltf.MEDIA_TYPES:
        return _inspect_model(path, media_type, name)
    if media_type in decoding.MEDIA_TYPES:
        return _inspect_decoded(path, media_type, name)
    try:
        pages = _pages(path, name) if media_type == "image/tiff" else (0,)
        image = open_image(path, media_type, pages[0])
    except (pyvips.Error, tiff.MalformedError) as error:
        raise RefusedError(name, damaged(str(error))) from error
    _bounded(image.width, image.height, name)
    if image.bands > MAX_BANDS:
        raise RefusedError(
            name, _("it has %(bands)s colour channels. Save it as RGB, grey or CMYK.") % {"bands": image.bands}
        )
    return Inspected(media_type, image.width, image.height, pages)


def no_type() -> str:
    return _(
        "its content is no image that the archive takes in. Give a JPEG, TIFF, PNG, WebP, JPEG 2000, HEIC, AVIF or PDF "
        "file, a recording as MP3, M4A, FLAC, OGG, WAV or MP4, or a 3D model as GLB."
    )


def _without_type(head: bytes, path: Path) -> str:
    """Why a file of no type is refused, where it is one of those that people take for a good one."""
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return _(
            "captions come in beside their recording, under its name: film.vtt, or film.en.vtt for English, beside "
            "film.mp4; or in the admin, among the pages of the object."
        )
    return gltf.as_text() if gltf.is_text(path) else no_type()


def _inspect_model(path: Path, media_type: str, name: str) -> Inspected:
    try:
        gltf.measure(path)
    except gltf.ModelError as error:
        raise RefusedError(name, str(error)) from error
    return Inspected(media_type, 0, 0, (0,))


def _inspect_recording(path: Path, media_type: str, name: str) -> Inspected:
    try:
        found = recordings.measure(path, media_type)
    except recordings.RecordingError as error:
        raise RefusedError(name, str(error)) from error
    return Inspected(found.media_type, found.width, found.height, (0,))


def _inspect_decoded(path: Path, media_type: str, name: str) -> Inspected:
    try:
        found = decoding.measure(path, media_type)
    except DecodingError as error:
        raise RefusedError(name, str(error)) from error
    if found.pages > MAX_PAGES:
        raise RefusedError(name, too_many_pages())
    if media_type != decoding.PDF:  # a PDF page has no pixels of its own; it is drawn in a size that fits
        _bounded(found.width, found.height, name, min(MAX_PIXELS, decoding.MAX_PIXELS))
    return Inspected(media_type, found.width, found.height, tuple(range(found.pages)), found.has_text)


def too_many_pages() -> str:
    return _("it has more than %(limit)s pages. Split it.") % {"limit": MAX_PAGES}


def damaged(detail: str) -> str:
    """The reason for a file that cannot be read to its end."""
    first = next((line.strip() for line in detail.splitlines() if line.strip()), "")
    return _("the image is damaged or cut short (%(detail)s). Copy or scan it again.") % {"detail": first[:200]}


def _pages(path: Path, name: str) -> tuple[int, ...]:
    found = tiff.directories(path)
    for directory in found:
        if max(directory.tile_width, directory.tile_height) > 8192:
            raise RefusedError(name, _("its tiles are larger than 8,192 pixels. Save it again as an ordinary TIFF."))
    pages = tuple(i for i, one in enumerate(found) if not (one.is_reduced or one.is_mask))
    pages = _without_halves(found, pages)
    if len(pages) > MAX_PAGES:
        raise RefusedError(name, too_many_pages())
    return pages or (0,)


def _without_halves(found: list[tiff.Directory], pages: tuple[int, ...]) -> tuple[int, ...]:
    """Some programs store a pyramid's levels without marking them as reduced: each is half of the one before."""
    sizes = [(found[i].width, found[i].height) for i in pages]
    halves = all(abs(w - pw / 2) <= 1 and abs(h - ph / 2) <= 1 for (pw, ph), (w, h) in pairwise(sizes))
    return pages[:1] if len(pages) > 1 and halves else pages


def _bounded(width: int, height: int, name: str, most: int = MAX_PIXELS) -> None:
    measures = {"width": width, "height": height}
    if max(width, height) > MAX_SIDE:
        raise RefusedError(
            name,
            _("%(width)s x %(height)s pixels; no side may be over %(limit)s. Scale it down or cut it into parts.")
            % {**measures, "limit": MAX_SIDE},
        )
    if width * height > most:
        raise RefusedError(
            name,
            _("%(width)s x %(height)s pixels are more than %(limit)s megapixels. Scale it down or cut it into parts.")
            % {**measures, "limit": most // 1_000_000},
        )
    if min(width, height) < MIN_SIDE:
        raise RefusedError(
            name,
            _("%(width)s x %(height)s pixels are too few; every side needs %(limit)s. Scan it at a higher resolution.")
            % {**measures, "limit": MIN_SIDE},
        )


def read_through(path: Path, name: str) -> Inspected:
    """`inspect`, and every pixel of every page read once, so that a file cut short is found before anything is made.

    Of a PDF the first page is drawn; a later one that cannot be is told of by the scan that waits for it.

    Raises:
        RefusedError: as `inspect`, or the pixels cannot be read to their end.
    """
    inspected = inspect(path, name)
    if inspected.media_type in recordings.MEDIA_TYPES | gltf.MEDIA_TYPES:
        return inspected
    try:
        for page in inspected.pages[:1] if inspected.media_type == decoding.PDF else inspected.pages:
            with opened(path, inspected.media_type, page) as found:
                found.image.avg()
    except pyvips.Error as error:
        raise RefusedError(name, damaged(str(error))) from error
    except DecodingError as error:
        raise RefusedError(name, str(error)) from error
    return inspected
