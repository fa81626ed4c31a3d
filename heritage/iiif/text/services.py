"""Writes of page text."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from heritage.core import outbox
from heritage.core.folding import fold
from heritage.iiif.changes import touch
from heritage.iiif.models import Canvas, PageText
from heritage.iiif.text import reading
from heritage.iiif.text.reading import Word


def read_text(file: Path, canvas: Canvas) -> PageText:
    """Take the text of a canvas from an ALTO or hOCR file; what it had is replaced.

    Raises:
        RefusedError: the file is neither, or not well-formed; the text that was there stays.
    """
    words = reading.read(file, (canvas.width or 1, canvas.height or 1))
    return set_text(canvas, words.lines, language=words.language, media_type=words.media_type, source=file.name)


@transaction.atomic
def set_text(
    canvas: Canvas, lines: Iterable[Iterable[Word]], *, language: str = "", media_type: str = "", source: str = ""
) -> PageText:
    """Give a canvas its text: lines of words with boxes in pixels of the canvas."""
    text, rows = packed(lines)
    saved, _made = PageText.objects.update_or_create(
        canvas=canvas,
        defaults={
            "text": text,
            "folded": folded(text),
            "words": rows,
            "language": language,
            "media_type": media_type,
            "source": source[:200],
        },
    )
    touch(canvas.digital_object)
    outbox.changed(saved)
    return saved


def packed(lines: Iterable[Iterable[Word]]) -> tuple[str, list[list[int]]]:
    """The text, words joined by spaces and lines by newlines, and `[offset, length, x, y, width, height]` of each."""
    parts: list[str] = []
    rows: list[list[int]] = []
    at = 0
    for line in lines:
        words = list(line)
        for place, word in enumerate(words):
            rows.append([at, len(word.text), *word.box])
            end = "\n" if place == len(words) - 1 else " "
            parts.append(word.text + end)
            at += len(word.text) + 1
    return "".join(parts).rstrip("\n"), rows


def folded(text: str) -> str:
    """`text` folded letter by letter, so that an offset means the same place in both."""
    return "".join((fold(letter) or " ")[:1] if not letter.isspace() else " " for letter in text)
