"""PDF files of scans, written page by page as they are sent: never more than one picture lies in memory.

Only what ISO 32000-1 asks of such a file: a picture to a page (7.5.5, 8.9.5), the contents as an outline (12.3.3), a
table of where each object begins (7.5.4). Libraries build the whole file before its first byte goes out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyvips

LONGER_SIDE = 842  # points, as A4
COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
CATALOG, PAGES, INFO, OUTLINE, FIRST_PAGE = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline; `page` counts from 0."""

    label: str
    page: int


class Writer:
    """Objects one after the other; it remembers where each begins."""

    def __init__(self) -> None:
        self._length = 0
        self._offsets: dict[int, int] = {}

    def raw(self, data: bytes) -> bytes:
        self._length += len(data)
        return data

    def object(self, number: int, dictionary: str, stream: bytes | None = None) -> bytes:
        self._offsets[number] = self._length
        body = f"<<{dictionary}>>".encode()
        if stream is not None:
            body = f"<<{dictionary}/Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream"
        return self.raw(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")

    def end(self) -> bytes:
        count = max(self._offsets) + 1
        rows = "".join(f"{self._offsets[number]:010d} 00000 n \n" for number in range(1, count))
        trailer = f"trailer\n<</Size {count}/Root {CATALOG} 0 R/Info {INFO} 0 R>>\nstartxref\n{self._length}\n%%EOF\n"
        return f"xref\n0 {count}\n0000000000 65535 f \n{rows}{trailer}".encode()


def written(title: str, subject: str, pictures: Iterator[bytes], count: int, marks: Sequence[Bookmark]) -> Iterator:
    """The file in pieces; `pictures` gives `count` JPEG files, one to a page."""
    writer = Writer()
    yield writer.raw(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    for index, picture in enumerate(pictures):
        yield from _page(writer, FIRST_PAGE + 3 * index, picture)
    kids = " ".join(f"{FIRST_PAGE + 3 * index} 0 R" for index in range(count))
    yield writer.object(PAGES, f"/Type/Pages/Count {count}/Kids[{kids}]")
    yield writer.object(INFO, f"/Title {_text(title)}/Subject {_text(subject)}")
    yield from _outline(writer, FIRST_PAGE + 3 * count, marks)
    shown = "/PageMode/UseOutlines" if marks else ""
    yield writer.object(CATALOG, f"/Type/Catalog/Pages {PAGES} 0 R/Outlines {OUTLINE} 0 R{shown}")
    yield writer.end()


def _page(writer: Writer, number: int, picture: bytes) -> Iterator[bytes]:
    """A page of the picture's own shape."""
    seen = pyvips.Image.new_from_buffer(picture, "")
    scale = LONGER_SIDE / max(seen.width, seen.height)
    width, height = round(seen.width * scale, 2), round(seen.height * scale, 2)
    resources = f"/Resources<</XObject<</I {number + 2} 0 R>>>>"
    yield writer.object(
        number,
        f"/Type/Page/Parent {PAGES} 0 R/MediaBox[0 0 {width} {height}]{resources}/Contents {number + 1} 0 R",
    )
    yield writer.object(number + 1, "", f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode())
    size = f"/Width {seen.width}/Height {seen.height}/BitsPerComponent 8/ColorSpace {COLOURS[seen.bands]}"
    yield writer.object(number + 2, f"/Type/XObject/Subtype/Image{size}/Filter/DCTDecode", picture)


def _outline(writer: Writer, number: int, marks: Sequence[Bookmark]) -> Iterator[bytes]:
    last = number + len(marks) - 1
    ends = f"/First {number} 0 R/Last {last} 0 R/Count {len(marks)}" if marks else ""
    yield writer.object(OUTLINE, f"/Type/Outlines{ends}")
    for own, mark in enumerate(marks, number):
        beside = f"/Prev {own - 1} 0 R" if own > number else ""
        beside += f"/Next {own + 1} 0 R" if own < last else ""
        page = FIRST_PAGE + 3 * mark.page
        yield writer.object(own, f"/Title {_text(mark.label)}/Parent {OUTLINE} 0 R{beside}/Dest[{page} 0 R/Fit]")


def _text(text: str) -> str:
    """A text string (7.9.2.2) in UTF-16, as hexadecimal, so that nothing in it can be taken for syntax."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
