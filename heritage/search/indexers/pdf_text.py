"""The text layer of a PDF by page; a page that is only a picture has none."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium

from heritage.core.folding import nfc
from heritage.library.imports.pdf import MOST_BYTES, MOST_PAGES, contents
from heritage.library.models import Edition
from heritage.search.indexers.passage import LONGEST, Passage

_HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line."""


def passages(edition: Edition) -> Iterator[Passage]:
    """The pages of a PDF that have text, in their order, each under the heading it stands below.

    Raises:
        OSError: the file is gone, larger than what is taken in, or no longer a PDF that opens.
    """
    with edition.file.storage.open(edition.file.name or "", "rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(f"more than {MOST_BYTES} bytes")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise OSError(str(error)) from error
    try:
        titles = _titles(document)
        for number in range(1, min(len(document), MOST_PAGES) + 1):
            text = _text(document, number)
            for start in range(0, len(text), LONGEST * 2):
                yield Passage(titles[number], f"page={number}", text[start : start + LONGEST * 2])
    finally:
        document.close()


def _text(document: Any, number: int) -> str:
    """A page's words; "" where the page cannot be read, for the others can."""
    try:
        page = document[number - 1]
        try:
            layer = page.get_textpage()
            found = layer.get_text_bounded()
            layer.close()
        finally:
            page.close()
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return ""
    return " ".join(nfc(found.replace(f"{_HYPHEN}\r\n", "").replace(_HYPHEN, "").replace("\0", "")).split())


def _titles(document: Any) -> dict[int, str]:
    """The heading under which each page stands, "" before the first."""
    count = min(len(document), MOST_PAGES)
    starts = [(int(one.href.removeprefix("page=")), one.title) for one in contents(document)]
    titles = dict.fromkeys(range(1, count + 1), "")
    ordered = sorted(starts, key=lambda start: start[0])
    for (first, title), (following, _next) in pairwise([*ordered, (count + 1, "")]):
        titles.update(dict.fromkeys(range(first, following), title))
    return titles
