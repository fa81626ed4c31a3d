"""Dossiers and the files they are made of; every paper says that it is a sample."""

import io
import struct
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from heritage.catalog.dossiers import services
from heritage.catalog.models import Dossier, Rank
from tests.factories.catalog import RecordFactory


def dossier_of(rank: str = Rank.PROVINCIAL, **record: object) -> Dossier:
    """A dossier of a new record by the checklist in force."""
    return services.open_dossier(RecordFactory(**record), rank)


def pdf_bytes(pages: int = 1) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(out)
    return out.getvalue()


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", frames: int = 1) -> bytes:
    out = io.BytesIO()
    pages = [Image.new(mode, size, index % 2) for index in range(frames)]
    more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
    pages[0].save(out, kind, **more)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose header says so many pixels, with hardly any data: a decompression bomb."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
