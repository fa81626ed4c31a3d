"""Searching within an object: phrases found in page text, with the box of every line they touch.

A phrase is syllables in their order, as Vietnamese is written; marks do not matter, but hits that have them come first.
"""

import re
from dataclasses import dataclass

from heritage.core.folding import fold, nfc
from heritage.iiif import captions
from heritage.iiif.models import Canvas, Caption, DigitalObject, PageText
from heritage.iiif.text.reading import Box

AROUND = 60
"""Letters of context on each side of a hit."""
MAX_HITS = 500


@dataclass(frozen=True)
class Hit:
    """One place where the phrase stands or is said: its parts, the words, and what is around them.

    Parts are media fragments of the canvas: a box for each line, `xywh=1,2,3,4`, or the seconds of a cue, `t=1,4`.
    """

    canvas: Canvas
    parts: tuple[str, ...]
    exact: str
    before: str
    after: str
    has_same_marks: bool


def search(digital_object: DigitalObject, query: str, may_hear: bool = True) -> list[Hit]:
    """Hits in the order of the pages, then in what is said, those with the same marks first; at most MAX_HITS.

    Two queries; one where the visitor may not hear the recordings, and so learns nothing of what is said.
    """
    phrase = fold(query)
    syllables = re.findall(r"\w+", phrase)
    if not syllables:
        return []
    pattern = re.compile(r"\b" + r"\W+".join(map(re.escape, syllables)), re.UNICODE)
    wanted = _bare(nfc(query).casefold())
    rows = PageText.objects.filter(canvas__digital_object=digital_object, folded__contains=syllables[0])
    hits: list[Hit] = []
    for page in rows.select_related("canvas").order_by("canvas__order", "canvas__pk"):
        for found in pattern.finditer(page.folded):
            hits.append(_hit(page, *_whole_words(page.folded, *found.span()), wanted))
            if len(hits) == MAX_HITS:
                return _best_first(hits)
    said = _said(digital_object, syllables[0], pattern, wanted) if may_hear else []
    return _best_first([*hits, *said][:MAX_HITS])


def _said(digital_object: DigitalObject, first: str, pattern: re.Pattern[str], wanted: str) -> list[Hit]:
    """The same in the captions of the object's recordings."""
    rows = Caption.objects.filter(canvas__digital_object=digital_object, folded__contains=first)
    hits = []
    for one in rows.select_related("canvas").order_by("canvas__order", "canvas__pk", "pk"):
        for found in pattern.finditer(one.folded):
            start, end = _whole_words(one.folded, *found.span())
            begin_s, end_s = captions.moment(one.text, one.words, start)
            parts = (f"t={begin_s:.3f},{end_s:.3f}",)
            hits.append(_hit_in(one.words, one.canvas, parts, start, end, wanted))
    return hits


def suggestions(
    digital_object: DigitalObject, start: str, may_hear: bool = True, limit: int = 10
) -> list[tuple[str, int]]:
    """Words of the object that begin so, with how often they stand there, most frequent first."""
    begin = fold(start)
    counts: dict[str, int] = {}
    if not begin:
        return []
    written = PageText.objects.filter(canvas__digital_object=digital_object, folded__contains=begin)
    said = Caption.objects.filter(canvas__digital_object=digital_object, folded__contains=begin)
    heard = said.values_list("words", "folded") if may_hear else []
    for text, folded in [*written.values_list("text", "folded"), *heard]:
        for found in re.finditer(r"\b" + re.escape(begin) + r"\w*", folded):
            word = text[found.start() : found.end()].casefold()
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _best_first(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: not hit.has_same_marks)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _whole_words(folded: str, start: int, end: int) -> tuple[int, int]:
    while end < len(folded) and (folded[end].isalnum() or folded[end] == "_"):
        end += 1
    return start, end


def _hit(page: PageText, start: int, end: int, wanted: str) -> Hit:
    parts = tuple(f"xywh={','.join(map(str, box))}" for box in _boxes(page, start, end))
    return _hit_in(page.text, page.canvas, parts, start, end, wanted)


def _hit_in(text: str, canvas: Canvas, parts: tuple[str, ...], start: int, end: int, wanted: str) -> Hit:
    exact = text[start:end]
    return Hit(
        canvas=canvas,
        parts=parts,
        exact=" ".join(exact.split()),
        before=" ".join(text[max(0, start - AROUND) : start].split()),
        after=" ".join(text[end : end + AROUND].split()),
        has_same_marks=_bare(nfc(exact).casefold()).startswith(wanted),
    )


def _boxes(page: PageText, start: int, end: int) -> tuple[Box, ...]:
    """One box around the words of each line that the hit touches."""
    lines: dict[int, list[list[int]]] = {}
    for offset, length, *box in page.words:
        if offset < end and offset + length > start:
            lines.setdefault(page.text.count("\n", 0, offset), []).append(box)
    return tuple(_around(boxes) for boxes in lines.values())


def _around(boxes: list[list[int]]) -> Box:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top
