"""A program of its own: decodes one page of a JPEG 2000, HEIC or PDF file to raw pixels, with bounded time and memory.

`decoding` runs it; it imports nothing of the archive, so that it starts quickly and holds no secret when hostile bytes
make a codec do what they like. Called as `decoder.py measure TYPE FILE` or `decoder.py decode TYPE FILE PAGE TARGET
MAX_PIXELS`; prints one JSON object. Nothing in a PDF runs: PDFium is built without JavaScript and no form is opened.
"""

import json
import resource
import struct
import sys
from pathlib import Path
from typing import Any

MEMORY = 6 * 1024**3
CPU_SECONDS = 120
DOTS_PER_INCH = 300
MAX_CHARACTERS = 200_000
STRIP = 256
"""Rows written at once."""


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    action, media_type, path, *rest = arguments
    try:
        answer = ACTIONS[action, media_type](path, *rest)
    except MemoryError:
        answer = {"error": "memory", "detail": ""}
    except Exception as error:  # a codec may raise anything; the caller says what it means
        answer = {"error": "password" if is_password(error) else "damaged", "detail": str(error)[:200]}
    json.dump(answer, sys.stdout)
    return 0


def is_password(error: Exception) -> bool:
    return "password" in str(error).lower()


def open_jpeg_2000(path: str) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the caller has its own bounds, checked on what `measure` says
    return Image.open(path, formats=["JPEG2000"])


def measure_jpeg_2000(path: str) -> dict[str, Any]:
    with open_jpeg_2000(path) as image:
        return {"width": image.width, "height": image.height, "pages": 1}


def decode_jpeg_2000(path: str, _page: str, target: str, _max_pixels: str) -> dict[str, Any]:
    with open_jpeg_2000(path) as image:
        image.load()
        return {**write(image, target), "profile": jpeg_2000_profile(path)}


def jpeg_2000_profile(path: str) -> str:
    """The restricted ICC profile of a JP2 file in hexadecimal (ISO/IEC 15444-1, I.5.3.3: a `colr` box of method 2)."""
    with Path(path).open("rb") as file:
        head = file.read(1_000_000)
    at = head.find(b"colr")
    while at > 4:
        size = struct.unpack(">I", head[at - 4 : at])[0]
        if head[at + 4 : at + 5] == b"\x02" and 15 < size < 600_000:
            return head[at + 7 : at - 4 + size].hex()
        at = head.find(b"colr", at + 4)
    return ""


def open_heic(path: str) -> Any:
    import pi_heif

    return pi_heif.open_heif(path, convert_hdr_to_8bit=True)


def measure_heic(path: str) -> dict[str, Any]:
    width, height = open_heic(path).size
    return {"width": width, "height": height, "pages": 1}


def decode_heic(path: str, _page: str, target: str, _max_pixels: str) -> dict[str, Any]:
    from PIL import Image

    heif = open_heic(path)
    image = Image.frombuffer(heif.mode, heif.size, bytes(heif.data), "raw", heif.mode, heif.stride, 1)
    return {**write(image, target), "profile": (heif.info.get("icc_profile") or b"").hex()}


def write(image: Any, target: str) -> dict[str, Any]:
    """The pixels row by row, bands together, and what they mean."""
    if image.mode not in ("L", "LA", "RGB", "RGBA", "CMYK", "I;16"):
        image = image.convert("RGB")
    with Path(target).open("wb") as file:
        for top in range(0, image.height, STRIP):
            rows = image.crop((0, top, image.width, min(top + STRIP, image.height)))
            file.write(rows.tobytes())
    bands = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4, "I;16": 1}[image.mode]
    deep = image.mode == "I;16"
    meaning = "cmyk" if image.mode == "CMYK" else "grey16" if deep else "b-w" if bands < 3 else "srgb"
    return {
        "width": image.width,
        "height": image.height,
        "bands": bands,
        "format": "ushort" if deep else "uchar",
        "interpretation": meaning,
    }


def open_pdf(path: str) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(path)


def measure_pdf(path: str) -> dict[str, Any]:
    document = open_pdf(path)
    if not len(document):
        return {"error": "damaged", "detail": "no pages"}
    width, height = document.get_page_size(0)
    dots = DOTS_PER_INCH / 72
    return {
        "width": max(1, round(width * dots)),
        "height": max(1, round(height * dots)),
        "pages": len(document),
        "has_text": any(is_written(page) for page in document),
    }


def is_written(page: Any) -> bool:
    """Whether a page has a text layer with a letter in it."""
    text_page = page.get_textpage()
    count = min(text_page.count_chars(), MAX_CHARACTERS)
    return bool(count) and any(letter.isalnum() for letter in text_page.get_text_range(0, count))


def decode_pdf(path: str, number: str, target: str, max_pixels: str) -> dict[str, Any]:
    """One page at DOTS_PER_INCH, smaller where it would be over `max_pixels`, and the words of its text layer."""
    page = open_pdf(path)[int(number)]
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, (int(max_pixels) / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    image = bitmap.to_pil()
    return {**write(image, target), "profile": "", "lines": pdf_lines(page, bitmap), "scale": scale}


def pdf_lines(page: Any, bitmap: Any) -> list[list[list[Any]]]:
    """Lines of words, each `[text, left, top, width, height]` in pixels of the bitmap."""
    text_page = page.get_textpage()
    place = bitmap.get_posconv(page)
    count = min(text_page.count_chars(), MAX_CHARACTERS)
    text = text_page.get_text_range(0, count) if count else ""
    if len(text) != count:  # a letter outside the basic plane: ask one by one, so that boxes and letters agree
        text = "".join((text_page.get_text_range(at, 1) or " ")[0] for at in range(count))
    lines: list[list[list[Any]]] = [[]]
    letters: list[int] = []
    for at in range(count + 1):
        letter = text[at] if at < count else "\n"
        if not letter.isspace() and letter != "\0":
            letters.append(at)
            continue
        if letters:
            lines[-1].append(pdf_word(text_page, place, "".join(text[i] for i in letters), letters))
            letters = []
        if letter in "\r\n" and lines[-1]:
            lines.append([])
    return [line for line in lines if line]


def pdf_word(text_page: Any, place: Any, text: str, letters: list[int]) -> list[Any]:
    corners = []
    for at in letters:
        left, bottom, right, top = text_page.get_charbox(at)
        corners += [place.to_bitmap(left, top), place.to_bitmap(right, bottom)]
    across, down = [x for x, _y in corners], [y for _x, y in corners]
    left, top = max(0, min(across)), max(0, min(down))
    return [text, left, top, max(1, max(across) - left), max(1, max(down) - top)]


ACTIONS: dict[tuple[str, str], Any] = {
    ("measure", "image/jp2"): measure_jpeg_2000,
    ("decode", "image/jp2"): decode_jpeg_2000,
    ("measure", "image/heic"): measure_heic,
    ("decode", "image/heic"): decode_heic,
    ("measure", "application/pdf"): measure_pdf,
    ("decode", "application/pdf"): decode_pdf,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
