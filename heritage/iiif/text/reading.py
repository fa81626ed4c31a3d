"""Reading page text with word boxes from ALTO (2 to 4, Library of Congress) and hOCR 1.2."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from django.utils.translation import gettext as _

from heritage.core.folding import nfc
from heritage.iiif.formats import RefusedError

MAX_BYTES = 32 * 1024**2
MAX_WORDS = 50_000
ALTO, HOCR = "application/xml", "text/vnd.hocr+html"

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels of the canvas."""


@dataclass(frozen=True)
class Word:
    text: str
    box: Box


@dataclass(frozen=True)
class PageWords:
    """The lines of a page in reading order, each a list of words; the source's measures in its own unit."""

    lines: list[list[Word]]
    width: float
    height: float
    language: str
    media_type: str


def read(path: Path, canvas: tuple[int, int]) -> PageWords:
    """The words of a page, scaled to a canvas of `canvas` (width, height) pixels.

    Raises:
        RefusedError: no ALTO or hOCR, not well-formed, too large, or with a document type that declares entities.
    """
    if path.stat().st_size > MAX_BYTES:
        raise RefusedError(path.name, _("a page's text is larger than 32 MB. Give one file for each page."))
    root = _root(path)
    found = _alto(root) if _name(root) == "alto" else _hocr(root) if _name(root) == "html" else None
    if found is None or not found.width or not found.height:
        raise RefusedError(path.name, _("it is neither ALTO nor hOCR with the measures of its page."))
    across, down = canvas[0] / found.width, canvas[1] / found.height
    count = 0
    lines = []
    for line in found.lines:
        count += len(line)
        lines.append([Word(word.text, _scaled(word.box, across, down, canvas)) for word in line])
    if count > MAX_WORDS:
        raise RefusedError(path.name, _("it has more than %(limit)s words.") % {"limit": MAX_WORDS})
    return PageWords(lines, *canvas, found.language, found.media_type)


def _root(path: Path) -> Element:
    """The parsed document. Entities of one's own are refused: they can be made to grow without end."""
    data = path.read_bytes()
    if b"<!ENTITY" in data.upper():
        raise RefusedError(path.name, _("it declares entities of its own, which are not read."))
    parser: XMLPullParser = XMLPullParser(["start"])
    try:
        parser.feed(data)
        parser.close()
        return next(iter(parser.read_events()))[1]  # type: ignore[index,return-value,misc]
    except (ParseError, StopIteration) as error:
        raise RefusedError(path.name, _("it is not well-formed XML (%(detail)s).") % {"detail": error}) from error


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _number(value: str | None) -> float:
    try:
        found = float(value or 0)
    except ValueError:
        return 0
    return found if 0 <= found < 1e7 else 0


def _scaled(box: tuple[float, ...], across: float, down: float, canvas: tuple[int, int]) -> Box:
    x, y = min(round(box[0] * across), canvas[0] - 1), min(round(box[1] * down), canvas[1] - 1)
    width, height = max(1, round(box[2] * across)), max(1, round(box[3] * down))
    return x, y, min(width, canvas[0] - x), min(height, canvas[1] - y)


def _alto(root: Element) -> PageWords:
    page = next((one for one in root.iter() if _name(one) == "page"), root)
    lines = [_alto_line(line) for line in page.iter() if _name(line) == "textline"]
    language = next((one.get("LANG", "") for one in page.iter() if one.get("LANG")), "")
    return PageWords(_joined(lines), _number(page.get("WIDTH")), _number(page.get("HEIGHT")), language[:16], ALTO)


def _alto_line(line: Element) -> list[tuple[Word, str]]:
    """The strings of a line, each with HypPart1, HypPart2 or "" (ALTO, SUBS_TYPE)."""
    found = []
    for one in line:
        if _name(one) != "string" or not one.get("CONTENT"):
            continue
        part = one.get("SUBS_TYPE", "")
        content = one.get("SUBS_CONTENT") if part == "HypPart1" and one.get("SUBS_CONTENT") else one.get("CONTENT")
        box = tuple(_number(one.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        found.append((Word(_clean(content or ""), box), part))  # type: ignore[arg-type]
    return found


def _joined(lines: list[list[tuple[Word, str]]]) -> list[list[Word]]:
    """A word divided at a line's end stands whole in its first line; its second half is left out."""
    return [[word for word, part in line if part != "HypPart2" and word.text] for line in lines]


_BBOX = re.compile(r"bbox (\d{1,7}) (\d{1,7}) (\d{1,7}) (\d{1,7})")


def _hocr(root: Element) -> PageWords | None:
    page = next((one for one in root.iter() if "ocr_page" in one.get("class", "").split()), None)
    if page is None:
        return None
    _x, _y, width, height = _hocr_box(page)
    classes = {"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"}
    lines = [one for one in page.iter() if classes & set(one.get("class", "").split())]
    words = [
        [
            Word(text, _hocr_box(one))  # type: ignore[arg-type]
            for one in line.iter()
            if "ocrx_word" in one.get("class", "").split() and (text := _clean("".join(one.itertext())))
        ]
        for line in lines
    ]
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    language = next((one.get("lang") or one.get(xml_lang) or "" for one in page.iter() if one.get("lang")), "")
    return PageWords(words, width, height, (language or "")[:16], HOCR)


def _hocr_box(element: Element) -> tuple[float, float, float, float]:
    found = _BBOX.search(element.get("title", ""))
    left, top, right, bottom = (float(value) for value in found.groups()) if found else (0.0, 0.0, 0.0, 0.0)
    return left, top, max(0.0, right - left), max(0.0, bottom - top)


def _clean(text: str) -> str:
    return nfc(" ".join(text.split()))
