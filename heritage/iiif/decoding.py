"""Decoding what libvips does not read here: JPEG 2000, HEIC and PDF, each in a child process within its limits."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyvips
from django.utils.translation import gettext as _

PROGRAM = Path(__file__).with_name("decoder.py")
SECONDS = 180
MAX_PIXELS = 100_000_000
"""JPEG 2000 and HEIC are decoded whole; larger scans belong into tiled TIFF."""
MAX_PDF_PIXELS = 40_000_000

JPEG_2000, HEIC, PDF = "image/jp2", "image/heic", "application/pdf"
MEDIA_TYPES = {JPEG_2000, HEIC, PDF}


class DecodingError(ValueError):
    """The file cannot be decoded; the message is a reason for people."""


@dataclass(frozen=True)
class Measures:
    """What the header says: pixels of the first page, the number of pages, and whether a PDF has a text layer."""

    width: int
    height: int
    pages: int
    has_text: bool = False


@dataclass(frozen=True)
class Decoded:
    """The pixels, valid within the `with` block only, and the page's text: lines of `[text, x, y, width, height]`."""

    image: pyvips.Image
    lines: list[list[list[Any]]] = field(default_factory=list)


def measure(path: Path, media_type: str) -> Measures:
    """The measures of a file, of whose pixels nothing is decoded.

    Raises:
        DecodingError: it is damaged, locked by a password or too large for the limits of the child process.
    """
    answer = _asked("measure", media_type, str(path))
    return Measures(answer["width"], answer["height"], answer["pages"], answer.get("has_text", False))


@contextmanager
def decoded(path: Path, media_type: str, page: int) -> Iterator[Decoded]:
    """One page of a file as an image that lies on disk.

    Raises:
        DecodingError: as `measure`, or its pixels cannot be decoded to their end.
    """
    with TemporaryDirectory(prefix="scan-") as folder:
        raw = Path(folder, "pixels")
        answer = _asked("decode", media_type, str(path), str(page), str(raw), str(MAX_PDF_PIXELS))
        image = pyvips.Image.rawload(
            str(raw),
            answer["width"],
            answer["height"],
            answer["bands"],
            format=answer["format"],
            interpretation=answer["interpretation"],
            access="sequential",
        ).copy()
        if answer["profile"]:
            image.set_type(pyvips.GValue.blob_type, "icc-profile-data", bytes.fromhex(answer["profile"]))
        if "scale" in answer:
            image = image.copy(xres=answer["scale"] * 72 / 25.4, yres=answer["scale"] * 72 / 25.4)
        yield Decoded(image, answer.get("lines", []))


def _asked(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(PROGRAM), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={})  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise DecodingError(_too_much()) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # the process was ended by its limits, or by a fault in a codec
        raise DecodingError(_too_much()) from error
    if "error" in answer:
        raise DecodingError(_reason(answer["error"], answer["detail"]))
    return dict(answer)


def _too_much() -> str:
    return _("decoding it takes more time or memory than is allowed. Save it as TIFF, or each page by itself.")


def _reason(kind: str, detail: str) -> str:
    if kind == "password":
        return _("it is locked by a password. Save it without one, then give it again.")
    if kind == "memory":
        return _too_much()
    return _("the file is damaged or cut short (%(detail)s). Save or scan it again.") % {"detail": detail}
