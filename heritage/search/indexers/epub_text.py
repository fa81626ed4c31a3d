"""The text of an EPUB by chapter, cut into passages short enough to be shown and weighed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from heritage.library.epub.container import MOST_XML_BYTES, Container
from heritage.library.epub.package import Heading, Package, read_package
from heritage.library.epub.xml import local, parse_document
from heritage.library.models import Edition
from heritage.search.indexers.passage import LONGEST, Passage

MOST_PASSAGES = 20_000
_BLOCKS = frozenset(
    {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "blockquote"}
    | {"tr", "table", "ul", "ol", "dl", "pre", "figcaption", "br", "hr"}
)
_SILENT = frozenset({"script", "style", "head", "rt", "rp"})


def passages(edition: Edition) -> Iterator[Passage]:
    """The passages of an e-book in reading order.

    Raises:
        EpubError: it is damaged.
        OSError: the file is gone.
    """
    with edition.file.storage.open(edition.file.name or "", "rb") as stream, Container(stream) as container:
        package = read_package(container)
        yield from islice(_of_spine(container, package), MOST_PASSAGES)


def _of_spine(container: Container, package: Package) -> Iterator[Passage]:
    chapter = Heading("", "", 0)
    for name in package.spine:
        item = package.items.get(name)
        if item is None or "nav" in item.properties:
            continue
        root, _mended = parse_document(container.read(name, MOST_XML_BYTES), name)
        starts = {heading.href.partition("#")[2]: heading for heading in package.contents if _is_of(heading, name)}
        chapter = starts.get("", chapter)
        gathered: list[str] = []
        for anchor, text in blocks(root, frozenset(starts)):
            if anchor:
                yield from _passage(chapter, name, gathered)
                chapter, gathered = starts[anchor], []
            gathered.append(text)
            if sum(map(len, gathered)) >= LONGEST:
                yield from _passage(chapter, name, gathered)
                gathered = []
        yield from _passage(chapter, name, gathered)


def _is_of(heading: Heading, name: str) -> bool:
    return heading.href.partition("#")[0] == name


def _passage(chapter: Heading, name: str, gathered: list[str]) -> Iterator[Passage]:
    text = " ".join(filter(None, gathered))
    href = chapter.href if _is_of(chapter, name) else name
    for start in range(0, len(text), LONGEST * 2):  # a paragraph without an end is cut all the same
        yield Passage(chapter.title, href, text[start : start + LONGEST * 2])


def blocks(root: Any, anchors: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The paragraphs of a document in order; before one at which a chapter begins stands the chapter's anchor."""
    anchor, silent = "", 0
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        is_block = name in _BLOCKS
        if event == "start":
            begins = element.get("id", "") if isinstance(element.tag, str) else ""
            if is_block or begins in anchors:
                if text := " ".join("".join(parts).split()):
                    yield anchor, text
                    anchor = ""
                parts = []
            if begins and begins in anchors:
                anchor = begins
            silent += name in _SILENT
            if not silent and name:
                parts.append(element.text or "")
            continue
        silent -= name in _SILENT
        if is_block:
            parts.append(" ")
        if not silent:
            parts.append(element.tail or "")
    if text := " ".join("".join(parts).split()):
        yield anchor, text
